//! Human Resources checks one document that is not medical.

use super::decide::{self, Desk, Form};
use crate::web::{App, HrReviewer, Path, Posted, Result};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/placements/{id}/documents/{document}", get(ask).post(check))
        .route("/placements/{id}/documents/{document}/file", get(open))
}

fn desk(id: Uuid, document: Uuid) -> Desk {
    let back = format!("/placements/{id}/documents");
    Desk { medical: false, placement: Some(id), address: format!("{back}/{document}"), back }
}

async fn ask(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    decide::ask(&me, desk(id, document), document).await
}

async fn open(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    decide::open(&me, &desk(id, document), document).await
}

async fn check(
    me: HrReviewer,
    Path((id, document)): Path<(Uuid, Uuid)>,
    form: Posted<Form>,
) -> Result<Response> {
    decide::decide(&me, desk(id, document), document, form).await
}
