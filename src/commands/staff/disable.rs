//! Closes an account and ends its sessions; what the person did stays on record.

use super::{Result, Trouble, refused, say};
use crate::db::{Note, Tx};
use crate::staff;
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
    let person = sqlx::query_scalar!("select id from person where email_key = lower($1)", email);
    let Some(person) = person.fetch_optional(&mut **tx).await? else { return Ok(None) };
    Ok(staff::close_account(tx, now, person).await?.then_some(person))
}
