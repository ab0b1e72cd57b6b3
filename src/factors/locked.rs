//! Secrets of authenticator apps, locked by the vault: whoever reads the database alone makes no codes.

use crate::db::{Db, Result};
use crate::domain::PersonId;
use crate::vault::Vault;
use sqlx::Connection;

/// Bytes of a secret (RFC 4226, 4).
pub const SECRET: usize = 20;
/// How many are locked anew at once.
const BATCH: i64 = 500;

/// What was locked for this person; a secret of before that lies open.
pub fn opened(vault: &Vault, person: PersonId, secret: Vec<u8>) -> Result<Vec<u8>> {
    match secret.len() {
        SECRET => Ok(secret),
        _ => Ok(vault.unlock(person.0, &secret).map_err(|error| sqlx::Error::Decode(error.into()))?),
    }
}

/// Locks every secret with the newest key of the vault that another one locks, or none; says how many. Whoever is
/// interrupted goes on next time.
///
/// # Errors
/// If the database fails, or one does not unlock; those before it stay locked anew.
pub async fn relock(db: &Db, vault: &Vault) -> Result<u64> {
    let mut relocked = 0;
    loop {
        let mut connection = db.conn().await?;
        let mut tx = connection.begin().await?;
        let old = sqlx::query!(
            "select person_id, secret from second_factor where lock is distinct from $1
             order by person_id limit $2 for update skip locked",
            vault.name(),
            BATCH
        );
        let old = old.fetch_all(&mut *tx).await?;
        if old.is_empty() {
            return Ok(relocked);
        }
        let (mut people, mut anew) = (Vec::with_capacity(old.len()), Vec::with_capacity(old.len()));
        for row in old {
            let secret = opened(vault, row.person_id.into(), row.secret)?;
            anew.push(vault.lock(row.person_id, &secret));
            people.push(row.person_id);
        }
        let done = sqlx::query!(
            "update second_factor f set secret = n.secret from unnest($1::uuid[], $2::bytea[]) as n (id, secret)
             where f.person_id = n.id",
            &people,
            &anew
        );
        relocked += done.execute(&mut *tx).await?.rows_affected();
        tx.commit().await?;
    }
}

/// How many secrets each key of the vault locks, by its name.
///
/// # Errors
/// If the database fails.
pub async fn locks(db: &Db) -> Result<Vec<(Vec<u8>, i64)>> {
    let rows = sqlx::query!(
        r#"select lock as "lock!", count(*) as "n!" from second_factor where lock is not null group by lock order by lock"#
    );
    Ok(rows.fetch_all(&mut *db.conn().await?).await?.into_iter().map(|row| (row.lock, row.n)).collect())
}
