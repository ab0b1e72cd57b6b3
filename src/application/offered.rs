//! What an offer, or a placement agreed to, asks of the candidate.

use super::show::Event;
use crate::domain::placement::State;
use crate::text::{Lang, texts};
use chrono::NaiveDate;

/// It is the candidate's turn.
pub struct Turn {
    /// An offer waits for its answer: word, title and sentence.
    pub to_answer: Option<(String, String, String)>,
    /// Where to go on: address and words.
    pub next: (String, String),
}

/// `None`: nothing is offered and nothing agreed to. An offer goes before whatever happens to other placements.
pub fn turn(events: &[Event], lang: Lang, today: NaiveDate) -> Option<Turn> {
    let t = Text(lang);
    let led_here = |event: &&Event| {
        let action = match event.placement {
            Some((_, State::Offered)) => "offer",
            Some((_, State::Accepted | State::Ready)) => "accept",
            _ => return false,
        };
        event.action == action
    };
    let event = events.iter().rev().find(led_here)?;
    let (id, state) = event.placement?;
    if state != State::Offered {
        return Some(Turn { to_answer: None, next: (format!("/onboarding/{id}"), t.first_day()) });
    }
    let day = event.facts["answer_by"].as_str().and_then(|day| day.parse().ok()).unwrap_or(today);
    let to_answer = (t.offered(), t.offered_title(&event.office), t.offered_lead(lang.weekday_date(day)));
    Some(Turn { to_answer: Some(to_answer), next: (format!("/offer/{id}"), t.read_offer()) })
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
    first_day: "Before your first day", "Avant votre premier jour", "Antes de su primer día";
    step_offered(office): "Offer from {office}", "Offre du bureau : {office}", "Oferta de la oficina: {office}";
    step_dates_asked: "Other dates asked for by you", "Autres dates demandées par vous", "Otras fechas pedidas por usted";
    step_accepted(office): "Offer accepted: {office}", "Offre acceptée : {office}", "Oferta aceptada: {office}";
    step_refused(office): "Offer refused: {office}. You stay in the pool", "Offre refusée : {office}. Vous restez dans le vivier", "Oferta rechazada: {office}. Sigue en la bolsa";
    step_lapsed(office): "Offer not answered: {office}. You stay in the pool", "Offre restée sans réponse : {office}. Vous restez dans le vivier", "Oferta sin respuesta: {office}. Sigue en la bolsa";
    step_rescinded(office): "Offer taken back: {office}. You stay in the pool", "Offre retirée : {office}. Vous restez dans le vivier", "Oferta retirada: {office}. Sigue en la bolsa";
});
