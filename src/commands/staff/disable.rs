//! Closes an account and ends its sessions; what the person did stays on record.

use super::{Result, Trouble, refused, say};
use crate::db::{Note, Tx};
use crate::system::System;
use uuid::Uuid;

pub(super) async fn run(system: &System, email: &str) -> Result<()> {
    let mut tx = system.begin().await.map_err(refused)?;
    let nobody = || {
        Trouble::new(
            format!("no member of staff with an open account has the address {email}"),
            "`stagiaire staff list` shows them all.",
        )
    };
    let id = close_account(&mut tx, email).await.map_err(refused)?.ok_or_else(nobody)?;
    let done = tx.note(Note::Disabled, id, &[]).await.map_err(refused)?;
    tx.commit(done).await.map_err(refused)?;
    say(format!("{email} is disabled and signed out everywhere."));
    Ok(())
}

/// `None`: nobody to disable.
async fn close_account(tx: &mut Tx<System>, email: &str) -> sqlx::Result<Option<Uuid>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with closed as (
               update person set disabled_at = $2 where email_key = lower($1) and disabled_at is null
                   and exists (select from person_role where person_id = id and role <> 'candidate')
               returning id),
           sessions as (delete from session using closed where person_id = closed.id),
           links as (delete from link_token using closed where person_id = closed.id and used_at is null)
           select id as "id!" from closed"#,
        email,
        now
    )
    .fetch_optional(&mut **tx)
    .await
}
