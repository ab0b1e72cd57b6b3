//! The supervisor's side of the record.

use super::record::{Form, Shown, Text, Wanted, ask, record};
use crate::web::{App, Page, Path, Posted, Query, Result, Supervisor, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/absences", get(show).post(add))
}

#[derive(askama::Template)]
#[template(path = "absences/supervisor.html")]
struct View {
    page: Page<Text>,
    it: Shown,
}

async fn show(me: Supervisor, Path(id): Path<Uuid>, wanted: Query<Wanted>) -> Result<Response> {
    html(StatusCode::OK, &View { page: me.page(Text), it: ask(&me, id, wanted).await? })
}

async fn add(me: Supervisor, id: Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    match record(&me, id, form).await? {
        Ok(done) => Ok(done),
        Err(it) => html(it.form.status(), &View { page: me.page(Text), it }),
    }
}
