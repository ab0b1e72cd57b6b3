//! A candidate brings a CV as data, in JSON Resume or Europass XML: what it says is shown section by section, and taken
//! over only where the candidate says so. The file itself is not kept.

mod codes;
mod europass;
mod found;
mod json_resume;

use super::{Answers, Draft, SectionNames, about, education, experience, languages, save};
use crate::db::{Done, Tx};
use crate::explain::profile::{Row, section_name};
use crate::explain::typed;
use crate::text::{Lang, texts};
use crate::web::form::as_sent;
use crate::web::{App, Candidate, Error, Filled, Page, Posted, Problem, Result, html, parcel, see_other};
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use found::{Imported, Wrong};
use std::collections::HashMap;

/// The largest file that is read, in bytes: a CV as data has a few kilobytes.
const LARGEST: usize = 1024 * 1024;
/// What still arrives of a larger one, so that the browser gets to hear why it was refused.
const LARGEST_REQUEST: usize = 8 * LARGEST;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile/import", get(ask).post(bring))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .route("/profile/import/take-over", get(back).post(take_over))
}

/// What is taken over.
#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// What was found in the file, packed.
    found: String,
    /// Codes of the sections that are ticked.
    sections: Vec<String>,
    /// The revisions of the sections that the page was shown with.
    seen_about: i32,
    seen_education: i32,
    seen_languages: i32,
    seen_experience: i32,
}

#[derive(askama::Template)]
#[template(path = "profile/import.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    offers: Vec<Offer>,
    form: Filled<Form>,
}

/// A section as it would become.
struct Offer {
    code: &'static str,
    title: String,
    rows: Vec<Row>,
    /// Whether there are answers already, which would be replaced.
    is_filled: bool,
    is_ticked: bool,
    seen: i32,
}

async fn ask(me: Candidate) -> Result<Response> {
    show(&me, Filled::fresh(Form::default())).await
}

async fn back(_: Candidate) -> Result<Response> {
    see_other("/profile/import")
}

/// Reads the file and shows what it says. Nothing is saved yet.
async fn bring(me: Candidate, form: Result<Multipart, MultipartRejection>) -> Result<Response> {
    me.may_upload().await?;
    let received = receive(form.map_err(|_| Error::Unreadable)?).await;
    let today = me.begin().await?.today();
    let form = match received.and_then(|file| found::read(&file, today)) {
        Ok(imported) => Filled::fresh(Form { found: imported.packed(), ..Form::default() }),
        Err(wrong) => Filled::with(Form::default(), vec![Problem::at("file", move |l| why(wrong, l))]),
    };
    show(&me, form).await
}

/// The file, held in memory; a larger one is heard to its end and forgotten.
async fn receive(mut form: Multipart) -> Result<Vec<u8>, Wrong> {
    let wrong = |status| match status {
        StatusCode::PAYLOAD_TOO_LARGE => Wrong::TooLarge,
        _ => Wrong::CutOff,
    };
    while let Some(mut field) = form.next_field().await.map_err(|error| wrong(error.status()))? {
        if field.name() != Some("file") {
            continue;
        }
        let has_name = field.file_name().is_some_and(|name| !name.is_empty());
        let (mut file, mut is_too_large) = (Vec::new(), false);
        while let Some(piece) = field.chunk().await.map_err(|error| wrong(error.status()))? {
            is_too_large |= file.len() + piece.len() > LARGEST;
            if !is_too_large {
                file.extend_from_slice(&piece);
            }
        }
        return match () {
            () if is_too_large => Err(Wrong::TooLarge),
            () if file.is_empty() && !has_name => Err(Wrong::NoFile),
            () => Ok(file),
        };
    }
    Err(Wrong::NoFile)
}

fn why(wrong: Wrong, lang: Lang) -> String {
    let (t, of_files) = (Text(lang), parcel::Text(lang));
    match wrong {
        Wrong::NoFile => of_files.no_file(),
        Wrong::Empty => of_files.empty(),
        Wrong::CutOff => of_files.cut_off(),
        Wrong::TooLarge => t.too_large(),
        Wrong::Neither => t.neither(),
        Wrong::Damaged => t.damaged(),
        Wrong::NothingFound => t.nothing_found(),
    }
}

async fn take_over(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let read = |form: &Form| match Imported::unpacked(&form.found) {
        None => Err(vec![Problem::missing("file", |l| why(Wrong::NoFile, l))]),
        Some(_) if form.sections.is_empty() => {
            Err(vec![Problem::missing("sections", |l| Text(l).tick_one())])
        }
        Some(imported) => Ok((imported, form.clone())),
    };
    let (imported, form) = match form.judge(read) {
        Ok(both) => both,
        Err(form) => return show(&me, form).await,
    };
    let mut tx = me.begin().await?;
    match keep_all(&mut tx, &imported, &form).await {
        Ok(Some(done)) => tx.commit(done).await?,
        Ok(None) => {}
        Err(Error::Conflict) => {
            drop(tx);
            return show(&me, Filled::overtaken(form, |l| Text(l).overtaken())).await;
        }
        Err(error) => return Err(error),
    }
    see_other("/profile")
}

/// All ticked sections, or none: they are one decision.
async fn keep_all(tx: &mut Tx<Candidate>, imported: &Imported, form: &Form) -> Result<Option<Done>> {
    let all = [
        keep::<about::Form>(tx, imported, form, form.seen_about).await?,
        keep::<education::Form>(tx, imported, form, form.seen_education).await?,
        keep::<languages::Form>(tx, imported, form, form.seen_languages).await?,
        keep::<experience::Form>(tx, imported, form, form.seen_experience).await?,
    ];
    Ok(all.into_iter().flatten().reduce(Done::and))
}

async fn keep<A: Answers>(
    tx: &mut Tx<Candidate>,
    imported: &Imported,
    form: &Form,
    seen: i32,
) -> Result<Option<Done>> {
    if !form.sections.iter().any(|code| code == A::SECTION.code()) {
        return Ok(None);
    }
    let Some((_, answers)) = becomes::<A>(tx, imported).await? else { return Ok(None) };
    Ok(Some(save(tx, &answers, seen).await?.0))
}

/// A section as it is, and as it would become; `None` if the file says nothing for it.
async fn becomes<A: Answers>(tx: &mut Tx<Candidate>, imported: &Imported) -> Result<Option<(Draft<A>, A)>> {
    let draft = super::load::<A>(tx).await?;
    Ok(match imported.answers(A::SECTION, serde_json::to_value(&draft.answers)?) {
        Some(answers) => Some((draft, serde_json::from_value(answers)?)),
        None => None,
    })
}

async fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    let offers = match Imported::unpacked(&form.values.found) {
        None => Vec::new(),
        Some(imported) => {
            let mut tx = me.begin().await?;
            // whoever comes back to the page finds the ticks as they were
            let ticks = form.has_problems().then_some(form.values.sections.as_slice());
            let offers = [
                offer::<about::Form>(&mut tx, &imported, ticks, me.lang).await?,
                offer::<education::Form>(&mut tx, &imported, ticks, me.lang).await?,
                offer::<languages::Form>(&mut tx, &imported, ticks, me.lang).await?,
                offer::<experience::Form>(&mut tx, &imported, ticks, me.lang).await?,
            ];
            offers.into_iter().flatten().collect()
        }
    };
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), offers, form })
}

async fn offer<A: Answers>(
    tx: &mut Tx<Candidate>,
    imported: &Imported,
    ticks: Option<&[String]>,
    lang: Lang,
) -> Result<Option<Offer>> {
    let Some((draft, answers)) = becomes::<A>(tx, imported).await? else { return Ok(None) };
    let code = A::SECTION.code();
    let is_filled = !rows(&draft.answers, lang)?.is_empty();
    Ok(Some(Offer {
        code,
        title: section_name(A::SECTION, lang),
        rows: rows(&answers, lang)?,
        is_filled,
        is_ticked: ticks.map_or(!is_filled, |ticks| ticks.iter().any(|ticked| ticked == code)),
        seen: draft.revision,
    }))
}

/// What was answered, entry by entry; a box that is not ticked is no answer.
fn rows(answers: &impl Answers, lang: Lang) -> Result<Vec<Row>> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let sent = as_sent(answers)?.into_iter().filter(|(_, value)| value != "false");
    let mut sent: Vec<(usize, (String, String))> = sent
        .map(|(name, value)| {
            let nth = times.entry(name.clone()).or_default();
            *nth += 1;
            (*nth, (name, value))
        })
        .collect();
    sent.sort_by_key(|(nth, _)| *nth);
    let sent: Vec<(String, String)> = sent.into_iter().map(|(_, answer)| answer).collect();
    Ok(typed::rows(&typed::answers(&sent, &HashMap::new(), lang), lang))
}

texts!(pub Text {
    title: "Fill in your profile from a CV file", "Remplir votre dossier à partir d’un fichier de CV", "Rellenar su perfil a partir de un archivo de currículum";
    lead: "If you have your CV as Europass XML or as JSON Resume, we read it for you. You see what we found before anything is saved.",
        "Si vous avez votre CV au format Europass XML ou JSON Resume, nous le lisons pour vous. Vous voyez ce que nous avons trouvé avant que quoi que ce soit ne soit enregistré.",
        "Si tiene su currículum en formato Europass XML o JSON Resume, lo leemos por usted. Verá lo que hemos encontrado antes de guardar nada.";
    file: "Your CV file", "Votre fichier de CV", "Su archivo de currículum";
    file_hint: "An .xml or .json file, up to 1 MB. A PDF goes with your documents.", "Un fichier .xml ou .json, de 1 Mo au plus. Un PDF se dépose avec vos documents.",
        "Un archivo .xml o .json, de 1 MB como máximo. Un PDF va con sus documentos.";
    read_it: "Read the file", "Lire le fichier", "Leer el archivo";
    found_lead: "Nothing is saved yet. Tick the sections to take over. What the file does not say stays empty for you to fill in.",
        "Rien n’est encore enregistré. Cochez les sections à reprendre. Ce que le fichier ne dit pas reste vide, à compléter par vous.",
        "Todavía no se ha guardado nada. Marque las secciones que quiere incorporar. Lo que el archivo no dice queda vacío para que usted lo complete.";
    take_section: "Take over this section", "Reprendre cette section", "Incorporar esta sección";
    is_filled: "You have answers here already. If you tick this, they are replaced by what you see below.",
        "Vous avez déjà des réponses ici. Si vous cochez cette case, elles seront remplacées par ce qui figure ci-dessous.",
        "Ya tiene respuestas aquí. Si marca esta casilla, se sustituirán por lo que ve a continuación.";
    tick_one: "Tick at least one section", "Cochez au moins une section", "Marque al menos una sección";
    take_over: "Take over what is ticked", "Reprendre ce qui est coché", "Incorporar lo marcado";
    other_file: "Choose another file", "Choisir un autre fichier", "Elegir otro archivo";
    too_large: "The file must be smaller than 1 MB", "Le fichier doit faire moins de 1 Mo", "El archivo debe pesar menos de 1 MB";
    neither: "This is neither Europass XML nor JSON Resume. Save your CV in one of these formats, or fill in the sections yourself",
        "Ce n’est ni du Europass XML ni du JSON Resume. Enregistrez votre CV dans l’un de ces formats, ou remplissez les sections vous-même",
        "No es Europass XML ni JSON Resume. Guarde su currículum en uno de estos formatos o rellene las secciones usted mismo";
    damaged: "The file is damaged or incomplete. Save it again where you made it, then send the new one",
        "Le fichier est abîmé ou incomplet. Enregistrez-le à nouveau là où vous l’avez créé, puis envoyez le nouveau",
        "El archivo está dañado o incompleto. Guárdelo de nuevo donde lo creó y envíe el nuevo";
    nothing_found: "The file says nothing that our sections ask for. Fill them in yourself",
        "Le fichier ne contient rien de ce que demandent nos sections. Remplissez-les vous-même",
        "El archivo no contiene nada de lo que piden nuestras secciones. Rellénelas usted mismo";
    overtaken: "A section was saved elsewhere meanwhile. Your ticks are still here: check them, then take over again.",
        "Une section a été enregistrée ailleurs entre-temps. Vos coches sont toujours là : vérifiez-les, puis reprenez à nouveau.",
        "Una sección se guardó entretanto en otro lugar. Sus marcas siguen aquí: revíselas e incorpore de nuevo.";
});
