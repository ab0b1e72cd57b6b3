//! A candidate's documents: what is needed and why, what is there.

mod add;
mod read;
mod remove;

use super::{education, funding};
use crate::db::Tx;
use crate::domain::profile::{Document, DocumentKind, Section, required_documents};
use crate::explain::profile::document_name;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Filled, Page, Result, html};
use axum::extract::DefaultBodyLimit;
use axum::{Router, response::Response, routing::get};

/// So many of one kind are enough.
const MOST_OF_A_KIND: usize = 5;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile/documents", get(list).post(add::add))
        .layer(DefaultBodyLimit::max(add::LARGEST_REQUEST))
        .merge(read::routes())
        .merge(remove::routes())
}

#[derive(askama::Template)]
#[template(path = "profile/documents.html")]
struct View {
    page: Page<Text>,
    names: super::SectionNames,
    form: Filled<()>,
    needed: Vec<Shelf>,
    others: Vec<Shelf>,
}

/// Everything of one kind.
struct Shelf {
    code: &'static str,
    name: String,
    why: String,
    choose: String,
    documents: Vec<Document>,
}

impl Shelf {
    fn is_full(&self) -> bool {
        self.documents.len() >= MOST_OF_A_KIND
    }
}

async fn list(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    show(&me, &mut tx, Filled::fresh(())).await
}

async fn show(me: &Candidate, tx: &mut Tx<Candidate>, form: Filled<()>) -> Result<Response> {
    let required = required(tx).await?;
    let (needed, others) = super::documents(tx)
        .await?
        .into_iter()
        .fold(shelves(me.lang), put)
        .into_iter()
        .partition(|shelf: &Shelf| required.iter().any(|kind| kind.code() == shelf.code));
    let names = super::SectionNames(me.lang);
    html(form.status(), &View { page: me.page(Text), names, form, needed, others })
}

/// What the other sections make necessary.
async fn required(tx: &mut Tx<Candidate>) -> Result<Vec<DocumentKind>> {
    let today = tx.today();
    let studies = super::load::<education::Form>(tx).await?.answers.whole(today);
    let funding = super::load::<funding::Form>(tx).await?.answers.stated();
    Ok(required_documents(&studies, Some(&funding)))
}

fn shelves(lang: Lang) -> Vec<Shelf> {
    let t = Text(lang);
    let shelf = |kind: DocumentKind| {
        let (why, choose) = match kind {
            DocumentKind::Cv => (t.why_cv(), t.choose_cv()),
            DocumentKind::StudyProof => (t.why_study_proof(), t.choose_study_proof()),
            DocumentKind::SponsorLetter => (t.why_sponsor_letter(), t.choose_sponsor_letter()),
            DocumentKind::UniversityLetter => (t.why_university_letter(), t.choose_university_letter()),
        };
        Shelf { code: kind.code(), name: document_name(kind, lang), why, choose, documents: Vec::new() }
    };
    DocumentKind::ALL.map(shelf).into()
}

fn put(mut shelves: Vec<Shelf>, document: Document) -> Vec<Shelf> {
    if let Some(shelf) = shelves.iter_mut().find(|shelf| shelf.code == document.kind.code()) {
        shelf.documents.push(document);
    }
    shelves
}

impl View {
    fn uploaded(&self, document: &Document) -> String {
        let size = self.page.lang.file_size(document.bytes);
        self.page.t.size_and_day(size, self.page.date(&self.page.day_of(&document.uploaded_at)))
    }

    fn number(&self) -> usize {
        Section::Documents.number()
    }
}

texts!(pub(super) Text {
    lead: "A photo taken with your phone is fine, as long as we can read every word. PDF, JPG or PNG, up to 10 MB each.",
        "Une photo prise avec votre téléphone convient, à condition que nous puissions tout lire. PDF, JPG ou PNG, jusqu’à 10 Mo chacun.",
        "Una foto hecha con el teléfono sirve, siempre que podamos leerlo todo. PDF, JPG o PNG, hasta 10 MB cada uno.";
    needed: "Needed before you release", "À fournir avant de transmettre", "Necesarios antes de enviar";
    others: "Only if they apply to you", "Seulement s’ils vous concernent", "Solo si le corresponden";
    others_lead: "What you said about your studies and funding does not ask for these.",
        "Ce que vous avez indiqué sur vos études et votre financement ne les exige pas.",
        "Lo que indicó sobre sus estudios y su financiación no los exige.";
    why_cv: "Your studies and what you have done, on two pages or fewer.", "Vos études et ce que vous avez fait, en deux pages au plus.",
        "Sus estudios y lo que ha hecho, en dos páginas como máximo.";
    choose_cv: "Choose your CV", "Choisir votre CV", "Elegir su currículum";
    why_study_proof: "Proof that you are enrolled, with the dates, or your degree.", "La preuve de votre inscription, avec les dates, ou votre diplôme.",
        "La prueba de su matrícula, con las fechas, o su título.";
    choose_study_proof: "Choose the proof of your studies", "Choisir le justificatif de vos études", "Elegir el justificante de sus estudios";
    why_sponsor_letter: "On headed paper, naming you, and giving the dates and what is paid for.",
        "Sur papier à en-tête, à votre nom, avec les dates et ce qui est pris en charge.",
        "En papel con membrete, a su nombre, con las fechas y lo que se financia.";
    choose_sponsor_letter: "Choose the letter from your sponsor", "Choisir la lettre de bourse ou de parrainage", "Elegir la carta de beca o patrocinio";
    why_university_letter: "On headed paper, saying that your degree requires the internship, and for how long.",
        "Sur papier à en-tête, indiquant que votre diplôme exige le stage et sa durée.",
        "En papel con membrete, que diga que su título exige la pasantía y su duración.";
    choose_university_letter: "Choose the letter from your university", "Choisir la lettre de votre université", "Elegir la carta de su universidad";
    to_upload: "To upload", "À déposer", "Por subir";
    uploaded: "Uploaded", "Déposé", "Subido";
    optional: "Not needed", "Pas nécessaire", "No es necesario";
    upload: "Upload", "Déposer", "Subir";
    remove: "Remove", "Retirer", "Quitar";
    size_and_day(size, day): "{size}, uploaded on {day}", "{size}, déposé le {day}", "{size}, subido el {day}";
    full: "Five of a kind are enough. Remove one to upload another.", "Cinq par type suffisent. Retirez-en un pour en déposer un autre.",
        "Cinco de cada tipo bastan. Quite uno para subir otro.";
    who: "Only you and the people reviewing your profile can open these files.",
        "Ces fichiers ne s’ouvrent que pour vous et les personnes qui examinent votre dossier.",
        "Solo usted y las personas que revisan su perfil pueden abrir estos archivos.";
    check: "Check and release", "Vérifier et transmettre", "Revisar y enviar";
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
