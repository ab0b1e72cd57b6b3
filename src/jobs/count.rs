//! Once a day: how much of each class of record goes next. It is counted for the administrator's page, which reads a line
//! for each class however many rows there are; within the hour once more if somebody has changed a period.

use crate::db::{Db, Result};
use chrono::{DateTime, Utc};

/// Says how many classes were counted: none if they were counted today, with the periods as they are.
pub async fn what_goes(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let counted = sqlx::query!(
        "insert into retention_count as last (class, days, goes, held, untold, day, counted_at)
         select r.class, r.days, coalesce(d.goes, 0), coalesce(d.held, 0), coalesce(d.untold, 0), $2, $1
         from retention r left join retention_due($1, $2) d using (class)
         where exists (select from retention p left join retention_count c using (class)
             where c.day is distinct from $2 or c.days <> p.days)
         order by r.class
         on conflict (class) do update set days = excluded.days, goes = excluded.goes, held = excluded.held,
             untold = excluded.untold, day = excluded.day, counted_at = excluded.counted_at
             where last.counted_at <= excluded.counted_at",
        now,
        now.with_timezone(&db.zone()).date_naive()
    );
    let counted = counted.execute(&mut *db.conn().await?).await?;
    Ok(usize::try_from(counted.rows_affected()).unwrap_or_default())
}
