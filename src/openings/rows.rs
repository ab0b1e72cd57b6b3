//! Openings as they are stored, and the two ways to read many of them: as the public and as Human Resources.

use crate::db::Tx;
use crate::domain::opening::State;
use crate::domain::profile::search_patterns;
use crate::explain::opening::{self, Words};
use crate::text::Lang;
use crate::web::{Error, HrReviewer, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// One opening, whole.
#[derive(Clone, Debug)]
pub struct Opening {
    pub id: Uuid,
    pub reference: String,
    pub office_id: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub area: String,
    /// ISO 639-1: a working knowledge of each is asked for.
    pub languages: Vec<String>,
    /// The first day, or later.
    pub starts_on: NaiveDate,
    pub months: i16,
    pub places: i16,
    pub title_en: String,
    pub title_fr: String,
    pub title_es: String,
    pub description_en: String,
    pub description_fr: String,
    pub description_es: String,
    pub edited_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
    pub version: i32,
    state: String,
    pub state_since: DateTime<Utc>,
}

impl Opening {
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Draft)
    }

    pub fn title(&self, lang: Lang) -> Words {
        opening::in_language([&self.title_en, &self.title_fr, &self.title_es], lang)
    }

    pub fn description(&self, lang: Lang) -> Words {
        opening::in_language([&self.description_en, &self.description_fr, &self.description_es], lang)
    }

    /// `offices`: the names of duty stations in `lang`.
    pub fn place(&self, offices: &HashMap<String, String>, lang: Lang) -> String {
        let office = offices.get(&self.office_id).unwrap_or(&self.office_id);
        opening::place(office, &self.country, lang)
    }

    /// `French and Spanish`; empty if the opening asks for no language of its own.
    pub fn language_names(&self, lang: Lang) -> String {
        let names: Vec<String> =
            self.languages.iter().map(|code| opening::language_name(code, lang)).collect();
        lang.list(&names)
    }
}

/// A query for whole openings: the text is whole at compile time, so that it is checked.
macro_rules! openings {
    ($rest:tt, $($value:expr),+) => {
        sqlx::query_as!(
            Opening,
            "select o.id, o.reference, o.office_id, f.country, o.area, o.languages, o.starts_on, o.months, o.places,
                 o.title_en, o.title_fr, o.title_es, o.description_en, o.description_fr, o.description_es,
                 o.edited_at, o.published_at, o.version, o.state, o.state_since
             from opening o join office f on f.id = o.office_id "
                + $rest,
            $($value),+
        )
    };
}

/// # Errors
/// [`Error::NotFound`](crate::web::Error::NotFound) if there is none.
pub async fn opening(connection: &mut PgConnection, id: Uuid) -> Result<Opening> {
    Ok(openings!("where o.id = $1", id).fetch_one(connection).await?)
}

/// What the public looks for; empty: anything. It lives in the address.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub area: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The id of the opening that the page before ended with.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

impl Wanted {
    /// `path?area=data`, without the question mark where nothing is asked.
    pub fn address(&self, path: &str) -> String {
        match serde_html_form::to_string(self).unwrap_or_default() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    pub fn first_page(&self) -> Wanted {
        Wanted { after: String::new(), ..self.clone() }
    }

    pub fn is_narrow(&self) -> bool {
        self.first_page() != Wanted::default()
    }
}

/// Published openings, the newest first: at most `limit`, from where the page before ended.
pub async fn published(connection: &mut PgConnection, wanted: &Wanted, limit: usize) -> Result<Vec<Opening>> {
    fn given(filter: &str) -> Option<&str> {
        Some(filter).filter(|filter| !filter.is_empty())
    }
    // planned anew each time: which index is best depends on the filters
    sqlx::query_scalar!("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        .fetch_one(&mut *connection)
        .await?;
    let words = search_patterns(&wanted.q);
    let after: Option<Uuid> = wanted.after.parse().ok();
    let found = openings!(
        "where o.state = 'published'
             and ($1::text is null or o.area = $1)
             and ($2::text is null or f.country = $2)
             and ($3::text is null or $3 = any(o.languages))
             and ($4::text is null or o.search_key like $4)
             and ($5::text is null or o.search_key like $5)
             and ($6::text is null or o.search_key like $6)
             and ($7::text is null or o.search_key like $7)
             and ($8::uuid is null
                 or (o.published_at, o.id) < (select l.published_at, l.id from opening l where l.id = $8))
         order by o.published_at desc, o.id desc limit $9",
        given(&wanted.area),
        given(&wanted.country),
        given(&wanted.language),
        words[0],
        words[1],
        words[2],
        words[3],
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    Ok(found.fetch_all(connection).await?)
}

/// Countries and languages of the published openings: what there is to choose from.
pub async fn on_offer(connection: &mut PgConnection) -> Result<(Vec<String>, Vec<String>)> {
    let row = sqlx::query!(
        r#"select coalesce(array_agg(distinct f.country), '{}') as "countries!",
               array(select distinct unnest(l.languages) from opening l where l.state = 'published') as "languages!"
           from opening o join office f on f.id = o.office_id where o.state = 'published'"#
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.countries, row.languages))
}

/// Openings in one state, the newest first.
pub async fn in_state(
    tx: &mut Tx<HrReviewer>,
    state: State,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Opening>> {
    let found = openings!(
        "where o.state = $1
             and ($2::uuid is null
                 or (o.state_since, o.id) < (select l.state_since, l.id from opening l where l.id = $2))
         order by o.state_since desc, o.id desc limit $3",
        state.code(),
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    Ok(found.fetch_all(&mut **tx).await?)
}

/// Moves an opening from the version its actor saw into `to`, if there is such a way.
///
/// # Errors
/// [`Error::Conflict`] if it has moved on.
pub async fn step(tx: &mut Tx<HrReviewer>, id: Uuid, seen: i32, (action, to): (&str, State)) -> Result<()> {
    let now = tx.now();
    let moved = sqlx::query!(
        "update opening set version = version + 1, action = $3, state = $4, state_since = $5,
             published_at = case when $4 = 'published' then $5 else published_at end
         where id = $1 and version = $2 and exists (select from opening_transition t
             where t.action = $3 and t.from_state = opening.state and t.to_state = $4)",
        id,
        seen,
        action,
        to.code(),
        now
    );
    match moved.execute(&mut **tx).await?.rows_affected() {
        0 => Err(Error::Conflict),
        _ => Ok(()),
    }
}
