//! The policy in force: read in the same transaction that decides by it.

use crate::domain::policy::Policy;
use crate::web::{Error, Result};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// The programme this product serves; the id of its policy.
pub const PROGRAMME: &str = "iom";

/// The newest policy that is in force on a day.
///
/// # Errors
/// [`Error::Missing`] if there is none: something we owe, not something that was asked for.
pub async fn in_force(connection: &mut PgConnection, day: NaiveDate) -> Result<Policy> {
    let row = sqlx::query!(
        "select id, effective_from, eligibility, terms from policy
         where id = $1 and effective_from <= $2 order by effective_from desc limit 1",
        PROGRAMME,
        day
    );
    let row = row.fetch_optional(connection).await?.ok_or(Error::Missing("a policy in force"))?;
    Ok(Policy {
        id: row.id,
        effective_from: row.effective_from,
        eligibility: serde_json::from_value(row.eligibility)?,
        terms: serde_json::from_value(row.terms)?,
    })
}
