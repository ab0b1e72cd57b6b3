//! Openings: what Human Resources announces beside the pool, and how the public finds it.

mod browse;
mod close;
mod export;
mod feed;
mod letters;
mod list;
mod publish;
mod rows;
mod show;
mod structured;
mod unsubscribe;
mod write;
mod written;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(list::routes())
        .merge(export::routes())
        .merge(write::routes())
        .merge(publish::routes())
        .merge(close::routes())
        .merge(browse::routes())
        .merge(feed::routes())
        .merge(show::routes())
        .merge(letters::routes())
        .merge(unsubscribe::routes())
}
