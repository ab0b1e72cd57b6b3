//! What has had its time goes: ended sessions, counts of tries, forms kept for whoever was signed out, and each class
//! of record whose period is over. Nothing that the record of who did what needs.

use crate::clock::Clock;
use crate::db::{Db, Result};
use crate::retention;
use crate::web::kept;
use crate::web::session::REMEMBERED;
use chrono::TimeDelta;
use std::time::Duration;

const ROUND: Duration = Duration::from_secs(60 * 60);
/// Somebody who set up a second factor and never sent a code has thought better of it.
const SETTING_UP: TimeDelta = TimeDelta::days(1);
/// Longer than any window of tries.
const TRIES_STAY: TimeDelta = TimeDelta::days(1);

/// Sweeps every hour until its future is dropped. Several may: what is gone is gone.
pub async fn run(db: Db, clock: Clock) {
    loop {
        if let Err(error) = once(&db, clock).await {
            tracing::error!(%error, "nothing was swept");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// One round; says how many rows, files and accounts went.
///
/// # Errors
/// If the database fails.
pub async fn once(db: &Db, clock: Clock) -> Result<u64> {
    let now = clock.now();
    let mut connection = db.conn().await?;
    let sessions = sqlx::query!(
        "delete from session where expires_at <= $1
             or last_seen_at + make_interval(secs => idle_seconds) <= $1",
        now - REMEMBERED
    );
    let sessions = sessions.execute(&mut *connection).await?.rows_affected();
    let halves = sqlx::query!("delete from half_sign_in where expires_at <= $1", now);
    let halves = halves.execute(&mut *connection).await?.rows_affected();
    let asked = sqlx::query!("delete from passkey_challenge where expires_at <= $1", now);
    let asked = asked.execute(&mut *connection).await?.rows_affected();
    let begun = sqlx::query!(
        "delete from second_factor where confirmed_at is null and begun_at <= $1",
        now - SETTING_UP
    );
    let begun = begun.execute(&mut *connection).await?.rows_affected();
    let tries = sqlx::query!("delete from throttle where window_start <= $1", now - TRIES_STAY);
    let tries = tries.execute(&mut *connection).await?.rows_affected();
    let forms = sqlx::query!("delete from kept_form where kept_at <= $1", now - kept::STAYS);
    let forms = forms.execute(&mut *connection).await?.rows_affected();
    // it has connections of its own
    drop(connection);
    let kept = retention::sweep(db, clock).await?;
    Ok(sessions + halves + asked + begun + tries + forms + kept)
}
