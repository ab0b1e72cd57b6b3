//! What happened in a case, in words: the steps of the application and of its placements, and what reviewers did.

use super::case;
use crate::db::Tx;
use crate::domain::eligibility::Rule;
use crate::domain::profile::Section;
use crate::explain;
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Page, Path, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/history", get(show))
}

/// Events on one page of the whole history.
const PAGE: usize = 50;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Wanted {
    /// The event that the page ends before; `None`: the newest.
    before: Option<i64>,
}

#[derive(askama::Template)]
#[template(path = "review/history.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    history: History,
}

/// The newest events first.
pub struct History {
    pub events: Vec<Event>,
    /// The event before which there are earlier ones.
    pub earlier: Option<i64>,
}

pub struct Event {
    pub at: DateTime<Utc>,
    pub what: String,
    pub who: String,
    /// What was chosen with it, such as the sections to change.
    pub chosen: String,
    pub reason: Option<String>,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>, Query(wanted): Query<Wanted>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let name = case(&mut tx, id).await?.name;
    let history = load(&mut tx, id, wanted.before, PAGE, me.lang).await?;
    html(StatusCode::OK, &View { page: me.page(Text), id, name, history })
}

/// A page of the history of an application that [`case`] has let through. Messages, and what is only read, are left out.
pub async fn load(
    tx: &mut Tx<HrReviewer>,
    id: Uuid,
    before: Option<i64>,
    most: usize,
    lang: Lang,
) -> Result<History> {
    let rows = sqlx::query!(
        r#"select e.id as "id!", e.subject as "subject!", e.at as "at!", e.action as "action!", e.reason,
               e.facts as "facts!",
               case when p.id is not null then trim(p.given_names || ' ' || p.family_names) end as who,
               case $4::text when 'fr' then r.text_fr when 'es' then r.text_es else r.text_en end as why
           from (
               (select a.* from audit_event a where a.subject = 'application' and a.subject_id = $1
                    and a.id < coalesce($2, 9223372036854775807) and (a.version is not null or a.action in
                    ('write_note', 'judge_rule', 'propose_duplicate', 'confirm_duplicate', 'refuse_duplicate', 'give_score',
                     'correct_score'))
                order by a.id desc limit $3)
               union all
               (select a.* from placement it join audit_event a on a.subject = 'placement' and a.subject_id = it.id
                where it.application_id = $1 and a.id < coalesce($2, 9223372036854775807)
                order by a.id desc limit $3)) as e
           left join person p on p.id = e.actor_id
           left join decline_reason r on e.action = 'decline' and r.code = e.facts ->> 'reason'
           order by e.id desc limit $3"#,
        id,
        before,
        most as i64 + 1,
        lang.code()
    )
    .fetch_all(&mut **tx)
    .await?;
    let t = Text(lang);
    let earlier = (rows.len() > most).then(|| rows.get(most.saturating_sub(1)).map(|row| row.id)).flatten();
    let event = |(subject, at, action, reason, facts, who, why): (
        String,
        _,
        String,
        _,
        serde_json::Value,
        Option<_>,
        Option<String>,
    )| {
        Event {
            at,
            what: match subject.as_str() {
                "placement" => t.of_placement(explain::placement::happened(&action, lang)),
                _ => what(&action, t),
            },
            who: who.unwrap_or_else(|| t.system()),
            chosen: why.unwrap_or_else(|| chosen(&action, &facts, lang)),
            reason,
        }
    };
    let events = rows
        .into_iter()
        .take(most)
        .map(|row| event((row.subject, row.at, row.action, row.reason, row.facts, row.who, row.why)))
        .collect();
    Ok(History { events, earlier })
}

fn what(action: &str, t: Text) -> String {
    match action {
        "release" => t.release(),
        "re_release" => t.re_release(),
        "claim" => t.claim(),
        "assign" => t.assign(),
        "unclaim" => t.unclaim(),
        "request_changes" => t.request_changes(),
        "pool" => t.pool(),
        "decline" => t.decline(),
        "reopen" => t.reopen(),
        "renew" => t.renew(),
        "expire" => t.expire(),
        "place" => t.place(),
        "return_to_pool" => t.return_to_pool(),
        "withdraw" => t.withdraw(),
        "undo_withdraw" => t.undo_withdraw(),
        "write_note" => t.write_note(),
        "judge_rule" => t.judge_rule(),
        "propose_duplicate" => t.propose_duplicate(),
        "confirm_duplicate" => t.confirm_duplicate(),
        "refuse_duplicate" => t.refuse_duplicate(),
        "give_score" => t.give_score(),
        "correct_score" => t.correct_score(),
        other => other.to_owned(),
    }
}

/// What was chosen from a list when the action was taken.
fn chosen(action: &str, facts: &serde_json::Value, lang: Lang) -> String {
    let code = |name: &str| facts[name].as_str().unwrap_or_default();
    match action {
        "request_changes" => {
            let named = |section: &Section| {
                facts["sections"].as_array().is_some_and(|all| all.iter().any(|code| code == section.code()))
            };
            let name =
                |section| explain::profile::title(section, explain::profile::Reader::HumanResources, lang);
            Section::ALL.into_iter().filter(named).map(name).collect::<Vec<_>>().join(", ")
        }
        "judge_rule" => Rule::from_code(code("rule"))
            .map(|rule| explain::eligibility::rule_name(rule, lang))
            .unwrap_or_default(),
        "re_release" => facts["number"].as_i64().map(|n| Text(lang).version(n)).unwrap_or_default(),
        _ => String::new(),
    }
}

texts!(Text {
    title: "What happened", "Ce qui s’est passé", "Lo que ha ocurrido";
    lead: "Every step of this application and of its placements, the newest first.",
        "Toutes les étapes de cette candidature et de ses affectations, les plus récentes en premier.",
        "Todos los pasos de esta candidatura y de sus plazas, los más recientes primero.";
    none: "Nothing recorded yet.", "Rien d’enregistré pour l’instant.", "Todavía no hay nada registrado.";
    earlier: "Earlier events", "Événements précédents", "Hechos anteriores";
    pages: "Pages", "Pages", "Páginas";
    system: "The system", "Le système", "El sistema";
    version(n): "Version {n}", "Version {n}", "Versión {n}";
    of_placement(what): "Placement: {what}", "Affectation : {what}", "Plaza: {what}";
    release: "Released", "Transmis", "Enviado";
    re_release: "Released a newer version", "Nouvelle version transmise", "Nueva versión enviada";
    claim: "Taken", "Pris en charge", "Tomado";
    assign: "Assigned to a reviewer", "Attribué à une personne chargée de l’examen", "Asignado a una persona revisora";
    unclaim: "Put back into the queue", "Remis dans la liste", "Devuelto a la lista";
    request_changes: "Changes asked for", "Modifications demandées", "Cambios pedidos";
    pool: "Put into the pool", "Ajouté au vivier", "Añadido a la bolsa";
    decline: "Not selected", "Non retenu", "No seleccionado";
    reopen: "Decision taken back", "Décision annulée", "Decisión revocada";
    renew: "Stayed in the pool", "Maintenu dans le vivier", "Permanencia en la bolsa";
    expire: "Expired", "Expiré", "Caducado";
    place: "Placed", "Affectation obtenue", "Con plaza";
    return_to_pool: "Back in the pool", "De retour dans le vivier", "De vuelta en la bolsa";
    withdraw: "Taken back", "Repris", "Retirado";
    undo_withdraw: "Taking back undone", "Reprise annulée", "Retirada deshecha";
    write_note: "Note written", "Note écrite", "Nota escrita";
    judge_rule: "Rule judged", "Règle jugée", "Norma juzgada";
    propose_duplicate: "Proposed to close as a duplicate", "Clôture comme doublon proposée", "Propuesto para cerrar como duplicado";
    confirm_duplicate: "Confirmed as a duplicate", "Doublon confirmé", "Confirmado como duplicado";
    refuse_duplicate: "Found not to be a duplicate", "Constaté que ce n’est pas un doublon", "Se constató que no es un duplicado";
    give_score: "Scored", "Évalué selon une grille", "Puntuado";
    correct_score: "Score corrected", "Évaluation corrigée", "Puntuación corregida";
});
