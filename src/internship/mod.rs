//! The intern's own pages, from the preparation to the certificate.

mod calendar;
mod certificate;
mod evaluation;
mod extension;
mod show;

use crate::web::App;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(show::routes())
        .merge(calendar::routes())
        .merge(evaluation::routes())
        .merge(extension::routes())
        .merge(certificate::routes())
}
