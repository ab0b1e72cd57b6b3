//! Files that came while the scanner was away are looked through as soon as it answers.

use super::{Scan, Scanner};
use crate::clock::Clock;
use crate::db::{Db, Done, Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::files::Files;
use crate::onboarding;
use crate::system::System;
use crate::web::Result;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;
use uuid::Uuid;

const ROUND: Duration = Duration::from_secs(60);
/// A file that could not be judged waits so long for its next turn, and holds up no other.
const TURN: TimeDelta = TimeDelta::minutes(10);

/// Looks for files that wait, every minute, until its future is dropped. Several servers may: they take turns.
pub async fn run(db: Db, clock: Clock, files: Files, scanner: Scanner) {
    if scanner.daemon.is_none() {
        return;
    }
    loop {
        if let Err(error) = once(&db, clock, &files, &scanner).await {
            tracing::error!(%error, "waiting files were not scanned");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// One round; says how many files were judged. It ends early when the scanner stops answering.
///
/// # Errors
/// If the database fails.
pub async fn once(db: &Db, clock: Clock, files: &Files, scanner: &Scanner) -> Result<u64> {
    let mut judged = 0;
    while let Some(id) = claim(db, clock.now()).await? {
        let sealed = files.sealed(&mut *db.conn().await?, id).await?;
        let scan = match files.read(&sealed).await {
            Ok(file) => scanner.look(file).await,
            Err(error) => {
                tracing::error!(%error, %id, "a file that waits for its scan is not in the store");
                continue;
            }
        };
        match scan {
            Scan::Clean => release(db, id).await?,
            Scan::Infected => take_away(&System::new(db.clone(), clock), files, id).await?,
            // the others keep their turn for the next round
            Scan::NotScanned => break,
        }
        judged += 1;
    }
    Ok(judged)
}

/// The file whose turn it is, for nobody else for a while: of a profile, else of a message, else of what the first day
/// needs. No transaction stays open while it is scanned.
async fn claim(db: &Db, now: DateTime<Utc>) -> Result<Option<Uuid>> {
    let next = sqlx::query_scalar!(
        r#"with of_profile as (
               update document set scan_tried_at = $1 where id = (
                   select id from document
                   where scan = 'not_scanned' and (scan_tried_at is null or scan_tried_at <= $2)
                   order by scan_tried_at nulls first, id limit 1 for update skip locked)
               returning id),
           of_message as (
               update message_document set scan_tried_at = $1 where not exists (select from of_profile) and id = (
                   select id from message_document
                   where scan = 'not_scanned' and (scan_tried_at is null or scan_tried_at <= $2)
                   order by scan_tried_at nulls first, id limit 1 for update skip locked)
               returning id),
           of_first_day as (
               update onboarding_document set scan_tried_at = $1
               where not exists (select from of_profile) and not exists (select from of_message) and id = (
                   select id from onboarding_document
                   where scan = 'not_scanned' and removed_at is null and (scan_tried_at is null or scan_tried_at <= $2)
                   order by scan_tried_at nulls first, id limit 1 for update skip locked)
               returning id)
           select id as "id!" from of_profile union all select id from of_message union all select id from of_first_day"#,
        now,
        now - TURN
    );
    Ok(next.fetch_optional(&mut *db.conn().await?).await?)
}

async fn release(db: &Db, id: Uuid) -> Result<()> {
    sqlx::query!(
        "with of_profile as (update document set scan = 'clean' where id = $1 and scan = 'not_scanned'),
         of_first_day as (update onboarding_document set scan = 'clean' where id = $1 and scan = 'not_scanned')
         update message_document set scan = 'clean' where id = $1 and scan = 'not_scanned'",
        id
    )
    .execute(&mut *db.conn().await?)
    .await?;
    Ok(())
}

/// Takes an infected file out of the profile and the store, and tells its owner; of a message, both sides, for either
/// may have opened it. What was released with it, or the message it came with, keeps the line, but nobody opens the file
/// any more. A paper for the first day comes back like one that was sent back.
async fn take_away(system: &System, files: &Files, id: Uuid) -> Result<()> {
    let mut tx = system.begin().await?;
    let now = tx.now();
    // first the profile, as everybody who changes documents does: nothing is released unseen meanwhile
    sqlx::query!(
        "update profile set revision = revision + 1, updated_at = $2
         where person_id = (select person_id from document where id = $1)",
        id,
        now
    )
    .execute(&mut *tx)
    .await?;
    let owner = sqlx::query_scalar!(
        "update document set scan = 'infected', removed_at = coalesce(removed_at, $2), thumbnail = null
         where id = $1 and scan = 'not_scanned' returning person_id",
        id,
        now
    );
    let done = match owner.fetch_optional(&mut *tx).await? {
        Some(owner) => {
            // without the only one of its kind the profile is not called complete, until its owner has looked at it
            sqlx::query!(
                "update profile set complete_until = null, unreleased_since = null
                 where person_id = $2 and not exists (
                     select from document gone join document other on (other.person_id, other.kind) = (gone.person_id, gone.kind)
                     where gone.id = $1 and other.removed_at is null)",
                id,
                owner
            )
            .execute(&mut *tx)
            .await?;
            tx.note(Note::DocumentInfected, id, &[(PersonId(owner), Letter::DocumentInfected)]).await?
        }
        None => match mark_in_message(&mut tx, id).await? {
            Some(done) => done,
            None => match onboarding::take_away(&mut tx, id).await? {
                Some(done) => done,
                // removed by its owner meanwhile: then there is nothing left to take away
                None => return Ok(()),
            },
        },
    };
    tx.commit(done).await?;
    if let Err(error) = files.remove(id).await {
        tracing::error!(%error, %id, "an infected file stays in the store; nobody can open it");
    }
    Ok(())
}

/// Marks a file that came with a message, and tells the candidate and the reviewer who has the application, or who sent
/// it. `None`: it did not, or was known to be infected.
async fn mark_in_message(tx: &mut Tx<System>, id: Uuid) -> Result<Option<Done>> {
    let marked = sqlx::query!(
        r#"with marked as (
               update message_document set scan = 'infected' where id = $1 and scan = 'not_scanned'
               returning message_id)
           select a.id, a.candidate_id, case when m.from_staff then m.author_id else a.reviewer_id end as staff
           from marked join message m on m.id = marked.message_id join application a on a.id = m.application_id"#,
        id
    );
    let Some(case) = marked.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let mut letters = vec![(PersonId(case.candidate_id), Letter::MessageFileInfected)];
    letters.extend(case.staff.map(|staff| (PersonId(staff), Letter::StaffFileInfected)));
    let of_the_file = tx.note(Note::DocumentInfected, id, &[]).await?;
    Ok(Some(of_the_file.and(tx.note(Note::MessageFileInfected, case.id, &letters).await?)))
}
