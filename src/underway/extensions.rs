//! Longer stays: what a supervisor asked for, and what became of it.

use crate::domain::PersonId;
use crate::domain::placement::Wish;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Extension {
    pub id: Uuid,
    pub new_end: NaiveDate,
    pub reason: String,
    pub asked_by: PersonId,
    pub asked_at: DateTime<Utc>,
    pub asked_on: NaiveDate,
    pub standing: Standing,
    /// What Human Resources says to both when it declines.
    pub decline_reason: Option<String>,
}

/// Whose turn it is, or how it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The intern's.
    Asked,
    /// Human Resources'.
    Agreed,
    Refused,
    Confirmed,
    Declined,
}

impl Extension {
    pub fn wish(&self) -> Wish {
        Wish {
            new_end: self.new_end,
            asked_by: self.asked_by,
            asked_on: self.asked_on,
            is_agreed: self.standing == Standing::Agreed,
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Asked | Standing::Agreed)
    }
}

/// The extension asked for last.
///
/// # Errors
/// If the database fails.
pub async fn latest(connection: &mut PgConnection, placement: Uuid) -> Result<Option<Extension>> {
    let row = sqlx::query!(
        "select id, new_end, reason, asked_by, asked_at, asked_on, agreed_at, refused_at, confirmed_at, declined_at,
             decline_reason
         from extension where placement_id = $1 order by id desc limit 1",
        placement
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let standing = match (row.confirmed_at, row.declined_at, row.refused_at, row.agreed_at) {
        (Some(_), ..) => Standing::Confirmed,
        (_, Some(_), ..) => Standing::Declined,
        (_, _, Some(_), _) => Standing::Refused,
        (.., Some(_)) => Standing::Agreed,
        _ => Standing::Asked,
    };
    Ok(Some(Extension {
        id: row.id,
        new_end: row.new_end,
        reason: row.reason,
        asked_by: row.asked_by.into(),
        asked_at: row.asked_at,
        asked_on: row.asked_on,
        standing,
        decline_reason: row.decline_reason,
    }))
}
