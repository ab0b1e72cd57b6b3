//! Placements I have decided, and those that were called off, the newest first.

use crate::db::Tx;
use crate::domain::placement::State;
use crate::sheets::{self, Cell, Format};
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{App, Error, Page, Path, Query, Recent, Result, Supervisor, html};
use crate::{explain, offices};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use uuid::Uuid;

const PER_PAGE: usize = 25;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/supervision/decided", get(list))
        .route("/supervision/decided/export/{format}", get(export))
}

/// Where the page before ended.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "supervision/decided.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

struct Line {
    id: Uuid,
    name: String,
    place: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    tone: &'static str,
    icon: &'static str,
    state: String,
    since: DateTime<Utc>,
}

async fn list(me: Supervisor, Query(from): Query<From>) -> Result<Response> {
    let mut lines = lines(&mut me.begin().await?, from.after, PER_PAGE + 1, me.lang).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), lines, is_first: from.after.is_none(), next })
}

async fn export(Recent(me): Recent<Supervisor>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads = vec![t.candidate(), t.place(), t.first_day(), t.last_day(), t.state(), t.since()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let me = me.clone();
        async move {
            let lines = lines(&mut me.begin().await?, after, sheets::PAGE, me.lang).await?;
            let row = |line: Line| {
                vec![
                    line.name.into(),
                    line.place.into(),
                    line.starts_on.into(),
                    line.ends_on.into(),
                    line.state.into(),
                    Cell::moment(line.since, me.zone()),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "decided-placements", heads, pages).await
}

/// The newest first, from where the page before ended.
async fn lines(tx: &mut Tx<Supervisor>, after: Option<Uuid>, limit: usize, lang: Lang) -> Result<Vec<Line>> {
    let (me, today) = (tx.actor(), tx.today());
    let rows = sqlx::query!(
        "select p.id, a.name, p.office_id, p.starts_on, p.ends_on, p.state, p.state_since
         from placement p join application a on a.id = p.application_id
         where p.id in (select placement_id from supervised($1, $4)) and p.state not in ('proposed')
             and ($2::uuid is null
                 or (p.state_since, p.id) < (select q.state_since, q.id from placement q where q.id = $2))
         order by p.state_since desc, p.id desc limit $3",
        me.0,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX),
        today
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let places = offices::names(tx, lang).await?;
    let mut lines = Vec::new();
    for row in rows {
        let state = State::from_code(&row.state).ok_or(Error::Missing("a known state"))?;
        let (tone, icon, state) = explain::placement::look(state, lang);
        lines.push(Line {
            id: row.id,
            name: row.name,
            place: places.get(&row.office_id).cloned().unwrap_or(row.office_id),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            tone,
            icon,
            state,
            since: row.state_since,
        });
    }
    Ok(lines)
}

texts!(Text {
    title: "Decided placements", "Affectations décidées", "Plazas decididas";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    dates: "Dates", "Dates", "Fechas";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    state: "State", "État", "Estado";
    since: "Since", "Depuis", "Desde";
    none: "You have not decided on any placement yet", "Vous n’avez encore pris de décision sur aucune affectation", "Todavía no ha decidido sobre ninguna plaza";
    to_approve: "Placements to approve", "Affectations à approuver", "Plazas por aprobar";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
