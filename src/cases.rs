//! Cases as their rows hold them, with their states as types: for steps that move more than one case at once.
//!
//! Whoever moves both takes the application first and its placements after it, so that nobody waits in a circle.

use crate::db::{self, Done, Tx};
use crate::domain::application::{self, AnyApplication};
use crate::domain::eligibility::Rule;
use crate::domain::placement::{self, AnyPlacement};
use crate::domain::step::Step;
use crate::web::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sqlx::PgConnection;
use uuid::Uuid;

/// What a row says of where an application stands.
pub struct ApplicationRow {
    pub id: Uuid,
    pub candidate_id: Uuid,
    pub version: i32,
    pub state: String,
    pub state_since: DateTime<Utc>,
    pub reviewer_id: Option<Uuid>,
    pub pooled_until: Option<NaiveDate>,
}

impl ApplicationRow {
    /// `zone`: of the organisation, whose days count.
    ///
    /// # Errors
    /// [`Error::Missing`] if the state is unknown, or lacks a fact of its own: the database lets no such row be.
    pub fn typed(self, zone: Tz) -> Result<AnyApplication> {
        AnyApplication::from_facts(application::Facts {
            id: self.id.into(),
            candidate: self.candidate_id.into(),
            version: self.version,
            state: application::State::from_code(&self.state).ok_or(Error::Missing("a known state"))?,
            since: self.state_since.with_timezone(&zone).date_naive(),
            reviewer: self.reviewer_id.map(Into::into),
            pooled_until: self.pooled_until,
        })
        .ok_or(Error::Missing("the facts of a state"))
    }
}

struct PlacementRow {
    id: Uuid,
    candidate_id: Uuid,
    supervisor_id: Uuid,
    proposed_by: Uuid,
    version: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    state: String,
}

impl PlacementRow {
    fn typed(self) -> Result<AnyPlacement> {
        let facts = placement::Facts {
            id: self.id.into(),
            candidate: self.candidate_id.into(),
            supervisor: self.supervisor_id.into(),
            proposed_by: self.proposed_by.into(),
            version: self.version,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        };
        let state = placement::State::from_code(&self.state).ok_or(Error::Missing("a known state"))?;
        Ok(AnyPlacement::new(facts, state))
    }
}

/// Holds applications until the end of the transaction: nobody else who holds one of them, or moves it, does so
/// meanwhile. In the order of their ids, so that nobody waits in a circle.
///
/// # Errors
/// If the database fails.
pub async fn hold(connection: &mut PgConnection, ids: &[Uuid]) -> Result<()> {
    sqlx::query!("select from application where id = any($1) order by id for update", ids)
        .execute(connection)
        .await?;
    Ok(())
}

/// The rules that were judged as met for the newest version of an application's profile: of each the last finding counts.
///
/// # Errors
/// If the database fails.
pub async fn judged(connection: &mut PgConnection, application: Uuid) -> Result<Vec<Rule>> {
    let found = sqlx::query!(
        "select distinct on (j.rule) j.rule, j.met
         from application a join rule_judgement j on j.application_id = a.id and j.number = a.latest
         where a.id = $1 order by j.rule, j.id desc",
        application
    );
    let found = found.fetch_all(connection).await?;
    Ok(found.iter().filter(|it| it.met).filter_map(|it| Rule::from_code(&it.rule)).collect())
}

/// Holds a placement until the end of the transaction: nobody else who holds it, or moves it, does so meanwhile.
///
/// # Errors
/// If the database fails.
pub async fn hold_placement(connection: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!("select from placement where id = $1 for update", id).execute(connection).await?;
    Ok(())
}

/// One placement as it stands.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn placement(connection: &mut PgConnection, id: Uuid) -> Result<AnyPlacement> {
    let row = sqlx::query_as!(
        PlacementRow,
        "select p.id, a.candidate_id, p.supervisor_id, p.proposed_by, p.version, p.starts_on, p.ends_on, p.state
         from placement p join application a on a.id = p.application_id
         where p.id = $1",
        id
    );
    row.fetch_one(connection).await?.typed()
}

/// The open placements of an application, oldest first, held until the end of the transaction: whoever decides on one
/// of them this very moment finishes first, and it is here as it stands then.
///
/// # Errors
/// If the database fails.
pub async fn open_placements(connection: &mut PgConnection, application: Uuid) -> Result<Vec<AnyPlacement>> {
    let rows = sqlx::query_as!(
        PlacementRow,
        "select p.id, a.candidate_id, p.supervisor_id, p.proposed_by, p.version, p.starts_on, p.ends_on, p.state
         from placement p join application a on a.id = p.application_id
         where p.application_id = $1 and p.is_open order by p.id for update of p",
        application
    );
    rows.fetch_all(connection).await?.into_iter().map(PlacementRow::typed).collect()
}

/// One application, held until the end of the transaction.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn application<R>(tx: &mut Tx<R>, id: Uuid) -> Result<AnyApplication> {
    let row = sqlx::query_as!(
        ApplicationRow,
        "select id, candidate_id, version, state, state_since, reviewer_id, pooled_until
         from application where id = $1 for update",
        id
    );
    row.fetch_one(&mut **tx).await?.typed(tx.zone())
}

/// Closes what offices look at still, because their application has left the pool; with what was `done` to it.
///
/// # Errors
/// If the database fails.
pub async fn close<R>(tx: &mut Tx<R>, open: &[AnyPlacement], mut done: Done) -> Result<Done> {
    for other in open.iter().filter_map(AnyPlacement::close) {
        done = done.and(tx.follow(&other).await?);
    }
    Ok(done)
}

/// Takes the step that a form has earned, if its writer saw the case as it stands. `None`: the case has moved on
/// meanwhile, be it by the same person pressing twice.
///
/// # Errors
/// If the database fails.
pub async fn take_if_seen<R>(tx: &mut Tx<R>, step: Option<&Step>, seen: i32) -> Result<Option<Done>> {
    let Some(step) = step.filter(|step| step.seen == seen) else { return Ok(None) };
    match tx.take(step).await {
        Ok(done) => Ok(Some(done).filter(Done::is_fresh)),
        Err(db::Error::Conflict) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
