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
pub async fn of(tx: &mut Tx<HrReviewer>, application: Uuid) -> Result<()> {
    let is_open = sqlx::query_scalar!(
        r#"select exists (select from cases_open_to($2) o where o.id = a.id) as "open!"
           from application a where a.id = $1 and a.state <> 'withdrawn'"#,
        application,
        tx.actor().0
    );
    match is_open.fetch_one(&mut **tx).await? {
        true => Ok(()),
        false => Err(Error::Forbidden),
    }
}
