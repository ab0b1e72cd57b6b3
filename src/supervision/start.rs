//! The supervisor confirms the first day.

use crate::underway::start::{ask, begin};
use crate::web::App;
use crate::web::actor::role::Supervisor;
use axum::{Router, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/start", get(ask::<Supervisor>).post(begin::<Supervisor>))
}
