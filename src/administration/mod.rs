//! The administrator keeps what the programme runs on: people and their roles.

mod account;
mod home;
mod invite;
mod people;
mod person;
mod roles;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(home::routes())
        .merge(people::routes())
        .merge(invite::routes())
        .merge(person::routes())
        .merge(account::routes())
}
