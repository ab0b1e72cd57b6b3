//! Interviews: both sides are reminded the day before, and one that has lost its placement is called off.

use super::BATCH;
use crate::db::{Note, Result};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::system::System;
use uuid::Uuid;

/// Says how many people were told.
///
/// # Errors
/// If the database fails.
pub async fn all(system: &System) -> Result<usize> {
    let mut told = 0;
    loop {
        match remind(system).await? + call_off(system).await? {
            0 => return Ok(told),
            more => told += more,
        }
    }
}

/// Those of tomorrow, but for whoever chose the time only today.
async fn remind(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let (now, today, zone) = (tx.now(), tx.today(), tx.zone().name());
    let due = sqlx::query!(
        r#"update interview i set reminded_at = $1
           from (select i.placement_id, p.supervisor_id, a.candidate_id from interview i
                 join placement p on p.id = i.placement_id join application a on a.id = p.application_id
                 where i.cancelled_at is null and i.reminded_at is null and p.state in ('proposed', 'approved')
                     and a.state <> 'withdrawn'
                     and i.starts_at >= ($2::date + 1)::timestamp at time zone $3
                     and i.starts_at < ($2::date + 2)::timestamp at time zone $3
                     and i.chosen_at < $2::date::timestamp at time zone $3
                 order by i.starts_at limit $4 for update of i skip locked) due
           where i.placement_id = due.placement_id
           returning i.placement_id, due.supervisor_id, due.candidate_id"#,
        now,
        today,
        zone,
        BATCH
    );
    let due = due.fetch_all(&mut *tx).await?;
    let pairs = |person: fn(Uuid, Uuid) -> Uuid| -> Vec<(Uuid, PersonId)> {
        due.iter().map(|row| (row.placement_id, person(row.candidate_id, row.supervisor_id).into())).collect()
    };
    let candidates = pairs(|candidate, _| candidate);
    let supervisors = pairs(|_, supervisor| supervisor);
    let first = tx.note_each(Note::InterviewReminded, &candidates, Letter::InterviewReminder).await?;
    let second = tx.note_each(Note::InterviewReminded, &supervisors, Letter::InterviewToHold).await?;
    if let Some((first, second)) = first.zip(second) {
        tx.commit(first.and(second)).await?;
    }
    Ok(due.len())
}

/// Those whose placement went another way before they were held. Whoever withdrew knows it.
async fn call_off(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let now = tx.now();
    let off = sqlx::query!(
        r#"update interview i set cancelled_at = $1, sequence = sequence + 1
           from (select i.placement_id, a.candidate_id from interview i
                 join placement p on p.id = i.placement_id join application a on a.id = p.application_id
                 where i.cancelled_at is null and (i.starts_at is null or i.starts_at > $1)
                     and p.state not in ('proposed', 'approved') and a.state <> 'withdrawn'
                 limit $2 for update of i skip locked) off
           where i.placement_id = off.placement_id returning i.placement_id, off.candidate_id"#,
        now,
        BATCH
    );
    let off: Vec<(Uuid, PersonId)> = off
        .fetch_all(&mut *tx)
        .await?
        .into_iter()
        .map(|row| (row.placement_id, row.candidate_id.into()))
        .collect();
    if let Some(done) = tx.note_each(Note::InterviewCancelled, &off, Letter::InterviewCancelled).await? {
        tx.commit(done).await?;
    }
    Ok(off.len())
}
