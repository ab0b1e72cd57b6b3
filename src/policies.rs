//! The policies in force: read in the same transaction that decides by them.

use crate::domain::policy::{OfficePolicy, Policies, Policy};
use crate::web::{Error, Result};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// The programme this product serves; the id of its policy.
pub const PROGRAMME: &str = "iom";

/// The programme's newest policy that is in force on a day.
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
        office: None,
        eligibility: serde_json::from_value(row.eligibility)?,
        terms: serde_json::from_value(row.terms)?,
    })
}

/// The programme's, and what offices have of their own: some rows.
///
/// # Errors
/// As [`in_force`].
pub async fn all(connection: &mut PgConnection, day: NaiveDate) -> Result<Policies> {
    let programme = in_force(&mut *connection, day).await?;
    let rows = sqlx::query!(
        "select distinct on (office_id) office_id, effective_from, numbers from office_policy
         where effective_from <= $1 order by office_id, effective_from desc",
        day
    );
    let mut offices = Vec::new();
    for row in rows.fetch_all(connection).await? {
        let numbers = serde_json::from_value(row.numbers)?;
        offices.push(OfficePolicy { office: row.office_id, effective_from: row.effective_from, numbers });
    }
    Ok(Policies::new(programme, offices))
}

/// What holds at an office on a day.
///
/// # Errors
/// As [`in_force`].
pub async fn at(connection: &mut PgConnection, day: NaiveDate, office: &str) -> Result<Policy> {
    Ok(all(connection, day).await?.at(office))
}
