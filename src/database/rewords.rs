//! What existing applications are found by, made as this version makes it.
#![expect(clippy::disallowed_types, reason = "fills in what a migration cannot: words in Latin letters")]

use crate::domain::profile::Profile;
use crate::words;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// How many are read at a time.
const BATCH: i64 = 500;

/// Makes the search key of every application anew that an earlier version has made. Several may do so at once, and
/// whoever is interrupted goes on next time. An erased profile has no words.
pub(super) async fn make(pool: &PgPool) -> sqlx::Result<()> {
    let mut connection = pool.acquire().await?;
    while batch(&mut connection).await? > 0 {}
    Ok(())
}

async fn batch(connection: &mut PgConnection) -> sqlx::Result<usize> {
    let rows = sqlx::query!(
        r#"select a.id, a.search_key, s.profile as "profile?" from application a
           left join snapshot s on s.application_id = a.id and s.number = a.latest
           where not a.words_made order by a.id limit $1"#,
        BATCH
    )
    .fetch_all(&mut *connection)
    .await?;
    let (ids, keys): (Vec<Uuid>, Vec<String>) = rows
        .into_iter()
        .map(|row| {
            let profile = row.profile.and_then(|profile| serde_json::from_value::<Profile>(profile).ok());
            (row.id, profile.map_or(row.search_key, |profile| words::of(&profile)))
        })
        .unzip();
    sqlx::query!(
        "update application a set search_key = w.key, words_made = true
         from unnest($1::uuid[], $2::text[]) as w (id, key) where a.id = w.id and not a.words_made",
        &ids,
        &keys
    )
    .execute(&mut *connection)
    .await?;
    Ok(ids.len())
}
