//! Whether the process lives, and whether it can do its work: for supervisors of processes and load balancers.

use crate::database::MIGRATIONS;
use crate::web::{Anyone, App, Error, Result};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use sqlx::migrate::Migrate;

pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz))
}

/// The process answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and knows every migration of this binary.
async fn readyz(anyone: Result<Anyone>) -> (StatusCode, &'static str) {
    match anyone {
        Ok(anyone) if is_up_to_date(&anyone).await.unwrap_or(false) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}

async fn is_up_to_date(anyone: &Anyone) -> Result<bool> {
    let mut tx = anyone.begin().await?;
    let applied =
        tx.list_applied_migrations("_sqlx_migrations").await.map_err(|_| Error::Missing("migrations"))?;
    Ok(MIGRATIONS.iter().all(|known| applied.iter().any(|done| done.version == known.version)))
}
