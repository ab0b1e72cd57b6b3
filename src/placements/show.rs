//! One placement as Human Resources sees it: where it stands, on which terms, what happened.

use crate::db::Tx;
use crate::domain::placement::State;
use crate::domain::profile::Profile;
use crate::domain::step::Approval;
use crate::domain::terms::Stay;
use crate::explain::profile::Row;
use crate::explain::terms::{Line, Stated};
use crate::text::{Lang, texts};
use crate::web::{App, Error, HrReviewer, Page, Path, Result, html};
use crate::{explain, offices, policies};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "placements/show.html")]
struct View {
    page: Page<Text>,
    application: Uuid,
    name: String,
    place: String,
    reference: String,
    supervisor: String,
    tone: &'static str,
    icon: &'static str,
    state: String,
    since: DateTime<Utc>,
    terms: Vec<Line>,
    writing: Vec<Row>,
    history: Vec<Event>,
}

struct Event {
    at: DateTime<Utc>,
    what: String,
    who: String,
    reason: Option<String>,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let row = sqlx::query!(
        r#"select p.application_id, p.reference, p.office_id, p.starts_on, p.ends_on, p.terms, p.state,
               p.state_since, p.terms_of_reference, p.tasks, p.learning_goals, a.name, s.profile,
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               exists (select from person c where c.id = a.candidate_id and c.erased_at is not null) as "erased!"
           from placement p join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join person v on v.id = p.supervisor_id
           where p.id = $1 and a.state <> 'withdrawn' and a.candidate_id <> $2"#,
        id,
        me.id.0
    )
    .fetch_one(&mut *tx)
    .await?;
    if row.erased {
        return Err(Error::Erased);
    }
    let profile: Profile = serde_json::from_value(row.profile)?;
    let stated: Stated = serde_json::from_value(row.terms)?;
    let policy = policies::in_force(&mut tx, today).await?;
    let places = offices::names(&mut tx, me.lang).await?;
    let place = places.get(&row.office_id).cloned().unwrap_or(row.office_id);
    let state = State::from_code(&row.state).ok_or(Error::Missing("a known state"))?;
    let (tone, icon, state) = explain::placement::look(state, me.lang);
    let stay = Stay { start: row.starts_on, end: row.ends_on };
    let approval = row.terms_of_reference.zip(row.tasks).zip(row.learning_goals).map(
        |((terms_of_reference, tasks), learning_goals)| Approval {
            terms_of_reference,
            tasks,
            learning_goals,
        },
    );
    let view = View {
        page: me.page(Text),
        application: row.application_id,
        name: row.name,
        terms: explain::terms::lines(&stated, stay, &policy.terms, &profile.funding, &place, me.lang),
        place,
        reference: row.reference,
        supervisor: row.supervisor,
        tone,
        icon,
        state,
        since: row.state_since,
        writing: approval.map_or(Vec::new(), |approval| explain::placement::writing(&approval, me.lang)),
        history: history(&mut tx, id, me.lang).await?,
    };
    html(StatusCode::OK, &view)
}

/// Everything that happened to the placement, the newest first.
async fn history(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"select e.at, e.action, e.reason,
               case when p.id is not null then trim(p.given_names || ' ' || p.family_names) end as who
           from audit_event e left join person p on p.id = e.actor_id
           where e.subject = 'placement' and e.subject_id = $1 order by e.id desc limit 200"#,
        id
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            at: row.at,
            what: explain::placement::happened(&row.action, lang),
            who: row.who.unwrap_or_else(|| Text(lang).system()),
            reason: row.reason,
        })
        .collect())
}

texts!(Text {
    back: "Placements", "Affectations", "Plazas";
    facts(reference, supervisor): "{reference}, supervisor: {supervisor}", "{reference}, responsable : {supervisor}", "{reference}, persona supervisora: {supervisor}";
    since(at): "since {at}", "depuis le {at}", "desde el {at}";
    terms: "Terms", "Conditions", "Condiciones";
    profile: "The profile", "Le dossier", "El perfil";
    in_writing: "What the supervisor wrote", "Ce que la personne responsable a écrit", "Lo que escribió la persona supervisora";
    history: "What happened", "Ce qui s’est passé", "Lo que ha ocurrido";
    system: "The system", "Le système", "El sistema";
});
