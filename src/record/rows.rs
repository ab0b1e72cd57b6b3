//! The record as it is read: the newest first, page by page along an index, whatever is asked.

use super::groups::Group;
use crate::domain::profile::fold;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Whose record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    Everything,
    /// What somebody did, and what was done about them.
    Person(Uuid),
    /// An application and every placement of it.
    Case(Uuid),
}

/// What is asked of it; it lives in the address.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Filter {
    /// A reference, an address or a name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub person: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub case: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub act: String,
    /// Days in UTC, as the page shows times: `2026-12-09`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl Filter {
    pub fn address(&self, path: &str) -> String {
        match self.query() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    pub fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }

    pub fn from_its_start(&self) -> Filter {
        Filter { before: String::new(), ..self.clone() }
    }

    pub fn scope(&self) -> Scope {
        match (self.case.parse(), self.person.parse()) {
            (Ok(case), _) => Scope::Case(case),
            (_, Ok(person)) => Scope::Person(person),
            _ => Scope::Everything,
        }
    }

    /// The same, where the page before ended.
    pub fn after(&self, last: &Entry) -> Filter {
        Filter { before: Place::of(last).to_string(), ..self.clone() }
    }

    fn window(&self, limit: usize) -> Window {
        // nothing is older or newer, and PostgreSQL's calendar is shorter than ours
        let start = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc().clamp(DateTime::UNIX_EPOCH, FAR);
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Window {
            from: day(&self.from).map_or(DateTime::UNIX_EPOCH, start),
            until: day(&self.to).and_then(|day| day.succ_opt()).map_or(FAR, start),
            before: self.before.parse().unwrap_or(Place { at: FAR, id: i64::MAX }),
            actions: Group::from_code(&self.act).map(|group| group.actions()),
            limit: i64::try_from(limit).unwrap_or(i64::MAX),
        }
    }
}

/// Later than anything that is recorded: the last second of 9999.
const FAR: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(far) => far,
    None => DateTime::<Utc>::UNIX_EPOCH,
};

/// An entry's place in the order: microseconds and number.
#[derive(Clone, Copy)]
struct Place {
    at: DateTime<Utc>,
    id: i64,
}

impl Place {
    fn of(entry: &Entry) -> Place {
        Place { at: entry.at, id: entry.id }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.timestamp_micros(), self.id)
    }
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Place, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        let at = at.parse().ok().and_then(DateTime::from_timestamp_micros).filter(|at| *at <= FAR);
        Ok(Place {
            at: at.filter(|at| *at >= DateTime::UNIX_EPOCH - TimeDelta::days(1)).ok_or(())?,
            id: id.parse().map_err(|_| ())?,
        })
    }
}

struct Window {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    before: Place,
    actions: Option<Vec<String>>,
    limit: i64,
}

/// One line of the record, with the names of those it is about.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i64,
    pub at: DateTime<Utc>,
    /// `None`: the system, or somebody not signed in.
    pub actor: Option<String>,
    pub actor_id: Option<Uuid>,
    pub role: String,
    pub action: String,
    pub subject: String,
    /// Of the application, placement or opening.
    pub reference: Option<String>,
    /// Whom it is about.
    pub person: Option<String>,
    pub person_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub reason: Option<String>,
}

/// A page of the record, the newest first.
pub async fn page(
    connection: &mut PgConnection,
    scope: Scope,
    filter: &Filter,
    limit: usize,
) -> sqlx::Result<Vec<Entry>> {
    let window = filter.window(limit);
    // planned anew each time: which index is best depends on what is asked
    sqlx::query_scalar!("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        .fetch_one(&mut *connection)
        .await?;
    let ids = match (scope, &window.actions) {
        (Scope::Everything, None) => of_all(connection, &window).await?,
        (Scope::Everything, Some(actions)) => of_actions(connection, &window, actions).await?,
        (Scope::Person(person), _) => of_person(connection, &window, person).await?,
        (Scope::Case(case), _) => of_case(connection, &window, case).await?,
    };
    entries(connection, &ids).await
}

async fn of_all(connection: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select id from audit_event where at >= $1 and at < $2 and (at, id) < ($3, $4)
         order by at desc, id desc limit $5",
        window.from,
        window.until,
        window.before.at,
        window.before.id,
        window.limit
    )
    .fetch_all(connection)
    .await
}

/// The newest of each action, and of those the newest: however rare an action is, nothing else is read.
async fn of_actions(
    connection: &mut PgConnection,
    window: &Window,
    actions: &[String],
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select e.id as "id!" from unnest($6::text[]) as wanted (action) cross join lateral (
               select id, at from audit_event where action = wanted.action
                   and at >= $1 and at < $2 and (at, id) < ($3, $4) order by at desc, id desc limit $5) e
           order by e.at desc, e.id desc limit $5"#,
        window.from,
        window.until,
        window.before.at,
        window.before.id,
        window.limit,
        actions
    )
    .fetch_all(connection)
    .await
}

async fn of_person(connection: &mut PgConnection, window: &Window, person: Uuid) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"with cases as (select id from application where candidate_id = $7),
           placements as (select p.id from placement p join cases on cases.id = p.application_id),
           about (subject, id) as (
               values ('person', $7), ('profile', $7)
               union all select 'application', id from cases
               union all select 'placement', id from placements
               union all select 'document', id from document where person_id = $7
               union all select 'document', d.id from onboarding_document d join placements p on p.id = d.placement_id)
           select e.id as "id!" from (
               select e.id, e.at from about cross join lateral (
                   select id, at from audit_event e where e.subject = about.subject and e.subject_id = about.id
                       and at >= $1 and at < $2 and (at, id) < ($3, $4)
                       and ($6::text[] is null or action = any($6)) order by at desc, id desc limit $5) e
               union
               (select id, at from audit_event where actor_id = $7
                       and at >= $1 and at < $2 and (at, id) < ($3, $4)
                       and ($6::text[] is null or action = any($6)) order by at desc, id desc limit $5)) e
           order by e.at desc, e.id desc limit $5"#,
        window.from,
        window.until,
        window.before.at,
        window.before.id,
        window.limit,
        window.actions.as_deref(),
        person
    )
    .fetch_all(connection)
    .await
}

async fn of_case(connection: &mut PgConnection, window: &Window, case: Uuid) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"with placements as (select id from placement where application_id = $7),
           about (subject, id) as (
               select 'application', $7::uuid
               union all select 'placement', id from placements
               union select 'document', document_id from snapshot_document where application_id = $7
               union select 'document', d.id from onboarding_document d join placements p on p.id = d.placement_id)
           select e.id as "id!" from about cross join lateral (
               select id, at from audit_event e where e.subject = about.subject and e.subject_id = about.id
                   and at >= $1 and at < $2 and (at, id) < ($3, $4)
                   and ($6::text[] is null or action = any($6)) order by at desc, id desc limit $5) e
           order by e.at desc, e.id desc limit $5"#,
        window.from,
        window.until,
        window.before.at,
        window.before.id,
        window.limit,
        window.actions.as_deref(),
        case
    )
    .fetch_all(connection)
    .await
}

/// The lines themselves, and the names around them.
async fn entries(connection: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"select e.id, e.at, e.actor_id, e.actor_role as role, e.action, e.subject, e.from_state, e.to_state, e.reason,
               nullif(trim(actor.given_names || ' ' || actor.family_names), '') as actor,
               coalesce(p.reference, a.reference, o.reference, office.id, reason.text_en, kept.class) as "reference?",
               coalesce(nullif(a.name, ''), nullif(trim(who.given_names || ' ' || who.family_names), '')) as person,
               who.id as "person_id?", a.id as "case_id?"
           from audit_event e
           left join person actor on actor.id = e.actor_id
           left join onboarding_document od on e.subject = 'document' and od.id = e.subject_id
           left join placement p on p.id = od.placement_id or (e.subject = 'placement' and p.id = e.subject_id)
           left join application a on a.id = p.application_id
               or (e.subject = 'application' and a.id = e.subject_id)
           left join opening o on e.subject = 'opening' and o.id = e.subject_id
           left join office on e.subject = 'setting' and office.record_id = e.subject_id
           left join decline_reason reason on e.subject = 'setting' and reason.record_id = e.subject_id
           left join retention kept on e.subject = 'setting' and kept.record_id = e.subject_id
           left join document d on e.subject = 'document' and d.id = e.subject_id
           -- one look each, for a page has few lines and there may be many people
           left join lateral (select id, given_names, family_names from person
               where id = coalesce(a.candidate_id, d.person_id,
                   case when e.subject in ('person', 'profile') then e.subject_id end) limit 1) who on true
           where e.id = any($1) order by e.at desc, e.id desc"#,
        ids
    )
    .fetch_all(connection)
    .await
}

/// Somebody who may be meant.
pub struct Found {
    pub id: Uuid,
    pub name: String,
    pub email: String,
}

/// What `q` names: one case by its reference, or people by their address or a part of their name.
pub enum Meant {
    Case(Uuid),
    People(Vec<Found>),
}

/// At most this many are offered to choose from, …
const OFFERED: i64 = 20;
/// … the first by name of so many at most: a common name is not read to its end.
const READ: i64 = 500;

pub async fn meant(connection: &mut PgConnection, q: &str) -> sqlx::Result<Meant> {
    let case = sqlx::query_scalar!(
        r#"select id as "id!" from application where reference = upper($1)
           union all select application_id from placement where reference = upper($1) limit 1"#,
        q
    );
    if let Some(case) = case.fetch_optional(&mut *connection).await? {
        return Ok(Meant::Case(case));
    }
    let (part, beginning) = patterns(&fold(q)).unzip();
    let people = sqlx::query_as!(
        Found,
        r#"select id as "id!", email as "email!", trim(given_names || ' ' || family_names) as "name!" from (
               select id, email, given_names, family_names from person where email_key = lower($1)
               union
               (select id, email, given_names, family_names from person
                where person_search(given_names, family_names) like $2
                    or person_search(given_names, family_names) like $3 limit $4)) found
           order by family_names, id limit $5"#,
        q,
        part,
        beginning,
        READ,
        OFFERED
    );
    Ok(Meant::People(people.fetch_all(connection).await?))
}

/// What a folded name is like that holds a text: somewhere behind its beginning, or there. A text is found by three
/// letters in a row, so one without is looked for where a word begins; `None`: no word begins like that.
fn patterns(text: &str) -> Option<(String, String)> {
    let itself = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let most = text.split(|c: char| !c.is_alphanumeric()).map(|word| word.chars().count()).max();
    match (most.unwrap_or(0), text.starts_with(char::is_alphanumeric)) {
        (3.., _) => Some((format!("%{itself}%"), format!("{itself}%"))),
        (_, true) => Some((format!("% {itself}%"), format!("{itself}%"))),
        (_, false) => None,
    }
}

/// The name of whom the page is about.
pub async fn name_of(connection: &mut PgConnection, scope: Scope) -> sqlx::Result<Option<String>> {
    match scope {
        Scope::Everything => Ok(None),
        Scope::Person(id) => {
            sqlx::query_scalar!(
                r#"select trim(given_names || ' ' || family_names) as "name!" from person where id = $1"#,
                id
            )
            .fetch_optional(connection)
            .await
        }
        Scope::Case(id) => {
            sqlx::query_scalar!(
                r#"select concat_ws(', ', reference, nullif(name, '')) as "name!" from application where id = $1"#,
                id
            )
            .fetch_optional(connection)
            .await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::spoilt_text;

    fn filter(from: &str, to: &str, before: &str) -> Filter {
        Filter { from: from.to_owned(), to: to.to_owned(), before: before.to_owned(), ..Filter::default() }
    }

    const DAYS: [&str; 4] = ["2026-12-09", "-262143-01-01", "+262142-12-31", "0001-01-01"];
    const PLACES: [&str; 3] = ["1795594200000000.17", "-9000000000000000000.1", "9223372036854775807.9"];

    proptest::proptest! {
        /// The calendar of PostgreSQL is shorter than ours.
        #[test]
        fn no_day_and_no_place_is_too_strange(
            from in spoilt_text(&DAYS), to in spoilt_text(&DAYS), before in spoilt_text(&PLACES), whole in proptest::sample::select(&DAYS[..]),
        ) {
            for (from, to) in [(from.as_str(), to.as_str()), (whole, whole)] {
                let window = filter(from, to, &before).window(20);
                for at in [window.from, window.until, window.before.at] {
                    assert!((DateTime::UNIX_EPOCH - TimeDelta::days(1)..=FAR).contains(&at), "{from:?} {to:?} {before:?}: {at}");
                }
                let again = filter(from, to, &window.before.to_string()).window(20);
                assert_eq!((again.before.at, again.before.id), (window.before.at, window.before.id));
            }
        }
    }
}
