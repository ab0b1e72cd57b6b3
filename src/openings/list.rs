//! Human Resources sees its openings: drafts, published ones, closed ones.

use super::rows::{Opening, in_state};
use crate::domain::opening::State;
use crate::explain;
use crate::offices;
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, HrReviewer, Page, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

const PER_PAGE: usize = 25;

pub fn routes() -> Router<App> {
    Router::new().route("/review/openings", get(list))
}

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    pub state: String,
    /// Where the page before ended.
    after: String,
}

#[derive(askama::Template)]
#[template(path = "openings/list.html")]
struct View {
    page: Page<Text>,
    state: State,
    tabs: Vec<(State, String)>,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

struct Line {
    id: Uuid,
    title: explain::opening::Words,
    reference: String,
    place: String,
    area: String,
    starts_on: NaiveDate,
    places: i16,
    since: DateTime<Utc>,
}

impl View {
    /// What the list as a file holds.
    fn query(&self) -> String {
        format!("state={}", self.state.code())
    }

    /// A draft is still to be written, a published one can be read as everybody reads it.
    fn address(&self, line: &Line) -> String {
        match self.state {
            State::Draft => format!("/review/openings/{}/edit", line.id),
            State::Published | State::Closed => format!("/openings/{}", line.id),
        }
    }
}

async fn list(me: HrReviewer, Query(filter): Query<Filter>) -> Result<Response> {
    let state = State::from_code(&filter.state).unwrap_or(State::Published);
    let after = filter.after.parse().ok();
    let mut tx = me.begin().await?;
    let mut found = in_state(&mut tx, state, after, PER_PAGE + 1).await?;
    let next = next_after(&mut found, PER_PAGE, |last| last.id);
    let offices = offices::names(&mut tx, me.lang).await?;
    let line = |opening: &Opening| Line {
        id: opening.id,
        title: opening.title(me.lang),
        reference: opening.reference.clone(),
        place: opening.place(&offices, me.lang),
        area: explain::opening::area_name(&opening.area, me.lang),
        starts_on: opening.starts_on,
        places: opening.places,
        since: opening.state_since,
    };
    let t = Text(me.lang);
    let view = View {
        page: me.page(Text),
        state,
        tabs: State::ALL
            .map(|state| match state {
                State::Draft => (state, t.drafts()),
                State::Published => (state, t.published()),
                State::Closed => (state, t.closed()),
            })
            .into(),
        next,
        is_first: after.is_none(),
        lines: found.iter().map(line).collect(),
    };
    html(StatusCode::OK, &view)
}

texts!(Text {
    title: "Openings", "Annonces", "Vacantes";
    write: "Write an opening", "Rédiger une annonce", "Redactar una vacante";
    states: "States", "États", "Estados";
    drafts: "Drafts", "Brouillons", "Borradores";
    published: "Published", "Publiées", "Publicadas";
    closed: "Closed", "Closes", "Cerradas";
    opening: "Opening", "Annonce", "Vacante";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    from: "From", "À partir du", "Desde";
    places: "Places", "Places", "Plazas";
    since: "Since", "Depuis", "Desde cuándo";
    who_fits: "Who fits", "Qui convient", "Quién encaja";
    edit: "Edit", "Modifier", "Editar";
    close: "Close", "Clore", "Cerrar";
    actions: "Actions", "Actions", "Acciones";
    none: "Nothing here", "Rien ici", "Nada por aquí";
    none_lead: "The pool is always open, with or without openings. An opening says what one office looks for.",
        "Le vivier est toujours ouvert, avec ou sans annonces. Une annonce dit ce que cherche un bureau.",
        "La bolsa está siempre abierta, con o sin vacantes. Una vacante dice lo que busca una oficina.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
