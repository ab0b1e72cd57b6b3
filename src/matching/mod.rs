//! Human Resources looks for people in the pool: for an opening, for a duty station, and before it is too late.

mod closing;
mod find;
mod office;
mod opening;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new().merge(opening::routes()).merge(office::routes()).merge(closing::routes())
}
