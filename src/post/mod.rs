//! Letters: owed since the change they tell of, written in the recipient's language, sent at least once.

pub mod letters;
pub mod link;
pub mod mailbox;
pub mod own_words;
mod preview;
mod rewrite;
pub mod transport;

pub use transport::Transport;

use crate::clock::Clock;
use crate::db::{self, Db};
use crate::domain::letter::Letter;
use crate::web::App;
use crate::web::app::Settings;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::postgres::PgListener;
use std::time::Duration;
use transport::{Carrier, Parcel};
use uuid::Uuid;

/// A letter a postman has taken is left alone by the others for so long; longer than [`transport::PATIENCE`],
/// so that only a letter whose postman died is taken again.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// Letters to be tried again, and those of a missed call, are found this often.
const ROUND: Duration = Duration::from_secs(30);
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);
/// A letter that cannot be sent is given up so long after it was owed (RFC 5321, 4.5.4.1: four to five days).
const PATIENCE: TimeDelta = TimeDelta::days(5);

pub fn routes() -> axum::Router<App> {
    mailbox::routes().merge(preview::routes()).merge(rewrite::routes())
}

/// The postman: sends letters as soon as they are owed, until its future is dropped. Several may run at once.
///
/// # Errors
/// [`Error::Mail`] at once if the mail server's address cannot be understood; later faults are logged and retried.
pub async fn run(db: Db, settings: Settings, transport: Transport, clock: Clock) -> Result<()> {
    let carrier = Carrier::open(&transport)?;
    let mut calls = None;
    loop {
        // listen first: what is owed after the round has looked calls for the next one
        if calls.is_none() {
            calls = listen(&db).await.inspect_err(|e| tracing::warn!(error = %e, "no calls")).ok();
        }
        if let Err(error) = round(&db, &settings, &carrier, clock).await {
            tracing::error!(%error, "letters wait");
        }
        calls = wait(calls).await;
    }
}

/// Sends every letter that is due now, and says how many went out.
///
/// # Errors
/// If the database fails, or the mail server's address cannot be understood. A letter that cannot be sent is
/// no error: it is tried again later.
pub async fn deliver_due(db: &Db, settings: &Settings, transport: &Transport, clock: Clock) -> Result<usize> {
    round(db, settings, &Carrier::open(transport)?, clock).await
}

async fn listen(db: &Db) -> Result<PgListener> {
    let mut calls = db.listener().await?;
    calls.listen("letters").await?;
    Ok(calls)
}

/// Until somebody owes a letter, or the next round is due; a broken line is given back as none.
async fn wait(calls: Option<PgListener>) -> Option<PgListener> {
    let Some(mut calls) = calls else {
        tokio::time::sleep(ROUND).await;
        return None;
    };
    match tokio::time::timeout(ROUND, calls.recv()).await {
        Ok(Err(_)) => {
            tokio::time::sleep(Duration::from_secs(1)).await;
            None
        }
        Ok(Ok(_)) | Err(_) => {
            while calls.next_buffered().is_some() {} // one round answers them all
            Some(calls)
        }
    }
}

async fn round(db: &Db, settings: &Settings, carrier: &Carrier, clock: Clock) -> Result<usize> {
    let mut sent = 0;
    // one at a time: a letter is never leased while others are being sent
    while let Some(due) = claim(db, clock.now()).await? {
        if due.is_closed {
            let_go(db, due.id).await?;
            continue;
        }
        match send(db, settings, carrier, &due, clock.now()).await? {
            Ok(()) => {
                mark_sent(db, due.id, clock.now()).await?;
                sent += 1;
            }
            Err(failure) => {
                tracing::warn!(letter = %due.id, attempts = due.attempts + 1, why = failure.why, "letter not sent");
                put_back(db, &due, &failure, clock.now()).await?;
                if failure.is_of_the_server {
                    break; // the others would fail the same way; they stay due
                }
            }
        }
    }
    Ok(sent)
}

/// A letter of the outbox that this postman has taken, with all it needs to be written.
struct Due {
    id: Uuid,
    letter: String,
    about: Option<Uuid>,
    attempts: i32,
    created_at: DateTime<Utc>,
    person: Uuid,
    email: String,
    name: String,
    lang: String,
    reference: Option<String>,
    number: Option<String>,
    title: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    /// Its reader has declared a conflict of interest in the case, in the very moment in which it was written.
    is_closed: bool,
}

/// Why a letter did not go out: nothing about its reader.
struct Failure {
    why: String,
    /// The server cannot be reached at all, or lets nobody in.
    is_of_the_server: bool,
    /// The server will never take this letter.
    is_for_good: bool,
}

impl Failure {
    fn of_the_letter(why: &str) -> Self {
        Failure { why: why.to_owned(), is_of_the_server: false, is_for_good: false }
    }
}

/// Writes and sends one letter, outside any transaction. The outer error is the database's.
async fn send(
    db: &Db,
    settings: &Settings,
    carrier: &Carrier,
    due: &Due,
    now: DateTime<Utc>,
) -> Result<Result<(), Failure>> {
    let Some(letter) = Letter::from_code(&due.letter) else {
        return Ok(Err(Failure::of_the_letter("a letter this version does not know")));
    };
    let token = match link::purpose(letter) {
        Some(purpose) => Some(new_token(db, due, purpose, now).await?),
        None => None,
    };
    let Some(path) = link::path(letter, due.about, token.as_deref()) else {
        return Ok(Err(Failure::of_the_letter("it does not say which case it is about")));
    };
    let unsubscribe = match link::can_be_ended(letter) {
        true => {
            Some(format!("{}/unsubscribe/{}", settings.url, new_unsubscribe_token(db, due.person).await?))
        }
        false => None,
    };
    let unsubscribe = unsubscribe.as_deref();
    let facts = letters::Facts {
        name: &due.name,
        reference: due.reference.as_deref().unwrap_or_default(),
        number: due.number.as_deref().unwrap_or("1"),
        title: due.title.as_deref().unwrap_or_default(),
        unsubscribe,
        link: &format!("{}{path}", settings.url),
        own: match (&due.subject, &due.body) {
            (Some(subject), Some(body)) => Some(letters::Own { subject, body }),
            _ => None,
        },
    };
    let written = match letters::write(letter, due.lang.clone().into(), &facts) {
        Ok(written) => written,
        Err(_) => return Ok(Err(Failure::of_the_letter("it could not be written"))),
    };
    carrier
        .carry(db, &Parcel { id: due.id, recipient: &due.email, written: &written, unsubscribe, now })
        .await
}

/// How long a letter waits after so many attempts: a minute, then twice as long each time, at most six hours.
fn back_off(attempts: i32) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).clamp(0, 16);
    (FIRST_WAIT * (1 << doublings)).min(LONGEST_WAIT)
}

/// Takes the letter that has been due longest. Whoever dies with it leaves it due again after the lease.
async fn claim(db: &Db, now: DateTime<Utc>) -> Result<Option<Due>> {
    Ok(sqlx::query_as!(
        Due,
        r#"with due as (
               select id from outbox where sent_at is null and given_up_at is null and next_attempt_at <= $1
               order by next_attempt_at, id limit 1 for update skip locked),
           taken as (
               update outbox set next_attempt_at = $2 from due where outbox.id = due.id
               returning outbox.id, recipient_id, letter, about, attempts, created_at, event_id, address)
           select t.id as "id!", t.letter as "letter!", t.about, t.attempts as "attempts!",
               t.created_at as "created_at!",
               p.id as "person!", coalesce(t.address, p.email) as "email!", p.lang as "lang!",
               case when p.erased_at is null then trim(p.given_names || ' ' || p.family_names) else '' end as "name!",
               coalesce(a.reference, pl.reference, o.reference) as reference, e.facts->>'number' as number,
               coalesce(nullif(case p.lang when 'fr' then o.title_fr when 'es' then o.title_es end, ''),
                   nullif(o.title_en, ''), nullif(o.title_fr, ''), o.title_es) as title,
               w.subject as "subject?", w.body as "body?",
               exists (select from conflict_of_interest c where c.person_id = t.recipient_id
                   and c.application_id in (a.id, pl.application_id)) as "is_closed!"
           from taken t join person p on p.id = t.recipient_id
           left join application a on a.id = t.about
           left join placement pl on pl.id = t.about
           left join opening o on o.id = t.about
           left join audit_event e on e.id = t.event_id
           left join lateral (select subject, body from letter_text w
               where w.letter = t.letter and w.lang = p.lang order by w.version desc limit 1) w on true"#,
        now,
        now + LEASE
    )
    .fetch_optional(&mut *db.conn().await?)
    .await?)
}

/// A link for this letter alone; the database keeps its hash. A letter sent twice has two, and both work.
async fn new_token(db: &Db, due: &Due, of: link::Purpose, now: DateTime<Utc>) -> Result<String> {
    let (token, hash) = crate::web::session::new_token();
    sqlx::query!(
        "insert into link_token (token_hash, person_id, purpose, created_at, expires_at, about)
         values ($1, $2, $3, $4, $5, $6)",
        hash,
        due.person,
        of.code,
        now,
        now + of.lasts,
        due.about
    )
    .execute(&mut *db.conn().await?)
    .await?;
    Ok(token)
}

/// What ends such letters: it never ends itself, and the database keeps its hash.
async fn new_unsubscribe_token(db: &Db, person: Uuid) -> Result<String> {
    let (token, hash) = crate::web::session::new_token();
    sqlx::query!("insert into unsubscribe_token (token_hash, person_id) values ($1, $2)", hash, person)
        .execute(&mut *db.conn().await?)
        .await?;
    Ok(token)
}

/// It was written for nobody, as it turned out.
async fn let_go(db: &Db, id: Uuid) -> Result<()> {
    sqlx::query!("delete from outbox where id = $1 and sent_at is null", id)
        .execute(&mut *db.conn().await?)
        .await?;
    Ok(())
}

async fn mark_sent(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outbox set sent_at = $2, last_error = null, address = null where id = $1 and sent_at is null",
        id,
        now
    )
    .execute(&mut *db.conn().await?)
    .await?;
    Ok(())
}

/// To be tried again later, unless it never will be taken or was tried long enough. A server that is away says nothing
/// about the letter, which waits for it as long as it takes.
async fn put_back(db: &Db, due: &Due, failure: &Failure, now: DateTime<Utc>) -> Result<()> {
    let attempts = due.attempts.saturating_add(1);
    let is_too_late = !failure.is_of_the_server && due.created_at + PATIENCE <= now;
    let given_up = (failure.is_for_good || is_too_late).then_some(now);
    sqlx::query!(
        "update outbox set attempts = $2, last_error = $3, next_attempt_at = $4, given_up_at = $5
         where id = $1 and sent_at is null",
        due.id,
        attempts,
        failure.why,
        now + back_off(attempts),
        given_up
    )
    .execute(&mut *db.conn().await?)
    .await?;
    Ok(())
}

/// What stops a postman; a letter that cannot be sent does not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(#[from] db::Error),
    /// The mail server's address or the sender cannot be understood, or the server does not answer.
    #[error("mail: {0}")]
    Mail(String),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Error::Database(error.into())
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_six_hours() {
        let minutes = |attempts| back_off(attempts).num_minutes();
        assert_eq!([1, 2, 3, 9, 10, 1_000_000].map(minutes), [1, 2, 4, 256, 360, 360]);
    }
}
