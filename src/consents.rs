//! What people agreed to: for which purpose, in which wording, when, and when they took it back. Each on its own.

use crate::db::{Result, Tx};
use crate::domain::PersonId;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// The wording of the privacy notice at `/privacy`, which explains every purpose.
pub const NOTICE: &str = "2026-11-27";

/// What somebody may agree to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// That a released profile is used as the notice says: no release without it.
    PrivacyNotice,
    /// To be kept in the pool for places that come up after this review.
    Pool,
    /// That offices read the profile which the candidate has not named.
    OtherOffices,
    /// That the medical officer reads the health documents of somebody who has accepted a place: asked for on its own,
    /// before the first of them is sent (GDPR, article 9 (2) (a)).
    HealthDocuments,
}

impl Purpose {
    /// Those that a release does without.
    pub const OPTIONAL: [Purpose; 2] = [Purpose::Pool, Purpose::OtherOffices];

    pub fn code(self) -> &'static str {
        match self {
            Purpose::PrivacyNotice => "privacy_notice",
            Purpose::Pool => "pool",
            Purpose::OtherOffices => "other_offices",
            Purpose::HealthDocuments => "health_documents",
        }
    }

    pub fn from_code(code: &str) -> Option<Purpose> {
        let all = [Purpose::PrivacyNotice, Purpose::Pool, Purpose::OtherOffices, Purpose::HealthDocuments];
        all.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// The newest line about a purpose.
#[derive(Clone, Debug)]
pub struct Consent {
    pub purpose: Purpose,
    pub version: String,
    pub given_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Consent {
    pub fn is_in_force(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

/// Agrees to the present wording, purpose by purpose. `false`: that was so already.
pub async fn give<R>(tx: &mut Tx<R>, person: PersonId, purposes: &[Purpose]) -> Result<bool> {
    let now = tx.now();
    let codes: Vec<String> = purposes.iter().map(|purpose| purpose.code().to_owned()).collect();
    let given = sqlx::query!(
        "insert into consent (person_id, purpose, version, given_at)
         select $1, purpose, $3, $4 from unnest($2::text[]) with ordinality as asked (purpose, nth) order by nth
         on conflict (person_id, purpose, version) where withdrawn_at is null do nothing",
        person.0,
        &codes,
        NOTICE,
        now
    );
    Ok(given.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Takes back what was agreed to, in whatever wording. `false`: nothing was in force.
pub async fn withdraw<R>(tx: &mut Tx<R>, person: PersonId, purpose: Purpose) -> Result<bool> {
    let now = tx.now();
    let withdrawn = sqlx::query!(
        "update consent set withdrawn_at = $3 where person_id = $1 and purpose = $2 and withdrawn_at is null",
        person.0,
        purpose.code(),
        now
    );
    Ok(withdrawn.execute(&mut **tx).await?.rows_affected() > 0)
}

/// How things stand, one line per purpose that was ever agreed to.
pub async fn of(connection: &mut PgConnection, person: PersonId) -> Result<Vec<Consent>> {
    let rows = sqlx::query!(
        "select distinct on (purpose) purpose, version, given_at, withdrawn_at from consent
         where person_id = $1 order by purpose, withdrawn_at is not null, id desc",
        person.0
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Consent {
                purpose: Purpose::from_code(&row.purpose)?,
                version: row.version,
                given_at: row.given_at,
                withdrawn_at: row.withdrawn_at,
            })
        })
        .collect())
}

/// The optional purposes in force.
pub async fn optional(connection: &mut PgConnection, person: PersonId) -> Result<Vec<Purpose>> {
    let in_force = of(connection, person).await?.into_iter().filter(Consent::is_in_force);
    Ok(in_force.map(|consent| consent.purpose).filter(|it| Purpose::OPTIONAL.contains(it)).collect())
}

/// Whether this was agreed to and not taken back.
pub async fn is_given(connection: &mut PgConnection, person: PersonId, purpose: Purpose) -> Result<bool> {
    Ok(of(connection, person)
        .await?
        .iter()
        .any(|consent| consent.purpose == purpose && consent.is_in_force()))
}
