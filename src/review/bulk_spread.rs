//! Several cases given out in turn: each to whoever of Human Resources has fewest open ones, as long as they have room and
//! the case is open to them.

use super::bulk::{Act, Outcome, Picked, before, finish, most_open, picked, take};
use crate::db::{Done, Tx};
use crate::text::COUNTED;
use crate::web::{HrReviewer, Result};
use axum::response::Response;
use std::collections::HashSet;
use uuid::Uuid;

/// One of those who review.
struct Colleague {
    id: Uuid,
    open: i64,
}

/// Whom a case is closed to.
type Closed = HashSet<(Uuid, Uuid)>;

/// Gives out the cases that were picked, the one that waits longest first, and shows who has each now.
pub async fn spread(me: &HrReviewer, mut tx: Tx<HrReviewer>, picks: &[(Uuid, i32)]) -> Result<Response> {
    let most = most_open(&mut tx).await?;
    let mut ring = ring(&mut tx).await?;
    let mut picked = picked(&mut tx, picks, Act::Claim).await?;
    picked.sort_by_key(|one| (one.waiting_since, one.id));
    let closed = closed(&mut tx, &picked).await?;
    let (mut all, mut outcomes): (Option<Done>, Vec<Outcome>) = (None, Vec::new());
    for one in &picked {
        let (outcome, done) = in_turn(&mut tx, me, one, most, &mut ring, &closed).await?;
        outcomes.push(outcome);
        all = Done::either(all, done);
    }
    finish(me, tx, all, Act::Claim, picked, outcomes).await
}

async fn in_turn(
    tx: &mut Tx<HrReviewer>,
    me: &HrReviewer,
    one: &Picked,
    most: i64,
    ring: &mut [Colleague],
    closed: &Closed,
) -> Result<(Outcome, Option<Done>)> {
    // somebody has it: since it was picked, perhaps by this very press, or before
    if !one.is_released() {
        let outcome = match one.version == one.seen {
            true => Outcome::Overtaken,
            false => before(tx, one, Act::Assign(me.id)).await?,
        };
        return Ok((outcome, None));
    }
    let next = ring
        .iter_mut()
        .filter(|it| it.open < most && it.id != one.candidate && !closed.contains(&(it.id, one.id)))
        .min_by_key(|it| (it.open, it.id));
    let Some(next) = next else { return Ok((Outcome::Full, None)) };
    let mut room = most - next.open;
    let (outcome, done) = take(tx, one, Act::Assign(next.id.into()), me.id, &mut room).await?;
    next.open = most - room;
    Ok((outcome, done))
}

/// Everybody who reviews, with the number of cases they have open.
async fn ring(tx: &mut Tx<HrReviewer>) -> Result<Vec<Colleague>> {
    let rows = sqlx::query_as!(
        Colleague,
        r#"select p.id, (select count(*) from (select from application a
               where a.reviewer_id = p.id and a.state = 'in_review' limit $1) capped) as "open!"
           from person_role r join person p on p.id = r.person_id
           where r.role = 'hr_reviewer' and p.disabled_at is null and p.email_confirmed_at is not null
           order by p.id limit 200"#,
        COUNTED + 1
    );
    Ok(rows.fetch_all(&mut **tx).await?)
}

async fn closed(tx: &mut Tx<HrReviewer>, picked: &[Picked]) -> Result<Closed> {
    let ids: Vec<Uuid> = picked.iter().map(|one| one.id).collect();
    let rows = sqlx::query!(
        "select person_id, application_id from conflict_of_interest where application_id = any($1)",
        &ids
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.person_id, row.application_id)).collect())
}
