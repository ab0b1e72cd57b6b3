//! How often something may be tried, counted in the database so that all servers count together.

use super::{App, Result};
use crate::db::Db;
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// Counts one more try of `what` in the current window; `true` while it is within the limit.
pub async fn count(db: &Db, now: DateTime<Utc>, what: &str, limit: i32, seconds: i64) -> Result<bool> {
    let key = Sha256::digest(what.as_bytes()).to_vec();
    let start = now.timestamp().div_euclid(seconds) * seconds;
    let window = DateTime::from_timestamp(start, 0).unwrap_or(now);
    let hits = sqlx::query_scalar!(
        "insert into throttle (key, window_start, hits) values ($1, $2, 1)
         on conflict (key, window_start) do update set hits = least(throttle.hits + 1, 1000000)
         returning hits",
        key,
        window
    )
    .fetch_one(&mut *db.conn().await?)
    .await?;
    Ok(hits <= limit)
}

/// The client's address: the peer's, or what a trusted proxy says it is (its last entry).
pub fn client_address(parts: &Parts, app: &App) -> String {
    let told = app.settings.client_address_header.as_ref().and_then(|name| {
        // a proxy adds its entry to the line that came in, or a line of its own below it
        let value = parts.headers.get_all(name).iter().next_back()?.to_str().ok()?;
        value.rsplit(',').next().map(|address| address.trim().to_owned())
    });
    told.or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_string()))
        .unwrap_or_default()
}
