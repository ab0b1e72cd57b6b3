//! The only place that holds the pool: units of work, and the record that every change leaves behind.
//!
//! A transaction commits only with a [`Done`], and only writing down a step, a birth or a note makes one.
//! So no change is committed without its audit event and its letters.
#![expect(clippy::disallowed_types, reason = "the one place that holds the pool")]

mod days;
mod deputy;
mod follow;
mod many;
mod notes;
mod outbox;
mod sitting;
mod walls;

pub use notes::Note;
pub use walls::Wall;

use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::step::{Birth, Step, Subject};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use uuid::Uuid;

/// The database; only this file sees the pool inside.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    zone: Tz,
}

/// Who acts, and when: what the record says of every change of a unit of work.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// `None`: the system, or somebody who is not signed in.
    pub person: Option<PersonId>,
    pub role: &'static str,
    pub now: DateTime<Utc>,
    /// Somebody asks what would be sent, and gets nothing of it: there is nothing to record.
    pub leaves_nothing: bool,
}

impl Db {
    /// `zone` is the organisation's: it says which day "today" is.
    pub fn new(pool: PgPool, zone: Tz) -> Self {
        Self { pool, zone }
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    pub(crate) async fn begin<R>(&self, who: Signature, wall: Wall) -> Result<Tx<R>> {
        let inner = self.pool.begin_with(AssertSqlSafe(self.beginning(who, wall))).await?;
        Ok(Tx { inner, who, instead_of: None, zone: self.zone, role: PhantomData })
    }

    /// A connection without a role: for sessions, throttles and the postman, never for people's data.
    pub(crate) async fn conn(&self) -> Result<sqlx::pool::PoolConnection<Postgres>> {
        Ok(self.pool.acquire().await?)
    }

    /// A listener for `letters`, sent with every commit that owes one.
    pub(crate) async fn listener(&self) -> Result<sqlx::postgres::PgListener> {
        Ok(sqlx::postgres::PgListener::connect_with(&self.pool).await?)
    }

    /// Waits for connections in use and closes them all.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// One unit of work by one person in role `R`. Dropped, it never happened.
pub struct Tx<R> {
    inner: sqlx::Transaction<'static, Postgres>,
    who: Signature,
    /// Whose deputy acts.
    instead_of: Option<PersonId>,
    zone: Tz,
    role: PhantomData<R>,
}

/// Proof that a change has been recorded: what a commit costs.
#[must_use = "a change without its commit never happened"]
pub struct Done {
    fresh: bool,
}

impl Done {
    /// Several changes, one commit.
    pub fn and(self, other: Done) -> Done {
        Done { fresh: self.fresh || other.fresh }
    }

    /// One that has happened and one that may have, one commit.
    pub fn with(self, other: Option<Done>) -> Done {
        match other {
            Some(other) => self.and(other),
            None => self,
        }
    }

    /// Several that may have happened or not, one commit for those that have.
    pub fn either(one: Option<Done>, other: Option<Done>) -> Option<Done> {
        match (one, other) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        }
    }

    /// `false`: the same person had done the very same before, and nothing was written now.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }
}

impl<R> Tx<R> {
    /// The signed-in person. Public pages have none: see [`Tx::signature`].
    pub(crate) fn signature(&self) -> Signature {
        self.who
    }

    /// The one moment of this unit of work.
    pub fn now(&self) -> DateTime<Utc> {
        self.who.now
    }

    /// Takes a step: moves the case from the version its actor saw, records it and writes its letters.
    ///
    /// # Errors
    /// [`Error::Conflict`] if the case has moved on. The very same step by the same person twice is done once.
    pub async fn take(&mut self, step: &Step) -> Result<Done> {
        let event = match step.subject {
            Subject::Application(id) => self.move_application(id.0, step).await?,
            Subject::Placement(id) => self.move_placement(id.0, step).await?,
        };
        match event {
            Some(event) => {
                self.write_letters(&step.letters, Some(subject(step.subject).1), Some(event)).await?;
                Ok(Done { fresh: true })
            }
            None => {
                let reason = step.reason.as_deref();
                match self.was_taken(step.subject, step.seen, step.action, reason, &step.facts).await? {
                    true => Ok(Done { fresh: false }),
                    false => Err(Error::Conflict),
                }
            }
        }
    }

    /// Records the birth of a case whose row has just been inserted.
    ///
    /// # Errors
    /// [`Error::NoStep`] if there is no such row.
    pub async fn born(&mut self, birth: &Birth) -> Result<Done> {
        let (kind, id) = subject(birth.subject);
        let event = match birth.subject {
            Subject::Application(_) => {
                sqlx::query_scalar!(
                    "insert into audit_event
                        (at, actor_id, actor_role, subject, subject_id, version, action, from_state, to_state, facts)
                     select $2, $3, $4, $5, id, version, action, came_from, state, $6
                     from application where id = $1 and version = 1 returning id",
                    id,
                    self.who.now,
                    self.who.person.map(|p| p.0),
                    self.who.role,
                    kind,
                    birth.facts
                )
                .fetch_optional(&mut *self.inner)
                .await?
            }
            Subject::Placement(_) => {
                sqlx::query_scalar!(
                    "insert into audit_event
                        (at, actor_id, actor_role, subject, subject_id, version, action, from_state, to_state, facts)
                     select $2, $3, $4, $5, id, version, action, came_from, state, $6
                     from placement where id = $1 and version = 1 returning id",
                    id,
                    self.who.now,
                    self.who.person.map(|p| p.0),
                    self.who.role,
                    kind,
                    birth.facts
                )
                .fetch_optional(&mut *self.inner)
                .await?
            }
        };
        let event = event.ok_or(Error::NoStep)?;
        self.write_letters(&birth.letters, Some(id), Some(event)).await?;
        Ok(Done { fresh: true })
    }

    /// Records a change that is no transition, and writes the letters it owes.
    pub async fn note(
        &mut self,
        what: Note,
        subject_id: Uuid,
        letters: &[(PersonId, Letter)],
    ) -> Result<Done> {
        let event = self.record(what, subject_id).await?;
        let about = matches!(what.subject(), "application" | "placement").then_some(subject_id);
        self.write_letters(letters, about, Some(event)).await?;
        Ok(Done { fresh: true })
    }

    /// Writes down a change that is no transition; tells its event.
    async fn record(&mut self, what: Note, subject_id: Uuid) -> Result<i64> {
        let event = sqlx::query_scalar!(
            "insert into audit_event (at, actor_id, actor_role, subject, subject_id, action, facts)
             values ($1, $2, $3, $4, $5, $6, $7) returning id",
            self.who.now,
            self.who.person.map(|p| p.0),
            self.who.role,
            what.subject(),
            subject_id,
            what.action(),
            self.told(what.facts())
        );
        Ok(event.fetch_one(&mut *self.inner).await?)
    }

    /// The only way to commit, but for whoever leaves nothing.
    pub async fn commit(self, _done: Done) -> Result<()> {
        match self.who.leaves_nothing {
            true => Ok(self.inner.rollback().await?),
            false => Ok(self.inner.commit().await?),
        }
    }

    async fn move_application(&mut self, id: Uuid, step: &Step) -> Result<Option<i64>> {
        let reviewer = step.effects.reviewer;
        let event = sqlx::query_scalar!(
            "with moved as (
                update application set version = version + 1, action = $3, state = $4, state_since = $5,
                    reviewer_id = case when $6 then $7 else reviewer_id end,
                    pooled_until = coalesce($8, pooled_until)
                where id = $1 and version = $2
                returning id, version, action, came_from, state)
             insert into audit_event (at, actor_id, actor_role, subject, subject_id, version, action,
                                      from_state, to_state, reason, facts)
             select $5, $9, $10, 'application', id, version, action, came_from, state, $11, $12 from moved
             returning id",
            id,
            step.seen,
            step.action,
            step.to,
            self.who.now,
            reviewer.is_some(),
            reviewer.flatten().map(|p| p.0),
            step.effects.pooled_until,
            self.who.person.map(|p| p.0),
            self.who.role,
            step.reason,
            self.told(step.facts.clone())
        );
        Ok(event.fetch_optional(&mut *self.inner).await?)
    }

    async fn move_placement(&mut self, id: Uuid, step: &Step) -> Result<Option<i64>> {
        let approval = step.effects.approval.as_ref();
        let event = sqlx::query_scalar!(
            "with moved as (
                update placement set version = version + 1, action = $3, state = $4, state_since = $5,
                    approved_by = case when $6 then $10 else approved_by end,
                    terms_of_reference = coalesce($7, terms_of_reference),
                    tasks = coalesce($8, tasks), learning_goals = coalesce($9, learning_goals),
                    starts_on = coalesce($14, starts_on), ends_on = coalesce($15, ends_on)
                where id = $1 and version = $2
                returning id, version, action, came_from, state)
             insert into audit_event (at, actor_id, actor_role, subject, subject_id, version, action,
                                      from_state, to_state, reason, facts)
             select $5, $10, $11, 'placement', id, version, action, came_from, state, $12, $13 from moved
             returning id",
            id,
            step.seen,
            step.action,
            step.to,
            self.who.now,
            approval.is_some(),
            approval.map(|a| a.terms_of_reference.as_str()),
            approval.map(|a| a.tasks.as_str()),
            approval.map(|a| a.learning_goals.as_str()),
            self.who.person.map(|p| p.0),
            self.who.role,
            step.reason,
            self.told(step.facts.clone()),
            step.effects.starts_on,
            step.effects.ends_on
        );
        Ok(event.fetch_optional(&mut *self.inner).await?)
    }

    /// Whether whoever acts took this very action before, on the version they saw and in the same words: a double
    /// click, or a retry. A version has one event, and an action leads from one state to one other.
    pub async fn was_taken(
        &mut self,
        of: Subject,
        seen: i32,
        action: &str,
        reason: Option<&str>,
        facts: &serde_json::Value,
    ) -> Result<bool> {
        let (kind, id) = subject(of);
        let taken = sqlx::query_scalar!(
            r#"select exists (select from audit_event where subject = $1 and subject_id = $2 and version = $3
                   and action = $4 and actor_id is not distinct from $5
                   and reason is not distinct from $6 and facts = $7) as "taken!""#,
            kind,
            id,
            seen.saturating_add(1),
            action,
            self.who.person.map(|p| p.0),
            reason,
            self.told(facts.clone())
        );
        Ok(taken.fetch_one(&mut *self.inner).await?)
    }
}

fn subject(of: Subject) -> (&'static str, Uuid) {
    match of {
        Subject::Application(id) => ("application", id.0),
        Subject::Placement(id) => ("placement", id.0),
    }
}

impl<R> Deref for Tx<R> {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.inner
    }
}
impl<R> DerefMut for Tx<R> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("somebody else was faster")]
    Conflict,
    #[error("a case that is not there was recorded")]
    NoStep,
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
}

impl Error {
    /// The named constraint that refused a write, if one did: the database's names become sentences.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Error::Sqlx(sqlx::Error::Database(e)) => e.constraint(),
            _ => None,
        }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
