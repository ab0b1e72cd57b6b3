//! Human Resources reviews released profiles: queue, claim, read, decide.

mod along;
mod bulk;
mod bulk_changes;
mod bulk_spread;
mod claim;
mod conflict;
mod decisions;
mod decline;
mod document;
mod duplicates;
mod export;
mod filters;
mod history;
mod judge;
mod later;
mod merge;
mod notes;
mod pool;
mod proposals;
mod queue;
mod queue_counts;
mod queue_rows;
mod read;
mod reopen;
mod request_changes;
mod score;
mod search;
mod sheet;
mod sheet_retire;
mod unclaim;
mod views;

use crate::cases::ApplicationRow;
use crate::db::Tx;
use crate::domain::PersonId;
use crate::domain::application::{AnyApplication, State};
use crate::domain::eligibility::{Assessment, RuleResult};
use crate::domain::profile::Profile;
use crate::domain::step::{Step, Subject};
use crate::sight;
use crate::text::texts;
use crate::web::{App, HrReviewer, Result};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(proposals::routes())
        .merge(queue::routes())
        .merge(export::routes())
        .merge(views::routes())
        .merge(bulk::routes())
        .merge(bulk_changes::routes())
        .merge(along::routes())
        .merge(conflict::routes())
        .merge(read::routes())
        .merge(document::routes())
        .merge(history::routes())
        .merge(judge::routes())
        .merge(duplicates::routes())
        .merge(merge::routes())
        .merge(notes::routes())
        .merge(score::routes())
        .merge(sheet::routes())
        .merge(sheet_retire::routes())
        .merge(claim::routes())
        .merge(unclaim::routes())
        .merge(request_changes::routes())
        .merge(pool::routes())
        .merge(decline::routes())
        .merge(later::routes())
        .merge(decisions::routes())
        .merge(reopen::routes())
}

/// One application as Human Resources sees it, with the newest version of its profile.
pub struct Case {
    pub case: AnyApplication,
    pub reference: String,
    pub name: String,
    pub state_since: DateTime<Utc>,
    pub reviewer_name: Option<String>,
    pub latest: i32,
    /// Of the newest snapshot's assessment.
    pub rules: Vec<RuleResult>,
    pub snapshot: Snapshot,
    /// What a form carries as `seen`.
    pub version: i32,
    pub reviewer: Option<PersonId>,
    pub candidate: PersonId,
    pub waiting_since: DateTime<Utc>,
    pub pooled_until: Option<NaiveDate>,
}

/// What was released, word for word, and what was computed then.
pub struct Snapshot {
    pub number: i32,
    pub released_at: DateTime<Utc>,
    pub profile: Profile,
    pub assessment: Assessment,
}

impl Case {
    pub fn id(&self) -> Uuid {
        self.case.id().0
    }

    pub fn state(&self) -> State {
        self.case.name()
    }
}

/// The application as it stands.
///
/// # Errors
/// As [`sight::of`].
pub async fn case(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Case> {
    sight::of(tx, id).await?;
    let row = sqlx::query!(
        r#"select a.candidate_id, a.reference, a.name, a.version, a.state, a.state_since, a.waiting_since,
               a.reviewer_id, a.pooled_until, a.latest,
               case when r.id is not null then trim(r.given_names || ' ' || r.family_names) end as reviewer_name
           from application a left join person r on r.id = a.reviewer_id
           where a.id = $1"#,
        id
    )
    .fetch_one(&mut **tx)
    .await?;
    let standing = ApplicationRow {
        id,
        candidate_id: row.candidate_id,
        version: row.version,
        state: row.state,
        state_since: row.state_since,
        reviewer_id: row.reviewer_id,
        pooled_until: row.pooled_until,
    };
    let snapshot = snapshot(tx, id, row.latest).await?;
    Ok(Case {
        case: standing.typed(tx.zone())?,
        reference: row.reference,
        name: row.name,
        state_since: row.state_since,
        reviewer_name: row.reviewer_name,
        latest: row.latest,
        rules: snapshot.assessment.rules.clone(),
        snapshot,
        version: row.version,
        reviewer: row.reviewer_id.map(Into::into),
        candidate: row.candidate_id.into(),
        waiting_since: row.waiting_since,
        pooled_until: row.pooled_until,
    })
}

/// One version of the profile in an application that [`case`] has let through.
async fn snapshot(tx: &mut Tx<HrReviewer>, id: Uuid, number: i32) -> Result<Snapshot> {
    let row = sqlx::query!(
        "select released_at, profile, assessment from snapshot where application_id = $1 and number = $2",
        id,
        number
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Snapshot {
        number,
        released_at: row.released_at,
        profile: serde_json::from_value(row.profile)?,
        assessment: serde_json::from_value(row.assessment)?,
    })
}

/// On the second button of every decision.
pub fn and_next(lang: &crate::text::Lang) -> String {
    Shared(*lang).and_next()
}

/// On the third.
pub fn tell_later(lang: &crate::text::Lang) -> String {
    later::button(lang)
}

/// Words of asking for changes, of one candidate or several.
pub fn changes(lang: &crate::text::Lang) -> request_changes::Text {
    request_changes::Text(*lang)
}

/// What became of a decision.
pub enum Decided {
    /// It is taken; or it was, by the same person a moment ago.
    Taken,
    /// Something happened meanwhile: how the case stands now.
    Overtaken(Box<Case>),
}

/// Takes the step that a form has earned, if its writer saw the case as it stands. No step: the case is not
/// where this `action` is possible, because something happened meanwhile or because it is done already.
/// `said` is the reason or message that was written, `facts` what else was chosen.
pub async fn decide(
    mut tx: Tx<HrReviewer>,
    now: Case,
    seen: i32,
    (action, said, facts): (&str, &str, serde_json::Value),
    step: Option<Step>,
) -> Result<Decided> {
    let now = match step.filter(|_| seen == now.version) {
        Some(step) => match tx.take(&step).await {
            Ok(done) => {
                tx.commit(done).await?;
                return Ok(Decided::Taken);
            }
            Err(crate::db::Error::Conflict) => case(&mut tx, now.id()).await?,
            Err(error) => return Err(error.into()),
        },
        None => now,
    };
    let reason = (!said.is_empty()).then_some(said);
    Ok(match tx.was_taken(Subject::Application(now.case.id()), seen, action, reason, &facts).await? {
        true => Decided::Taken,
        false => Decided::Overtaken(Box::new(now)),
    })
}

texts!(Shared {
    and_next: "The same, and go on to the next case", "De même, puis passer au dossier suivant", "Lo mismo, y seguir con el caso siguiente";
    overtaken: "Something happened to this application meanwhile. Read what is new, then decide again. What you typed is still here.",
        "Cette candidature a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta candidatura ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
});
