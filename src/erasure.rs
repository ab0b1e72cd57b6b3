//! People are forgotten: their open cases are closed, what they typed and gave us goes, a placeholder stays so that
//! counts and the record of others remain true.
//!
//! A table that holds what somebody typed, or points to them, has its line here; the test of erasure walks them all.

use crate::clock::Clock;
use crate::db::{Db, Done, Error, Note, Result, Tx};
use crate::domain::PersonId;
use crate::domain::application::{AnyApplication, Facts, State};
use crate::domain::erasure::{UnderWay, closing};
use crate::domain::letter::Letter;
use crate::domain::placement::{self, AnyPlacement};
use crate::files::Files;
use crate::retention;
use crate::system::System;
use std::time::Duration;
use uuid::Uuid;

const ROUND: Duration = Duration::from_secs(60 * 60);
/// Files taken out of the store in one round.
const FILES_AT_ONCE: i64 = 1000;

/// Why somebody is forgotten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// They want it.
    Wish,
    /// Nobody has used the account for the period of its class.
    Unused(retention::Class),
}

/// What became of a wish to be forgotten.
pub enum Outcome {
    /// Everything is gone with the commit. The files are to be removed from the store after it.
    Erased { done: Done, files: Vec<Uuid> },
    /// It has to wait.
    Waits(UnderWay),
    /// A legal hold forbids it.
    Held,
}

/// Erases somebody, whatever state their application is in; for one already erased there is nothing left to do.
///
/// # Errors
/// [`Error::Conflict`] if a case was moved this very moment by somebody who had not waited.
pub async fn erase<R>(tx: &mut Tx<R>, person: PersonId, ground: Ground) -> Result<Outcome> {
    let address = sqlx::query_scalar!("select email from person where id = $1 for update", person.0);
    let address = address.fetch_one(&mut **tx).await?;
    let today = tx.today();
    if retention::held_until(tx, person.0, today).await?.is_some() {
        return Ok(Outcome::Held);
    }
    if let Some(waits) = close_cases(tx, person).await? {
        return Ok(Outcome::Waits(waits));
    }
    let files = forget(tx, person).await?;
    tx.send_to(&address, person, Letter::AccountErased, None).await?;
    let note = match ground {
        Ground::Wish => Note::Erased,
        Ground::Unused(class) => Note::ErasedUnused(class.code()),
    };
    let done = tx.note(note, person.0, &[]).await?;
    Ok(Outcome::Erased { done, files })
}

/// Whether, and until when, an erasure would have to wait.
///
/// # Errors
/// If the database fails.
pub async fn waits<R>(tx: &mut Tx<R>, person: PersonId) -> Result<Option<UnderWay>> {
    let today = tx.today();
    let cases = cases(tx, person).await?;
    Ok(cases.iter().find_map(|case| closing(&case.case, case.reviewer, &case.placements, today).err()))
}

/// An application with its placements.
struct Case {
    case: AnyApplication,
    reviewer: Option<PersonId>,
    placements: Vec<AnyPlacement>,
}

/// Everybody who decides on one of the cases finishes first, or finds it closed.
async fn close_cases<R>(tx: &mut Tx<R>, person: PersonId) -> Result<Option<UnderWay>> {
    sqlx::query!("select from application where candidate_id = $1 for update", person.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "select from placement where application_id in (select id from application where candidate_id = $1) for update",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    let today = tx.today();
    for case in cases(tx, person).await? {
        match closing(&case.case, case.reviewer, &case.placements, today) {
            // a person has one open application with a few placements: a handful of steps
            Ok(steps) => {
                for step in steps {
                    let _recorded = tx.take(&step).await?;
                }
            }
            Err(waits) => return Ok(Some(waits)),
        }
    }
    Ok(None)
}

/// The cases in which something may be open.
async fn cases<R>(tx: &mut Tx<R>, person: PersonId) -> Result<Vec<Case>> {
    let applications = sqlx::query!(
        "select id, version, state, state_since, reviewer_id, pooled_until from application a
         where candidate_id = $1
           and (is_open or exists (select from placement p where p.application_id = a.id and p.is_open))",
        person.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let ids: Vec<Uuid> = applications.iter().map(|row| row.id).collect();
    let placements = sqlx::query!(
        "select id, application_id, supervisor_id, proposed_by, version, starts_on, ends_on, state
         from placement where application_id = any($1) order by id",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut cases = Vec::new();
    for row in applications {
        let facts = Facts {
            id: row.id.into(),
            candidate: person,
            version: row.version,
            state: State::from_code(&row.state).ok_or(Error::NoStep)?,
            since: tx.day_of(row.state_since),
            reviewer: row.reviewer_id.map(Into::into),
            pooled_until: row.pooled_until,
        };
        let mut of_it = Vec::new();
        for placement in placements.iter().filter(|placement| placement.application_id == row.id) {
            let facts = placement::Facts {
                id: placement.id.into(),
                candidate: person,
                supervisor: placement.supervisor_id.into(),
                proposed_by: placement.proposed_by.into(),
                version: placement.version,
                starts_on: placement.starts_on,
                ends_on: placement.ends_on,
            };
            let state = placement::State::from_code(&placement.state).ok_or(Error::NoStep)?;
            of_it.push(AnyPlacement::new(facts, state));
        }
        let case = AnyApplication::from_facts(facts).ok_or(Error::NoStep)?;
        cases.push(Case { case, reviewer: facts.reviewer, placements: of_it });
    }
    Ok(cases)
}

/// Strips everything that says who somebody was, and tells the files that go with it.
async fn forget<R>(tx: &mut Tx<R>, person: PersonId) -> Result<Vec<Uuid>> {
    let now = tx.now();
    // the placeholder; nobody signs in to it, and its address is nobody's (RFC 2606)
    sqlx::query!(
        "update person set email = 'erased-' || id || '@invalid', given_names = '', family_names = '—',
             password_hash = null, time_zone = null, seen_at = null, disabled_at = coalesce(disabled_at, $2), erased_at = coalesce(erased_at, $2)
         where id = $1",
        person.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("delete from session where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from half_sign_in where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from second_factor where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from organisation_identity where person_id = $1", person.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!("delete from passkey where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from passkey_challenge where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from recovery_code where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from link_token where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from email_change where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from outbox where recipient_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from erasure where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from retention_notice where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from deputy where $1 in (principal_id, deputy_id)", person.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!("delete from kept_form where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from opening_subscription where person_id = $1", person.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!("delete from opening_letter where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!("delete from unsubscribe_token where person_id = $1", person.0).execute(&mut **tx).await?;
    // its sections and the openings named in it go with it
    sqlx::query!("delete from profile where person_id = $1", person.0).execute(&mut **tx).await?;
    sqlx::query!(
        "update application set name = '—', search_key = '', residence = '' where candidate_id = $1",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from drafted_decision where application_id in (select id from application where candidate_id = $1)",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    // releases go on pointing to their documents: the rows stay, and tell no more than the kind and the size
    let files = sqlx::query_scalar!(
        r#"with stripped as (
               update document set file_name = '—', sha256 = decode(repeat('00', 32), 'hex'), thumbnail = null,
                   removed_at = coalesce(removed_at, $2)
               where person_id = $1 returning id),
           shown as (
               update onboarding_document set file_name = '—', sha256 = decode(repeat('00', 32), 'hex'),
                   reason = case when state = 'returned' then '—' end, shut_reason = null,
                   removed_at = coalesce(removed_at, $2)
               where placement_id in (select p.id from placement p join application a on a.id = p.application_id
                   where a.candidate_id = $1) returning id),
           sent as (
               select d.id from message_document d join message m on m.id = d.message_id
               join application a on a.id = m.application_id where a.candidate_id = $1)
           insert into file_to_remove (id, since)
               select id, $2 from stripped union all select id, $2 from shown union all select id, $2 from sent
           on conflict (id) do nothing returning id"#,
        person.0,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    forget_words(tx, person).await?;
    sqlx::query!("select erase_writings($1)", person.0).execute(&mut **tx).await?;
    Ok(files)
}

/// What the person wrote to others, and what was written about them.
async fn forget_words<R>(tx: &mut Tx<R>, person: PersonId) -> Result<()> {
    // files of messages go with them
    sqlx::query!(
        "delete from message where application_id in (select id from application where candidate_id = $1)",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    forget_review(tx, person).await?;
    sqlx::query!(
        "with theirs as (select p.id from placement p join application a on a.id = p.application_id
                         where a.candidate_id = $1),
              wishes as (update date_request set words = '' where placement_id in (select id from theirs)),
              waived as (update waiver set reason = '—', decision = case when decision is not null then '—' end
                         where placement_id in (select id from theirs)),
              longer as (update extension set reason = '—',
                             decline_reason = case when decline_reason is not null then '—' end
                         where placement_id in (select id from theirs)),
              days_away as (delete from absence where placement_id in (select id from theirs)),
              talks as (update interview set meeting = '—' where placement_id in (select id from theirs)),
              agreed as (update placement_period set reason = '—'
                         where reason is not null and person_id = $1)
         update evaluation set work = '—', strengths = '—', improve = '—', goals = '—', advice = '', comment = null,
             commented_at = null
         where placement_id in (select id from theirs)",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What reviewers wrote for each other, and by what the person would be recognised. Mentions go with the notes.
async fn forget_review<R>(tx: &mut Tx<R>, person: PersonId) -> Result<()> {
    sqlx::query!(
        "with theirs as (select id from application where candidate_id = $1),
              notes as (delete from review_note where application_id in (select id from theirs)),
              findings as (update rule_judgement set reason = '—' where application_id in (select id from theirs)),
              proposals as (update duplicate_proposal set why = '—', message = '—',
                                answer = case when answer is not null then '—' end
                            where application_id in (select id from theirs) or kept_id in (select id from theirs)),
              scores as (update score set words = '', reason = case when reason is not null then '—' end
                         where application_id in (select id from theirs))
         delete from likeness where application_id in (select id from theirs)",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Does every hour what had to wait, until its future is dropped. Several may: what is gone is gone.
pub async fn run(db: Db, clock: Clock, files: Files) {
    loop {
        if let Err(error) = once(&db, clock, &files).await {
            tracing::error!(%error, "erasures wait");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// One round: erases everybody whose internship is over, and removes the files that a crash left behind. Says how
/// many people were erased.
///
/// # Errors
/// If the database fails.
pub async fn once(db: &Db, clock: Clock, files: &Files) -> Result<usize> {
    let system = System::new(db.clone(), clock);
    let mut erased = 0;
    let asked = sqlx::query_scalar!("select person_id from erasure order by asked_at, person_id");
    let asked = asked.fetch_all(&mut *system.begin().await?).await?;
    for person in asked {
        // each in its own unit of work: one that meets a conflict waits for the next round
        let mut tx = system.begin().await?;
        match erase(&mut tx, person.into(), Ground::Wish).await {
            Ok(Outcome::Erased { done, .. }) => {
                tx.commit(done).await?;
                erased += 1;
            }
            Ok(Outcome::Waits(_) | Outcome::Held) => {}
            Err(error) => tracing::warn!(%error, %person, "an erasure waits for the next round"),
        }
    }
    remove_files(db, files).await?;
    Ok(erased)
}

async fn remove_files(db: &Db, files: &Files) -> Result<()> {
    let mut connection = db.conn().await?;
    let named =
        sqlx::query_scalar!("select id from file_to_remove order by since, id limit $1", FILES_AT_ONCE);
    let mut gone = Vec::new();
    for id in named.fetch_all(&mut *connection).await? {
        match files.remove(id).await {
            Ok(()) => gone.push(id),
            Err(error) => tracing::error!(%error, %id, "the file of an erased document stays for now"),
        }
    }
    sqlx::query!("delete from file_to_remove where id = any($1)", &gone).execute(&mut *connection).await?;
    Ok(())
}
