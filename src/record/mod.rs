//! The record: who did what and when, read by those it is for, and chained so that nobody can change it unseen.

pub mod agreement;
mod case;
pub mod chain;
mod export;
mod groups;
mod rows;
mod trail;
pub mod words;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new().merge(trail::routes()).merge(case::routes())
}
