//! The medical officer examines one medical document. Nobody else opens it.

use super::decide::{self, Desk, Form};
use crate::web::{App, MedicalOfficer, Path, Posted, Recent, Result};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/medical/{id}", get(ask).post(examine)).route("/medical/{id}/file", get(open))
}

fn desk(document: Uuid) -> Desk {
    Desk {
        medical: true,
        placement: None,
        back: "/medical".to_owned(),
        address: format!("/medical/{document}"),
    }
}

async fn ask(me: MedicalOfficer, Path(id): Path<Uuid>) -> Result<Response> {
    decide::ask(&me, desk(id), id).await
}

async fn open(Recent(me): Recent<MedicalOfficer>, Path(id): Path<Uuid>) -> Result<Response> {
    decide::open(&me, &desk(id), id).await
}

async fn examine(me: MedicalOfficer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    decide::decide(&me, desk(id), id, form).await
}
