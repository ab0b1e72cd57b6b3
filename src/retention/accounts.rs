//! Accounts that nobody uses any more: their owners are told twice, and unless they sign in the account is erased as if
//! they had asked for it.

use super::Class;
use crate::db::{Done, Error, Note, Result, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::erasure::{self, Ground, Outcome};
use crate::system::System;
use uuid::Uuid;

/// So many people are told in one round, so that a mail server is not flooded on the day on which this begins.
const TOLD_AT_ONCE: i64 = 500;
/// So many accounts are erased in one round.
const ERASED_AT_ONCE: i64 = 200;

/// Tells those whose account is about to go, and once more a week before it does. Says how many. Whoever was here since
/// they were told, or was told so long ago that nobody remembers, is told anew when it is time.
///
/// # Errors
/// If the database fails.
pub async fn tell(system: &System) -> Result<usize> {
    let mut tx = system.begin().await?;
    let (now, today) = (tx.now(), tx.today());
    // 168, 2160: a week and ninety days in hours; the latter as in `accounts_past`. Of two servers at once one tells.
    let told = sqlx::query_scalar!(
        "with due as (
             select u.person_id,
                 coalesce(n.told_at > u.since and n.told_at > $1 - interval '2160 hours', false) as again
             from unused_accounts($1, $2, true) u left join retention_notice n using (person_id)
             where not u.held and (n.person_id is null or n.told_at <= u.since
                 or n.told_at <= $1 - interval '2160 hours'
                 or (n.told_again_at is null and n.told_at <= $1 - interval '168 hours'
                     and u.since <= $1 - interval '24 hours' * (u.days - 7)))
             limit $3)
         insert into retention_notice as n (person_id, told_at) select person_id, $1 from due order by person_id
         on conflict (person_id) do update
             set told_at = case when (select again from due d where d.person_id = n.person_id) then n.told_at
                     else excluded.told_at end,
                 told_again_at = case when (select again from due d where d.person_id = n.person_id)
                     then excluded.told_at end
             where n.told_at <= excluded.told_at - interval '168 hours'
                 and (n.told_again_at is null or n.told_again_at <= excluded.told_at - interval '168 hours')
         returning n.person_id",
        now,
        today,
        TOLD_AT_ONCE
    );
    let told: Vec<(Uuid, PersonId)> =
        told.fetch_all(&mut *tx).await?.into_iter().map(|id| (id, id.into())).collect();
    if let Some(done) = tx.note_each(Note::UnusedTold, &told, Letter::AccountUnused).await? {
        tx.commit(done).await?;
    }
    Ok(told.len())
}

/// Erases the accounts past their period whose owners were told; says how many.
pub(super) async fn sweep(system: &System) -> Result<u64> {
    let due = {
        let mut tx = system.begin().await?;
        let (now, today) = (tx.now(), tx.today());
        let due = sqlx::query_scalar!(
            r#"select person_id as "person_id!" from accounts_past($1, $2) where told and not held
               -- again, for the index: those told are few
               and person_id in (select person_id from retention_notice where told_at <= $1)
               order by person_id limit $3"#,
            now,
            today,
            ERASED_AT_ONCE
        );
        due.fetch_all(&mut *tx).await?
    };
    let mut erased = 0;
    for person in due {
        // each in its own unit of work: one that meets a conflict waits for the next round
        let mut tx = system.begin().await?;
        match erase(&mut tx, person).await {
            Ok(Some(done)) => {
                tx.commit(done).await?;
                erased += 1;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, %person, "an unused account waits for the next round"),
        }
    }
    Ok(erased)
}

/// Erases one, if it is still so once nobody else can change it. `None`: somebody works on it, or it is used again.
async fn erase(tx: &mut Tx<System>, person: Uuid) -> Result<Option<Done>> {
    // Without waiting, for whoever moves a case has its row before they write to its candidate. Who signs in, releases
    // a profile or becomes a member of staff from here on waits until this is done, and finds the account gone.
    let is_free = sqlx::query!("select from person where id = $1 for update skip locked", person);
    if is_free.fetch_optional(&mut **tx).await?.is_none() {
        return Ok(None);
    }
    let held = sqlx::query!("select from application where candidate_id = $1 for update skip locked", person);
    let held = held.fetch_all(&mut **tx).await?.len();
    let all =
        sqlx::query_scalar!(r#"select count(*) as "n!" from application where candidate_id = $1"#, person);
    if i64::try_from(held).ok() != Some(all.fetch_one(&mut **tx).await?) {
        return Ok(None);
    }
    // a hold that is over may be extended this very moment
    sqlx::query!("select from legal_hold where person_id = $1 for update", person).execute(&mut **tx).await?;
    let (now, today) = (tx.now(), tx.today());
    let class = sqlx::query_scalar!(
        r#"select class as "class!" from accounts_past($1, $2) where person_id = $3 and told and not held"#,
        now,
        today,
        person
    );
    let Some(class) = class.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let class = Class::from_code(&class).ok_or(Error::NoStep)?;
    match erasure::erase(tx, person.into(), Ground::Unused(class)).await? {
        // the files are named in `file_to_remove`
        Outcome::Erased { done, .. } => Ok(Some(done)),
        Outcome::Waits(_) | Outcome::Held => Ok(None),
    }
}
