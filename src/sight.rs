//! Who in Human Resources may see an application: one predicate (`cases_open_to`, in the database), one door.
//!
//! Lists, counts, searches and exports read from `cases_open_to(reviewer)` itself.

use crate::db::Tx;
use crate::web::{Error, HrReviewer, Result};
use uuid::Uuid;

/// Whether whoever acts may see an application.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or if it was withdrawn: Human Resources loses it at once.
/// [`Error::Forbidden`] if it is the reviewer's own, or closed to them by a declared conflict of interest.
/// [`Error::Erased`] if its candidate is gone.
pub async fn of(tx: &mut Tx<HrReviewer>, application: Uuid) -> Result<()> {
    let found = sqlx::query!(
        r#"select exists (select from cases_open_to($2) o where o.id = a.id) as "is_open!",
               exists (select from person p where p.id = a.candidate_id and p.erased_at is not null) as "is_erased!"
           from application a where a.id = $1 and a.state <> 'withdrawn'"#,
        application,
        tx.actor().0
    );
    let found = found.fetch_one(&mut **tx).await?;
    match (found.is_open, found.is_erased) {
        (false, _) => Err(Error::Forbidden),
        (true, true) => Err(Error::Erased),
        (true, false) => Ok(()),
    }
}
