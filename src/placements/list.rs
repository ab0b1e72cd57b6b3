//! Placements by state, the longest wait first.

use crate::db::Tx;
use crate::domain::placement::State;
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, HrReviewer, Page, Query, Result, html};
use crate::{explain, offices};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

const PER_PAGE: usize = 25;
const STATES: [State; 14] = [
    State::Proposed,
    State::Approved,
    State::Offered,
    State::Accepted,
    State::Ready,
    State::Started,
    State::Completed,
    State::EndedEarly,
    State::NoShow,
    State::Declined,
    State::Refused,
    State::Lapsed,
    State::Rescinded,
    State::Cancelled,
];

pub fn routes() -> Router<App> {
    Router::new().route("/placements", get(list))
}

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    state: String,
    /// Where the page before ended.
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "placements/list.html")]
struct View {
    page: Page<Text>,
    state: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

impl View {
    /// What the list as a file holds.
    fn query(&self) -> String {
        format!("state={}", self.state)
    }
}

struct Tab {
    code: &'static str,
    name: String,
    is_here: bool,
}

pub(super) struct Line {
    pub id: Uuid,
    pub name: String,
    pub reference: String,
    pub place: String,
    pub supervisor: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub since: DateTime<Utc>,
}

async fn list(me: HrReviewer, Query(filter): Query<Filter>) -> Result<Response> {
    let state = filter.state();
    let mut tx = me.begin().await?;
    let mut lines = lines(&mut tx, state, filter.after, PER_PAGE + 1).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    let places = offices::names(&mut tx, me.lang).await?;
    for line in &mut lines {
        if let Some(name) = places.get(&line.place) {
            line.place.clone_from(name);
        }
    }
    let tab =
        |s: State| Tab { code: s.code(), name: explain::placement::look(s, me.lang).2, is_here: s == state };
    let view = View {
        page: me.page(Text),
        state: state.code().to_owned(),
        tabs: STATES.map(tab).into(),
        next,
        is_first: filter.after.is_none(),
        lines,
    };
    html(StatusCode::OK, &view)
}

impl Filter {
    pub(super) fn state(&self) -> State {
        STATES.into_iter().find(|state| state.code() == self.state).unwrap_or(State::Proposed)
    }
}

/// The longest wait first, from where the page before ended; nobody sees their own.
pub(super) async fn lines(
    tx: &mut Tx<HrReviewer>,
    state: State,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Line>> {
    let me = tx.actor();
    let lines = sqlx::query_as!(
        Line,
        r#"select p.id, a.name, p.reference, p.office_id as place, p.starts_on, p.ends_on, p.state_since as since,
               trim(v.given_names || ' ' || v.family_names) as "supervisor!"
           from placement p join application a on a.id = p.application_id
           join person v on v.id = p.supervisor_id
           where p.state = $1 and a.state <> 'withdrawn' and a.candidate_id <> $4
               and ($2::uuid is null
                   or (p.state_since, p.id) > (select q.state_since, q.id from placement q where q.id = $2))
           order by p.state_since, p.id limit $3"#,
        state.code(),
        after,
        i64::try_from(limit).unwrap_or(i64::MAX),
        me.0
    );
    Ok(lines.fetch_all(&mut **tx).await?)
}

texts!(Text {
    title: "Placements", "Affectations", "Plazas";
    states: "States", "États", "Estados";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    dates: "Dates", "Dates", "Fechas";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    since: "Since", "Depuis", "Desde";
    none: "Nothing here", "Rien ici", "Nada por aquí";
    none_lead: "Placements are proposed from a profile in the pool.", "Les affectations se proposent à partir d’un dossier du vivier.",
        "Las plazas se proponen desde un perfil de la bolsa.";
    to_pool: "Go to the pool", "Aller au vivier", "Ir a la bolsa";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
