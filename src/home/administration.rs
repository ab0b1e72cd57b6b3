//! The administrator: letters that do not leave, invitations nobody answers, people who wait to be forgotten, offices
//! that pay nothing, and facts that do not agree.

use super::{OF_EACH, Row, show};
use crate::text::{Lang, texts};
use crate::web::{Administrator, App, Result};
use axum::{Router, response::Response, routing::get};
use chrono::TimeDelta;

/// An invitation is good for so many days.
const INVITED_DAYS: i64 = 7;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/home", get(home))
}

async fn home(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (today, now) = (tx.today(), tx.now());
    let invited_before = now - TimeDelta::days(INVITED_DAYS);
    let rows = sqlx::query_as!(
        Row,
        r#"select what as "what!", id as "id!", who as "who!", null as instead_of, null::date as due_on, since as "since!" from (
               (select 'letter' as what, o.id, coalesce(o.address, p.email) as who, o.created_at as since
                from outbox o join person p on p.id = o.recipient_id
                where o.sent_at is null and o.attempts >= 3 order by o.created_at limit $1)
               union all
               (select 'invitation', p.id, p.email, p.created_at from person p
                where not p.has_password and p.disabled_at is null and p.created_at < $2
                    and not signs_in(p.id, p.has_password)
                order by p.created_at limit $1)
               union all
               (select 'erasure', p.id, p.email, e.asked_at from erasure e join person p on p.id = e.person_id
                order by e.asked_at limit $1)
               union all
               (select 'rate', o.record_id, case $3 when 'fr' then o.name_fr when 'es' then o.name_es else o.name_en end,
                    coalesce((select min(e.at) from audit_event e
                        where e.subject = 'setting' and e.subject_id = o.record_id), $4)
                from office o where (o.closed_on is null or o.closed_on > $5)
                    and not exists (select from msa_rate r where r.office_id = o.id and r.from_day <= $5)
                order by o.id limit $1)
               union all
               (select 'broken', gen_random_uuid(), name, n.checked_at from nightly_check n, jsonb_object_keys(n.broken) name
                where n.day = (select max(day) from nightly_check) order by name limit $1)) as ours
           order by since, id"#,
        OF_EACH,
        invited_before,
        me.lang.code(),
        now,
        today
    )
    .fetch_all(&mut *tx)
    .await?;
    show(&me, today, rows, say)
}

fn say(row: &Row, lang: Lang) -> (String, Option<String>) {
    let t = Text(lang);
    match row.what.as_str() {
        "letter" => (t.letter(), None),
        "invitation" => (t.invitation(), Some(format!("/administration/people/{}", row.id))),
        "rate" => (t.rate(), Some("/administration/offices".into())),
        "broken" => (t.broken(), None),
        _ => (t.erasure(), Some(format!("/administration/people/{}", row.id))),
    }
}

texts!(Text {
    letter: "Letter that does not leave, after three attempts or more", "Courriel qui ne part pas, après trois essais ou plus",
        "Mensaje que no sale, tras tres intentos o más";
    invitation: "Invitation that nobody has answered for a week", "Invitation restée sans réponse depuis une semaine",
        "Invitación sin respuesta desde hace una semana";
    erasure: "Account to be erased once the internship is over", "Compte à effacer à la fin du stage", "Cuenta por borrar cuando termine la pasantía";
    rate: "Open office without a monthly rate", "Bureau ouvert sans taux mensuel", "Oficina abierta sin tarifa mensual";
    broken: "Facts that do not agree: whoever runs the server finds more by stagiaire audit check", "Faits qui ne concordent pas : la personne qui gère le serveur en saura plus par stagiaire audit check",
        "Datos que no concuerdan: quien administra el servidor sabrá más con stagiaire audit check";
});
