//! A form that brings a file (RFC 7578): its answers first, then the file, streamed into the store and never held
//! whole in memory.

use super::{Error, Posted, Result};
use crate::files::{Files, LARGEST, Refused, Stored};
use crate::text::{Lang, Say, texts};
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// What is still read of a file that is too large, so that the browser gets to hear why it was refused: the body
/// limit of every route that takes one.
pub const LARGEST_REQUEST: usize = 8 * LARGEST as usize;
/// The answers of such a form together, in bytes.
const LARGEST_ANSWERS: usize = 64 * 1024;

/// What arrived: answers to judge, and a file or why there is none.
pub struct Upload<F> {
    pub form: Posted<F>,
    pub file: Result<File, NotTaken>,
}

/// A file in the store; dropped before [`Stored::keep`], it is taken out again.
pub struct File {
    /// As it is shown: never empty, never a path.
    pub name: String,
    pub stored: Stored,
}

/// Why a file was not taken, for whoever sent it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotTaken {
    NoFile,
    Empty,
    TooLarge,
    WrongType,
    Broken,
    /// The line broke before the end.
    CutOff,
}

/// Reads the whole form.
///
/// # Errors
/// [`Error::Unreadable`] if it is none, [`Error::Files`] if the store fails.
pub async fn receive<F: DeserializeOwned>(
    files: &Files,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Upload<F>> {
    let mut form = form.map_err(|_| Error::Unreadable)?;
    let (mut answers, mut size) = (Vec::new(), 0);
    let file = loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break Err(NotTaken::NoFile),
            Err(error) => break Err(broken(&error)),
        };
        let Some(name) = field.name().map(str::to_owned) else { return Err(Error::Unreadable) };
        if name == "file" {
            break store(files, field).await?;
        }
        let value = field.text().await.map_err(|_| Error::Unreadable)?;
        size += name.len() + value.len();
        if size > LARGEST_ANSWERS {
            return Err(Error::TooLarge);
        }
        answers.push((name, value));
    };
    Ok(Upload { form: Posted::of(answers)?, file })
}

/// One that is refused is read to its end and forgotten.
async fn store(files: &Files, mut field: Field<'_>) -> Result<Result<File, NotTaken>> {
    let name = tidy(field.file_name().unwrap_or_default());
    let mut incoming = Some(files.receive().await?);
    let mut refused = None;
    loop {
        let piece = match field.chunk().await {
            Ok(Some(piece)) => piece,
            Ok(None) => break,
            Err(error) => return Ok(Err(broken(&error))),
        };
        if let Some(file) = incoming.as_mut()
            && let Err(why) = file.write(&piece).await
        {
            refused = Some(why);
            incoming = None;
        }
    }
    let stored = match (refused, incoming) {
        (None, Some(file)) => file.finish().await,
        (why, _) => Err(why.unwrap_or(Refused::Empty)),
    };
    Ok(match stored {
        Ok(stored) if name.is_empty() => Ok(File { name: "document".to_owned(), stored }),
        Ok(stored) => Ok(File { name, stored }),
        Err(Refused::Empty) if name.is_empty() => Err(NotTaken::NoFile),
        Err(Refused::Empty) => Err(NotTaken::Empty),
        Err(Refused::TooLarge) => Err(NotTaken::TooLarge),
        Err(Refused::WrongType) => Err(NotTaken::WrongType),
        Err(Refused::Broken) => Err(NotTaken::Broken),
        Err(Refused::Io(error)) => return Err(error.into()),
    })
}

fn broken(error: &MultipartError) -> NotTaken {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => NotTaken::TooLarge,
        _ => NotTaken::CutOff,
    }
}

/// The name as it is shown: without folders and control characters, and not endless.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim();
    match plain.char_indices().nth(200) {
        None => plain.to_owned(),
        Some(_) => plain.chars().take(199).chain(['…']).collect(),
    }
}

impl Say for NotTaken {
    fn say(&self, lang: Lang) -> String {
        let t = Text(lang);
        match self {
            NotTaken::NoFile => t.no_file(),
            NotTaken::Empty => t.empty(),
            NotTaken::TooLarge => t.too_large(),
            NotTaken::WrongType => t.wrong_type(),
            NotTaken::Broken => t.broken(),
            NotTaken::CutOff => t.cut_off(),
        }
    }
}

texts!(Text {
    no_file: "Choose a file first", "Choisissez d’abord un fichier", "Elija primero un archivo";
    empty: "The file is empty. Choose another", "Le fichier est vide. Choisissez-en un autre", "El archivo está vacío. Elija otro";
    too_large: "The file must be smaller than 10 MB", "Le fichier doit faire moins de 10 Mo", "El archivo debe pesar menos de 10 MB";
    wrong_type: "The file must be a PDF, JPG or PNG", "Le fichier doit être au format PDF, JPG ou PNG", "El archivo debe ser PDF, JPG o PNG";
    broken: "The file is damaged or incomplete. Open it yourself, save it again, then upload it",
        "Le fichier est abîmé ou incomplet. Ouvrez-le, enregistrez-le à nouveau, puis déposez-le",
        "El archivo está dañado o incompleto. Ábralo, guárdelo de nuevo y súbalo";
    cut_off: "The connection broke before the whole file had arrived. Upload it again",
        "La connexion s’est interrompue avant la fin du fichier. Déposez-le à nouveau",
        "La conexión se cortó antes de recibir todo el archivo. Súbalo de nuevo";
});

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(tidy("C:\\Users\\Ana\\CV.pdf"), "CV.pdf");
        assert_eq!(tidy("../../etc/passwd"), "passwd");
        assert_eq!(tidy(" CV\u{0}\r\n Inés.pdf "), "CV Inés.pdf");
        assert_eq!(tidy(&"é".repeat(300)).chars().count(), 200);
    }
}
