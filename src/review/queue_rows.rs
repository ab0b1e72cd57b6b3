//! The queue's rows: one keyed page in one of five orders and two directions, read along an index, never by offset.

use super::queue_counts::is_frequent;
use super::search::Wanted;
use crate::db::Tx;
use crate::web::{HrReviewer, Result};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

pub const PAGE: usize = 50;
/// Whoever was seen on a case within so long has it open.
pub const PRESENT: TimeDelta = TimeDelta::minutes(5);
/// Words are alike from this similarity on (`pg_trgm`): two letters swapped in a name of six still are.
const ALIKE: &str = "0.4";

pub struct Row {
    pub id: Uuid,
    pub version: i32,
    pub reference: String,
    pub name: String,
    pub verdict: String,
    pub tracks: Vec<String>,
    pub languages: Vec<String>,
    pub offices: Vec<String>,
    pub starts_on: NaiveDate,
    pub months: i16,
    pub waiting_since: DateTime<Utc>,
    pub state_since: DateTime<Utc>,
    pub window_until: NaiveDate,
    pub reviewer_id: Option<Uuid>,
    pub reviewer_name: Option<String>,
    name_key: String,
    /// The candidate has written, and nobody has read it.
    pub has_news: bool,
    /// A colleague who has it open now.
    pub open_with: Option<String>,
    /// The reader has passed over it for now.
    pub is_skipped: bool,
}

/// What the rows are sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    Wait,
    Since,
    Name,
    Start,
    Window,
}

/// A column, from its smallest value on or from its largest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sort {
    pub by: Column,
    pub falls: bool,
}

impl Sort {
    /// `name`, or `-name` from the end; anything unknown is the longest wait first.
    pub fn read(code: &str) -> Sort {
        let (falls, code) = code.strip_prefix('-').map_or((false, code), |code| (true, code));
        let by = match code {
            "since" => Column::Since,
            "name" => Column::Name,
            "start" => Column::Start,
            "window" => Column::Window,
            "wait" => Column::Wait,
            _ => return Sort { by: Column::Wait, falls: false },
        };
        Sort { by, falls }
    }

    /// Empty for the longest wait first.
    pub fn code(self) -> String {
        let by = match self.by {
            Column::Wait if !self.falls => return String::new(),
            Column::Wait => "wait",
            Column::Since => "since",
            Column::Name => "name",
            Column::Start => "start",
            Column::Window => "window",
        };
        format!("{}{by}", if self.falls { "-" } else { "" })
    }
}

/// Where a page begins: after or before a row, told by its key and id.
#[derive(Clone, PartialEq, Eq, Debug)]
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

    fn key(&self) -> Option<&str> {
        match self {
            Place::First => None,
            Place::After(key, _) | Place::Before(key, _) => Some(key),
        }
    }

    fn id(&self) -> Uuid {
        match self {
            Place::First => Uuid::nil(),
            Place::After(_, id) | Place::Before(_, id) => *id,
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

fn moment(key: Option<&str>) -> Option<DateTime<Utc>> {
    let at = DateTime::from_timestamp_micros(key?.parse().ok()?)?;
    Some(at).filter(|at| is_likely(at.date_naive()))
}

fn day(key: Option<&str>) -> Option<NaiveDate> {
    key?.parse().ok().filter(|day| is_likely(*day))
}

impl Row {
    fn key(&self, by: Column) -> String {
        match by {
            Column::Wait => self.waiting_since.timestamp_micros().to_string(),
            Column::Since => self.state_since.timestamp_micros().to_string(),
            Column::Name => self.name_key.clone(),
            Column::Start => self.starts_on.to_string(),
            Column::Window => self.window_until.to_string(),
        }
    }

    /// Where a page that begins at this row begins.
    pub fn place(&self, by: Column) -> String {
        format!("{} {}", self.id, self.key(by)).bytes().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One query for one order and direction: the text is whole at compile time, so that it is checked.
macro_rules! read {
    ($tx:expr, $w:expr, $limit:expr, $key:expr, $id:expr, $where:tt, $order:tt) => {
        sqlx::query_as!(
            Row,
            r#"select a.id as "id!", a.version as "version!", a.reference as "reference!", a.name as "name!",
                   a.verdict as "verdict!", a.tracks as "tracks!", a.languages as "languages!",
                   a.offices as "offices!", a.starts_on as "starts_on!", a.months as "months!",
                   a.waiting_since as "waiting_since!", a.state_since as "state_since!",
                   a.window_until as "window_until!", a.reviewer_id, left(a.search_key, 100) as "name_key!",
                   exists (select from message m where m.application_id = a.id and not m.from_staff
                       and m.read_at is null) as "has_news!",
                   exists (select from review_skip s where s.application_id = a.id and s.person_id = $1
                       and s.until > $16) as "is_skipped!",
                   (select trim(p.given_names || ' ' || p.family_names)
                       from review_presence o join person p on p.id = o.person_id
                       where o.application_id = a.id and o.person_id <> $1 and o.seen_at > $17
                       order by o.since limit 1) as open_with,
                   case when r.id is not null then trim(r.given_names || ' ' || r.family_names) end as reviewer_name
               from cases_found($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $19) a
                   left join person r on r.id = a.reviewer_id
               where ($18 or not exists (select from review_skip s where s.application_id = a.id
                       and s.person_id = $1 and s.until > $16)) and "#
                + $where + " order by " + $order + " limit $15",
            $tx.actor().0,
            $w.state,
            &$w.tags,
            $w.one_of.as_deref(),
            &$w.not_tags,
            $w.assignee,
            $w.of_nobody,
            $w.waiting_before,
            $w.starts_before,
            &$w.words,
            &$w.without,
            &$w.alike,
            $key,
            $id,
            $limit,
            $tx.now(),
            $tx.now() - PRESENT,
            $w.with_skipped,
            $w.by_index
        )
        .fetch_all(&mut **$tx)
        .await?
    };
}

/// Both directions along one column, whose first key is `$first` and whose last is `$last`.
macro_rules! along {
    ($tx:expr, $w:expr, $limit:expr, $falls:expr, $key:expr, $id:expr, $up:tt, $down:tt, $by_up:tt, $by_down:tt) => {
        match $falls {
            false => read!($tx, $w, $limit, $key, $id, $up, $by_up),
            true => read!($tx, $w, $limit, $key, $id, $down, $by_down),
        }
    };
}

/// Up to `limit` rows beyond a place, in the order of `sort`, or against it if `back`.
async fn beyond(
    tx: &mut Tx<HrReviewer>,
    w: &Wanted,
    (sort, place): (Sort, &Place),
    limit: i64,
) -> Result<Vec<Row>> {
    // words that may be mistyped are met in the index alone
    let by_index = w.by_index && (!w.alike.is_empty() || !is_frequent(tx, w, limit).await?);
    let w = &Wanted { by_index, ..w.clone() };
    // planned anew each time: which index is best depends on what is searched for
    sqlx::query!(
        "select set_config('plan_cache_mode', 'force_custom_plan', true) as plan,
             set_config('pg_trgm.word_similarity_threshold', $1, true) as alike",
        ALIKE
    )
    .fetch_one(&mut **tx)
    .await?;
    let back = matches!(place, Place::Before(..));
    let falls = sort.falls != back;
    let (key, id) = (place.key(), place.id());
    // with nothing to begin after, a page begins before everything
    let id = if falls && key.is_none() { Uuid::max() } else { id };
    let (first_day, last_day) = (NaiveDate::from_ymd_opt(1, 1, 1), NaiveDate::from_ymd_opt(9999, 12, 31));
    let edge_day = if falls { last_day } else { first_day };
    let at = moment(key).or(edge_day.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|at| at.and_utc()));
    let on = day(key).or(edge_day);
    let text = key.unwrap_or(if falls { "\u{10ffff}" } else { "" });
    Ok(match sort.by {
        Column::Wait => along!(
            tx,
            w,
            limit,
            falls,
            at,
            id,
            "(a.waiting_since, a.id) > ($13, $14)",
            "(a.waiting_since, a.id) < ($13, $14)",
            "a.waiting_since, a.id",
            "a.waiting_since desc, a.id desc"
        ),
        Column::Since => along!(
            tx,
            w,
            limit,
            falls,
            at,
            id,
            "(a.state_since, a.id) > ($13, $14)",
            "(a.state_since, a.id) < ($13, $14)",
            "a.state_since, a.id",
            "a.state_since desc, a.id desc"
        ),
        Column::Name => along!(
            tx,
            w,
            limit,
            falls,
            text,
            id,
            "(left(a.search_key, 100) collate \"C\", a.id) > ($13, $14)",
            "(left(a.search_key, 100) collate \"C\", a.id) < ($13, $14)",
            "left(a.search_key, 100) collate \"C\", a.id",
            "left(a.search_key, 100) collate \"C\" desc, a.id desc"
        ),
        Column::Start => along!(
            tx,
            w,
            limit,
            falls,
            on,
            id,
            "(a.starts_on, a.id) > ($13, $14)",
            "(a.starts_on, a.id) < ($13, $14)",
            "a.starts_on, a.id",
            "a.starts_on desc, a.id desc"
        ),
        Column::Window => along!(
            tx,
            w,
            limit,
            falls,
            on,
            id,
            "(a.window_until, a.id) > ($13, $14)",
            "(a.window_until, a.id) < ($13, $14)",
            "a.window_until, a.id",
            "a.window_until desc, a.id desc"
        ),
    })
}

/// One page of what is wanted.
pub async fn page(tx: &mut Tx<HrReviewer>, w: &Wanted, sort: Sort, place: &Place) -> Result<Rows> {
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = beyond(tx, w, (sort, place), limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let back = matches!(place, Place::Before(..));
    if back {
        rows.reverse();
    }
    let (has_before, has_after) = if back { (more, true) } else { (*place != Place::First, more) };
    let end = |row: Option<&Row>, there: bool| row.filter(|_| there).map(|row| row.place(sort.by));
    Ok(Rows { before: end(rows.first(), has_before), after: end(rows.last(), has_after), rows })
}

/// The first row beyond a place; `None`: the list ends there.
pub async fn next(tx: &mut Tx<HrReviewer>, w: &Wanted, sort: Sort, place: &Place) -> Result<Option<Uuid>> {
    Ok(beyond(tx, w, (sort, place), 1).await?.pop().map(|row| row.id))
}

/// The place of one application in an order, whether it is in the list (still) or not.
pub async fn place_of(tx: &mut Tx<HrReviewer>, id: Uuid, by: Column) -> Result<Option<(String, Uuid)>> {
    let row = sqlx::query!(
        r#"select a.waiting_since as "waiting_since!", a.state_since as "state_since!", a.starts_on as "starts_on!",
               a.window_until as "window_until!", left(a.search_key, 100) as "name_key!"
           from cases_open_to($1) a where a.id = $2"#,
        tx.actor().0,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| {
        let key = match by {
            Column::Wait => row.waiting_since.timestamp_micros().to_string(),
            Column::Since => row.state_since.timestamp_micros().to_string(),
            Column::Name => row.name_key,
            Column::Start => row.starts_on.to_string(),
            Column::Window => row.window_until.to_string(),
        };
        (key, id)
    }))
}

/// The application that a reference, or its number alone, stands for.
pub async fn by_reference(tx: &mut Tx<HrReviewer>, references: &[String]) -> Result<Option<Uuid>> {
    let found = sqlx::query_scalar!(
        r#"select a.id as "id!" from cases_open_to($2) a where a.reference = any($1)
           order by a.waiting_since desc limit 1"#,
        references,
        tx.actor().0
    );
    Ok(found.fetch_optional(&mut **tx).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::spoilt_text;

    /// Places as addresses have them: at a moment, a name and a day.
    fn places() -> Vec<String> {
        let keys =
            ["1795594200000000", "-9223372036854775808", " quispe nahui", "2027-02-01", "-262143-01-01"];
        let places = keys.iter().map(|key| format!("{} {key}", Uuid::nil()));
        places.map(|place| place.bytes().map(|byte| format!("{byte:02x}")).collect()).collect()
    }

    #[test]
    fn an_order_is_read_as_it_is_written() {
        for code in ["", "-wait", "since", "-since", "name", "-name", "start", "-start", "window", "-window"]
        {
            assert_eq!(Sort::read(code).code(), code);
        }
        assert_eq!(Sort::read("-what"), Sort::read(""));
    }

    proptest::proptest! {
        #[test]
        fn a_page_begins_where_its_address_says_or_at_the_start(id: u128, key in "\\PC{0,20}", strange in spoilt_text(&places())) {
            let id = Uuid::from_u128(id);
            let written: String = format!("{id} {key}").bytes().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(cursor(&written), Some((key, id)));
            if let Some((key, _)) = cursor(&strange) {
                assert!(!key.contains('\0'));
                let (at, on) = (moment(Some(&key)), day(Some(&key)));
                assert!(at.is_none_or(|at| is_likely(at.date_naive())) && on.is_none_or(is_likely));
            }
        }
    }
}
