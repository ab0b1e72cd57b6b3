//! Applications whose last day is over expire: in the pool, or waiting for changes that did not come. While an offer
//! waits for its answer, none does: whoever was offered a place may accept it. What offices look at still is closed.

use crate::cases;
use crate::db::Tx;
use crate::domain::application::{ANSWER_DAYS, AnyApplication, Facts, State};
use crate::domain::placement::AnyPlacement;
use crate::system::System;
use crate::web::{Error, Result};

/// One case a transaction, so that one that cannot expire keeps no other from it.
pub async fn all(system: &System) -> Result<usize> {
    let mut expired = 0;
    loop {
        let mut tx = system.begin().await?;
        let Some(case) = due(&mut tx).await? else { return Ok(expired) };
        let open = cases::open_placements(&mut tx, case.id().0).await?;
        if open.iter().any(|it| matches!(it, AnyPlacement::Offered(_))) {
            continue; // offered this very moment
        }
        let step = case.expire(tx.today()).map_err(|_| Error::Conflict)?;
        let done = tx.take(&step).await?;
        let done = cases::close(&mut tx, &open, done).await?;
        tx.commit(done).await?;
        expired += 1;
    }
}

/// So many are looked at to find one that nobody else holds.
const AT_HAND: i64 = 50;

/// One of the first that are due which no other server has taken.
async fn due(tx: &mut Tx<System>) -> Result<Option<AnyApplication>> {
    let (today, zone) = (tx.today(), tx.zone().name());
    let row = sqlx::query!(
        "select a.id, candidate_id, version, state, state_since, reviewer_id, pooled_until from application a
         join (
             (select id from application o where state = 'pooled' and pooled_until < $1 and not exists
                  (select from placement p where p.application_id = o.id and p.state = 'offered')
              order by pooled_until limit $4)
             union all
             (select id from application where state = 'changes_requested'
                  and state_since < ($1::date - $2::int)::timestamp at time zone $3
              order by state_since limit $4)) over using (id)
         -- once more, for one that has moved on meanwhile
         where ((a.state = 'pooled' and a.pooled_until < $1)
                or (a.state = 'changes_requested' and a.state_since < ($1::date - $2::int)::timestamp at time zone $3))
             and not exists (select from placement p where p.application_id = a.id and p.state = 'offered')
         limit 1 for update of a skip locked",
        today,
        i32::try_from(ANSWER_DAYS).unwrap_or(i32::MAX),
        zone,
        AT_HAND
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let since = tx.day_of(row.state_since);
    let case = State::from_code(&row.state).and_then(|state| {
        AnyApplication::from_facts(Facts {
            id: row.id.into(),
            candidate: row.candidate_id.into(),
            version: row.version,
            state,
            since,
            reviewer: row.reviewer_id.map(Into::into),
            pooled_until: row.pooled_until,
        })
    });
    Ok(case)
}
