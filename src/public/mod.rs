//! Pages open to all: the programme, the self-check, the rules, and who sees what.

mod check;
mod home;
mod prose;
mod verify;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(home::routes())
        .merge(check::routes())
        .merge(prose::routes())
        .merge(verify::routes())
}
