//! Candidates are warned 30 and 7 days before their application expires, once each. Whoever was not there for the
//! first warning gets the second one only.

use super::BATCH;
use crate::db::{Note, Result};
use crate::domain::PersonId;
use crate::domain::application::{ANSWER_DAYS, WARNING_DAYS};
use crate::domain::letter::Letter;
use crate::system::System;
use uuid::Uuid;

pub async fn all(system: &System) -> Result<usize> {
    let mut warned = 0;
    loop {
        let ending = pool_ending(system).await?;
        let due = answer_due(system).await?;
        if ending + due == 0 {
            return Ok(warned);
        }
        warned += ending + due;
    }
}

/// Who is in the pool, not for long. `warned_for` is the deadline of the last warning: a new one counts anew.
async fn pool_ending(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let [first, last] = WARNING_DAYS.map(|days| i32::try_from(days).unwrap_or(i32::MAX));
    let today = tx.today();
    let told = sqlx::query!(
        r#"update application a set warned_for = due.day, warned_days = due.stage
           from (select id, pooled_until as day, case when pooled_until - $1::date <= $3 then $3 else $2 end as stage
                 from application
                 where state = 'pooled' and pooled_until between $1 and $1::date + $2::int
                   and (warned_for is distinct from pooled_until
                        or (pooled_until - $1::date <= $3 and warned_days > $3))
                 order by pooled_until limit $4 for update skip locked) due
           where a.id = due.id returning a.id, a.candidate_id"#,
        today,
        first,
        last,
        BATCH
    );
    let told = told.fetch_all(&mut *tx).await?;
    let told: Vec<(Uuid, PersonId)> = told.into_iter().map(|row| (row.id, row.candidate_id.into())).collect();
    if let Some(done) = tx.note_each(Note::Warned, &told, Letter::PoolEnding).await? {
        tx.commit(done).await?;
    }
    Ok(told.len())
}

/// Who was asked for changes and has not answered.
async fn answer_due(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let [first, last] = WARNING_DAYS.map(|days| i32::try_from(days).unwrap_or(i32::MAX));
    let (today, zone) = (tx.today(), tx.zone().name());
    let told = sqlx::query!(
        r#"update application a set warned_for = due.day, warned_days = due.stage
           from (select id, day, case when day - $1::date <= $3 then $3 else $2 end as stage
                 from application, lateral (select (state_since at time zone $6)::date + $5::int as day) deadline
                 where state = 'changes_requested'
                   and state_since < ($1::date + $2::int - $5::int + 1)::timestamp at time zone $6
                   and state_since >= ($1::date - $5::int)::timestamp at time zone $6
                   and (warned_for is distinct from day or (day - $1::date <= $3 and warned_days > $3))
                 order by state_since limit $4 for update of application skip locked) due
           where a.id = due.id returning a.id, a.candidate_id"#,
        today,
        first,
        last,
        BATCH,
        i32::try_from(ANSWER_DAYS).unwrap_or(i32::MAX),
        zone
    );
    let told = told.fetch_all(&mut *tx).await?;
    let told: Vec<(Uuid, PersonId)> = told.into_iter().map(|row| (row.id, row.candidate_id.into())).collect();
    if let Some(done) = tx.note_each(Note::Warned, &told, Letter::AnswerDue).await? {
        tx.commit(done).await?;
    }
    Ok(told.len())
}
