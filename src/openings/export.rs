//! The openings in one state as a file, read by the list's own query.

use super::list::Filter;
use super::rows::{Opening, in_state};
use crate::domain::opening::State;
use crate::explain::opening::area_name;
use crate::offices;
use crate::sheets::{self, Cell, Format};
use crate::text::texts;
use crate::web::{App, HrReviewer, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use std::sync::Arc;

pub fn routes() -> Router<App> {
    Router::new().route("/review/openings/export/{format}", get(export))
}

async fn export(
    Recent(me): Recent<HrReviewer>,
    Path(format): Path<Format>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let state = State::from_code(&filter.state).unwrap_or(State::Published);
    let mut tx = me.begin().await?;
    let offices = Arc::new(offices::names(&mut tx, me.lang).await?);
    let t = Text(me.lang);
    let heads = vec![
        t.reference(),
        t.title(),
        t.place(),
        t.area(),
        t.languages(),
        t.from(),
        t.months(),
        t.places(),
        t.since(),
    ];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let (me, offices) = (me.clone(), offices.clone());
        async move {
            let found = in_state(&mut me.begin().await?, state, after, sheets::PAGE).await?;
            let row = |opening: Opening| {
                vec![
                    opening.reference.as_str().into(),
                    opening.title(me.lang).text.into(),
                    opening.place(&offices, me.lang).into(),
                    area_name(&opening.area, me.lang).into(),
                    opening.language_names(me.lang).into(),
                    opening.starts_on.into(),
                    opening.months.into(),
                    opening.places.into(),
                    Cell::moment(opening.state_since, me.zone()),
                ]
            };
            Ok(sheets::page(found, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "openings", heads, pages).await
}

texts!(Text {
    reference: "Reference", "Référence", "Referencia";
    title: "Title", "Titre", "Título";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    languages: "Languages", "Langues", "Idiomas";
    from: "From", "À partir du", "Desde";
    months: "Months", "Mois", "Meses";
    places: "Places", "Places", "Plazas";
    since: "Since", "Depuis", "Desde cuándo";
});
