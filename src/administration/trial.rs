//! Who would change: a policy that is not in force yet, tried against everybody in the pool.

use crate::db::Tx;
use crate::domain::policy::Policy;
use crate::domain::profile::Profile;
use crate::domain::terms::Stay;
use crate::web::{Administrator, Result};
use chrono::NaiveDate;
use uuid::Uuid;

/// So many profiles are in memory at once, however large the pool is.
const CHUNK: i64 = 500;

/// Judges everybody in the pool by both policies, as if they released on the day the new one begins, and keeps whose
/// verdict differs. Tells how many were judged.
pub async fn run(tx: &mut Tx<Administrator>, proposal: Uuid, now: &Policy, new: &Policy) -> Result<i32> {
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
            let by = |policy: &Policy| policy.assess(&profile, new.effective_from, stay).verdict;
            let (before, then) = (by(now), by(new));
            if before != then {
                cases.push(row.id);
                was.push(before.code().to_owned());
                becomes.push(then.code().to_owned());
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
