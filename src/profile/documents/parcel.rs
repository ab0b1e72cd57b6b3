//! Documents on their way into a profile: files of one kind.

pub use crate::web::parcel::{Good, LARGEST_REQUEST, Reason, Refusal};

use crate::domain::profile::DocumentKind;
use crate::files::Files;
use crate::scan::Scanner;
use crate::web::{Error, Filled, Result, parcel};
use axum::extract::multipart::{Multipart, MultipartRejection};

/// Files of one kind, received and judged.
pub struct Parcel {
    pub kind: DocumentKind,
    pub good: Vec<Good>,
    pub refused: Vec<Refusal>,
}

#[derive(serde::Deserialize, validator::Validate)]
struct Form {
    kind: String,
}

/// Reads the kind and its files; no more than `most` of them are kept.
///
/// # Errors
/// If it is no such form, or our store fails.
pub async fn receive(
    store: (&Files, &Scanner),
    form: Result<Multipart, MultipartRejection>,
    most: usize,
) -> Result<Parcel> {
    let parcel::Parcel { form, good, refused } =
        parcel::receive::<Form>(store, form, (most, Reason::Full)).await?;
    let kind = form.judge(|form| DocumentKind::from_code(&form.kind).ok_or_else(Vec::new));
    if good.is_empty() && refused.is_empty() {
        return Err(Error::Unreadable);
    }
    Ok(Parcel { kind: kind.map_err(|_| Error::Unreadable)?, good, refused })
}

/// The form again, with everything that was refused at the field `at`.
pub fn refused(at: String, refusals: Vec<Refusal>) -> Filled<Vec<Refusal>> {
    let problem = parcel::problem(at, &refusals);
    Filled::with(refusals, problem.into_iter().collect())
}
