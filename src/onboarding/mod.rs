//! Before the first day: the intern shows insurance and papers, Human Resources and the medical officer check them,
//! and the placement is ready by itself once nothing lacks. A longer stay has to be insured the same way.

mod check;
mod decide;
mod examine;
mod infected;
mod list;
mod medical;
mod read;
mod show;
mod submit;
mod words;

use crate::cases;
use crate::db::{Done, Note, Tx};
use crate::domain::letter::Letter;
use crate::domain::onboarding::{Kind, OnDocument, Trust, lacking};
use crate::domain::placement::AnyPlacement;
use crate::domain::terms::{Cover, Stay};
use crate::explain::terms::Stated;
use crate::papers;
use crate::underway::extensions;
use crate::web::{App, Error, Result};
use uuid::Uuid;

pub use infected::take_away;

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

/// Which covers the offer that was accepted asks for.
async fn required<R>(tx: &mut Tx<R>, placement: Uuid) -> Result<Vec<Cover>> {
    let terms = sqlx::query_scalar!("select terms from offer where placement_id = $1", placement);
    let stated: Stated = serde_json::from_value(terms.fetch_one(&mut **tx).await?)?;
    Ok(stated.terms.insurance.required)
}

/// What a placement wants papers for, and which may be sent.
struct Need {
    /// The days agreed; while a longer stay is asked for, the days it would add too.
    stay: Stay,
    takes: Takes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Before the first day.
    All,
    /// A longer stay is asked for, and has to be insured.
    Policies,
    Nothing,
}

impl Need {
    fn takes(&self, kind: Kind) -> bool {
        match self.takes {
            Takes::All => true,
            Takes::Policies => kind == Kind::Insurance,
            Takes::Nothing => false,
        }
    }
}

async fn need<R>(tx: &mut Tx<R>, placement: Uuid, case: &AnyPlacement) -> Result<Need> {
    let agreed = Stay { start: case.facts().starts_on, end: case.facts().ends_on };
    Ok(match case {
        AnyPlacement::Accepted(_) => Need { stay: agreed, takes: Takes::All },
        AnyPlacement::Started(_) => match extensions::latest(tx, placement).await? {
            Some(asked) if asked.is_open() => {
                Need { stay: Stay { end: asked.new_end, ..agreed }, takes: Takes::Policies }
            }
            _ => Need { stay: agreed, takes: Takes::Nothing },
        },
        _ => Need { stay: agreed, takes: Takes::Nothing },
    })
}

/// Records what has just happened to a document, and whether the placement is ready by it, or no longer. The placement
/// is held (`cases::hold_placement`), so nobody else changes its documents meanwhile.
///
/// # Errors
/// [`Error::Conflict`] if the placement is neither before its first day nor under way.
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
        AnyPlacement::Started(_) => return tell(tx, placement, what).await,
        _ => return Err(Error::Conflict),
    };
    let mut done = tx.take(&accepted.document(what, kind)).await?;
    if let Some(before) = before {
        done = before.and(done);
    }
    let now = cases::placement(tx, placement).await?;
    // of every paper, whoever settled this one
    let (required, shown) = (required(tx, placement).await?, papers::shown(tx, placement).await?);
    let Need { stay, .. } = need(tx, placement, &now).await?;
    if let AnyPlacement::Accepted(accepted) = now
        && let Some(step) = accepted.ready(&lacking(stay, &required, &shown, Trust::Verified))
    {
        done = done.and(tx.follow(&step).await?);
    }
    Ok(done)
}

/// Insurance for a longer stay: the placement does not move, so a note tells of it.
async fn tell<R>(tx: &mut Tx<R>, placement: Uuid, what: OnDocument) -> Result<Done> {
    let candidate = cases::placement(tx, placement).await?.facts().candidate;
    let (note, letters) = match what {
        OnDocument::Submit => (Note::PolicySubmitted, vec![]),
        OnDocument::Verify => (Note::PolicyVerified, vec![]),
        OnDocument::Return => (Note::PolicyReturned, vec![(candidate, Letter::DocumentReturned)]),
    };
    Ok(tx.note(note, placement, &letters).await?)
}
