//! Human Resources sees what an intern has shown. Of medical documents only: fit or not, and until when.

use super::{need, required, words};
use crate::cases;
use crate::domain::onboarding::{Kind, State, Trust};
use crate::explain;
use crate::papers::{Document, lacks, with_reasons};
use crate::scan::Scanner;
use crate::scan::access::Access;
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/documents", get(list))
}

#[derive(askama::Template)]
#[template(path = "onboarding/list.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    dates: String,
    lines: Vec<Line>,
    /// Days without a verified cover.
    gaps: Vec<String>,
}

#[derive(Default)]
struct Line {
    kind: String,
    look: (&'static str, &'static str, String),
    /// Address and name; `None` for medical documents and for what is not there yet.
    file: Option<(String, String)>,
    /// What the scanner has to say of the file.
    scan: Option<String>,
    facts: String,
    reason: Option<String>,
}

async fn list(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let name = sqlx::query_scalar!(
        "select a.name from placement p join application a on a.id = p.application_id
         where p.id = $1 and a.state <> 'withdrawn' and a.candidate_id <> $2
             and exists (select from offer o where o.placement_id = p.id)",
        id,
        me.id.0
    )
    .fetch_one(&mut *tx)
    .await?;
    let case = cases::placement(&mut tx, id).await?;
    let required = required(&mut tx, id).await?;
    let documents = with_reasons(&mut tx, me.files(), id).await?;
    let lang = me.lang;
    let t = Text(lang);
    let mut lines = Vec::new();
    for kind in Kind::ALL {
        let of_kind: Vec<&Document> = documents.iter().filter(|d| d.shown.kind == kind).collect();
        if of_kind.is_empty() {
            let look = words::look_to_staff(None, lang);
            let kind = words::kind(kind, lang);
            lines.push(Line { kind, look, ..Line::default() });
        }
        lines.extend(of_kind.into_iter().map(|document| line(id, document, me.scanner(), lang)));
    }
    let stay = need(&mut tx, id, &case).await?.stay;
    let lacking = lacks(stay, &required, &documents, Trust::Verified);
    let gap = |gap: &crate::domain::terms::Gap| {
        t.gap(explain::cover(gap.cover, lang), lang.date(gap.from), lang.date(gap.to))
    };
    let view = View {
        page: me.page(Text),
        id,
        name,
        dates: t.from_to(lang.date(stay.start), lang.date(stay.end)),
        lines,
        gaps: lacking.gaps.iter().map(gap).collect(),
    };
    html(StatusCode::OK, &view)
}

fn line(placement: Uuid, document: &Document, scanner: &Scanner, lang: Lang) -> Line {
    let t = Text(lang);
    let shown = &document.shown;
    let mut facts = Vec::new();
    match (shown.from, shown.until, shown.kind) {
        (Some(from), Some(until), _) => facts.push(t.from_to(lang.date(from), lang.date(until))),
        (_, Some(until), Kind::MedicalCertificate) if shown.state == State::Verified => {
            facts.push(t.fit_until(lang.date(until)));
        }
        (_, Some(until), _) => facts.push(t.until(lang.date(until))),
        _ => {}
    }
    let covers: Vec<String> = shown.covers.iter().map(|cover| explain::cover(*cover, lang)).collect();
    facts.extend((!covers.is_empty()).then(|| lang.list(&covers)));
    let address = format!("/placements/{placement}/documents/{}", document.id);
    let open = !shown.kind.is_medical();
    Line {
        kind: words::kind(shown.kind, lang),
        look: words::look_to_staff(Some(shown.state), lang),
        file: open.then(|| (address, document.file_name.clone())),
        // of a medical document nobody here sees the file, so neither whether it opens
        scan: Access::of_paper(document.scan, document.is_past, scanner).words(lang).filter(|_| open),
        facts: facts.join(", "),
        // what a medical document lacks is between the intern and the medical officer
        reason: document.reason.clone().filter(|_| open && shown.state == State::Returned),
    }
}

texts!(Text {
    title: "Documents for the first day", "Documents pour le premier jour", "Documentos para el primer día";
    lead: "Medical documents are opened by the medical officer alone. You see whether the intern is fit, and until when.",
        "Les documents médicaux ne sont ouverts que par le service médical. Vous voyez si la personne est apte, et jusqu’à quand.",
        "Los documentos médicos solo los abre el servicio médico. Usted ve si la persona es apta y hasta cuándo.";
    document: "Document", "Document", "Documento";
    state: "State", "État", "Estado";
    file: "File", "Fichier", "Archivo";
    facts: "What it says", "Ce qu’il indique", "Qué indica";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    until(day): "until {day}", "jusqu’au {day}", "hasta el {day}";
    fit_until(day): "fit until {day}", "aptitude jusqu’au {day}", "apto hasta el {day}";
    gaps: "Days without verified cover", "Jours sans couverture vérifiée", "Días sin cobertura verificada";
    gap(cover, from, to): "{cover}: {from} to {to}", "{cover} : du {from} au {to}", "{cover}: del {from} al {to}";
    no_gaps: "Insurance covers every day.", "L’assurance couvre chaque jour.", "El seguro cubre todos los días.";
});
