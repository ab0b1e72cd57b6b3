//! Who would change: a policy that is not in force yet, tried against everybody in the pool.

use crate::db::{Note, Tx};
use crate::domain::policy::{NewPolicy, Policies, question};
use crate::domain::profile::Profile;
use crate::domain::terms::Stay;
use crate::policies;
use crate::web::{Administrator, Result};
use chrono::NaiveDate;
use serde_json::to_value;
use uuid::Uuid;

/// So many profiles are in memory at once, however large the pool is.
const CHUNK: i64 = 500;

/// Keeps a proposal and tries it. The same one a second time is a double click: nothing happens.
pub async fn propose(mut tx: Tx<Administrator>, id: Uuid, new: &NewPolicy) -> Result<()> {
    let (me, moment, today) = (tx.actor(), tx.now(), tx.today());
    let (eligibility, terms, numbers) = match new {
        NewPolicy::Programme(whole) => {
            (Some(to_value(&whole.eligibility)?), Some(to_value(whole.terms)?), None)
        }
        NewPolicy::Office(own) => (None, None, Some(to_value(&own.numbers)?)),
    };
    let kept = sqlx::query!(
        "insert into policy_proposal (id, effective_from, office_id, eligibility, terms, numbers, proposed_by,
             proposed_at, tried_at, tried)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0) on conflict (id) do nothing",
        id,
        new.effective_from(),
        new.office(),
        eligibility,
        terms,
        numbers,
        me.0,
        moment
    );
    if kept.execute(&mut *tx).await?.rows_affected() == 0 {
        return Ok(());
    }
    let now = policies::all(&mut tx, today).await?;
    run(&mut tx, id, &now, new).await?;
    let done = tx.note(Note::PolicyProposed, id, &[]).await?;
    Ok(tx.commit(done).await?)
}

/// Judges everybody in the pool by the policies of today and by the new one, as if they released on the day it begins,
/// and keeps whose verdict differs.
pub async fn run(tx: &mut Tx<Administrator>, id: Uuid, now: &Policies, new: &NewPolicy) -> Result<()> {
    let tried = judge_all(tx, id, now, new).await?;
    let moment = tx.now();
    sqlx::query!("update policy_proposal set tried = $2, tried_at = $3 where id = $1", id, tried, moment)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Tells how many were judged.
async fn judge_all(
    tx: &mut Tx<Administrator>,
    proposal: Uuid,
    now: &Policies,
    new: &NewPolicy,
) -> Result<i32> {
    let then = now.with(new);
    sqlx::query!("delete from policy_trial where proposal_id = $1", proposal).execute(&mut **tx).await?;
    // 1970: long before anybody's time in the pool ends
    let (mut judged, mut after) = (0, (NaiveDate::default(), Uuid::nil()));
    loop {
        let chunk = sqlx::query!(
            r#"select a.id, a.pooled_until as "pooled_until!", s.profile
               from application a join snapshot s on s.application_id = a.id and s.number = a.latest
               join person p on p.id = a.candidate_id and p.erased_at is null
               where a.state = 'pooled' and (a.pooled_until, a.id) > ($1, $2)
               order by a.pooled_until, a.id limit $3"#,
            after.0,
            after.1,
            CHUNK
        );
        let chunk = chunk.fetch_all(&mut **tx).await?;
        let Some(last) = chunk.last() else { return Ok(judged) };
        after = (last.pooled_until, last.id);
        judged += i32::try_from(chunk.len()).unwrap_or(i32::MAX);
        let (mut cases, mut was, mut becomes) = (Vec::new(), Vec::new(), Vec::new());
        for row in chunk {
            let profile: Profile = serde_json::from_value(row.profile)?;
            let stay = Stay { start: profile.dates.start, end: profile.dates.end };
            let asked = question(&profile, new.effective_from(), stay);
            let by = |policies: &Policies| policies.answer(&profile.wishes.offices, &asked).verdict;
            let verdicts = (by(now), by(&then));
            if verdicts.0 != verdicts.1 {
                cases.push(row.id);
                was.push(verdicts.0.code().to_owned());
                becomes.push(verdicts.1.code().to_owned());
            }
        }
        sqlx::query!(
            "insert into policy_trial (proposal_id, application_id, was, becomes)
             select $1, * from unnest($2::uuid[], $3::text[], $4::text[])",
            proposal,
            &cases,
            &was,
            &becomes
        )
        .execute(&mut **tx)
        .await?;
    }
}
