//! Human Resources: what a reviewer has claimed or proposed and is to act on, and what colleagues proposed whose account
//! is closed.

use super::{OF_EACH, Row, show};
use crate::domain::placement::APPROVE_DAYS;
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Result};
use axum::{Router, response::Response, routing::get};
use chrono::{Days, TimeDelta};

/// An offer runs out soon if it is to be answered within so many days.
const ANSWER_SOON: u64 = 3;
/// An interview that began so long ago is over.
const TALK: TimeDelta = TimeDelta::hours(3);

pub fn routes() -> Router<App> {
    Router::new().route("/review/home", get(home))
}

async fn home(me: HrReviewer) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let rows = sqlx::query_as!(
        Row,
        // whatever a colleague has proposed who cannot sign in any more is everybody's, so that it does not stand still
        r#"with mine as (
               select p.id, p.application_id, p.state, p.state_since, p.starts_on, p.ends_on, null as instead_of
               from placement p where p.is_open and p.proposed_by = $1
               union all
               select p.id, p.application_id, p.state, p.state_since, p.starts_on, p.ends_on,
                   trim(h.given_names || ' ' || h.family_names)
               from person h join placement p on p.proposed_by = h.id and p.is_open
               where h.disabled_at is not null and h.erased_at is null and p.supervisor_id <> $1),
           ours as (
               select m.*, a.name as who from mine m join application a on a.id = m.application_id
               where a.candidate_id <> $1)
           select what as "what!", id as "id!", who as "who!", instead_of, due_on, since as "since!" from (
               (select case state when 'released' then 'back' else 'claimed' end as what, id, name as who,
                    null as instead_of, null::date as due_on, state_since as since
                from cases_open_to($1) c where is_open and reviewer_id = $1 and state in ('in_review', 'released')
                    and not exists (select from drafted_decision d where d.application_id = c.id and d.seen = c.version)
                order by state_since limit $2)
               union all
               (select 'untold', a.id, a.name, null, null, d.drafted_at
                from drafted_decision d join cases_open_to($1) a on a.id = d.application_id
                where d.reviewer_id = $1 order by d.drafted_at limit $2)
               union all
               (select case when i.refused_at is not null then 'times' else 'talk' end, p.id, who, instead_of,
                    (i.starts_at at time zone $5)::date, i.proposed_at
                from ours p join interview i on i.placement_id = p.id and i.cancelled_at is null
                where p.state in ('proposed', 'approved')
                    and (i.refused_at is not null and (i.proposed_by = $1 or p.instead_of is not null)
                         or i.starts_at >= $6 and (i.starts_at at time zone $5)::date = $3)
                order by i.proposed_at limit $2)
               union all
               (select 'message', a.id, a.name, null, null, newest.written_at
                from cases_open_to($1) a, lateral (select m.written_at, m.from_staff from message m
                    where m.application_id = a.id order by m.written_at desc, m.id desc limit 1) newest
                where a.is_open and a.reviewer_id = $1 and not newest.from_staff order by newest.written_at limit $2)
               union all
               (select 'waits', id, who, instead_of, asked.on_day + $7::int, state_since
                from ours, lateral (select (state_since at time zone $5)::date as on_day) asked
                where state = 'proposed' and asked.on_day + $7::int < $3 order by state_since limit $2)
               union all
               (select case p.state when 'approved' then 'approved' else 'answer' end, p.id, who, instead_of, o.answer_by,
                    p.state_since
                from ours p left join offer o on o.placement_id = p.id
                where p.state = 'approved' or (p.state = 'offered' and o.answer_by <= $4)
                order by p.state_since limit $2)
               union all
               (select 'documents', p.id, who, instead_of, p.starts_on, sent.since
                from ours p, lateral (select min(d.submitted_at) as since from onboarding_document d
                                      where d.placement_id = p.id and d.state = 'submitted' and not d.medical) sent
                where p.state in ('accepted', 'started') and sent.since is not null
                order by p.starts_on limit $2)
               union all
               (select 'first_day', id, who, instead_of, starts_on, state_since from ours
                where state in ('accepted', 'ready') and starts_on < $3 order by starts_on limit $2)
               union all
               (select 'extension', p.id, who, instead_of, p.ends_on, x.agreed_at
                from ours p join extension x on x.placement_id = p.id and x.is_open and x.agreed_at is not null
                where p.state = 'started' order by p.ends_on limit $2)) as due
           order by coalesce(due_on, since::date), since, id"#,
        me.id.0,
        OF_EACH,
        today,
        today + Days::new(ANSWER_SOON),
        me.zone().name(),
        tx.now() - TALK,
        i32::try_from(APPROVE_DAYS).unwrap_or(i32::MAX)
    )
    .fetch_all(&mut *tx)
    .await?;
    show(&me, today, rows, say)
}

fn say(row: &Row, lang: Lang) -> (String, Option<String>) {
    let (t, id) = (Text(lang), row.id);
    let (what, address) = match row.what.as_str() {
        "claimed" => (t.claimed(), format!("/review/{id}")),
        "back" => (t.back(), format!("/review/{id}")),
        "waits" => (t.waits(), format!("/placements/{id}")),
        "untold" => (t.untold(), "/review/decisions".to_owned()),
        "talk" => (t.talk(), format!("/placements/{id}/interview")),
        "times" => (super::Text(lang).times(), format!("/placements/{id}/interview")),
        "message" => (t.message(), format!("/review/{id}/messages")),
        "approved" => (t.approved(), format!("/placements/{id}/offer")),
        "answer" => (t.answer(), format!("/placements/{id}")),
        "documents" => (t.documents(), format!("/placements/{id}/documents")),
        "extension" => (t.extension(), format!("/placements/{id}/extension")),
        _ => (t.first_day(), format!("/placements/{id}")),
    };
    (what, Some(address))
}

texts!(Text {
    claimed: "Profile you claimed, to decide on", "Dossier que vous avez pris, à trancher", "Perfil que usted tomó, por decidir";
    back: "New version of a profile you asked changes of", "Nouvelle version d’un dossier dont vous avez demandé la modification",
        "Nueva versión de un perfil al que usted pidió cambios";
    waits: "Approval that is late, to follow up", "Approbation en retard, à relancer", "Aprobación con retraso, por recordar";
    untold: "Decision to tell", "Décision à annoncer", "Decisión por comunicar";
    talk: "Interview today", "Entretien aujourd’hui", "Entrevista de hoy";
    message: "Message to answer", "Message auquel répondre", "Mensaje por responder";
    approved: "Offer to make", "Offre à faire", "Oferta por hacer";
    answer: "Offer that runs out soon", "Offre qui expire bientôt", "Oferta que vence pronto";
    documents: "Documents to verify", "Documents à vérifier", "Documentos por verificar";
    extension: "Longer stay to confirm", "Prolongation à confirmer", "Prórroga por confirmar";
    first_day: "First day that has passed, to confirm", "Premier jour passé, à confirmer", "Primer día que ya pasó, por confirmar";
});
