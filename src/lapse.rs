//! Offers that wait for their answer, by the clock: the candidate is reminded, and after the answer date they lapse.

use crate::cases;
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::domain::placement::reminder_due;
use crate::system::System;
use crate::web::Result;
use std::time::Duration;

const ROUND: Duration = Duration::from_secs(60 * 60);

/// Looks every hour until its future is dropped. Several may: each offer is dealt with once.
pub async fn run(system: System) {
    loop {
        if let Err(error) = once(&system).await {
            tracing::error!(%error, "offers were not looked after");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// One round; says how many offers lapsed or were reminded of. One unit of work for each: a fault with one of them
/// does not hold up those before it.
///
/// # Errors
/// If the database fails.
pub async fn once(system: &System) -> Result<usize> {
    let mut dealt_with = 0;
    while lapse_one(system).await? {
        dealt_with += 1;
    }
    while remind_of_one(system).await? {
        dealt_with += 1;
    }
    Ok(dealt_with)
}

/// `false`: no answer date has passed.
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

/// `false`: nobody is to be reminded today.
async fn remind_of_one(system: &System) -> Result<bool> {
    let mut tx = system.begin().await?;
    let (today, now) = (tx.today(), tx.now());
    let open = sqlx::query!(
        "select o.placement_id, o.made_on, o.answer_by, a.candidate_id,
             array(select days_before::bigint from offer_reminder r where r.placement_id = o.placement_id) as sent
         from offer o join placement p on p.id = o.placement_id join application a on a.id = p.application_id
         where p.state = 'offered' and o.answer_by between $1 and $1 + 3
         order by o.answer_by, o.placement_id for update of p skip locked",
        today
    );
    for offer in open.fetch_all(&mut *tx).await? {
        let Some(days) = reminder_due(offer.made_on, offer.answer_by, today) else { continue };
        if offer.sent.unwrap_or_default().contains(&days) {
            continue;
        }
        let first = sqlx::query!(
            "insert into offer_reminder (placement_id, days_before, sent_at) values ($1, $2::bigint, $3)
             on conflict do nothing",
            offer.placement_id,
            days,
            now
        );
        if first.execute(&mut *tx).await?.rows_affected() == 0 {
            continue; // another instance was faster
        }
        let letters = [(offer.candidate_id.into(), Letter::OfferReminder)];
        let done = tx.note(Note::OfferReminded(days), offer.placement_id, &letters).await?;
        tx.commit(done).await?;
        return Ok(true);
    }
    Ok(false)
}
