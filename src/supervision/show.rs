//! One placement as its supervisor sees it: the terms, the profile, and the decision.

use super::{Case, case};
use crate::db::Tx;
use crate::domain::placement::State;
use crate::domain::profile::Section;
use crate::explain::profile::{DocumentLine, Part, Reader, Row};
use crate::explain::terms::Line;
use crate::reference::areas;
use crate::scan::access;
use crate::text::{Lang, texts};
use crate::underway::{evaluations, periods, story};
use crate::web::{App, Page, Path, Result, Supervisor, html};
use crate::{deputies, explain, offices, policies, waivers};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "supervision/show.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    place: String,
    area: String,
    reference: String,
    proposer: String,
    tone: &'static str,
    icon: &'static str,
    state: String,
    since: DateTime<Utc>,
    terms: Vec<Line>,
    writing: Vec<Row>,
    story: Vec<Row>,
    periods: Vec<Row>,
    reason: Option<String>,
    profile: Option<Shown>,
    waits: bool,
    /// For whom I stand in.
    acting: Option<String>,
    /// What the supervisor can do once the placement is agreed: address and words, the main thing first.
    steps: Vec<(String, String)>,
}

/// The profile, while it is for the supervisor.
struct Shown {
    parts: Vec<Part>,
    letter_title: String,
    letter: String,
    documents_title: String,
    documents: Vec<DocumentLine>,
}

async fn show(me: Supervisor, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let today = tx.today();
    let policy = policies::at(&mut tx, today, &now.office).await?;
    let places = offices::names(&mut tx, me.lang).await?;
    let place = places.get(&now.office).unwrap_or(&now.office).clone();
    let (tone, icon, state) = explain::placement::look(now.state(), me.lang);
    let funding = &now.profile.funding;
    let mut terms = explain::terms::lines(&now.stated, now.stay(), &policy.terms, funding, &place, me.lang);
    terms.extend(waivers::last(&mut tx, id).await?.map(|waiver| waiver.line(me.lang)));
    let (written, agreed) = (evaluations::all(&mut tx, id).await?, periods::all(&mut tx, id).await?);
    let is_agreed = matches!(
        now.state(),
        State::Accepted | State::Ready | State::Started | State::Completed | State::EndedEarly
    );
    let story = || story::rows(now.state(), now.stay(), &written, (today, me.zone()), me.lang);
    let profile = match now.may_read_profile() {
        true => Some(shown(&me, &mut tx, &now, &places).await?),
        false => None,
    };
    let view = View {
        page: me.page(Text),
        id,
        terms,
        place,
        area: areas::area(&now.area).map_or(now.area.as_str(), |area| area.name(me.lang)).to_owned(),
        tone,
        icon,
        state,
        since: now.since,
        writing: now.approval.as_ref().map_or(Vec::new(), |a| explain::placement::writing(a, me.lang)),
        story: if is_agreed { story() } else { Vec::new() },
        periods: periods::rows(&agreed, periods::Reader::Staff, me.zone(), me.lang),
        profile,
        waits: now.state() == State::Proposed,
        acting: now.instead_of.as_deref().map(|name| deputies::acting_for(name, me.lang)),
        steps: steps(id, now.state(), me.lang),
        reason: now.reason,
        name: now.name,
        reference: now.reference,
        proposer: now.proposer,
    };
    html(StatusCode::OK, &view)
}

fn steps(id: Uuid, state: State, lang: Lang) -> Vec<(String, String)> {
    let t = Text(lang);
    let to = |verb: &str, words: String| (format!("/supervision/{id}/{verb}"), words);
    let evaluations = || [to("evaluate/mid_term", t.mid_term()), to("evaluate/final", t.the_final())];
    match state {
        State::Proposed | State::Approved => vec![to("interview", t.interview())],
        State::Ready => vec![to("start", t.start())],
        State::Started => {
            let [mid_term, the_final] = evaluations();
            vec![
                mid_term,
                the_final,
                to("absences", t.absences()),
                to("extend", t.extend()),
                to("complete", t.complete()),
            ]
        }
        State::Completed | State::EndedEarly => {
            let [mid_term, the_final] = evaluations();
            vec![mid_term, the_final, to("absences", t.absences_read())]
        }
        _ => Vec::new(),
    }
}

async fn shown(
    me: &Supervisor,
    tx: &mut Tx<Supervisor>,
    now: &Case,
    places: &std::collections::HashMap<String, String>,
) -> Result<Shown> {
    let folder = format!("/supervision/{}/documents", now.id());
    let ids: Vec<Uuid> = now.profile.documents.iter().map(|document| document.id.0).collect();
    let known = access::of_documents(tx, me.scanner(), &ids).await?;
    let documents =
        explain::profile::document_lines(&now.profile, &folder, Reader::Supervisor, &known, me.lang);
    Ok(Shown {
        parts: explain::profile::parts(&now.profile, places, Reader::Supervisor, me.lang),
        letter_title: explain::profile::section_name(Section::Letter, me.lang),
        letter: now.profile.letter.clone(),
        documents_title: explain::profile::section_name(Section::Documents, me.lang),
        documents,
    })
}

texts!(Text {
    interview: "Talk to the candidate first", "S’entretenir d’abord avec la personne candidate", "Conversar antes con la persona candidata";
    steps: "What you can do", "Ce que vous pouvez faire", "Lo que puede hacer";
    start: "Confirm the first day", "Confirmer le premier jour", "Confirmar el primer día";
    mid_term: "Mid-term evaluation", "Évaluation à mi-parcours", "Evaluación intermedia";
    the_final: "Final evaluation", "Évaluation finale", "Evaluación final";
    extend: "Ask the intern to stay longer", "Proposer une prolongation", "Proponer una prórroga";
    absences_read: "Absences", "Absences", "Ausencias";
    absences: "Record an absence", "Enregistrer une absence", "Registrar una ausencia";
    complete: "Complete the internship", "Clore le stage", "Cerrar la pasantía";
    back: "Placements to approve", "Affectations à approuver", "Plazas por aprobar";
    facts(reference, proposer): "{reference}, proposed by {proposer}", "{reference}, proposée par {proposer}", "{reference}, propuesta por {proposer}";
    since(at): "since {at}", "depuis le {at}", "desde el {at}";
    area(area): "Area of work: {area}", "Domaine de travail : {area}", "Área de trabajo: {area}";
    terms: "Terms", "Conditions", "Condiciones";
    terms_lead: "Worked out from the rules when the placement was proposed.", "Calculées d’après les règles au moment de la proposition.",
        "Calculadas según las normas cuando se propuso la plaza.";
    decision: "Your decision", "Votre décision", "Su decisión";
    decision_lead: "You alone decide. Nothing is offered to the candidate before you do.", "La décision n’appartient qu’à vous. Rien n’est offert à la personne candidate avant.",
        "Solo usted decide. Antes no se ofrece nada a la persona candidata.";
    approve: "Approve", "Approuver", "Aprobar";
    decline: "Decline", "Refuser", "Rechazar";
    kept: "Your name, the date and what you write are kept in the record.", "Votre nom, la date et ce que vous écrivez sont conservés au registre.",
        "Su nombre, la fecha y lo que escriba se conservan en el registro.";
    ahead: "From the first day to the certificate", "Du premier jour à l’attestation", "Del primer día al certificado";
    periods: "Periods agreed", "Périodes convenues", "Periodos acordados";
    in_writing: "What you wrote", "Ce que vous avez écrit", "Lo que escribió";
    reason: "Reason", "Motif", "Motivo";
    gone: "This placement has been called off, so the profile is no longer shown.", "Cette affectation n’aura pas lieu : le dossier n’est plus affiché.",
        "Esta plaza no sigue adelante, por lo que el perfil ya no se muestra.";
});
