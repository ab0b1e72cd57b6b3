//! Human Resources reviews released profiles: queue, claim, read, decide.

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
}
