//! Remembers since when a profile is complete and not released: for the banner on every page, the reminders and the
//! count of Human Resources, none of which read the profile itself.

use super::whole::Whole;
use crate::db::Tx;
use crate::web::{Candidate, Result};

/// Judges the profile after a change to it. What has been released is another matter: its newer answers are shown
/// beside it.
pub async fn remember(tx: &mut Tx<Candidate>) -> Result<()> {
    let (me, now) = (tx.actor(), tx.now());
    let complete_until = Whole::load(tx).await?.complete_until();
    sqlx::query!(
        "update profile set complete_until = $2,
             unreleased_since = case when $2::date is not null and not has_open_application($1)
                 then coalesce(unreleased_since, $3) end
         where person_id = $1",
        me.0,
        complete_until,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// It is released.
pub async fn clear(tx: &mut Tx<Candidate>) -> Result<()> {
    sqlx::query!("update profile set unreleased_since = null where person_id = $1", tx.actor().0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
