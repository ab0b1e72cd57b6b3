//! Letters: written in the recipient's language, sent at least once.

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
}
