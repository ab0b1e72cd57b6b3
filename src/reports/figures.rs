//! The numbers of a period, read from what the hourly job has counted: a few lines, however large the programme is.

use crate::db::Tx;
use crate::domain::calendar::months_later;
use crate::domain::report::{Stage, month_of, without_small};
use crate::web::{Member, Result};
use chrono::{DateTime, Months, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Counting what is the case now ends here, so that its cost stays flat.
pub const COUNTED: i64 = 1000;
/// Months of allowance that are shown beyond the current one.
const AHEAD: u32 = 9;

/// What a breakdown is by.
pub const SPLITS: [&str; 3] = ["office", "track", "language"];
/// The stages that a breakdown shows.
pub const SPLIT_STAGES: [Stage; 3] = [Stage::Released, Stage::Pooled, Stage::Accepted];

pub struct Figures {
    /// In their order; the last one is not over yet.
    pub months: Vec<NaiveDate>,
    pub counts: HashMap<(NaiveDate, String), i64>,
    pub waits: Vec<Wait>,
    pub allowances: Vec<Allowance>,
    /// `None`: nothing has been counted yet.
    pub measured_at: Option<DateTime<Utc>>,
}

pub struct Wait {
    pub month: NaiveDate,
    pub stage: String,
    pub n: i64,
    /// In days.
    pub median: f64,
    pub p90: f64,
}

pub struct Allowance {
    pub month: NaiveDate,
    pub office_id: String,
    pub currency: String,
    pub amount: Decimal,
    pub placements: i64,
}

/// One part of a breakdown with its numbers by [`SPLIT_STAGES`]; `None` is kept back.
pub struct Part {
    pub code: String,
    pub numbers: [Option<i64>; 3],
}

impl Figures {
    pub fn count(&self, month: NaiveDate, stage: Stage) -> i64 {
        self.counts.get(&(month, stage.code().to_owned())).copied().unwrap_or_default()
    }

    /// In all months.
    pub fn total(&self, stage: Stage) -> i64 {
        self.months.iter().map(|month| self.count(*month, stage)).sum()
    }

    /// The months that are over.
    pub fn whole_months(&self) -> &[NaiveDate] {
        self.months.split_last().map_or(&[], |(_, over)| over)
    }

    pub fn wait(&self, month: NaiveDate, stage: &str) -> Option<&Wait> {
        self.waits.iter().find(|wait| wait.month == month && wait.stage == stage)
    }
}

/// The current month and so many before it; none from before the record.
pub async fn figures(tx: &mut Tx<Member>, months: u32) -> Result<Figures> {
    let this = month_of(tx.today());
    let from = this.checked_sub_months(Months::new(months)).unwrap_or(this);
    let counts = sqlx::query!(
        "select month, stage, n from report_count where split = 'all' and part = '' and month between $1 and $2",
        from,
        this
    );
    let counts: HashMap<(NaiveDate, String), i64> =
        counts.fetch_all(&mut **tx).await?.into_iter().map(|row| ((row.month, row.stage), row.n)).collect();
    let waits = sqlx::query_as!(
        Wait,
        "select month, stage, n, median, p90 from report_wait where month between $1 and $2 order by month, stage",
        from,
        this
    );
    let allowances = sqlx::query_as!(
        Allowance,
        "select month, office_id, currency, amount, placements from report_allowance
         where month between $1 and $2 order by month, currency, office_id",
        from,
        months_later(this, AHEAD)
    );
    let measured = sqlx::query_scalar!(
        "select max(measured_at) from report_month where month between $1 and $2",
        from,
        this
    );
    let first = counts.keys().map(|(month, _)| *month).min().unwrap_or(this);
    let shown = std::iter::successors(Some(first), |month| Some(months_later(*month, 1)));
    Ok(Figures {
        months: shown.take_while(|month| *month <= this).collect(),
        waits: waits.fetch_all(&mut **tx).await?,
        allowances: allowances.fetch_all(&mut **tx).await?,
        measured_at: measured.fetch_one(&mut **tx).await?,
        counts,
    })
}

/// The breakdowns of a period, without numbers by which somebody might be recognised: what is shown first, the largest
/// first.
pub async fn parts(tx: &mut Tx<Member>, figures: &Figures) -> Result<BTreeMap<String, Vec<Part>>> {
    let stages = SPLIT_STAGES.map(|stage| stage.code().to_owned());
    let (from, to) = (figures.months.first(), figures.months.last());
    let rows = sqlx::query!(
        r#"select split, part, stage, sum(n)::bigint as "n!" from report_count
           where split <> 'all' and stage = any($1) and month between $2 and $3 group by split, part, stage"#,
        &stages,
        from.copied(),
        to.copied()
    );
    let mut found: BTreeMap<String, BTreeMap<String, [i64; 3]>> = BTreeMap::new();
    for row in rows.fetch_all(&mut **tx).await? {
        if let Some(nth) = stages.iter().position(|stage| *stage == row.stage) {
            found.entry(row.split).or_default().entry(row.part).or_default()[nth] = row.n;
        }
    }
    Ok(found.into_iter().map(|(split, parts)| (split, kept_back(parts))).collect())
}

fn kept_back(parts: BTreeMap<String, [i64; 3]>) -> Vec<Part> {
    let column = |nth: usize| without_small(&parts.values().map(|numbers| numbers[nth]).collect::<Vec<_>>());
    let columns = [column(0), column(1), column(2)];
    let shown = |row: usize| columns.each_ref().map(|column| column.get(row).copied().flatten());
    let mut shown: Vec<Part> =
        parts.into_keys().enumerate().map(|(row, code)| Part { code, numbers: shown(row) }).collect();
    shown.sort_by_key(|part| Reverse(part.numbers.map(Option::unwrap_or_default)));
    shown
}

/// How many wait for a reviewer, and how many are in placement, now; each counted up to [`COUNTED`] and one more.
pub async fn now(tx: &mut Tx<Member>) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select (select count(*) from (select from application where state = 'released'
                   order by waiting_since, id limit $1) capped) as "waiting!",
               (select count(*) from (select from placement where state = 'started'
                   order by state_since, id limit $1) capped) as "started!""#,
        COUNTED + 1
    );
    let row = row.fetch_one(&mut **tx).await?;
    Ok((row.waiting, row.started))
}
