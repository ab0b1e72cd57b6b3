//! Whoever has completed a profile and not released it is told so after 2, 7 and 21 days: each time once, and no
//! more once it is released or unfinished again (`profile.unreleased_since` is then null).

use super::BATCH;
use crate::db::{Note, Result};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::release::REMINDER_DAYS;
use crate::system::System;
use chrono::TimeDelta;
use uuid::Uuid;

pub async fn all(system: &System) -> Result<usize> {
    let mut reminded = 0;
    loop {
        match batch(system).await? {
            0 => return Ok(reminded),
            more => reminded += more,
        }
    }
}

/// Whoever was not reminded in time gets one letter, not all that were missed.
async fn batch(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let (now, today) = (tx.now(), tx.today());
    let [first, second, third] = REMINDER_DAYS.map(|days| now - TimeDelta::days(days));
    let told = sqlx::query_scalar!(
        r#"update profile p
           set reminded = case when p.unreleased_since <= $3 then 3 when p.unreleased_since <= $2 then 2 else 1 end
           from (select person_id from profile
                 where ((reminded = 0 and unreleased_since <= $1) or (reminded = 1 and unreleased_since <= $2)
                        or (reminded = 2 and unreleased_since <= $3))
                   and complete_until >= $4
                   and not has_open_application(person_id)
                 limit $5 for update skip locked) due
           where p.person_id = due.person_id returning p.person_id"#,
        first,
        second,
        third,
        today,
        BATCH
    );
    let told = told.fetch_all(&mut *tx).await?;
    let told: Vec<(Uuid, PersonId)> = told.into_iter().map(|id| (id, id.into())).collect();
    if let Some(done) = tx.note_each(Note::Reminded, &told, Letter::Unreleased).await? {
        tx.commit(done).await?;
    }
    Ok(told.len())
}
