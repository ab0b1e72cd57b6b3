//! Duty stations: rows, because offices open and close.

use crate::domain::terms::{Mode, Rate};
use crate::text::Lang;
use chrono::NaiveDate;
use sqlx::PgConnection;
use std::collections::HashMap;

/// A place where interns serve.
#[derive(Clone, Debug)]
pub struct Office {
    /// A word for addresses, such as `nairobi`.
    pub id: String,
    pub kind: Kind,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// How what others pay for living costs is set off against the allowance.
    pub allowance_mode: Mode,
    names: [String; 3],
}

/// The three kinds of place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Headquarters,
    FieldMission,
    CountryOffice,
}

impl Kind {
    /// As the database keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Headquarters => "headquarters",
            Kind::FieldMission => "field_mission",
            Kind::CountryOffice => "country_office",
        }
    }
}

impl Office {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.names[0],
            Lang::Fr => &self.names[1],
            Lang::Es => &self.names[2],
        }
    }
}

/// The offices that are open on a day: headquarters, field missions, country offices, each by name.
pub async fn open(connection: &mut PgConnection, lang: Lang, today: NaiveDate) -> sqlx::Result<Vec<Office>> {
    let mut offices: Vec<Office> = all(connection, Some(today)).await?;
    offices.sort_by_key(|office| (office.kind as u8, crate::domain::profile::fold(office.name(lang))));
    Ok(offices)
}

/// The name of every office, closed ones too, in one language.
pub async fn names(connection: &mut PgConnection, lang: Lang) -> sqlx::Result<HashMap<String, String>> {
    let offices = all(connection, None).await?;
    Ok(offices.into_iter().map(|office| (office.id.clone(), office.name(lang).to_owned())).collect())
}

/// Every office, closed ones too.
pub async fn every(connection: &mut PgConnection) -> sqlx::Result<Vec<Office>> {
    all(connection, None).await
}

/// Every office, or those open on a day. The table is small and read whole: some sixty rows.
pub async fn all(connection: &mut PgConnection, open_on: Option<NaiveDate>) -> sqlx::Result<Vec<Office>> {
    let rows = sqlx::query!(
        "select id, kind, name_en, name_fr, name_es, country, allowance_mode from office
         where $1::date is null or closed_on is null or closed_on > $1",
        open_on
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Office {
            id: row.id,
            kind: match row.kind.as_str() {
                "headquarters" => Kind::Headquarters,
                "field_mission" => Kind::FieldMission,
                _ => Kind::CountryOffice,
            },
            country: row.country,
            allowance_mode: Mode::from_code(&row.allowance_mode).unwrap_or_default(),
            names: [row.name_en, row.name_fr, row.name_es],
        })
        .collect())
}

/// What an office pays a month, each from its first day on, in their order.
pub async fn rates(connection: &mut PgConnection, office: &str) -> sqlx::Result<Vec<Rate>> {
    sqlx::query_as!(
        Rate,
        r#"select from_day as "from", monthly, currency from msa_rate where office_id = $1 order by from_day"#,
        office
    )
    .fetch_all(connection)
    .await
}
