//! Pages open to all: the programme, the self-check, the rules.

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
}
