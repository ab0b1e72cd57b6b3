//! How often something may be tried, counted in the database so that all servers count together.

use super::{App, Result};
use crate::db::Db;
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};

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
        value.rsplit(',').next().map(|address| network(address.trim()))
    });
    told.or_else(|| {
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| network(&peer.0.to_string()))
    })
    .unwrap_or_default()
}

/// What counts as one client: an IPv4 address, or the network of an IPv6 address, of which everybody has a whole
/// one. A port, if a proxy tells it, is no part of it.
fn network(told: &str) -> String {
    let address = told.parse::<SocketAddr>().map(|peer| peer.ip()).or_else(|_| told.parse::<IpAddr>());
    match address.map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(address) => address.to_string(),
        Err(_) => told.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;
    use crate::spoilt::spoilt_text;

    #[test]
    fn one_client_counts_as_one_whatever_its_port_or_the_end_of_its_address() {
        for one in ["203.0.113.9", "203.0.113.9:50123", "::ffff:203.0.113.9", "[::ffff:203.0.113.9]:50123"] {
            assert_eq!(network(one), "203.0.113.9", "{one}");
        }
        for one in ["2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "[2001:db8:1:2:ffff::]:50123"] {
            assert_eq!(network(one), "2001:db8:1:2::/64", "{one}");
        }
        assert_eq!(network("unknown"), "unknown");
    }

    const TOLD: [&str; 4] =
        ["203.0.113.9:50123", "[::ffff:203.0.113.9]:1", "2001:db8:1:2:3:4:5:6", "[fe80::1%eth0]:80"];

    proptest::proptest! {
        #[test]
        fn no_address_of_a_client_is_too_strange(told in spoilt_text(&TOLD)) {
            let one = network(&told);
            assert!(one == told || one.ends_with("::/64") || one.parse::<std::net::Ipv4Addr>().is_ok(), "{one}");
        }
    }
}
