//! To come.

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
}
