//! My newest application, as far as a further release needs to know it.

use crate::db::Tx;
use crate::domain::application::{AnyApplication, Facts, State};
use crate::domain::profile::{Profile, Section};
use crate::web::{Candidate, Error, Result};

pub struct Newest {
    pub case: AnyApplication,
    pub reference: String,
    /// The number of the newest version of the profile in it.
    pub latest: i32,
    version: i32,
    /// It has led to an internship that is over: the next release begins another application.
    is_over: bool,
    /// The sections that Human Resources waits for.
    pub asked: Vec<Section>,
    /// `None`: it is of an older shape, so that it differs from anything released now.
    released: Option<Profile>,
}

impl Newest {
    pub fn is_open(&self) -> bool {
        self.case.name().is_open() && !self.is_over
    }

    /// Where it stood when a page was made: comes back with the form and must still hold.
    pub fn seal(&self) -> String {
        format!("{}.{}", self.reference, self.version)
    }

    /// Whether the newest version says the very same.
    pub fn holds(&self, profile: &Profile) -> bool {
        self.released.as_ref() == Some(profile)
    }

    /// What the newest version says.
    pub fn released(&self) -> Option<&Profile> {
        self.released.as_ref()
    }

    /// A release of `profile` would change nothing: neither what is read nor whose turn it is.
    pub fn has_heard(&self, profile: &Profile) -> bool {
        self.is_open() && self.case.name() != State::ChangesRequested && self.holds(profile)
    }
}

/// The open one, else the newest: an older one may have been reopened. `None`: nothing was ever released.
pub async fn newest(tx: &mut Tx<Candidate>) -> Result<Option<Newest>> {
    let me = tx.actor();
    let row = sqlx::query!(
        r#"select a.id, a.reference, a.version, a.state, a.state_since, a.reviewer_id, a.pooled_until, a.latest,
             a.state = 'placed' and is_over(a.id) as "is_over!", s.profile, case when a.state = 'changes_requested' then (
                 select facts->'sections' from audit_event e where e.subject = 'application' and e.subject_id = a.id
                     and e.action = 'request_changes' order by e.id desc limit 1) end as asked
         from application a join snapshot s on s.application_id = a.id and s.number = a.latest
         where a.candidate_id = $1 order by a.is_current desc, a.waiting_since desc limit 1"#,
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
    let asked: Vec<String> = row.asked.map(serde_json::from_value).transpose()?.unwrap_or_default();
    Ok(Some(Newest {
        case: AnyApplication::from_facts(facts).ok_or(Error::Missing("the facts of a state"))?,
        reference: row.reference,
        latest: row.latest,
        version: row.version,
        is_over: row.is_over,
        asked: asked.iter().filter_map(|code| Section::from_code(code)).collect(),
        released: serde_json::from_value(row.profile).ok(),
    }))
}

/// Whoever releases holds both: nothing is saved meanwhile, no other tab releases, no reviewer moves the case.
pub async fn lock(tx: &mut Tx<Candidate>) -> Result<()> {
    let me = tx.actor();
    sqlx::query!("select from profile where person_id = $1 for update", me.0).execute(&mut **tx).await?;
    sqlx::query!("select from application where candidate_id = $1 and is_open for update", me.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
