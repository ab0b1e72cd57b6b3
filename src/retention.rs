//! How long each class of record is kept, and what a round of sweeping takes, or would take. Whatever leads to a person
//! under a legal hold stays; so does the record of who did what, which is only ever added to.
//!
//! What is past its period is told by functions of the database, one for each kind of row: the report counts what they
//! tell, the sweep takes it. What a page says of it was counted in the night.

mod accounts;
mod papers;

pub use accounts::tell;

use crate::clock::Clock;
use crate::db::{Db, Result};
use crate::system::System;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

/// So many rows of a class go in one statement …
const ROWS_AT_ONCE: i64 = 5000;
/// … and so many times in one round: what is left waits for the next.
const TIMES: usize = 20;

/// What has a period of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Accounts that never released a profile: the account is erased, as it is for the next two.
    Drafts,
    /// Accounts whose applications were all taken back.
    Withdrawn,
    /// Accounts whose last application is over, and that no office ever took.
    Closed,
    /// What the medical officer alone opens: after the internship the files go, the verdicts stay.
    MedicalFiles,
    /// Passports and policies: likewise.
    Papers,
    /// Links in letters that were used or came too late: they still say so for a while.
    Links,
    /// Changes of address, with the address before.
    EmailChanges,
    /// Which letter was sent to whom, without its text.
    Letters,
}

impl Class {
    pub const ALL: [Class; 8] = [
        Class::Drafts,
        Class::Withdrawn,
        Class::Closed,
        Class::MedicalFiles,
        Class::Papers,
        Class::Links,
        Class::EmailChanges,
        Class::Letters,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Class::Drafts => "drafts",
            Class::Withdrawn => "withdrawn",
            Class::Closed => "closed",
            Class::MedicalFiles => "medical_files",
            Class::Papers => "papers",
            Class::Links => "links",
            Class::EmailChanges => "email_changes",
            Class::Letters => "letters",
        }
    }

    pub fn from_code(code: &str) -> Option<Class> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

/// How long a class is kept, and between which limits that may be set.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    pub class: Class,
    pub days: i32,
    pub least: i32,
    pub most: i32,
}

/// What has had its time, as it was counted.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub period: Period,
    /// Accounts, files or rows that go.
    pub rows: i64,
    /// Those that would, but for a legal hold.
    pub held: i64,
    /// Accounts past their period whose owners have to be told two weeks before.
    pub untold: i64,
    /// `None`: it has not been counted since the period became what it is.
    pub counted_at: Option<DateTime<Utc>>,
}

struct Row {
    class: String,
    days: i32,
    least: i32,
    most: i32,
    goes: i64,
    held: i64,
    untold: i64,
    counted_at: Option<DateTime<Utc>>,
}

impl Row {
    fn typed(self) -> Option<Due> {
        let Row { days, least, most, held, untold, counted_at, .. } = self;
        let period = Period { class: Class::from_code(&self.class)?, days, least, most };
        Some(Due { period, rows: self.goes, held, untold, counted_at })
    }
}

/// What a round would take, in the order of [`Class::ALL`]; nothing is changed. Every row that may be past its period is
/// looked at: for a page, [`counted`] is.
///
/// # Errors
/// If the database fails.
pub async fn due(connection: &mut PgConnection, now: DateTime<Utc>, today: NaiveDate) -> Result<Vec<Due>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.class as "class!", r.days as "days!", r.least as "least!", r.most as "most!",
               coalesce(d.goes, 0) as "goes!", coalesce(d.held, 0) as "held!", coalesce(d.untold, 0) as "untold!",
               $1::timestamptz as counted_at
           from retention r left join retention_due($1, $2) d using (class)"#,
        now,
        today
    );
    Ok(in_order(rows.fetch_all(connection).await?))
}

/// The same as it was counted last, by [`crate::jobs`].
///
/// # Errors
/// If the database fails.
pub async fn counted(connection: &mut PgConnection) -> Result<Vec<Due>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.class, r.days, r.least, r.most, coalesce(c.goes, 0) as "goes!", coalesce(c.held, 0) as "held!",
               coalesce(c.untold, 0) as "untold!", c.counted_at as "counted_at?"
           from retention r left join retention_count c on c.class = r.class and c.days = r.days"#
    );
    Ok(in_order(rows.fetch_all(connection).await?))
}

fn in_order(rows: Vec<Row>) -> Vec<Due> {
    let mut all: Vec<Due> = rows.into_iter().filter_map(Row::typed).collect();
    all.sort_by_key(|due| Class::ALL.iter().position(|class| *class == due.period.class));
    all
}

/// Takes what has had its time, up to a limit of each class: the next round goes on. Says how many accounts, files and
/// rows went. Several servers may: each account and each placement is taken by one of them. The files of whoever is
/// erased are noise at once, and leave the store with the next round of [`crate::erasure`].
///
/// # Errors
/// If the database fails. What went before stays gone.
pub async fn sweep(db: &Db, clock: Clock) -> Result<u64> {
    let system = System::new(db.clone(), clock);
    let mut gone = rows(db, clock.now()).await?;
    gone += papers::sweep(&system).await?;
    gone += accounts::sweep(&system).await?;
    Ok(gone)
}

/// Rows that nobody is told of: neither the record nor a letter.
async fn rows(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let today = now.with_timezone(&db.zone()).date_naive();
    let mut gone = 0;
    for class in [Class::Links, Class::EmailChanges, Class::Letters] {
        for _ in 0..TIMES {
            let swept = match class {
                Class::Links => sqlx::query!(
                    "delete from link_token where token_hash in
                         (select token_hash from links_past($1, $2) where not held limit $3)",
                    now,
                    today,
                    ROWS_AT_ONCE
                ),
                Class::EmailChanges => sqlx::query!(
                    "delete from email_change where id in
                         (select id from email_changes_past($1, $2) where not held limit $3)",
                    now,
                    today,
                    ROWS_AT_ONCE
                ),
                _ => sqlx::query!(
                    "delete from outbox where id in
                         (select id from letters_past($1, $2) where not held limit $3)",
                    now,
                    today,
                    ROWS_AT_ONCE
                ),
            };
            match swept.execute(&mut *db.conn().await?).await?.rows_affected() {
                0 => break,
                some => gone += some,
            }
        }
    }
    Ok(gone)
}

/// Until when a legal hold keeps what leads to somebody; `None`: none does.
///
/// # Errors
/// If the database fails.
pub async fn held_until(
    connection: &mut PgConnection,
    person: uuid::Uuid,
    today: NaiveDate,
) -> sqlx::Result<Option<NaiveDate>> {
    sqlx::query_scalar!(
        "select until_day from legal_hold where person_id = $1 and lifted_at is null and until_day >= $2",
        person,
        today
    )
    .fetch_optional(connection)
    .await
}
