//! How long candidates usually wait for what others do next, measured from the record and kept for every page.

use crate::db::{Db, Result};
use chrono::{DateTime, Utc};

/// The medians of days over the last 90 days, of the newest 1,000 of a kind: from release to claim, and from the moment
/// that a case came to whoever decides next to the decision. What the candidate took to change something counts for
/// nobody. Of a kind that did not happen in that time, nothing is known.
pub async fn waiting_times(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let measured = sqlx::query!(
        "with decided (stage, subject, state, actions, back) as (values
             -- whoever is put back into the queue has waited there before
             ('claim', 'application', 'released', '{claim,assign}'::text[], 'in_review'),
             ('decide', 'application', 'in_review', '{pool,decline,request_changes}', null),
             ('approve', 'placement', 'proposed', '{approve,decline}', null),
             ('offer', 'placement', 'approved', '{offer}', null)),
         waited (stage, seconds) as (
             select d.stage, extract(epoch from e.at - came.at)
             from decided d
             cross join lateral (
                 select id, at, subject_id from audit_event
                 where action = any(d.actions) and subject = d.subject and from_state = d.state
                     and at > $1::timestamptz - interval '90 days' and at <= $1
                 order by at desc limit 1000) e
             cross join lateral (
                 select b.at from audit_event b
                 where b.subject = d.subject and b.subject_id = e.subject_id and b.id < e.id
                     and b.to_state = d.state and b.from_state is distinct from d.state
                     and (d.back is null or b.from_state is distinct from d.back)
                 order by b.id desc limit 1) came),
         unknown as (delete from usual_wait where stage not in (select stage from waited))
         insert into usual_wait as last (stage, days, measured_at)
         select stage, least(365, greatest(1, ceil(percentile_cont(0.5) within group (order by seconds) / 86400))), $1
         from waited group by stage
         on conflict (stage) do update set days = excluded.days, measured_at = excluded.measured_at
             where last.measured_at < excluded.measured_at",
        now
    );
    let measured = measured.execute(&mut *db.conn().await?).await?;
    Ok(usize::try_from(measured.rows_affected()).unwrap_or_default())
}
