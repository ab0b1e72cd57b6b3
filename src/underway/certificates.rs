//! Certificates: what each states, found by its placement or by its code.

use crate::domain::certificate::Code;
use crate::web::{Error, Result};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Certificate {
    pub code: Code,
    pub issued_on: NaiveDate,
    pub name: String,
    pub office: String,
    pub area: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

struct Row {
    code: String,
    issued_on: NaiveDate,
    name: String,
    office_id: String,
    area: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

impl Row {
    fn typed(self) -> Result<Certificate> {
        Ok(Certificate {
            code: Code::read(&self.code).ok_or(Error::Missing("a code that is one"))?,
            issued_on: self.issued_on,
            name: self.name,
            office: self.office_id,
            area: self.area,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        })
    }
}

/// The certificate of a placement, if one was issued.
///
/// # Errors
/// If the database fails.
pub async fn of(connection: &mut PgConnection, placement: Uuid) -> Result<Option<Certificate>> {
    let row = sqlx::query_as!(
        Row,
        "select code, issued_on, name, office_id, area, starts_on, ends_on from certificate where placement_id = $1",
        placement
    );
    row.fetch_optional(connection).await?.map(Row::typed).transpose()
}

/// The certificate with a code, if there is one.
///
/// # Errors
/// If the database fails.
pub async fn with_code(connection: &mut PgConnection, code: &Code) -> Result<Option<Certificate>> {
    let row = sqlx::query_as!(
        Row,
        "select code, issued_on, name, office_id, area, starts_on, ends_on from certificate where code = $1",
        code.as_str()
    );
    row.fetch_optional(connection).await?.map(Row::typed).transpose()
}
