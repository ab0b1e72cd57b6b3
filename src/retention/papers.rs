//! What interns showed before their first day: some time after the internship the files go, with their names and what
//! was written about them. Which paper it was, until when it held and who accepted it stays, so that what was counted
//! and what was decided remain true.

use super::Class;
use crate::db::{Done, Error, Note, Result, Tx};
use crate::system::System;
use uuid::Uuid;

/// So many placements are looked after in one round, for each class.
const AT_ONCE: i64 = 500;

/// The papers of one placement that go together.
struct Bundle {
    class: String,
    placement: Uuid,
    person: Uuid,
}

/// Removes the files past their period; says how many.
pub(super) async fn sweep(system: &System) -> Result<u64> {
    let due = {
        let mut tx = system.begin().await?;
        let (now, today) = (tx.now(), tx.today());
        let due = sqlx::query_as!(
            Bundle,
            r#"select distinct class as "class!", placement_id as "placement!", person_id as "person!"
               from papers_past($1, $2) where not held order by 1, 2 limit $3"#,
            now,
            today,
            AT_ONCE
        );
        due.fetch_all(&mut *tx).await?
    };
    let mut gone = 0;
    for bundle in due {
        let mut tx = system.begin().await?;
        if let Some((files, done)) = remove(&mut tx, &bundle).await? {
            tx.commit(done).await?;
            gone += files;
        }
    }
    Ok(gone)
}

/// Removes one bundle, as far as it is still past its period once nobody else can change that. `None`: nothing was, or
/// somebody works on it.
async fn remove(tx: &mut Tx<System>, bundle: &Bundle) -> Result<Option<(u64, Done)>> {
    // without waiting, as for accounts; a legal hold placed from here on waits until this is done
    let is_free = sqlx::query!("select from person where id = $1 for update skip locked", bundle.person);
    if is_free.fetch_optional(&mut **tx).await?.is_none() {
        return Ok(None);
    }
    let is_free =
        sqlx::query!("select from placement where id = $1 for update skip locked", bundle.placement);
    if is_free.fetch_optional(&mut **tx).await?.is_none() {
        return Ok(None);
    }
    sqlx::query!("select from legal_hold where person_id = $1 for update", bundle.person)
        .execute(&mut **tx)
        .await?;
    let (now, today) = (tx.now(), tx.today());
    // the key of a file goes with its line in `file_to_remove`: from then on it is noise
    let files = sqlx::query!(
        "with stripped as (
             update onboarding_document set removed_at = $1, file_name = '—',
                 sha256 = decode(repeat('00', 32), 'hex'), reason = case when state = 'returned' then '—' end,
                 shut_reason = null
             where id in (select id from papers_past($1, $2)
                 where not held and class = $3 and placement_id = $4)
             returning id)
         insert into file_to_remove (id, since) select id, $1 from stripped on conflict (id) do nothing",
        now,
        today,
        bundle.class,
        bundle.placement
    );
    let files = files.execute(&mut **tx).await?.rows_affected();
    if files == 0 {
        return Ok(None);
    }
    let note = match Class::from_code(&bundle.class).ok_or(Error::NoStep)? {
        Class::MedicalFiles => Note::MedicalFilesRemoved,
        _ => Note::PapersRemoved,
    };
    let done = tx.note(note, bundle.placement, &[]).await?;
    Ok(Some((files, done)))
}
