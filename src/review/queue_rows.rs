//! The queue's rows and numbers: one keyed page in one of three orders, read along an index, never by offset.

use crate::db::Tx;
use crate::domain::profile::search_patterns;
use crate::web::{HrReviewer, Result};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use uuid::Uuid;

pub const PAGE: usize = 50;
/// Counting stops here, so that its cost stays flat.
pub const COUNTED: i64 = 1000;

pub struct Row {
    pub id: Uuid,
    pub reference: String,
    pub name: String,
    pub verdict: String,
    pub tracks: Vec<String>,
    pub languages: Vec<String>,
    pub offices: Vec<String>,
    pub starts_on: NaiveDate,
    pub months: i16,
    pub waiting_since: DateTime<Utc>,
    pub reviewer_id: Option<Uuid>,
    pub reviewer_name: Option<String>,
    name_key: String,
    /// The candidate has written, and nobody has read it.
    pub has_news: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Wait,
    Name,
    Start,
}

/// What to show; `None`: any.
pub struct Wanted<'a> {
    pub state: &'a str,
    pub verdict: Option<&'a str>,
    pub area: Option<&'a str>,
    pub track: Option<&'a str>,
    pub language: Option<&'a str>,
    pub office: Option<&'a str>,
    pub reviewer: Option<Uuid>,
    pub nobody: bool,
    pub over_days: Option<u64>,
    pub q: &'a str,
    pub sort: Sort,
    pub place: Place,
}

/// Where a page begins: after or before a row, told by its key and id.
pub enum Place {
    First,
    After(String, Uuid),
    Before(String, Uuid),
}

pub struct Rows {
    pub rows: Vec<Row>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Place {
    /// Nonsense in an address is the first page.
    pub fn read(after: &str, before: &str) -> Place {
        match (cursor(after), cursor(before)) {
            (Some((key, id)), _) => Place::After(key, id),
            (None, Some((key, id))) => Place::Before(key, id),
            (None, None) => Place::First,
        }
    }
}

fn cursor(text: &str) -> Option<(String, Uuid)> {
    let pairs = (0..text.len()).step_by(2);
    let bytes: Option<Vec<u8>> =
        pairs.map(|i| text.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let (id, key) = text.split_once(' ')?;
    (!key.contains('\0')).then_some((key.to_owned(), id.parse().ok()?))
}

/// PostgreSQL's calendar is shorter than ours.
fn is_likely(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

impl Row {
    fn cursor(&self, sort: Sort) -> String {
        let key = match sort {
            Sort::Wait => self.waiting_since.timestamp_micros().to_string(),
            Sort::Name => self.name_key.clone(),
            Sort::Start => self.starts_on.to_string(),
        };
        format!("{} {key}", self.id).bytes().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One query for one order and direction: the text is whole at compile time, so that it is checked.
macro_rules! page {
    ($tx:expr, $w:expr, $patterns:expr, $key:expr, $id:expr, $compare:tt, $order:tt) => {
        sqlx::query_as!(
            Row,
            r#"select a.id, a.reference, a.name, a.verdict, a.tracks, a.languages, a.offices, a.starts_on, a.months,
                   a.waiting_since, a.reviewer_id, left(a.search_key, 100) as "name_key!",
                   exists (select from message m where m.application_id = a.id and not m.from_staff
                       and m.read_at is null) as "has_news!",
                   case when r.id is not null then trim(r.given_names || ' ' || r.family_names) end as reviewer_name
               from application a left join person r on r.id = a.reviewer_id
               where a.state = $1 and a.candidate_id <> $2
                   and ($3::text is null or a.verdict = $3)
                   and ($4::text is null or $4 = any(a.areas))
                   and ($5::text is null or $5 = any(a.tracks))
                   and ($6::text is null or $6 = any(a.languages))
                   and ($7::text is null or $7 = any(a.offices))
                   and ($8::uuid is null or a.reviewer_id = $8)
                   and (not $9::bool or a.reviewer_id is null)
                   and ($10::timestamptz is null or a.waiting_since < $10)
                   and ($11::text is null or a.search_key like $11)
                   and ($14::text is null or a.search_key like $14)
                   and ($15::text is null or a.search_key like $15)
                   and ($16::text is null or a.search_key like $16) and "#
                + $compare + " order by " + $order + " limit 51",
            $w.state,
            $tx.actor().0,
            $w.verdict,
            $w.area,
            $w.track,
            $w.language,
            $w.office,
            $w.reviewer,
            $w.nobody,
            $w.over_days.and_then(|days| $tx.now().checked_sub_days(Days::new(days))),
            $patterns[0],
            $key,
            $id,
            $patterns[1],
            $patterns[2],
            $patterns[3]
        )
        .fetch_all(&mut **$tx)
        .await?
    };
}

pub async fn page(tx: &mut Tx<HrReviewer>, w: &Wanted<'_>) -> Result<Rows> {
    // planned anew each time: which index is best depends on the filters
    sqlx::query_scalar!("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        .fetch_one(&mut **tx)
        .await?;
    let words = &search_patterns(w.q);
    let (key, id, back) = match &w.place {
        Place::First => (None, Uuid::nil(), false),
        Place::After(key, id) => (Some(key.as_str()), *id, false),
        Place::Before(key, id) => (Some(key.as_str()), *id, true),
    };
    let mut rows = match w.sort {
        Sort::Wait => {
            let micros = key.and_then(|key| key.parse().ok());
            let key = micros.and_then(DateTime::from_timestamp_micros);
            let key = key.filter(|at| is_likely(at.date_naive())).unwrap_or(DateTime::UNIX_EPOCH);
            match back {
                false => {
                    page!(
                        tx,
                        w,
                        words,
                        key,
                        id,
                        "(a.waiting_since, a.id) > ($12, $13)",
                        "a.waiting_since, a.id"
                    )
                }
                true => {
                    page!(
                        tx,
                        w,
                        words,
                        key,
                        id,
                        "(a.waiting_since, a.id) < ($12, $13)",
                        "a.waiting_since desc, a.id desc"
                    )
                }
            }
        }
        Sort::Name => {
            let key = key.unwrap_or_default();
            match back {
                false => {
                    page!(
                        tx,
                        w,
                        words,
                        key,
                        id,
                        "(left(a.search_key, 100) collate \"C\", a.id) > ($12, $13)",
                        "left(a.search_key, 100) collate \"C\", a.id"
                    )
                }
                true => {
                    page!(
                        tx,
                        w,
                        words,
                        key,
                        id,
                        "(left(a.search_key, 100) collate \"C\", a.id) < ($12, $13)",
                        "left(a.search_key, 100) collate \"C\" desc, a.id desc"
                    )
                }
            }
        }
        Sort::Start => {
            let day = key
                .and_then(|key| key.parse().ok())
                .filter(|day| is_likely(*day))
                .or(NaiveDate::from_ymd_opt(1, 1, 1));
            match back {
                false => {
                    page!(tx, w, words, day, id, "(a.starts_on, a.id) > ($12, $13)", "a.starts_on, a.id")
                }
                true => {
                    page!(
                        tx,
                        w,
                        words,
                        day,
                        id,
                        "(a.starts_on, a.id) < ($12, $13)",
                        "a.starts_on desc, a.id desc"
                    )
                }
            }
        }
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    if back {
        rows.reverse();
    }
    let (has_before, has_after) = if back { (more, true) } else { (key.is_some(), more) };
    let end = |row: Option<&Row>, there: bool| row.filter(|_| there).map(|row| row.cursor(w.sort));
    Ok(Rows { before: end(rows.first(), has_before), after: end(rows.last(), has_after), rows })
}

/// How many are in each state, counted up to [`COUNTED`] and one more, in an index alone: the order is for the
/// planner.
pub async fn counts(tx: &mut Tx<HrReviewer>, states: &[String]) -> Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select s.state as "state!", (select count(*) from (select from application a
               where a.state = s.state order by a.waiting_since, a.id limit $2) capped) as "n!"
           from unnest($1::text[]) s(state)"#,
        states,
        COUNTED + 1
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.state, row.n)).collect())
}

/// How many profiles are complete and not released, counted up to [`COUNTED`] and one more: nobody is named.
pub async fn unreleased(tx: &mut Tx<HrReviewer>) -> Result<i64> {
    let today = tx.today();
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from (select from profile p
               where p.unreleased_since is not null and p.complete_until >= $1
                 and not exists (select from application a where a.candidate_id = p.person_id and a.is_open)
               limit $2) capped"#,
        today,
        COUNTED + 1
    );
    Ok(n.fetch_one(&mut **tx).await?)
}

/// The application that a reference, or its number alone, stands for.
pub async fn by_reference(tx: &mut Tx<HrReviewer>, references: &[String]) -> Result<Option<Uuid>> {
    let found = sqlx::query_scalar!(
        "select id from application where reference = any($1) and state <> 'withdrawn' and candidate_id <> $2
         order by waiting_since desc limit 1",
        references,
        tx.actor().0
    );
    Ok(found.fetch_optional(&mut **tx).await?)
}
