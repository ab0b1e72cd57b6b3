//! Human Resources confirms the first day, where the supervisor cannot.

use crate::underway::start::{ask, begin};
use crate::web::App;
use crate::web::actor::role::HrReviewer;
use axum::{Router, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/start", get(ask::<HrReviewer>).post(begin::<HrReviewer>))
}
