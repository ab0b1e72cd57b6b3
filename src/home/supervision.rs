//! Supervisors: what to approve, to confirm, to write and to ask for, as its time comes; and what a colleague who is
//! away would have to, for whoever stands in.

use super::{OF_EACH, Row, show};
use crate::domain::placement::{APPROVE_DAYS, COMPLETE_DAYS, EXTENSION_NOTICE_DAYS, FINAL_EVALUATION_DAYS};
use crate::text::{Lang, texts};
use crate::underway::list;
use crate::web::{App, Result, Supervisor};
use axum::{Router, response::Response, routing::get};
use chrono::Duration;

/// What is due within so many days needs somebody now.
const SOON: i64 = 14;
/// An interview within so many days is close.
const TALK_SOON: i64 = 2;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/home", get(home))
}

async fn home(me: Supervisor) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (now, today) = (tx.now(), tx.today());
    let within = |days| today + Duration::days(days);
    let rows = sqlx::query_as!(
        Row,
        r#"with mine as (
               select p.id, p.state, p.state_since as since, p.ends_on, a.name as who,
                   case when p.supervisor_id <> $1 then trim(v.given_names || ' ' || v.family_names) end as instead_of
               from supervised($1, $3) s join placement p on p.id = s.placement_id
               join application a on a.id = p.application_id join person v on v.id = p.supervisor_id
               where p.state in ('proposed', 'approved', 'ready', 'started'))
           select what as "what!", id as "id!", who as "who!", instead_of, due_on, since as "since!" from (
               (select 'approve' as what, id, who, instead_of, (since at time zone $8)::date + $11::int as due_on, since
                from mine where state = 'proposed' order by since limit $2)
               union all
               (select u.due, id, who, instead_of, u.due_on, since
                from mine join under_way($3) u on u.placement_id = id
                where state in ('ready', 'started')
                    and u.due_on <= case u.due when 'final' then $5::date when 'complete' then $6 else $4 end
                order by u.due_on limit $2)
               union all
               (select 'extend', id, who, instead_of, ends_on - $7::int, since from mine
                where state = 'started' and ends_on between $3::date + $7::int and $4::date + $7::int
                    and not exists (select from extension x where x.placement_id = mine.id and x.is_open)
                order by ends_on limit $2)
               union all
               (select case when i.refused_at is not null then 'times' else 'talk' end, mine.id, who, instead_of,
                    (i.starts_at at time zone $8)::date, i.proposed_at
                from mine join interview i on i.placement_id = mine.id and i.cancelled_at is null
                where state in ('proposed', 'approved')
                    and (i.refused_at is not null or i.starts_at between $9 and $10)
                order by i.proposed_at limit $2)) as due
           order by coalesce(due_on, since::date), since, id"#,
        me.id.0,
        OF_EACH,
        today,
        within(SOON),
        within(FINAL_EVALUATION_DAYS),
        within(COMPLETE_DAYS),
        i32::try_from(EXTENSION_NOTICE_DAYS).unwrap_or(i32::MAX),
        me.zone().name(),
        now,
        now + Duration::days(TALK_SOON),
        i32::try_from(APPROVE_DAYS).unwrap_or(i32::MAX)
    )
    .fetch_all(&mut *tx)
    .await?;
    show(&me, today, rows, say)
}

fn say(row: &Row, lang: Lang) -> (String, Option<String>) {
    let (t, id) = (Text(lang), row.id);
    let at = |verb: &str| Some(format!("/supervision/{id}{verb}"));
    match row.what.as_str() {
        "approve" => (t.approve(), at("")),
        "extend" => (t.extend(), at("/extend")),
        "talk" => (t.talk(), at("/interview")),
        "times" => (super::Text(lang).times(), at("/interview")),
        "start" => (list::due("start", lang), at("/start")),
        "mid_term" => (list::due("mid_term", lang), at("/evaluate/mid_term")),
        "final" => (list::due("final", lang), at("/evaluate/final")),
        _ => (list::due("complete", lang), at("/complete")),
    }
}

texts!(Text {
    approve: "Placement to approve", "Affectation à approuver", "Plaza por aprobar";
    talk: "Interview to hold", "Entretien à mener", "Entrevista por celebrar";
    extend: "Last days to ask for a longer stay, if you wish", "Derniers jours pour demander une prolongation, si vous le souhaitez",
        "Últimos días para pedir una prórroga, si lo desea";
});
