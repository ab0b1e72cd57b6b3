//! Human Resources reads the record and its totals.

use super::{Record, entries};
use crate::text::texts;
use crate::underway::internship;
use crate::web::{App, HrReviewer, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/absences", get(show))
}

#[derive(askama::Template)]
#[template(path = "absences/read.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    record: Record,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let known = entries(&mut tx, id).await?;
    html(StatusCode::OK, &View { page: me.page(Text), id, record: Record::of(&now, &known, me.lang) })
}

texts!(Text {
    lead: "Recorded by the intern and the supervisor.", "Enregistrées par la personne en stage et la personne responsable.", "Registradas por la persona en pasantía y la persona supervisora.";
});
