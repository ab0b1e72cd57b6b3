//! Everybody in the pool is judged anew for each day, chunk by chunk: a run that was cut off goes on where it ended,
//! because whoever is judged for today is not found again.

use super::BATCH;
use crate::db::Db;
use crate::domain::profile::Profile;
use crate::policies;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// What is found is worked out from the record and told to nobody here, so the record says nothing of it.
pub async fn pool(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let today = now.with_timezone(&db.zone()).date_naive();
    let mut connection = db.conn().await?;
    let mut judged = 0;
    loop {
        match chunk(&mut connection, today).await? {
            0 => return Ok(judged),
            more => judged += more,
        }
    }
}

/// Judges some who have not been judged for today. Whoever releases a newer version meanwhile, or is judged by another
/// server, is left as that leaves them.
async fn chunk(connection: &mut PgConnection, today: NaiveDate) -> Result<usize> {
    let policies = policies::all(connection, today).await?;
    let waiting = sqlx::query!(
        "select a.id, a.latest, s.released_on, s.profile
         from (select application_id from pool_entry where judged_on < $1
               order by judged_on, application_id limit $2) e
         join application a on a.id = e.application_id
         join snapshot s on s.application_id = a.id and s.number = a.latest",
        today,
        BATCH
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut ids: Vec<Uuid> = Vec::with_capacity(waiting.len());
    let mut versions: Vec<i32> = Vec::with_capacity(waiting.len());
    let mut verdicts: Vec<String> = Vec::with_capacity(waiting.len());
    let mut last_starts: Vec<Option<NaiveDate>> = Vec::with_capacity(waiting.len());
    for row in waiting {
        let profile: Profile = serde_json::from_value(row.profile)?;
        let standing = policies.standing(&profile, row.released_on, today);
        ids.push(row.id);
        versions.push(row.latest);
        verdicts.push(standing.verdict.code().to_owned());
        last_starts.push(standing.last_start);
    }
    sqlx::query!(
        "update pool_entry e set judged_on = $1, verdict = j.verdict, last_start = j.last_start
         from unnest($2::uuid[], $3::int4[], $4::text[], $5::date[]) j (id, latest, verdict, last_start)
         join application a on a.id = j.id and a.latest = j.latest
         where e.application_id = j.id and e.judged_on < $1",
        today,
        &ids,
        &versions,
        &verdicts,
        &last_starts as &[Option<NaiveDate>]
    )
    .execute(connection)
    .await?;
    Ok(ids.len())
}
