//! The placements in one state as a file, read by the list's own query.

use super::list::{Filter, Line, lines};
use crate::offices;
use crate::sheets::{self, Cell, Format};
use crate::text::texts;
use crate::web::{App, HrReviewer, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use std::sync::Arc;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/export/{format}", get(export))
}

async fn export(
    Recent(me): Recent<HrReviewer>,
    Path(format): Path<Format>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let state = filter.state();
    let mut tx = me.begin().await?;
    let places = Arc::new(offices::names(&mut tx, me.lang).await?);
    let t = Text(me.lang);
    let heads = vec![t.reference(), t.candidate(), t.place(), t.supervisor(), t.start(), t.end(), t.since()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let (me, places) = (me.clone(), places.clone());
        async move {
            let lines = lines(&mut me.begin().await?, state, after, sheets::PAGE).await?;
            let row = |line: Line| {
                let place = places.get(&line.place).unwrap_or(&line.place).as_str();
                vec![
                    line.reference.into(),
                    line.name.into(),
                    place.into(),
                    line.supervisor.into(),
                    line.starts_on.into(),
                    line.ends_on.into(),
                    Cell::moment(line.since, me.zone()),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "placements", heads, pages).await
}

texts!(Text {
    reference: "Reference", "Référence", "Referencia";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    start: "First day", "Premier jour", "Primer día";
    end: "Last day", "Dernier jour", "Último día";
    since: "Since", "Depuis", "Desde cuándo";
});
