//! What an offer, or a placement agreed to, asks of the candidate.

use super::timeline::Event;
use crate::domain::placement::State;
use crate::text::{Lang, texts};
use chrono::NaiveDate;

/// It is the candidate's turn.
pub struct Turn {
    /// An offer waits for its answer.
    pub to_answer: Option<Offer>,
    /// Where to go on, the main thing first: address and words.
    pub doors: Vec<(String, String)>,
}

/// What the page says of an offer.
pub struct Offer {
    pub word: String,
    pub title: String,
    pub lead: String,
    /// What is asked, and the last day to answer.
    pub what: String,
    pub by: String,
}

/// `None`: nothing is offered and nothing agreed to. An offer goes before whatever happens to other placements.
pub fn turn(events: &[Event], lang: Lang, today: NaiveDate) -> Option<Turn> {
    let t = Text(lang);
    let led_here = |event: &&Event| match event.placement {
        Some((_, State::Offered)) => event.action == "offer",
        Some((_, state)) => is_agreed(state),
        None => false,
    };
    let event = events.iter().rev().find(led_here)?;
    let (id, state) = event.placement?;
    let internship = (format!("/internship/{id}"), t.internship());
    let doors = match state {
        State::Offered => vec![(format!("/offer/{id}"), t.read_offer())],
        State::Accepted | State::Ready => vec![(format!("/onboarding/{id}"), t.first_day()), internship],
        _ => vec![internship],
    };
    let to_answer = (state == State::Offered).then(|| {
        let day = event.facts["answer_by"].as_str().and_then(|day| day.parse().ok()).unwrap_or(today);
        let by = lang.weekday_date(day);
        Offer {
            word: t.offered(),
            title: t.offered_title(&event.office),
            lead: t.offered_lead(&by),
            what: t.your_answer(),
            by,
        }
    });
    Some(Turn { to_answer, doors })
}

fn is_agreed(state: State) -> bool {
    use State::{Accepted, Completed, EndedEarly, Ready, Started};
    matches!(state, Accepted | Ready | Started | Completed | EndedEarly)
}

/// What an entry of the timeline says.
pub fn step(action: &str, office: &str, lang: Lang) -> Option<String> {
    let t = Text(lang);
    Some(match action {
        "offer" => t.step_offered(office),
        "ask_dates" => t.step_dates_asked(),
        "accept" => t.step_accepted(office),
        "refuse" => t.step_refused(office),
        "lapse" => t.step_lapsed(office),
        "rescind" => t.step_rescinded(office),
        _ => return None,
    })
}

texts!(Text {
    offered: "Offer to answer", "Offre à laquelle répondre", "Oferta por responder";
    offered_title(office): "You have an offer from {office}", "Vous avez une offre du bureau : {office}", "Tiene una oferta de la oficina: {office}";
    offered_lead(day): "Read it, then accept it, refuse it or ask for other dates by {day}. Nobody else can take the place until then.",
        "Lisez-la, puis acceptez-la, refusez-la ou demandez d’autres dates d’ici au {day}. La place vous est réservée jusque-là.",
        "Léala y acéptela, rechácela o pida otras fechas a más tardar el {day}. Hasta entonces la plaza se reserva para usted.";
    read_offer: "Read and answer the offer", "Lire l’offre et y répondre", "Leer la oferta y responder";
    your_answer: "Your answer to the offer", "Votre réponse à l’offre", "Su respuesta a la oferta";
    internship: "Open your internship", "Ouvrir votre stage", "Abrir su pasantía";
    first_day: "Before your first day", "Avant votre premier jour", "Antes de su primer día";
    step_offered(office): "Offer from {office}", "Offre du bureau : {office}", "Oferta de la oficina: {office}";
    step_dates_asked: "Other dates asked for by you", "Autres dates demandées par vous", "Otras fechas pedidas por usted";
    step_accepted(office): "Offer accepted: {office}", "Offre acceptée : {office}", "Oferta aceptada: {office}";
    step_refused(office): "Offer refused: {office}. You stay in the pool", "Offre refusée : {office}. Vous restez dans le vivier", "Oferta rechazada: {office}. Sigue en la bolsa";
    step_lapsed(office): "Offer not answered: {office}. You stay in the pool", "Offre restée sans réponse : {office}. Vous restez dans le vivier", "Oferta sin respuesta: {office}. Sigue en la bolsa";
    step_rescinded(office): "Offer taken back: {office}. You stay in the pool", "Offre retirée : {office}. Vous restez dans le vivier", "Oferta retirada: {office}. Sigue en la bolsa";
});
