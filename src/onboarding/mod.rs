//! Before the first day: the intern shows insurance and papers, Human Resources and the medical officer check them,
//! and the placement is ready by itself once nothing lacks.

mod check;
mod decide;
mod examine;
mod list;
mod medical;
mod read;
mod show;
mod submit;
mod words;

use crate::cases;
use crate::db::{Done, Tx};
use crate::domain::onboarding::{Kind, Lacking, OnDocument, Shown, State, Trust, lacking};
use crate::domain::placement::AnyPlacement;
use crate::domain::terms::{Cover, Stay};
use crate::explain::terms::Stated;
use crate::web::{App, Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(show::routes())
        .merge(submit::routes())
        .merge(read::routes())
        .merge(list::routes())
        .merge(check::routes())
        .merge(medical::routes())
        .merge(examine::routes())
}

/// A document that counts: another has not taken its place.
pub struct Document {
    pub id: Uuid,
    pub shown: Shown,
    pub file_name: String,
    pub bytes: i64,
    pub submitted_at: DateTime<Utc>,
    /// Why it was returned.
    pub reason: Option<String>,
}

struct Row {
    id: Uuid,
    kind: String,
    file_name: String,
    bytes: i64,
    submitted_at: DateTime<Utc>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    covers: Vec<String>,
    state: String,
    reason: Option<String>,
}

impl Row {
    fn typed(self) -> Result<Document> {
        Ok(Document {
            id: self.id,
            shown: Shown {
                kind: Kind::from_code(&self.kind).ok_or(Error::Missing("a known kind"))?,
                state: State::from_code(&self.state).ok_or(Error::Missing("a known state"))?,
                from: self.valid_from,
                until: self.valid_until,
                covers: self.covers.iter().filter_map(|code| Cover::from_code(code)).collect(),
            },
            file_name: self.file_name,
            bytes: self.bytes,
            submitted_at: self.submitted_at,
            reason: self.reason,
        })
    }
}

/// The documents of a placement that count, the oldest first. Whether the reader may have them is decided before.
async fn documents<R>(tx: &mut Tx<R>, placement: Uuid) -> Result<Vec<Document>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, file_name, bytes, submitted_at, valid_from, valid_until, covers, state, reason
         from onboarding_document where placement_id = $1 and state <> 'replaced' order by submitted_at, id",
        placement
    );
    rows.fetch_all(&mut **tx).await?.into_iter().map(Row::typed).collect()
}

/// Which covers the offer that was accepted asks for.
async fn required<R>(tx: &mut Tx<R>, placement: Uuid) -> Result<Vec<Cover>> {
    let terms = sqlx::query_scalar!("select terms from offer where placement_id = $1", placement);
    let stated: Stated = serde_json::from_value(terms.fetch_one(&mut **tx).await?)?;
    Ok(stated.terms.insurance.required)
}

fn stay(case: &AnyPlacement) -> Stay {
    Stay { start: case.facts().starts_on, end: case.facts().ends_on }
}

fn lacks(case: &AnyPlacement, required: &[Cover], documents: &[Document], trust: Trust) -> Lacking {
    let shown: Vec<Shown> = documents.iter().map(|document| document.shown.clone()).collect();
    lacking(stay(case), required, &shown, trust)
}

/// Records what has just happened to a document, and whether the placement is ready by it, or no longer. The placement
/// is held (`cases::hold_placement`), so nobody else changes its documents meanwhile.
///
/// # Errors
/// [`Error::Conflict`] if the placement is not before its first day.
async fn happened<R>(tx: &mut Tx<R>, placement: Uuid, what: OnDocument, kind: Kind) -> Result<Done> {
    let mut before = None;
    let accepted = match cases::placement(tx, placement).await? {
        AnyPlacement::Accepted(accepted) => accepted,
        AnyPlacement::Ready(ready) => {
            before = Some(tx.follow(&ready.unready()).await?);
            match cases::placement(tx, placement).await? {
                AnyPlacement::Accepted(accepted) => accepted,
                _ => return Err(Error::Conflict),
            }
        }
        _ => return Err(Error::Conflict),
    };
    let mut done = tx.take(&accepted.document(what, kind)).await?;
    if let Some(before) = before {
        done = before.and(done);
    }
    let now = cases::placement(tx, placement).await?;
    let (required, documents) = (required(tx, placement).await?, documents(tx, placement).await?);
    if let AnyPlacement::Accepted(accepted) = now
        && let Some(step) = accepted.ready(&lacks(&now, &required, &documents, Trust::Verified))
    {
        done = done.and(tx.follow(&step).await?);
    }
    Ok(done)
}
