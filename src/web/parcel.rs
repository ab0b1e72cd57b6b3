//! A form that brings files (RFC 7578): they are streamed into the store, then judged one by one. One that is refused
//! takes none of the others with it.

use super::{Error, Posted, Problem, Result, form};
use crate::disarm;
use crate::files::{Files, LARGEST, Refused, Stored};
use crate::photo;
use crate::scan::{Scan, Scanner};
use crate::text::{Lang, texts};
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// What is still read of files that are too large, so that the browser gets to hear why they were refused.
pub const LARGEST_REQUEST: usize = 8 * LARGEST as usize;
/// The answers of such a form together, in bytes.
const LARGEST_ANSWERS: usize = 64 * 1024;
/// Its answers and files, each of which costs something though it be empty.
pub(super) const MOST_PARTS: usize = 200;

/// Why a file was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The form came without a file.
    NoFile,
    Empty,
    TooLarge,
    WrongType,
    Heic,
    Broken,
    TooManyPixels,
    /// The line broke, or the browser sent something else than a form.
    CutOff,
    Infected,
    /// A PDF that does something by itself.
    Active,
    /// A PDF that opens with a password only.
    Locked,
    /// There are enough of this kind in a profile.
    Full,
    /// All documents of a profile together are too large.
    NoRoom,
    /// There are enough with one message.
    TooMany,
}

/// A file that was not taken; its name is empty where there is none.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub name: String,
    pub reason: Reason,
}

impl Refusal {
    /// The file's name and what can be done.
    fn say(&self, lang: &Lang) -> String {
        let why = self.why(lang);
        if self.name.is_empty() { why } else { Text(*lang).named(&self.name, why) }
    }

    /// What can be done.
    pub fn why(&self, lang: &Lang) -> String {
        let t = Text(*lang);
        match self.reason {
            Reason::NoFile => t.no_file(),
            Reason::Empty => t.empty(),
            Reason::TooLarge => t.too_large(),
            Reason::WrongType => t.wrong_type(),
            Reason::Heic => t.heic(),
            Reason::Broken => t.broken(),
            Reason::TooManyPixels => t.too_many_pixels(),
            Reason::CutOff => t.cut_off(),
            Reason::Infected => t.infected(),
            Reason::Active => t.active(),
            Reason::Locked => t.locked(),
            Reason::Full => t.full(),
            Reason::NoRoom => t.no_room(),
            Reason::TooMany => t.too_many(),
        }
    }
}

/// What the summary says of files that were refused, pinned to the field `at`; `None`: none was.
pub fn problem(at: impl Into<String>, refused: &[Refusal]) -> Option<Problem> {
    if refused.is_empty() {
        return None;
    }
    let all = refused.to_vec();
    Some(Problem::at(at, move |lang| match all.as_slice() {
        [one] => one.say(&lang),
        many => Text(lang).not_taken(many.len()),
    }))
}

/// A file that can be kept.
pub struct Good {
    pub name: String,
    pub stored: Stored,
    /// Of a photo.
    pub thumbnail: Option<Vec<u8>>,
    pub scan: Scan,
}

/// A form with files: its answers still to be judged, each file judged on its own.
pub struct Parcel<F> {
    pub form: Posted<F>,
    pub good: Vec<Good>,
    pub refused: Vec<Refusal>,
}

/// Reads the whole form. No more than `most` files are kept; those beyond are refused for the reason given.
///
/// # Errors
/// If it is no such form, or our store fails.
pub async fn receive<F: DeserializeOwned>(
    (files, scanner): (&Files, &Scanner),
    form: Result<Multipart, MultipartRejection>,
    most: (usize, Reason),
) -> Result<Parcel<F>> {
    let (answers, arrived) = unpack(files, form.map_err(|_| Error::Unreadable)?, most).await?;
    let mut parcel = Parcel { form: Posted::of(answers)?, good: Vec::new(), refused: Vec::new() };
    for (name, file) in arrived {
        match judge(files, scanner, &name, file).await {
            // the same file chosen twice is kept once
            Ok(good) if parcel.good.iter().any(|other| other.stored.sha256 == good.stored.sha256) => {}
            Ok(good) => parcel.good.push(good),
            Err(No::Because(reason)) => parcel.refused.push(Refusal { name, reason }),
            Err(No::Fault(error)) => return Err(error),
        }
    }
    Ok(parcel)
}

enum No {
    Because(Reason),
    Fault(Error),
}

impl From<Refused> for No {
    fn from(refused: Refused) -> No {
        No::Because(match refused {
            Refused::Empty => Reason::Empty,
            Refused::TooLarge => Reason::TooLarge,
            Refused::WrongType => Reason::WrongType,
            Refused::Heic => Reason::Heic,
            Refused::Broken => Reason::Broken,
            Refused::TooManyPixels => Reason::TooManyPixels,
            Refused::Active => Reason::Active,
            Refused::Locked => Reason::Locked,
            Refused::Io(error) => return No::Fault(error.into()),
        })
    }
}

/// Photos are developed and PDFs disarmed first: what is scanned is what is kept.
async fn judge(files: &Files, scanner: &Scanner, name: &str, file: Result<Stored, No>) -> Result<Good, No> {
    let raw = match file {
        Err(No::Because(Reason::Empty)) if name.is_empty() => return Err(No::Because(Reason::NoFile)),
        file => file?,
    };
    let (stored, thumbnail) = match raw.kind.is_image() {
        true => photo::develop(files, raw).await.map(|photo| (photo.stored, Some(photo.thumbnail)))?,
        false => (disarm::disarm(files, raw).await?, None),
    };
    let read = files.read(&stored.sealed()).await.map_err(|error| No::Fault(error.into()))?;
    match scanner.look(read).await {
        Scan::Infected => Err(No::Because(Reason::Infected)),
        scan => Ok(Good { name: name.to_owned(), stored, thumbnail, scan }),
    }
}

type Answers = Vec<(String, String)>;
type Arrived = Vec<(String, Result<Stored, No>)>;

/// Takes what arrives until the end of the form, or until the line breaks: what was whole by then stays.
async fn unpack(
    files: &Files,
    mut form: Multipart,
    (most, beyond): (usize, Reason),
) -> Result<(Answers, Arrived)> {
    let (mut answers, mut size, mut arrived) = (Answers::new(), 0, Arrived::new());
    for _ in 0..MOST_PARTS {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok((answers, arrived)),
            Err(error) if answers.is_empty() => return Err(unreadable(&error)),
            Err(error) => {
                arrived.push((String::new(), Err(cut_off(&error))));
                return Ok((answers, arrived));
            }
        };
        let Some(name) = field.name().map(str::to_owned) else { return Err(Error::Unreadable) };
        if name == "file" {
            let name = tidy(field.file_name().unwrap_or_default());
            let is_full = arrived.iter().filter(|(_, file)| file.is_ok()).count() >= most;
            let (file, is_over) = store(files, field, is_full.then_some(beyond)).await;
            arrived.push((name, file));
            if is_over {
                return Ok((answers, arrived));
            }
        } else {
            let value = field.text().await.map_err(|error| unreadable(&error))?;
            size += name.len() + value.len();
            if size > LARGEST_ANSWERS {
                return Err(Error::TooLarge);
            }
            answers.push((name, value));
        }
    }
    Err(Error::TooLarge)
}

fn unreadable(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::Unreadable,
    }
}

/// Streams a file into the store, and tells whether the form ended with it before its time. A file that is refused
/// is read to its end and forgotten.
async fn store(files: &Files, mut field: Field<'_>, no: Option<Reason>) -> (Result<Stored, No>, bool) {
    let mut incoming = match no {
        None => files.receive().await.map_err(|error| No::Fault(error.into())),
        Some(reason) => Err(No::Because(reason)),
    };
    loop {
        match (field.chunk().await, &mut incoming) {
            (Ok(Some(piece)), Ok(file)) => {
                if let Err(refused) = file.write(&piece).await {
                    incoming = Err(refused.into());
                }
            }
            (Ok(Some(_)), Err(_)) => {}
            (Ok(None), _) => break,
            (Err(error), _) => return (Err(cut_off(&error)), true),
        }
    }
    match incoming {
        Ok(file) => (file.finish().await.map_err(No::from), false),
        Err(no) => (Err(no), false),
    }
}

fn cut_off(error: &MultipartError) -> No {
    No::Because(match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Reason::TooLarge,
        _ => Reason::CutOff,
    })
}

/// The name as it is shown: without folders, control characters and what makes its end seem another, and not endless. It
/// is never a path.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control() && !form::turns(*c)).collect();
    let plain = plain.trim();
    match plain.char_indices().nth(200) {
        None => plain.to_owned(),
        Some(_) => plain.chars().take(199).chain(['…']).collect(),
    }
}

texts!(pub Text {
    no_file: "Choose a file first", "Choisissez d’abord un fichier", "Elija primero un archivo";
    empty: "The file is empty. Choose another", "Le fichier est vide. Choisissez-en un autre", "El archivo está vacío. Elija otro";
    too_large: "The file must be smaller than 10 MB", "Le fichier doit faire moins de 10 Mo", "El archivo debe pesar menos de 10 MB";
    named(name, why): "{name}: {why}", "{name} : {why}", "{name}: {why}";
    not_taken(n): "{n} files were not taken. The reasons are beside the field", "{n} fichiers n’ont pas été acceptés. Les raisons figurent à côté du champ",
        "No se aceptaron {n} archivos. Los motivos figuran junto al campo";
    heic: "This is a HEIC photo, which many computers cannot show. On an iPhone, choose Settings, Camera, Formats, Most Compatible and take it again, or take a screenshot of the photo and send that",
        "C’est une photo HEIC, que beaucoup d’ordinateurs ne peuvent pas afficher. Sur un iPhone, choisissez Réglages, Appareil photo, Formats, Le plus compatible et reprenez la photo, ou faites-en une capture d’écran et envoyez celle-ci",
        "Es una foto HEIC, que muchos ordenadores no pueden mostrar. En un iPhone, elija Ajustes, Cámara, Formatos, El más compatible y repita la foto, o haga una captura de pantalla de la foto y envíela";
    too_many_pixels: "The picture has more pixels than we can read. Take it again at 50 megapixels or fewer",
        "L’image a plus de pixels que nous ne pouvons en lire. Reprenez-la avec 50 mégapixels au plus",
        "La imagen tiene más píxeles de los que podemos leer. Repítala con 50 megapíxeles como máximo";
    infected: "Our scanner found malicious software in this file, so we deleted it. Send another copy, if you can from another device or as a photo of the paper",
        "Notre analyse a trouvé un logiciel malveillant dans ce fichier, que nous avons donc supprimé. Envoyez une autre copie, si possible depuis un autre appareil ou sous forme de photo du papier",
        "Nuestro análisis encontró un programa malicioso en este archivo, así que lo eliminamos. Envíe otra copia, si puede desde otro dispositivo o como foto del papel";
    locked: "This PDF opens with a password only, so that nobody can read it here. Save it without the password, and send that",
        "Ce PDF ne s’ouvre qu’avec un mot de passe : personne ne peut le lire ici. Enregistrez-le sans mot de passe et envoyez celui-ci",
        "Este PDF solo se abre con una contraseña, y nadie puede leerlo aquí. Guárdelo sin contraseña y envíe ese";
    active: "This PDF does something by itself, such as running a script, and we could not take that out. Print it to a new PDF, and send that",
        "Ce PDF agit de lui-même, par exemple en exécutant un script, et nous n’avons pas pu l’en empêcher. Imprimez-le dans un nouveau PDF et envoyez celui-ci",
        "Este PDF hace algo por sí mismo, como ejecutar un programa, y no hemos podido quitarlo. Imprímalo en un PDF nuevo y envíe ese";
    no_room: "Your documents together must be smaller than 60 MB. Remove one, or send a smaller file",
        "L’ensemble de vos documents doit faire moins de 60 Mo. Retirez-en un ou envoyez un fichier plus petit",
        "Todos sus documentos juntos deben pesar menos de 60 MB. Quite uno o envíe un archivo más pequeño";
    wrong_type: "The file must be a PDF, JPG or PNG", "Le fichier doit être au format PDF, JPG ou PNG", "El archivo debe ser PDF, JPG o PNG";
    broken: "The file is damaged or incomplete. Open it yourself, save it again, then upload it",
        "Le fichier est abîmé ou incomplet. Ouvrez-le, enregistrez-le à nouveau, puis déposez-le",
        "El archivo está dañado o incompleto. Ábralo, guárdelo de nuevo y súbalo";
    cut_off: "The connection broke before the whole file had arrived. Upload it again",
        "La connexion s’est interrompue avant la fin du fichier. Déposez-le à nouveau",
        "La conexión se cortó antes de recibir todo el archivo. Súbalo de nuevo";
    full: "Five of a kind are enough. Remove or replace one to upload another.", "Cinq par type suffisent. Retirez-en ou remplacez-en un pour en déposer un autre.",
        "Cinco de cada tipo bastan. Quite o sustituya uno para subir otro.";
    sending(percent): "{percent} % sent", "{percent} % envoyés", "{percent} % enviado";
    checking: "Sent. The files are being checked.", "Envoyé. Les fichiers sont en cours de vérification.", "Enviado. Los archivos se están comprobando.";
    line_broke: "The connection broke before everything had arrived. Your choice is still there: send it again.",
        "La connexion s’est interrompue avant la fin de l’envoi. Votre choix est toujours là : envoyez-le à nouveau.",
        "La conexión se cortó antes de que llegara todo. Su selección sigue ahí: envíela de nuevo.";
    too_many: "Three files are enough for one message. Send the others with another message",
        "Trois fichiers suffisent pour un message. Envoyez les autres avec un autre message",
        "Tres archivos bastan para un mensaje. Envíe los demás con otro mensaje";
});

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(tidy("C:\\Users\\Ana\\CV.pdf"), "CV.pdf");
        assert_eq!(tidy("../../etc/passwd"), "passwd");
        assert_eq!(tidy(" CV\u{0}\r\n Inés.pdf "), "CV Inés.pdf");
        assert_eq!(tidy("annex\u{202e}gpj.pdf"), "annexgpj.pdf", "not annexfdp.jpg");
        assert_eq!(tidy(&"é".repeat(300)).chars().count(), 200);
    }
}
