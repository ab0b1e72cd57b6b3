//! Offers that wait for their answer: the candidate is reminded, and after the answer date they lapse.

use crate::cases;
use crate::db::Note;
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::placement::{REMIND_DAYS, reminder_due};
use crate::system::System;
use crate::web::Result;
use uuid::Uuid;

/// Says how many offers lapsed or were reminded of.
///
/// # Errors
/// If the database fails.
pub async fn all(system: &System) -> Result<usize> {
    let mut dealt_with = 0;
    while lapse_one(system).await? {
        dealt_with += 1;
    }
    Ok(dealt_with + remind(system).await?)
}

/// One offer a transaction, so that one that cannot lapse undoes none before it. `false`: no answer date has passed.
async fn lapse_one(system: &System) -> Result<bool> {
    let mut tx = system.begin().await?;
    let today = tx.today();
    let late = sqlx::query!(
        "select o.placement_id, o.answer_by from offer o join placement p on p.id = o.placement_id
         where p.state = 'offered' and o.answer_by < $1
         order by o.answer_by limit 1 for update of p skip locked",
        today
    );
    let Some(late) = late.fetch_optional(&mut *tx).await? else { return Ok(false) };
    let placement = cases::placement(&mut tx, late.placement_id).await?;
    let Ok(step) = placement.offered().and_then(|it| it.lapse(today, late.answer_by)) else {
        return Ok(false);
    };
    let done = tx.take(&step).await?;
    tx.commit(done).await?;
    Ok(true)
}

/// Everybody who is to be reminded today, each once.
async fn remind(system: &System) -> Result<usize> {
    let mut reminded = 0;
    for days in REMIND_DAYS {
        reminded += remind_so_early(system, days).await?;
    }
    Ok(reminded)
}

/// Whose reminder so many days before the answer date is the one that is due. Offers that another server looks at are
/// waited for: it may be about to find that theirs is not the one.
async fn remind_so_early(system: &System, days: i64) -> Result<usize> {
    let mut tx = system.begin().await?;
    let (today, now) = (tx.today(), tx.now());
    let open = sqlx::query!(
        "select o.placement_id, o.made_on, o.answer_by
         from offer o join placement p on p.id = o.placement_id
         where p.state = 'offered' and o.answer_by between $1 and $1 + $2::int
             and not exists (select from offer_reminder r
                 where r.placement_id = o.placement_id and r.days_before = $2::int)
         order by o.answer_by, o.placement_id for update of p",
        today,
        i32::try_from(days).unwrap_or(i32::MAX)
    );
    let is_due = |made_on, answer_by| reminder_due(made_on, answer_by, today) == Some(days);
    let due = open.fetch_all(&mut *tx).await?.into_iter().filter(|o| is_due(o.made_on, o.answer_by));
    let due: Vec<Uuid> = due.map(|offer| offer.placement_id).collect();
    let told = sqlx::query!(
        "with sent as (
             insert into offer_reminder (placement_id, days_before, sent_at)
             select id, $2::bigint, $3 from unnest($1::uuid[]) as due (id)
             on conflict do nothing returning placement_id)
         select p.id, a.candidate_id from sent join placement p on p.id = sent.placement_id
         join application a on a.id = p.application_id",
        &due,
        days,
        now
    );
    let told = told.fetch_all(&mut *tx).await?;
    let told: Vec<(Uuid, PersonId)> = told.into_iter().map(|row| (row.id, row.candidate_id.into())).collect();
    if let Some(done) = tx.note_each(Note::OfferReminded(days), &told, Letter::OfferReminder).await? {
        tx.commit(done).await?;
    }
    Ok(told.len())
}
