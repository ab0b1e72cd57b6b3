//! The Director of Human Resources decides on waivers of the allowance.

mod decide;
mod decided;
mod queue;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new().merge(queue::routes()).merge(decided::routes()).merge(decide::routes())
}
