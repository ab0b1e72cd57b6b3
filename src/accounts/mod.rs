//! Accounts: register, confirm, sign in and out, a forgotten password.

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
}
