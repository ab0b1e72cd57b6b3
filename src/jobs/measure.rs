//! How long a released profile usually waits for a reviewer, measured from the record and kept for every page.

use crate::db::{Db, Result};
use chrono::{DateTime, Utc};

/// The median of days between release and claim over the last 90 days, of the newest 1,000 claims. As long as there
/// is none, nothing is written.
pub async fn waiting_time(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let measured = sqlx::query!(
        "insert into waiting_time as last (days, measured_at)
         select least(365, greatest(1, ceil(median))), $1
         from (select percentile_cont(0.5) within group (order by extract(epoch from e.at - a.waiting_since) / 86400)
                      as median
               from (select at, subject_id from audit_event
                     where action = 'claim' and at > $1::timestamptz - interval '90 days' and at <= $1
                     order by at desc limit 1000) e
               join application a on a.id = e.subject_id) measured
         where median is not null
         on conflict (only_one) do update set days = excluded.days, measured_at = excluded.measured_at
             where last.measured_at < excluded.measured_at",
        now
    );
    let measured = measured.execute(&mut *db.conn().await?).await?;
    Ok(usize::try_from(measured.rows_affected()).unwrap_or_default())
}
