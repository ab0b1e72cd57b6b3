//! Supervisors decide on placements proposed to them.

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
}
