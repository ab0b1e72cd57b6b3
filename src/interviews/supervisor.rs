//! The supervisor proposes times for an interview.

use super::propose::{ask, call_off, propose};
use crate::web::App;
use crate::web::actor::role::Supervisor;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/supervision/{id}/interview", get(ask::<Supervisor>).post(propose::<Supervisor>))
        .route("/supervision/{id}/interview/call-off", post(call_off::<Supervisor>))
}
