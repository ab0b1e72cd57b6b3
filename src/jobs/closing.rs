//! Whoever is in the pool and may soon start no more is told so, once for each last day; so is, once a day, whoever of
//! Human Resources put them there.

use super::BATCH;
use crate::db::{Note, Result, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::pool::CLOSING_DAYS;
use crate::system::System;
use chrono::Days;
use uuid::Uuid;

pub async fn all(system: &System) -> Result<usize> {
    let mut warned = 0;
    loop {
        match batch(system).await? {
            0 => return Ok(warned),
            more => warned += more,
        }
    }
}

async fn batch(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let today = tx.today();
    let due = sqlx::query!(
        "update pool_entry e set warned_for = e.last_start
         from (select application_id from pool_entry
               where last_start between $1 and $2 and warned_for is distinct from last_start
               order by last_start, application_id limit $3 for update skip locked) due
         join application a on a.id = due.application_id
         where e.application_id = due.application_id returning a.id, a.candidate_id, a.reviewer_id",
        today,
        today.checked_add_days(Days::new(CLOSING_DAYS)).unwrap_or(today),
        BATCH
    );
    let due = due.fetch_all(&mut *tx).await?;
    let told: Vec<(Uuid, PersonId)> = due.iter().map(|row| (row.id, row.candidate_id.into())).collect();
    let Some(done) = tx.note_each(Note::ClosingWarned, &told, Letter::StartCloses).await? else {
        return Ok(0);
    };
    let reviewers: Vec<Uuid> = due.iter().filter_map(|row| row.reviewer_id).collect();
    let reviewers = untold(&mut tx, &reviewers).await?;
    let done = done.with(tx.note_each(Note::ClosingTold, &reviewers, Letter::StartsClose).await?);
    tx.commit(done).await?;
    Ok(told.len())
}

/// Those who have not had today's letter, and from now on have.
async fn untold(tx: &mut Tx<System>, reviewers: &[Uuid]) -> Result<Vec<(Uuid, PersonId)>> {
    let today = tx.today();
    let told = sqlx::query_scalar!(
        "insert into pool_notice as last (person_id, day)
         select id, $2 from person where id = any($1) and disabled_at is null order by id
         on conflict (person_id) do update set day = excluded.day where last.day < excluded.day returning person_id",
        reviewers,
        today
    );
    Ok(told.fetch_all(&mut **tx).await?.into_iter().map(|id| (id, id.into())).collect())
}
