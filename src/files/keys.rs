//! The keys of files in the database, locked by the vault. Without its row a file is noise: whoever is forgotten takes
//! the row along, and whoever may not read a file does not meet it.

use super::{Files, Sealed, Stored};
use crate::db::{Db, Result};
use sqlx::{Connection, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// How many keys are locked anew at once.
const BATCH: i64 = 500;

impl Files {
    /// The key of a file that is to be read.
    ///
    /// # Errors
    /// [`sqlx::Error::RowNotFound`] if there is none, for whoever asks; [`sqlx::Error::Decode`] if it does not unlock.
    pub async fn sealed(&self, db: &mut PgConnection, id: Uuid) -> sqlx::Result<Sealed> {
        let locked = sqlx::query_scalar!("select locked from file_key where file_id = $1", id);
        self.unlocked(id, locked.fetch_one(db).await?)
    }

    /// The same for many, by their ids; those without a key are left out.
    pub async fn sealed_all(
        &self,
        db: &mut PgConnection,
        ids: &[Uuid],
    ) -> sqlx::Result<HashMap<Uuid, Sealed>> {
        let rows = sqlx::query!("select file_id, locked from file_key where file_id = any($1)", ids);
        let sealed = rows.fetch_all(db).await?.into_iter();
        sealed.map(|row| Ok((row.file_id, self.unlocked(row.file_id, row.locked)?))).collect()
    }

    /// Lets a file stay, with its key. To be called when the row that points to it is written, before the commit.
    pub async fn keep(&self, db: &mut PgConnection, stored: &mut Stored) -> sqlx::Result<()> {
        self.keep_all(db, &mut [stored]).await
    }

    /// The same for many.
    pub async fn keep_all(&self, db: &mut PgConnection, stored: &mut [&mut Stored]) -> sqlx::Result<()> {
        let ids: Vec<Uuid> = stored.iter().map(|one| one.id).collect();
        let locked: Vec<Vec<u8>> = stored.iter().map(|one| self.vault.lock(one.id, &one.key)).collect();
        sqlx::query!(
            "insert into file_key (file_id, locked) select * from unnest($1::uuid[], $2::bytea[])",
            &ids,
            &locked
        )
        .execute(db)
        .await?;
        stored.iter_mut().for_each(|one| one.stay());
        Ok(())
    }

    /// Locks every key with the newest of the vault that another one locks; says how many. Whoever is interrupted goes on
    /// next time, and several may do so at once.
    ///
    /// # Errors
    /// If the database fails, or one does not unlock; those before it stay locked anew.
    pub async fn relock(&self, db: &Db) -> Result<u64> {
        let mut relocked = 0;
        loop {
            let mut connection = db.conn().await?;
            let mut tx = connection.begin().await?;
            let old = sqlx::query!(
                r#"select file_id, locked as "locked!" from file_key where lock <> $1
                   order by lock, file_id limit $2 for update skip locked"#,
                self.vault.name(),
                BATCH
            );
            let old = old.fetch_all(&mut *tx).await?;
            if old.is_empty() {
                return Ok(relocked);
            }
            let (mut ids, mut anew) = (Vec::with_capacity(old.len()), Vec::with_capacity(old.len()));
            for row in old {
                let key = self.unlock(row.file_id, &row.locked)?;
                anew.push(self.vault.lock(row.file_id, &key));
                ids.push(row.file_id);
            }
            let done = sqlx::query!(
                "update file_key k set locked = n.locked from unnest($1::uuid[], $2::bytea[]) as n (id, locked)
                 where k.file_id = n.id",
                &ids,
                &anew
            );
            relocked += done.execute(&mut *tx).await?.rows_affected();
            tx.commit().await?;
        }
    }

    /// How many keys each key of the vault locks, by its name.
    pub async fn locks(&self, db: &Db) -> Result<Vec<(Vec<u8>, i64)>> {
        let rows = sqlx::query!(
            r#"select lock as "lock!", count(*) as "n!" from file_key where lock is not null group by lock order by lock"#
        );
        Ok(rows.fetch_all(&mut *db.conn().await?).await?.into_iter().map(|row| (row.lock, row.n)).collect())
    }

    fn unlocked(&self, id: Uuid, locked: Option<Vec<u8>>) -> sqlx::Result<Sealed> {
        let Some(locked) = locked else { return Ok(Sealed { id, key: None }) };
        let key = self.unlock(id, &locked)?.try_into();
        let key = key.map_err(|_| sqlx::Error::Decode("a key of another length".into()))?;
        Ok(Sealed { id, key: Some(key) })
    }

    fn unlock(&self, id: Uuid, locked: &[u8]) -> sqlx::Result<Vec<u8>> {
        self.vault.unlock(id, locked).map_err(|error| sqlx::Error::Decode(error.into()))
    }
}
