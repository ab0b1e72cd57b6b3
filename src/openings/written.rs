//! An opening as it is written down.

use super::rows::Opening;
use crate::db::Tx;
use crate::domain::profile::search_key;
use crate::offices::Office;
use crate::reference::{areas, countries};
use crate::text::Lang;
use crate::web::{Error, HrReviewer, Result};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

/// What a form says once all of it can be read.
pub struct Written {
    pub office: String,
    pub area: String,
    pub languages: Vec<String>,
    pub starts_on: NaiveDate,
    pub months: i16,
    pub places: i16,
    pub titles: [String; 3],
    pub descriptions: [String; 3],
    pub search_key: String,
}

impl Written {
    /// Whether the opening says the very same already.
    pub fn is(&self, now: &Opening) -> bool {
        let [title_en, title_fr, title_es] = &self.titles;
        let [description_en, description_fr, description_es] = &self.descriptions;
        (&self.office, &self.area, &self.languages, self.starts_on, self.months, self.places)
            == (&now.office_id, &now.area, &now.languages, now.starts_on, now.months, now.places)
            && (title_en, title_fr, title_es) == (&now.title_en, &now.title_fr, &now.title_es)
            && (description_en, description_fr, description_es)
                == (&now.description_en, &now.description_fr, &now.description_es)
    }
}

/// The words people may look for: those of the opening, its place and its area, in every language.
pub fn key(office: &Office, area: &areas::Area, texts: [[&str; 2]; 3]) -> String {
    let country = countries::country(&office.country);
    let names = Lang::ALL
        .map(|lang| [office.name(lang), area.name(lang), country.map_or("", |country| country.name(lang))]);
    search_key(&[names.as_flattened(), texts.as_flattened()].concat())
}

/// A draft; `false`: the same form has been sent before.
pub async fn insert(tx: &mut Tx<HrReviewer>, id: Uuid, it: &Written) -> Result<bool> {
    let (me, now, year) = (tx.actor(), tx.now(), tx.today().year());
    let inserted = sqlx::query!(
        "insert into opening (id, reference, office_id, area, languages, starts_on, months, places, title_en, title_fr,
             title_es, description_en, description_fr, description_es, search_key, created_by, edited_at, version,
             action, came_from, state, state_since)
         values ($1, 'OP-' || $2::text || '-' || lpad(nextval('opening_number')::text, 4, '0'), $3, $4, $5, $6, $7, $8,
             $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, 'draft', 'new', 'draft', $17)
         on conflict (id) do nothing",
        id,
        year.to_string(),
        it.office,
        it.area,
        &it.languages,
        it.starts_on,
        it.months,
        it.places,
        it.titles[0],
        it.titles[1],
        it.titles[2],
        it.descriptions[0],
        it.descriptions[1],
        it.descriptions[2],
        it.search_key,
        me.0,
        now
    );
    Ok(inserted.execute(&mut **tx).await?.rows_affected() == 1)
}

/// # Errors
/// [`Error::Conflict`] if somebody was faster, or it is closed.
pub async fn update(tx: &mut Tx<HrReviewer>, id: Uuid, seen: i32, it: &Written) -> Result<()> {
    let now = tx.now();
    let updated = sqlx::query!(
        "update opening set version = version + 1, action = 'edit', office_id = $3, area = $4, languages = $5,
             starts_on = $6, months = $7, places = $8, title_en = $9, title_fr = $10, title_es = $11,
             description_en = $12, description_fr = $13, description_es = $14, search_key = $15, edited_at = $16
         where id = $1 and version = $2 and state <> 'closed'",
        id,
        seen,
        it.office,
        it.area,
        &it.languages,
        it.starts_on,
        it.months,
        it.places,
        it.titles[0],
        it.titles[1],
        it.titles[2],
        it.descriptions[0],
        it.descriptions[1],
        it.descriptions[2],
        it.search_key,
        now
    );
    match updated.execute(&mut **tx).await?.rows_affected() {
        0 => Err(Error::Conflict),
        _ => Ok(()),
    }
}
