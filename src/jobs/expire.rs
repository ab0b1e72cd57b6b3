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

/// Any one that is due and that no other server has taken.
async fn due(tx: &mut Tx<System>) -> Result<Option<AnyApplication>> {
    let (today, zone) = (tx.today(), tx.zone().name());
    let row = sqlx::query!(
        "select id, candidate_id, version, state, state_since, reviewer_id, pooled_until from application
         where ((state = 'pooled' and pooled_until < $1)
                or (state = 'changes_requested' and state_since < ($1::date - $2::int)::timestamp at time zone $3))
            and not exists (select from placement p where p.application_id = application.id and p.state = 'offered')
         limit 1 for update skip locked",
        today,
        i32::try_from(ANSWER_DAYS).unwrap_or(i32::MAX),
        zone
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
