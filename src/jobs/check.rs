//! Once a day: whether states, facts and record agree. What does not is told in the log, by name and number alone, and
//! stands on the administrator's home until it is mended.

use crate::db::{Db, Result};
use crate::record::chain::verify;
use chrono::{DateTime, Days, Utc};
use serde_json::{Map, Value, json};
use sqlx::Connection;

/// One server looks, however many there are: the name of an advisory lock.
const LOOKER: i64 = 0xc4ec;
/// Answers of so many days are kept.
const KEPT: Days = Days::new(90);
/// What the chain of the record is called among the invariants.
const CHAIN: &str = "record_chain";

/// Says how many kinds are broken; 0 also if today's look was taken before.
pub async fn nightly(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let today = now.with_timezone(&db.zone()).date_naive();
    let mut connection = db.conn().await?;
    let mut tx = connection.begin().await?;
    let free = sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock($1)
               and not exists (select from nightly_check where day = $2) as "free!""#,
        LOOKER,
        today
    );
    if !free.fetch_one(&mut *tx).await? {
        return Ok(0);
    }
    // a million cases take longer than a request may
    sqlx::query!("select set_config('statement_timeout', '15min', true) as timeout")
        .fetch_one(&mut *tx)
        .await?;
    let rows = sqlx::query!(
        r#"select name as "name!", count(*) as "n!" from broken_invariants($1) group by name order by name"#,
        now
    );
    let mut broken: Map<String, Value> =
        rows.fetch_all(&mut *tx).await?.into_iter().map(|row| (row.name, json!(row.n))).collect();
    if let Err(lie) = verify::whole(db, None).await? {
        tracing::error!(%lie, "the record is not what was sealed");
        broken.insert(CHAIN.to_owned(), json!(1));
    }
    for (name, times) in &broken {
        tracing::error!(name, %times, "states, facts and record do not agree: see `stagiaire audit check`");
    }
    let kinds = broken.len();
    sqlx::query!(
        "with old as (delete from nightly_check where day < $4)
         insert into nightly_check (day, checked_at, broken) values ($1, $2, $3)",
        today,
        now,
        Value::Object(broken),
        today - KEPT
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(kinds)
}
