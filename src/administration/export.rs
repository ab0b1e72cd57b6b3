//! The people who work here, as the list's filter finds them, the offices, what reviewers have to do, and what goes next,
//! as files.

use super::offices::{self, Office};
use super::people::{self, Filter, Person, found};
use super::retention;
use super::workload::{self, Colleague};
use crate::retention::{self as retained, Due};
use crate::sheets::{self, Cell, Format};
use crate::web::{Administrator, App, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use std::sync::Arc;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/export/people/{format}", get(people))
        .route("/administration/export/offices/{format}", get(offices))
        .route("/administration/export/workload/{format}", get(workload))
        .route("/administration/export/retention/{format}", get(retention))
}

async fn people(
    Recent(me): Recent<Administrator>,
    Path(format): Path<Format>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let tx = me.begin().await?;
    let t = people::Text(me.lang);
    let heads = vec![t.name(), t.email(), t.roles(), t.offices(), t.standing()];
    let (me, filter) = (Arc::new(me), Arc::new(filter));
    let pages = sheets::pages(None::<Uuid>, move |after| {
        let (me, filter) = (me.clone(), filter.clone());
        async move {
            let people = found(&mut me.begin().await?, &filter, after, sheets::PAGE, me.lang).await?;
            let row = |it: Person| {
                vec![
                    it.name.into(),
                    it.email.into(),
                    it.roles.into(),
                    it.offices.into(),
                    it.standing.name(me.lang).into(),
                ]
            };
            Ok(sheets::page(people, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "people", heads, pages).await
}

async fn offices(Recent(me): Recent<Administrator>, Path(format): Path<Format>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let all = offices::every(&mut tx, me.lang).await?;
    let t = offices::Text(me.lang);
    let heads = vec![t.office(), t.country(), t.kind(), t.rate(), t.currency(), t.first_day_closed()];
    let row = |it: Office| {
        let (monthly, currency) = it.rate.unzip();
        vec![
            it.name.into(),
            it.country.into(),
            it.kind.into(),
            monthly.map_or(Cell::Empty, Cell::Number),
            currency.into(),
            it.closed_on.into(),
        ]
    };
    sheets::download(tx, format, "offices", heads, sheets::whole(all.into_iter().map(row).collect())).await
}

async fn workload(Recent(me): Recent<Administrator>, Path(format): Path<Format>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let all = workload::colleagues(&mut tx).await?;
    let t = workload::Text(me.lang);
    let row = |it: Colleague| vec![it.name.into(), me.lang.counted(it.open).into()];
    let rows = all.into_iter().map(row).collect();
    sheets::download(tx, format, "workload", vec![t.colleague(), t.open()], sheets::whole(rows)).await
}

async fn retention(Recent(me): Recent<Administrator>, Path(format): Path<Format>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let all = retained::counted(&mut tx).await?;
    let t = retention::Text(me.lang);
    let heads = vec![t.class(), t.kept(), t.due(), t.untold(), t.held(), t.counted_at()];
    let row = |it: Due| {
        let counted = |n: i64| Cell::from(it.counted_at.map(|_| n));
        vec![
            retention::name(it.period.class, me.lang).into(),
            it.period.days.into(),
            counted(it.rows),
            counted(it.untold),
            counted(it.held),
            it.counted_at.map(|at| Cell::moment(at, me.zone())).into(),
        ]
    };
    let rows = all.into_iter().map(row).collect();
    sheets::download(tx, format, "retention", heads, sheets::whole(rows)).await
}
