//! The administrator keeps what the programme runs on: people and their roles,
//! offices and rates, policies, reasons, and how long what is kept.

mod account;
mod export;
mod hold;
mod home;
mod invite;
mod numbers;
mod office;
mod offices;
mod people;
mod person;
mod policies;
mod policy;
mod propose_policy;
mod rate;
mod reasons;
mod retention;
mod roles;
mod trial;
mod workload;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(home::routes())
        .merge(people::routes())
        .merge(export::routes())
        .merge(invite::routes())
        .merge(person::routes())
        .merge(account::routes())
        .merge(offices::routes())
        .merge(office::routes())
        .merge(rate::routes())
        .merge(policies::routes())
        .merge(propose_policy::routes())
        .merge(policy::routes())
        .merge(reasons::routes())
        .merge(retention::routes())
        .merge(hold::routes())
        .merge(workload::routes())
}
