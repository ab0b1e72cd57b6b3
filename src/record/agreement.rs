//! Whether states, facts and record agree: every invariant of the database, and the chain of the record.

use super::chain::verify;
use crate::db::{Db, Result};
use chrono::{DateTime, Utc};
use sqlx::Connection;

/// What the chain is called among the invariants.
const CHAIN: &str = "record_chain";

/// One thing that does not agree.
pub struct Broken {
    /// Of the invariant.
    pub name: String,
    /// The identifier of what breaks it, or what is wrong with the chain.
    pub what: String,
}

/// Everything that is broken now, by name. Reads the whole database: for the night, and for whoever asks.
///
/// # Errors
/// If the database fails. Something broken is an answer, not an error.
pub async fn broken(db: &Db, now: DateTime<Utc>) -> Result<Vec<Broken>> {
    // first one, then the other: the chain of a long record takes longer than a transaction may wait
    let mut broken = invariants(db, now).await?;
    if let Err(lie) = verify::whole(db, None).await? {
        broken.push(Broken { name: CHAIN.to_owned(), what: lie.to_string() });
    }
    Ok(broken)
}

async fn invariants(db: &Db, now: DateTime<Utc>) -> Result<Vec<Broken>> {
    let mut connection = db.conn().await?;
    let mut tx = connection.begin().await?;
    // a million cases take longer than a request may
    sqlx::query!("select set_config('statement_timeout', '15min', true) as timeout")
        .fetch_one(&mut *tx)
        .await?;
    let rows = sqlx::query_as!(
        Broken,
        r#"select name as "name!", id as "what!" from whatever_is_broken($1) order by name, id"#,
        now
    );
    Ok(rows.fetch_all(&mut *tx).await?)
}
