//! The offer as it was made: where, with whom, when, for what money, and by when to answer.

use super::{Offer, offer};
use crate::db::Tx;
use crate::domain::placement::State;
use crate::domain::profile::Funding;
use crate::explain::profile::Row;
use crate::explain::terms::{Line, Months};
use crate::reference::areas;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Page, Path, Result, html};
use crate::{explain, offices, policies, waivers};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/offer/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "offer/show.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    reference: String,
    tag: (&'static str, &'static str, String),
    title: String,
    lead: String,
    reason: Option<String>,
    place: String,
    supervisor: String,
    area: String,
    is_open: bool,
    is_accepted: bool,
    /// The dates I asked for.
    asked: Option<(NaiveDate, NaiveDate)>,
    terms: Vec<Line>,
    months: Option<Months>,
    writing: Vec<Row>,
}

async fn show(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    let (lang, today) = (me.lang, tx.today());
    let policy = policies::at(&mut tx, today, &mine.office).await?;
    let place = offices::names(&mut tx, lang).await?.remove(&mine.office).unwrap_or(mine.office.clone());
    let asked = asked(&mut tx, id).await?;
    let funding = Funding { scholarship: mine.scholarship.clone(), compulsory: false, sponsor: None };
    let stay = mine.stay();
    let mut terms = explain::terms::lines(&mine.stated, stay, &policy.terms, &funding, &place, lang);
    terms.extend(waivers::last(&mut tx, id).await?.and_then(|waiver| waiver.line_for_candidate(lang)));
    terms.push(explain::terms::notice(lang));
    let is_open = mine.is_open(today);
    let (tag, title, lead) = standing(&mine, is_open, &place, lang);
    let area = areas::area(&mine.area).map_or(mine.area.as_str(), |area| area.name(lang)).to_owned();
    let state = mine.case.name();
    let view = View {
        page: me.page(Text),
        id,
        tag,
        title,
        lead,
        is_open,
        is_accepted: matches!(state, State::Accepted | State::Ready | State::Started),
        asked: asked.filter(|_| is_open),
        terms,
        months: explain::terms::months(&mine.stated, lang),
        writing: explain::placement::writing(&mine.approval, lang),
        reason: mine.reason.filter(|_| matches!(state, State::Rescinded | State::Cancelled)),
        reference: mine.reference,
        supervisor: mine.supervisor,
        place,
        area,
    };
    html(StatusCode::OK, &view)
}

/// Tag, title and sentence: whose turn it is.
fn standing(
    mine: &Offer,
    is_open: bool,
    place: &str,
    lang: Lang,
) -> ((&'static str, &'static str, String), String, String) {
    let t = Text(lang);
    match mine.case.name() {
        State::Offered if is_open => {
            let lead = super::Shared(lang).answer_by(lang.weekday_date(mine.answer_by));
            (("you", "half", t.to_answer()), t.title(place), lead)
        }
        State::Offered | State::Lapsed => {
            (("off", "clock", t.lapsed()), t.lapsed_title(), t.lapsed_lead(lang.date(mine.answer_by)))
        }
        State::Refused => (("off", "dash", t.refused()), t.refused_title(), t.refused_lead()),
        State::Rescinded => (("off", "dash", t.rescinded()), t.rescinded_title(), t.rescinded_lead()),
        State::Cancelled | State::NoShow => (("off", "dash", t.off()), t.off_title(), t.off_lead()),
        _ => (("ok", "ok", t.accepted()), t.accepted_title(place), t.accepted_lead()),
    }
}

async fn asked(tx: &mut Tx<Candidate>, id: Uuid) -> Result<Option<(NaiveDate, NaiveDate)>> {
    let asked = sqlx::query!("select starts_on, ends_on from date_request where placement_id = $1", id);
    Ok(asked.fetch_optional(&mut **tx).await?.map(|row| (row.starts_on, row.ends_on)))
}

texts!(Text {
    back: "Where it stands", "Où j’en suis", "Estado";
    title(place): "You have an offer from {place}", "Vous avez une offre. Lieu : {place}", "Tiene una oferta. Lugar: {place}";
    to_answer: "Offer to answer", "Offre à laquelle répondre", "Oferta por responder";
    lapsed: "Not answered", "Sans réponse", "Sin respuesta";
    lapsed_title: "This offer was not answered in time", "Cette offre est restée sans réponse", "Esta oferta quedó sin respuesta";
    lapsed_lead(day): "It was open until {day}. You stay in the pool, and Human Resources can offer you another place.",
        "Elle était valable jusqu’au {day}. Vous restez dans le vivier, et les Ressources humaines peuvent vous proposer une autre place.",
        "Estuvo abierta hasta el {day}. Sigue en la bolsa, y Recursos Humanos puede ofrecerle otra plaza.";
    refused: "Refused by you", "Refusée par vous", "Rechazada por usted";
    refused_title: "You have refused this offer", "Vous avez refusé cette offre", "Ha rechazado esta oferta";
    refused_lead: "You stay in the pool, and Human Resources can offer you another place.",
        "Vous restez dans le vivier, et les Ressources humaines peuvent vous proposer une autre place.",
        "Sigue en la bolsa, y Recursos Humanos puede ofrecerle otra plaza.";
    rescinded: "Taken back", "Retirée", "Retirada";
    rescinded_title: "Human Resources has taken this offer back", "Les Ressources humaines ont retiré cette offre", "Recursos Humanos ha retirado esta oferta";
    rescinded_lead: "You stay in the pool. The reason is below.", "Vous restez dans le vivier. Le motif figure ci-dessous.", "Sigue en la bolsa. El motivo figura abajo.";
    off: "Called off", "Annulée", "Cancelada";
    off_title: "This placement will not take place", "Cette affectation n’aura pas lieu", "Esta plaza no sigue adelante";
    off_lead: "Your page “Where it stands” says how things go on.", "La page « Où j’en suis » indique la suite.", "La página «Estado» indica cómo sigue todo.";
    accepted: "Accepted", "Acceptée", "Aceptada";
    accepted_title(place): "You have a placement in {place}", "Vous avez une affectation. Lieu : {place}", "Tiene una plaza. Lugar: {place}";
    accepted_lead: "This is what you accepted.", "Voici ce que vous avez accepté.", "Esto es lo que aceptó.";
    reference(reference): "Reference {reference}", "Référence {reference}", "Referencia {reference}";
    reason: "What Human Resources wrote", "Ce que les Ressources humaines ont écrit", "Lo que escribió Recursos Humanos";
    place: "The place", "Le lieu", "El lugar";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    terms: "Terms", "Conditions", "Condiciones";
    months: "The allowance, month by month", "L’allocation, mois par mois", "La asignación, mes a mes";
    months_lead: "A whole month is thirty thirtieths; a month that you begin or leave part-way counts its days.",
        "Un mois entier compte trente trentièmes ; un mois commencé ou quitté en cours de route compte ses jours.",
        "Un mes entero son treinta treintavos; un mes que se empieza o se deja a medias cuenta sus días.";
    letter: "The letter of offer, as a PDF", "La lettre d’offre, en PDF", "La carta de oferta, en PDF";
    work: "The work", "Le travail", "El trabajo";
    decision: "Your answer", "Votre réponse", "Su respuesta";
    decision_lead: "Accepting is binding for both sides, with two weeks’ notice. Refusing does no harm: you stay in the pool.",
        "Accepter engage les deux parties, avec un préavis de deux semaines. Refuser ne vous nuit pas : vous restez dans le vivier.",
        "Aceptar compromete a ambas partes, con un preaviso de dos semanas. Rechazar no le perjudica: sigue en la bolsa.";
    accept: "Accept the offer", "Accepter l’offre", "Aceptar la oferta";
    ask_dates: "Ask for other dates", "Demander d’autres dates", "Pedir otras fechas";
    refuse: "Refuse the offer", "Refuser l’offre", "Rechazar la oferta";
    asked(from, to): "You asked for other dates: {from} to {to}. Human Resources will answer; until then this offer stands.",
        "Vous avez demandé d’autres dates : du {from} au {to}. Les Ressources humaines répondront ; d’ici là, cette offre reste valable.",
        "Ha pedido otras fechas: del {from} al {to}. Recursos Humanos responderá; hasta entonces esta oferta sigue en pie.";
    go_on: "Before your first day", "Avant votre premier jour", "Antes de su primer día";
    go_on_lead: "Insurance, medical papers and your agreement: see what is needed and send it.",
        "Assurance, certificats médicaux et convention : voyez ce qu’il faut et envoyez-le.",
        "Seguro, documentos médicos y acuerdo: vea lo que hace falta y envíelo.";
});
