//! Human Resources, for the supervisor, proposes times for an interview.

use super::propose::{ask, call_off, propose};
use crate::web::App;
use crate::web::actor::role::HrReviewer;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/placements/{id}/interview", get(ask::<HrReviewer>).post(propose::<HrReviewer>))
        .route("/placements/{id}/interview/call-off", post(call_off::<HrReviewer>))
}
