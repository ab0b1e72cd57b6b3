//! What an offer asks of the candidate.

use super::timeline::Event;
use crate::domain::placement::State;
use crate::text::{Lang, texts};
use chrono::NaiveDate;

/// An offer that waits for its answer.
pub struct Offer {
    pub word: String,
    pub title: String,
    pub lead: String,
    /// What is asked, and the last day to answer.
    pub what: String,
    pub by: String,
    /// Where to read it: address and words.
    pub door: (String, String),
}

/// `None`: nothing is offered. An offer goes before whatever happens to other placements.
pub fn to_answer(events: &[Event], lang: Lang, today: NaiveDate) -> Option<Offer> {
    let t = Text(lang);
    let is_open =
        |event: &&Event| event.action == "offer" && event.placement.is_some_and(|(_, s)| s == State::Offered);
    let event = events.iter().rev().find(is_open)?;
    let (id, _) = event.placement?;
    let day = event.facts["answer_by"].as_str().and_then(|day| day.parse().ok()).unwrap_or(today);
    let by = lang.weekday_date(day);
    Some(Offer {
        word: t.offered(),
        title: t.offered_title(&event.office),
        lead: t.offered_lead(&by),
        what: t.your_answer(),
        by,
        door: (format!("/offer/{id}"), t.read_offer()),
    })
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
    step_offered(office): "Offer from {office}", "Offre du bureau : {office}", "Oferta de la oficina: {office}";
    step_dates_asked: "Other dates asked for by you", "Autres dates demandées par vous", "Otras fechas pedidas por usted";
    step_accepted(office): "Offer accepted: {office}", "Offre acceptée : {office}", "Oferta aceptada: {office}";
    step_refused(office): "Offer refused: {office}. You stay in the pool", "Offre refusée : {office}. Vous restez dans le vivier", "Oferta rechazada: {office}. Sigue en la bolsa";
    step_lapsed(office): "Offer not answered: {office}. You stay in the pool", "Offre restée sans réponse : {office}. Vous restez dans le vivier", "Oferta sin respuesta: {office}. Sigue en la bolsa";
    step_rescinded(office): "Offer taken back: {office}. You stay in the pool", "Offre retirée : {office}. Vous restez dans le vivier", "Oferta retirada: {office}. Sigue en la bolsa";
});
