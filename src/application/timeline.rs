//! What has happened to my application, and what is still to come, as stops on one line.

use super::placed::{self, Placed};
use super::{Mine, offered};
use crate::db::Tx;
use crate::domain::application::State;
use crate::domain::placement;
use crate::offices;
use crate::text::{Lang, texts};
use crate::web::{Candidate, Result};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// One line of the record, as far as the candidate is concerned.
pub struct Event {
    pub at: DateTime<Utc>,
    pub of_placement: bool,
    pub action: String,
    /// The state it led from.
    pub from: Option<String>,
    pub actor: String,
    pub reason: Option<String>,
    pub facts: serde_json::Value,
    /// Id and present state of the placement.
    pub placement: Option<(Uuid, placement::State)>,
    pub office: String,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
}

impl Event {
    /// Whether it is the same evaluation, which the supervisor then worded anew.
    fn is_written_before(&self, later: &Event) -> bool {
        self.action == "evaluate"
            && self.placement == later.placement
            && self.facts["which"] == later.facts["which"]
    }
}

pub struct Stop {
    pub tone: &'static str,
    pub icon: &'static str,
    pub title: String,
    pub at: Option<DateTime<Utc>>,
    /// Of a step, what belongs to it; of one to come, its day.
    pub detail: String,
    pub is_done: bool,
    pub is_here: bool,
}

/// Every step so far, then those to come. `placed`: what became of an accepted offer.
pub fn timeline(
    state: State,
    placed: Option<&Placed>,
    events: &[Event],
    (today, lang): (NaiveDate, Lang),
) -> Vec<Stop> {
    let t = Text(lang);
    let done = |title: String, at, detail: String| Stop {
        tone: "ok",
        icon: "ok",
        title,
        at: Some(at),
        detail,
        is_done: true,
        is_here: false,
    };
    let mut stops: Vec<Stop> = events
        .iter()
        .enumerate()
        .filter(|(n, e)| {
            e.action != "evaluate" || !events[..*n].iter().any(|before| before.is_written_before(e))
        })
        .filter_map(|(_, e)| {
            let number = e.facts["number"].as_i64().unwrap_or(1);
            let dates = match (e.starts_on, e.ends_on) {
                (Some(from), Some(to)) => t.from_to(lang.date(from), lang.date(to)),
                _ => String::new(),
            };
            let (title, detail) = match (e.of_placement, e.action.as_str()) {
                (false, "release") => (t.step_released(), String::new()),
                (false, "re_release") => (t.step_re_released(number), String::new()),
                (false, "claim") => (t.step_claimed(), t.with_person(&e.actor)),
                (false, "unclaim") => (t.step_unclaimed(), String::new()),
                (false, "request_changes") => (t.step_asked(), t.with_person(&e.actor)),
                (false, "pool" | "return_to_pool") => (t.step_pooled(), String::new()),
                (false, "decline") => (t.step_declined(), String::new()),
                (false, "reopen") => (t.step_reopened(), t.with_person(&e.actor)),
                (false, "renew") => (t.step_renewed(), String::new()),
                (false, "expire") if e.from.as_deref() == Some("pooled") => (t.step_expired(), String::new()),
                (false, "expire") => (t.step_unanswered(), String::new()),
                (false, "withdraw") => (t.step_withdrawn(), String::new()),
                (false, "undo_withdraw") => (t.step_undone(), String::new()),
                (false, "place") => (t.step_placed(), String::new()),
                (true, "propose") => (t.step_proposed(&e.office), dates),
                (true, "approve") => (t.step_approved(&e.office), dates),
                (true, "decline") => (t.step_place_declined(&e.office), String::new()),
                (true, "cancel") => (t.step_place_cancelled(&e.office), String::new()),
                (true, action) => match offered::step(action, &e.office, lang) {
                    Some(title) => (title, dates),
                    None => placed::step(e, lang)?,
                },
                _ => return None,
            };
            Some(done(title, e.at, detail))
        })
        .collect();
    let next: &[fn(&Text) -> String] = match state {
        State::Released => &[Text::next_review, Text::next_matching, Text::next_offer],
        State::InReview => &[Text::next_decision, Text::next_matching, Text::next_offer],
        State::ChangesRequested => &[Text::next_answer, Text::next_matching, Text::next_offer],
        State::Pooled => &[Text::next_matching, Text::next_offer],
        State::NotSelected | State::Withdrawn | State::Expired | State::Placed => &[],
    };
    let (is_mine, to_come) = match placed {
        Some(placed) => placed::to_come(placed, today, lang),
        None => {
            let words = next.iter().map(|words| (words(&t), String::new())).collect();
            (state == State::ChangesRequested, words)
        }
    };
    for (i, (title, detail)) in to_come.into_iter().enumerate() {
        let (tone, icon) = match (i, is_mine) {
            (0, true) => ("you", "here"),
            (0, false) => ("them", "here"),
            _ => ("off", "todo"),
        };
        stops.push(Stop { tone, icon, title, at: None, detail, is_done: false, is_here: i == 0 });
    }
    stops
}

/// Everything recorded about my application and its placements, oldest first.
pub async fn events(tx: &mut Tx<Candidate>, mine: &Mine, lang: Lang) -> Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"select e.at, e.subject, e.action, e.from_state, e.reason, e.facts,
                  coalesce(trim(p.given_names || ' ' || p.family_names), '') as "actor!",
                  pl.id as "placement_id?", pl.state as "placement_state?", pl.office_id as "office_id?", pl.starts_on as "starts_on?", pl.ends_on as "ends_on?"
           from audit_event e
           left join person p on p.id = e.actor_id
           left join placement pl on e.subject = 'placement' and pl.id = e.subject_id
           where (e.subject = 'application' and e.subject_id = $1)
              or (e.subject = 'placement' and e.subject_id in (select id from placement where application_id = $1))
           order by e.id"#,
        mine.id()
    )
    .fetch_all(&mut **tx)
    .await?;
    let names = offices::names(tx, lang).await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            at: row.at,
            of_placement: row.subject == "placement",
            action: row.action,
            from: row.from_state,
            actor: row.actor,
            reason: row.reason,
            facts: row.facts,
            placement: row
                .placement_id
                .zip(row.placement_state.as_deref().and_then(placement::State::from_code)),
            office: row.office_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        })
        .collect())
}

texts!(Text {
    from_to(from, to): "{from} to {to}", "du {from} au {to}", "del {from} al {to}";
    with_person(name): "by {name}", "par {name}", "por {name}";
    step_released: "Released for review", "Transmis pour examen", "Enviado para revisión";
    step_re_released(n): "Version {n} released", "Version {n} transmise", "Versión {n} enviada";
    step_claimed: "Review started", "Examen commencé", "Revisión iniciada";
    step_unclaimed: "Back in the list, at its old place", "De retour dans la liste, à la même place", "De vuelta en la lista, en el mismo lugar";
    step_asked: "Changes requested", "Modifications demandées", "Cambios pedidos";
    step_pooled: "Added to the pool", "Ajouté au vivier", "Añadido a la bolsa";
    step_declined: "Not selected", "Non retenu", "No seleccionado";
    step_reopened: "Review taken up again", "Examen repris", "Revisión retomada";
    step_renewed: "Six more months in the pool", "Six mois de plus dans le vivier", "Seis meses más en la bolsa";
    step_expired: "Time in the pool ended", "Fin du temps dans le vivier", "Fin del tiempo en la bolsa";
    step_unanswered: "Expired: no changes were released", "Expiré : aucune modification n’a été transmise", "Caducado: no se envió ningún cambio";
    step_undone: "Taking back undone by you", "Reprise annulée par vous", "Retirada deshecha por usted";
    step_withdrawn: "Taken back by you", "Repris par vous", "Retirado por usted";
    step_placed: "Placed", "Affectation obtenue", "Con plaza";
    step_proposed(office): "Proposed to {office}", "Proposé au bureau : {office}", "Propuesto a la oficina: {office}";
    step_approved(office): "Approved by {office}", "Approuvé par le bureau : {office}", "Aprobado por la oficina: {office}";
    step_place_declined(office): "{office} could not take you. You stay in the pool", "Le bureau n’a pas pu vous accueillir : {office}. Vous restez dans le vivier",
        "La oficina no pudo recibirle: {office}. Sigue en la bolsa";
    step_place_cancelled(office): "Placement called off: {office}", "Affectation annulée : {office}", "Plaza cancelada: {office}";
    next_review: "Review by Human Resources", "Examen par les Ressources humaines", "Revisión de Recursos Humanos";
    next_decision: "Decision by Human Resources", "Décision des Ressources humaines", "Decisión de Recursos Humanos";
    next_answer: "Your changes", "Vos modifications", "Sus cambios";
    next_matching: "Matching with an office", "Recherche d’un bureau", "Búsqueda de una oficina";
    next_offer: "Placement offer", "Offre d’affectation", "Oferta de plaza";
});
