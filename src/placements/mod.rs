//! Human Resources proposes placements, and sees what becomes of them.

mod list;
mod plan;
mod propose;
mod show;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new().merge(list::routes()).merge(propose::routes()).merge(show::routes())
}
