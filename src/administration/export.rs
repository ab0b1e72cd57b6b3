//! The people who work here, as the list's filter finds them, and the offices, as files.

use super::offices::{self, Office};
use super::people::{self, Filter, Person, found};
use crate::sheets::{self, Cell, Format};
use crate::web::{Administrator, App, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use std::sync::Arc;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/export/people/{format}", get(people))
        .route("/administration/export/offices/{format}", get(offices))
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
