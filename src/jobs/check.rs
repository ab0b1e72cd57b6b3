//! Once a day: whether states, facts and record agree. What does not is told in the log, by name and number alone, and
//! stands on the administrator's home until it is mended.

use crate::db::{Db, Result};
use crate::record::agreement;
use chrono::{DateTime, Days, Utc};
use std::collections::BTreeMap;

/// Answers of so many days are kept.
const KEPT: Days = Days::new(90);

/// Says how many kinds are broken; 0 also if today's look was taken before. Servers that look at the same moment see the
/// same, and one of them writes it down.
pub async fn nightly(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let today = now.with_timezone(&db.zone()).date_naive();
    let done =
        sqlx::query_scalar!(r#"select exists (select from nightly_check where day = $1) as "done!""#, today);
    if done.fetch_one(&mut *db.conn().await?).await? {
        return Ok(0);
    }
    let mut times = BTreeMap::<String, i64>::new();
    for broken in agreement::broken(db, now).await? {
        *times.entry(broken.name).or_default() += 1;
    }
    let written = sqlx::query!(
        "with old as (delete from nightly_check where day < $4)
         insert into nightly_check (day, checked_at, broken) values ($1, $2, $3) on conflict (day) do nothing",
        today,
        now,
        serde_json::to_value(&times).map_err(|error| sqlx::Error::Encode(error.into()))?,
        today - KEPT
    );
    if written.execute(&mut *db.conn().await?).await?.rows_affected() == 0 {
        return Ok(0);
    }
    for (name, times) in &times {
        tracing::error!(name, times, "states, facts and record do not agree: see `stagiaire audit check`");
    }
    Ok(times.len())
}
