//! How long each class of record is kept, and what a round of sweeping takes, or would take. Whatever leads to a person
//! under a legal hold stays.

use crate::db::Result;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::PgConnection;

/// What has a period of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Links in letters that were used or came too late: they still say so for a while.
    Links,
    /// Changes of address, with the address before.
    EmailChanges,
    /// Which letter was sent to whom, without its text.
    Letters,
}

impl Class {
    pub const ALL: [Class; 3] = [Class::Links, Class::EmailChanges, Class::Letters];

    pub fn code(self) -> &'static str {
        match self {
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

/// # Errors
/// If the database fails.
pub async fn periods(connection: &mut PgConnection) -> sqlx::Result<Vec<Period>> {
    let rows = sqlx::query!("select class, days, least, most from retention order by class");
    let rows = rows.fetch_all(connection).await?;
    let period = |class: &str, days, least, most| {
        Class::from_code(class).map(|class| Period { class, days, least, most })
    };
    Ok(rows.iter().filter_map(|row| period(&row.class, row.days, row.least, row.most)).collect())
}

/// What has had its time.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub period: Period,
    /// Rows that go.
    pub rows: i64,
    /// Rows that would, but for a legal hold.
    pub held: i64,
}

/// What a round would take; nothing is changed.
///
/// # Errors
/// If the database fails.
pub async fn due(connection: &mut PgConnection, now: DateTime<Utc>, today: NaiveDate) -> Result<Vec<Due>> {
    let mut report = Vec::new();
    for period in periods(connection).await? {
        let before = now - TimeDelta::days(period.days.into());
        let (rows, held) = match period.class {
            Class::Links => {
                let n = sqlx::query!(
                    r#"select count(*) filter (where not held) as "rows!", count(*) filter (where held) as "held!"
                       from (select exists (select from legal_hold h where h.person_id = t.person_id
                                 and h.lifted_at is null and h.until_day >= $2) as held
                             from link_token t where expires_at <= $1) old"#,
                    before,
                    today
                );
                let n = n.fetch_one(&mut *connection).await?;
                (n.rows, n.held)
            }
            Class::EmailChanges => {
                let n = sqlx::query!(
                    r#"select count(*) filter (where not held) as "rows!", count(*) filter (where held) as "held!"
                       from (select exists (select from legal_hold h where h.person_id = t.person_id
                                 and h.lifted_at is null and h.until_day >= $2) as held
                             from email_change t where asked_at <= $1) old"#,
                    before,
                    today
                );
                let n = n.fetch_one(&mut *connection).await?;
                (n.rows, n.held)
            }
            Class::Letters => {
                let n = sqlx::query!(
                    r#"select count(*) filter (where not held) as "rows!", count(*) filter (where held) as "held!"
                       from (select exists (select from legal_hold h where h.person_id = t.recipient_id
                                 and h.lifted_at is null and h.until_day >= $2) as held
                             from outbox t where sent_at <= $1) old"#,
                    before,
                    today
                );
                let n = n.fetch_one(&mut *connection).await?;
                (n.rows, n.held)
            }
        };
        report.push(Due { period, rows, held });
    }
    Ok(report)
}

/// Takes what has had its time; says how many rows went.
///
/// # Errors
/// If the database fails. What went before stays gone.
pub async fn sweep(connection: &mut PgConnection, now: DateTime<Utc>, today: NaiveDate) -> Result<u64> {
    let mut gone = 0;
    for period in periods(connection).await? {
        let before = now - TimeDelta::days(period.days.into());
        let swept = match period.class {
            Class::Links => sqlx::query!(
                "delete from link_token t where expires_at <= $1 and not exists (select from legal_hold h
                     where h.person_id = t.person_id and h.lifted_at is null and h.until_day >= $2)",
                before,
                today
            ),
            Class::EmailChanges => sqlx::query!(
                "delete from email_change t where asked_at <= $1 and not exists (select from legal_hold h
                     where h.person_id = t.person_id and h.lifted_at is null and h.until_day >= $2)",
                before,
                today
            ),
            Class::Letters => sqlx::query!(
                "delete from outbox t where sent_at <= $1 and not exists (select from legal_hold h
                     where h.person_id = t.recipient_id and h.lifted_at is null and h.until_day >= $2)",
                before,
                today
            ),
        };
        gone += swept.execute(&mut *connection).await?.rows_affected();
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
