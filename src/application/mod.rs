//! The candidate's application after release: where it stands, what happened, and how to take it back.

mod offered;
mod placed;
mod renew;
mod show;
mod standing;
mod timeline;
mod undo;
mod version;
mod withdraw;

use crate::db::Tx;
use crate::domain::application::{AnyApplication, Facts, State, Withdrawal};
use crate::web::{App, Candidate, Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(show::routes())
        .merge(version::routes())
        .merge(withdraw::routes())
        .merge(undo::routes())
        .merge(renew::routes())
}

/// My open application, else the newest: an older one may have been reopened.
pub struct Mine {
    pub case: AnyApplication,
    pub reference: String,
    pub version: i32,
    came_from: State,
    /// The newest version of the profile in it.
    pub latest: i32,
    pub since: DateTime<Utc>,
    pub waiting_since: DateTime<Utc>,
    pub pooled_until: Option<NaiveDate>,
}

impl Mine {
    pub fn state(&self) -> State {
        self.case.name()
    }

    /// How it was withdrawn, if it was.
    pub fn withdrawal(&self) -> Withdrawal {
        Withdrawal { at: self.since, from: self.came_from }
    }

    pub fn id(&self) -> Uuid {
        self.case.id().0
    }
}

/// `None`: nothing was ever released.
pub async fn mine(tx: &mut Tx<Candidate>) -> Result<Option<Mine>> {
    let me = tx.actor();
    let row = sqlx::query!(
        "select id, reference, version, state, came_from, state_since, waiting_since, reviewer_id, pooled_until, latest
         from application where candidate_id = $1 order by is_current desc, waiting_since desc limit 1",
        me.0
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let facts = Facts {
        id: row.id.into(),
        candidate: me,
        version: row.version,
        state: State::from_code(&row.state).ok_or(Error::Missing("a known state"))?,
        since: tx.day_of(row.state_since),
        reviewer: row.reviewer_id.map(Into::into),
        pooled_until: row.pooled_until,
    };
    Ok(Some(Mine {
        case: AnyApplication::from_facts(facts).ok_or(Error::Missing("the facts of a state"))?,
        reference: row.reference,
        version: row.version,
        // a case that has just begun came from nowhere: then it is where it began
        came_from: State::from_code(&row.came_from).unwrap_or(State::Released),
        latest: row.latest,
        since: row.state_since,
        waiting_since: row.waiting_since,
        pooled_until: row.pooled_until,
    }))
}
