//! A deputy's days end by themselves: nobody stands in after the last one, and both sides are told.

use crate::db::{Note, Result};
use crate::domain::letter::Letter;
use crate::system::System;

pub async fn all(system: &System) -> Result<usize> {
    let mut ended = 0;
    while end_one(system).await? {
        ended += 1;
    }
    Ok(ended)
}

/// `false`: nobody's days are over.
async fn end_one(system: &System) -> Result<bool> {
    let mut tx = system.begin().await?;
    let (now, today) = (tx.now(), tx.today());
    let over = sqlx::query!(
        "update deputy set ended_at = $2, version = version + 1
         where id = (select id from deputy where ended_at is null and until_day < $1
                     order by until_day, id limit 1 for update skip locked)
         returning principal_id, deputy_id",
        today,
        now
    );
    let Some(over) = over.fetch_optional(&mut *tx).await? else { return Ok(false) };
    let letters =
        [(over.deputy_id.into(), Letter::DeputyEnded), (over.principal_id.into(), Letter::DeputyOver)];
    let done = tx.note(Note::DeputyEnded, over.principal_id, &letters).await?;
    tx.commit(done).await?;
    Ok(true)
}
