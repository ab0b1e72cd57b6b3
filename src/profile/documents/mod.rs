//! A candidate's documents: what is needed and why, what is there, what was taken away.

mod add;
mod keep;
mod parcel;
mod read;
mod remove;
mod replace;

use self::keep::MOST_OF_A_KIND;
use self::parcel::Refusal;
use super::{education, funding};
use crate::db::Tx;
use crate::domain::profile::{DocumentKind, Section, required_documents};
use crate::explain::profile::document_name;
use crate::scan::Scan;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Filled, Page, Result, html};
use axum::extract::DefaultBodyLimit;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile/documents", get(list).post(add::add))
        .layer(DefaultBodyLimit::max(parcel::LARGEST_REQUEST))
        .merge(read::routes())
        .merge(remove::routes())
        .merge(replace::routes())
}

#[derive(askama::Template)]
#[template(path = "profile/documents.html")]
struct View {
    page: Page<Text>,
    names: super::SectionNames,
    form: Filled<Vec<Refusal>>,
    needed: Vec<Shelf>,
    others: Vec<Shelf>,
}

/// Everything of one kind.
struct Shelf {
    code: &'static str,
    name: String,
    why: String,
    choose: String,
    papers: Vec<Paper>,
    /// Names of files in which malware was found after they had been taken, until another one is there.
    infected: Vec<String>,
}

/// A document as its owner sees it.
struct Paper {
    id: Uuid,
    file_name: String,
    has_thumbnail: bool,
    bytes: i64,
    uploaded_at: DateTime<Utc>,
    /// For the scanner; nobody else opens it before.
    waits: bool,
}

impl Shelf {
    fn is_full(&self) -> bool {
        self.papers.len() >= MOST_OF_A_KIND
    }

    fn waits(&self) -> bool {
        self.papers.iter().any(|paper| paper.waits)
    }
}

async fn list(me: Candidate) -> Result<Response> {
    show(&me, Filled::fresh(Vec::new())).await
}

async fn show(me: &Candidate, form: Filled<Vec<Refusal>>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let required = required(&mut tx).await?;
    let mut shelves = shelves(me.lang);
    fill(me, &mut tx, &mut shelves).await?;
    let is_needed = |shelf: &Shelf| required.iter().any(|kind| kind.code() == shelf.code);
    let (needed, others) = shelves.into_iter().partition(is_needed);
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
        let name = document_name(kind, lang);
        Shelf { code: kind.code(), name, why, choose, papers: Vec::new(), infected: Vec::new() }
    };
    DocumentKind::ALL.map(shelf).into()
}

/// Puts my documents where they belong, oldest first, and the names of those that were taken away.
async fn fill(me: &Candidate, tx: &mut Tx<Candidate>, shelves: &mut [Shelf]) -> Result<()> {
    let owner = tx.actor();
    let rows = sqlx::query!(
        r#"select id as "id!", kind as "kind!", file_name as "file_name!", bytes as "bytes!",
               uploaded_at as "uploaded_at!", scan as "scan!", thumbnail is not null as "has_thumbnail!"
           from document where person_id = $1 and removed_at is null
           union all
           select id, kind, file_name, bytes, uploaded_at, scan, false
           from document gone where person_id = $1 and scan = 'infected' and not exists (
               select from document newer where newer.person_id = $1 and newer.kind = gone.kind
                   and newer.removed_at is null and newer.uploaded_at >= gone.removed_at)
           order by 5, 1"#,
        owner.0
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        let Some(shelf) = shelves.iter_mut().find(|shelf| shelf.code == row.kind) else { continue };
        match Scan::from_code(&row.scan) {
            Scan::Infected => shelf.infected.push(row.file_name),
            scan => shelf.papers.push(Paper {
                id: row.id,
                file_name: row.file_name,
                has_thumbnail: row.has_thumbnail,
                bytes: row.bytes,
                uploaded_at: row.uploaded_at,
                waits: me.scanner().holds_back(scan),
            }),
        }
    }
    Ok(())
}

impl View {
    fn uploaded(&self, paper: &Paper) -> String {
        let size = self.page.lang.file_size(paper.bytes);
        self.page.t.size_and_day(size, self.page.date(&self.page.day_of(&paper.uploaded_at)))
    }

    fn number(&self) -> usize {
        Section::Documents.number()
    }
}

texts!(pub(super) Text {
    lead: "A photo taken with your phone is fine, as long as we can read every word. PDF, JPG or PNG, up to 10 MB each. You can choose several at once.",
        "Une photo prise avec votre téléphone convient, à condition que nous puissions tout lire. PDF, JPG ou PNG, jusqu’à 10 Mo chacun. Vous pouvez en choisir plusieurs à la fois.",
        "Una foto hecha con el teléfono sirve, siempre que podamos leerlo todo. PDF, JPG o PNG, hasta 10 MB cada uno. Puede elegir varios a la vez.";
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
    being_checked: "Being checked", "En cours de vérification", "En comprobación";
    waits: "Not scanned yet. Human Resources can open it once it has been looked through for malicious software. You have nothing to do.",
        "Pas encore analysé. Les Ressources humaines pourront l’ouvrir une fois l’analyse à la recherche de logiciels malveillants terminée. Vous n’avez rien à faire.",
        "Aún sin analizar. Recursos Humanos podrá abrirlo cuando se haya comprobado que no contiene programas maliciosos. No tiene que hacer nada.";
    gone(name): "We deleted {name}: our scanner found malicious software in it. This does not count against you. Upload another copy, if you can from another device or as a photo of the paper.",
        "Nous avons supprimé {name} : notre analyse y a trouvé un logiciel malveillant. Cela ne joue pas contre vous. Déposez une autre copie, si possible depuis un autre appareil ou sous forme de photo du papier.",
        "Hemos eliminado {name}: nuestro análisis encontró en él un programa malicioso. Esto no le perjudica. Suba otra copia, si puede desde otro dispositivo o como foto del papel.";
    optional: "Not needed", "Pas nécessaire", "No es necesario";
    upload: "Upload", "Déposer", "Subir";
    view: "View", "Afficher", "Ver";
    new_tab: "opens in a new tab", "s’ouvre dans un nouvel onglet", "se abre en una pestaña nueva";
    replace: "Replace", "Remplacer", "Sustituir";
    choose_other: "Choose the new file", "Choisir le nouveau fichier", "Elegir el archivo nuevo";
    remove: "Remove", "Retirer", "Quitar";
    size_and_day(size, day): "{size}, uploaded on {day}", "{size}, déposé le {day}", "{size}, subido el {day}";
    who: "Only you and the people reviewing your profile can open these files.",
        "Ces fichiers ne s’ouvrent que pour vous et les personnes qui examinent votre dossier.",
        "Solo usted y las personas que revisan su perfil pueden abrir estos archivos.";
    check: "Check and release", "Vérifier et transmettre", "Revisar y enviar";
});
