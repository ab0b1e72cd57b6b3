//! What reports show is counted from the record, month by month, so that their pages read a few lines however much has
//! happened. A month is counted in one transaction: whoever counts it meanwhile waits and counts it again, to the same end.

use crate::db::{Db, Result};
use crate::domain::calendar::months_later;
use crate::domain::report::{Stage, month_of};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use sqlx::{Connection, PgConnection};

/// How long a month that is over is still counted, in days: a change may be on its way at midnight.
const SETTLED_DAYS: u64 = 2;
/// How many months back allowances are worked out anew: an internship that ended earlier is paid.
const ALLOWANCE_MONTHS: u32 = 12;

pub async fn measure(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let today = now.with_timezone(&db.zone()).date_naive();
    let mut connection = db.conn().await?;
    let mut counted = 0;
    for month in open_months(&mut connection, today, db.zone()).await? {
        count(&mut connection, month, now, db.zone()).await?;
        counted += 1;
    }
    allowances(&mut connection, month_of(today)).await?;
    Ok(counted)
}

/// The months from the first of the record on that are not final, the current one last.
async fn open_months(connection: &mut PgConnection, today: NaiveDate, zone: Tz) -> Result<Vec<NaiveDate>> {
    let months = sqlx::query_scalar!(
        r#"select m.month::date as "month!"
           from (select date_trunc('month', at at time zone $2) as first from audit_event order by id limit 1) e,
               generate_series(e.first, $1::date::timestamp, interval '1 month') m (month)
           where not exists (select from report_month r where r.month = m.month::date and r.is_final)
           order by 1"#,
        month_of(today),
        zone.name()
    );
    Ok(months.fetch_all(connection).await?)
}

/// The moment a day begins by the organisation's clock; where that hour is skipped, the first one after it.
fn beginning(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = midnight.and_local_timezone(zone).earliest();
    local.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

async fn count(connection: &mut PgConnection, month: NaiveDate, now: DateTime<Utc>, zone: Tz) -> Result<()> {
    let next = months_later(month, 1);
    let (from, to) = (beginning(month, zone), beginning(next, zone));
    let settled = beginning(next.checked_add_days(Days::new(SETTLED_DAYS)).unwrap_or(next), zone);
    let mut tx = connection.begin().await?;
    // whoever else counts this month waits here
    sqlx::query!(
        "insert into report_month (month, measured_at, is_final) values ($1, $2, $3)
         on conflict (month) do update set measured_at = excluded.measured_at, is_final = excluded.is_final",
        month,
        now,
        now >= settled
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from report_count where month = $1", month).execute(&mut *tx).await?;
    sqlx::query!("delete from report_wait where month = $1", month).execute(&mut *tx).await?;
    count_stages(&mut tx, month, (from, to)).await?;
    measure_waits(&mut tx, month, (from, to)).await?;
    Ok(tx.commit().await?)
}

/// How many cases came to each stage, in all and by what they are about. Whoever states several languages counts for
/// each of them.
async fn count_stages(
    connection: &mut PgConnection,
    month: NaiveDate,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    let ways =
        Stage::ALL.into_iter().flat_map(|stage| stage.actions().iter().map(move |action| (stage, action)));
    let (codes, (subjects, actions)): (Vec<String>, (Vec<String>, Vec<String>)) = ways
        .map(|(stage, action)| (stage.code().to_owned(), (stage.subject().to_owned(), (*action).to_owned())))
        .unzip();
    sqlx::query!(
        "with reached as (
             select distinct k.stage, e.subject, e.subject_id
             from unnest($4::text[], $5::text[], $6::text[]) k (stage, subject, action)
             join audit_event e on e.action = k.action and e.subject = k.subject and e.at >= $2 and e.at < $3
                 -- a case that passes from one colleague to another was opened before
                 and (e.action <> 'assign' or e.from_state <> e.to_state)),
         cases as (
             select r.stage, a.tracks, a.languages, a.offices[1] as office_id
             from reached r join application a on a.id = r.subject_id where r.subject = 'application'
             union all
             select r.stage, a.tracks, a.languages, p.office_id
             from reached r join placement p on p.id = r.subject_id join application a on a.id = p.application_id
             where r.subject = 'placement'),
         parts as (
             select stage, 'all' as split, '' as part from cases
             union all select stage, 'office', office_id from cases where office_id is not null
             union all select stage, 'track', unnest(tracks) from cases
             union all select stage, 'language', unnest(languages) from cases)
         insert into report_count (month, stage, split, part, n)
         select $1, stage, split, part, count(*) from parts group by stage, split, part",
        month,
        from,
        to,
        &codes,
        &subjects,
        &actions
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How long those waited who were claimed or decided on for the first time.
async fn measure_waits(
    connection: &mut PgConnection,
    month: NaiveDate,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    sqlx::query!(
        "insert into report_wait (month, stage, n, median, p90)
         select $1, stage, count(*), percentile_cont(0.5) within group (order by days),
             percentile_cont(0.9) within group (order by days)
         from (
             select case when e.action in ('claim', 'assign') then 'claim' else 'decide' end as stage,
                 greatest(0, extract(epoch from e.at - a.waiting_since) / 86400) as days
             from audit_event e join application a on a.id = e.subject_id
             where e.action in ('claim', 'assign', 'pool', 'decline') and e.subject = 'application'
                 and e.at >= $2 and e.at < $3
                 and not exists (select from audit_event b
                     where b.subject = 'application' and b.subject_id = e.subject_id and b.id < e.id
                         and (e.action in ('claim', 'assign') and b.action in ('claim', 'assign')
                              or e.action in ('pool', 'decline') and b.action in ('pool', 'decline')))
         ) waited group by stage",
        month,
        from,
        to
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is agreed to be paid, by the terms as they stand.
async fn allowances(connection: &mut PgConnection, this_month: NaiveDate) -> Result<()> {
    let from = this_month.checked_sub_months(chrono::Months::new(ALLOWANCE_MONTHS)).unwrap_or(this_month);
    let mut tx = connection.begin().await?;
    sqlx::query!("lock table report_allowance in share row exclusive mode").execute(&mut *tx).await?;
    sqlx::query!("delete from report_allowance where month >= $1", from).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into report_allowance (month, office_id, currency, amount, placements)
         select (m.month || '-01')::date, p.office_id, coalesce(t.terms ->> 'currency', ''), sum(m.amount::numeric),
             count(*)
         from placement p left join offer o on o.placement_id = p.id,
             lateral (select coalesce(p.current_terms, o.terms, p.terms) as terms) t,
             lateral jsonb_to_recordset(case jsonb_typeof(t.terms #> '{allowance,schedule}')
                 when 'array' then t.terms #> '{allowance,schedule}' else '[]' end) m (month text, amount text)
         where p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early') and p.ends_on >= $1
             and (m.month || '-01')::date >= $1 and m.amount::numeric > 0
         group by 1, 2, 3",
        from
    )
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}
