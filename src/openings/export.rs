//! The openings in one state as a file, read by the list's own query.

use super::list::Filter;
use super::rows::{Opening, in_state};
use crate::db::Note;
use crate::domain::opening::State;
use crate::explain::opening::area_name;
use crate::offices;
use crate::sheets::{self, Cell, Format};
use crate::text::texts;
use crate::web::{App, HrReviewer, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use std::sync::Arc;

/// Rows that are read at a time.
const PAGE: usize = 200;

pub fn routes() -> Router<App> {
    Router::new().route("/review/openings/export/{format}", get(export))
}

async fn export(
    Recent(me): Recent<HrReviewer>,
    Path(format): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let format = Format::read(&format)?;
    let state = State::from_code(&filter.state).unwrap_or(State::Published);
    let mut tx = me.begin().await?;
    let offices = Arc::new(offices::names(&mut tx, me.lang).await?);
    let done = tx.note(Note::Exported("openings"), me.id.0, &[]).await?;
    tx.commit(done).await?;
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
            let found = in_state(&mut me.begin().await?, state, after, PAGE).await?;
            let next = found.get(PAGE - 1).map(|last| Some(last.id));
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
                    Cell::Moment(opening.state_since.with_timezone(&me.zone()).naive_local()),
                ]
            };
            Ok((found.into_iter().map(row).collect(), next))
        }
    });
    Ok(sheets::download(format, "openings", heads, pages))
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
