//! The record's chain: whoever changes, removes or slips in a line breaks every digest from there on.
//!
//! People's transactions never touch the end of the chain, so none waits for another: each leaves its events in
//! `audit_unsealed`, and one sealer hangs what is committed on the chain. See the migration that makes the tables.

mod digest;
pub mod verify;

use crate::db::{Db, Result};
use digest::{Event, Reason};
use sqlx::Connection;
use std::time::Duration;

/// An event is open to changes by whoever owns the database until it is sealed: not for long.
const ROUND: Duration = Duration::from_secs(5);
const BATCH: i64 = 1000;
/// One sealer at a time, however many servers: the name of an advisory lock.
const SEALER: i64 = 0x5ea1;

/// Seals what is committed until its future is dropped.
pub async fn run(db: Db) {
    loop {
        if let Err(error) = seal(&db).await {
            tracing::error!(%error, "the record waits for its seal");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Seals every event that is committed now; says how many.
///
/// # Errors
/// If the database fails. What was sealed before stays sealed.
pub async fn seal(db: &Db) -> Result<usize> {
    let mut sealed = 0;
    loop {
        match batch(db).await? {
            0 => return Ok(sealed),
            some => sealed += some,
        }
    }
}

async fn batch(db: &Db) -> Result<usize> {
    let mut connection = db.conn().await?;
    let mut tx = connection.begin().await?;
    let alone = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "alone!""#, SEALER);
    if !alone.fetch_one(&mut *tx).await? {
        return Ok(0);
    }
    let end = sqlx::query!("select position, hash from audit_link order by position desc limit 1");
    let (mut position, mut hash) = match end.fetch_optional(&mut *tx).await? {
        Some(end) => (end.position, end.hash),
        None => (0, digest::BEGINNING.to_vec()),
    };
    // held: an erasure that blanks a reason waits, and then finds the salt to forget
    let waiting = sqlx::query_as!(
        Event,
        r#"select id as "id!", at as "at!", actor_id, actor_role as "actor_role!", subject as "subject!",
               subject_id as "subject_id!", version, action as "action!", from_state, to_state, reason,
               facts::text as "facts!"
           from hold_unsealed($1)"#,
        BATCH
    );
    let waiting = waiting.fetch_all(&mut *tx).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let (mut positions, mut ids, mut contents, mut hashes) = (vec![], vec![], vec![], vec![]);
    let (mut digests, mut salts) = (Vec::<Option<Vec<u8>>>::new(), Vec::<Option<Vec<u8>>>::new());
    for event in &waiting {
        let reason = event.reason.as_deref().map(Reason::seal);
        let content = event.content(reason.as_ref().map(|reason| reason.digest.as_slice()));
        position += 1;
        hash = digest::link(&hash, &content);
        positions.push(position);
        ids.push(event.id);
        contents.push(content);
        hashes.push(hash.clone());
        let (digest, salt) = reason.map(|reason| (reason.digest, reason.salt)).unzip();
        digests.push(digest);
        salts.push(salt);
    }
    sqlx::query!(
        "insert into audit_link (position, event_id, content, hash, reason_digest, reason_salt)
         select * from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[])",
        &positions,
        &ids,
        &contents,
        &hashes,
        &digests as &[Option<Vec<u8>>],
        &salts as &[Option<Vec<u8>>]
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from audit_unsealed where event_id = any($1)", &ids).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(waiting.len())
}
