//! Whatever is due is chased by letters, seven, three and one day before: to whoever has to do it, and to whoever
//! stands in. Each once; one that was missed is not made up for once the next is due.

use super::BATCH;
use crate::db::{Done, Note, Result};
use crate::domain::PersonId;
use crate::domain::due::{CHASE_DAYS, What};
use crate::domain::placement::APPROVE_DAYS;
use crate::system::System;
use std::collections::BTreeMap;
use uuid::Uuid;

pub async fn all(system: &System) -> Result<usize> {
    let mut chased = 0;
    loop {
        match batch(system).await? {
            0 => return Ok(chased),
            more => chased += more,
        }
    }
}

/// Says how many things were chased.
async fn batch(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let (now, today, zone) = (tx.now(), tx.today(), tx.zone().name());
    let days: Vec<i32> = CHASE_DAYS.into_iter().filter_map(|days| i32::try_from(days).ok()).collect();
    let told = sqlx::query!(
        r#"with due as (
               select d.what, d.placement_id, d.due_on, d.person_id, s.days
               from due($1, $2, $3) d,
                    lateral (select min(n) as days from unnest($4::int[]) n where d.due_on - n <= $1) s
               where s.days is not null and d.since < d.due_on - s.days),
           new as (
               select distinct what, placement_id, due_on, days from due
               where not exists (select from chased c where c.placement_id = due.placement_id and c.what = due.what
                   and c.due_on = due.due_on and c.days_before = due.days)
               order by due_on, placement_id, what limit $6),
           sent as (
               insert into chased (placement_id, what, due_on, days_before, sent_at)
               select placement_id, what, due_on, days, $5 from new
               on conflict do nothing returning placement_id, what)
           select sent.what, sent.placement_id, due.days as "days!", due.person_id as "person!"
           from sent join due using (placement_id, what) order by 1, 2, 4"#,
        today,
        zone,
        i32::try_from(APPROVE_DAYS).unwrap_or(i32::MAX),
        &days,
        now,
        BATCH
    );
    let mut letters: BTreeMap<(What, i32), Vec<(Uuid, PersonId)>> = BTreeMap::new();
    for row in told.fetch_all(&mut *tx).await? {
        if let Some(what) = What::from_code(&row.what) {
            letters.entry((what, row.days)).or_default().push((row.placement_id, row.person.into()));
        }
    }
    let mut chased = 0;
    let mut recorded: Option<Done> = None;
    // a handful of kinds, each at most three times
    for ((what, days), told) in letters {
        chased += told.len();
        let done = tx.note_each(Note::Chased(i64::from(days)), &told, what.letter()).await?;
        recorded = Done::either(recorded, done);
    }
    if let Some(done) = recorded {
        tx.commit(done).await?;
    }
    Ok(chased)
}
