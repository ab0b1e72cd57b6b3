//! The queue's numbers: counted up to a thousand and one, so that they cost the same however many there are.

use super::search::Wanted;
use crate::db::Tx;
use crate::text::COUNTED;
use crate::web::{HrReviewer, Result};
use sqlx::types::Json;

/// So many are the first of a state.
const LOOKED_AT: i64 = 3000;

/// How many are in each state, in an index alone: the order is for the planner.
pub async fn states(tx: &mut Tx<HrReviewer>, states: &[String]) -> Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select s.state as "state!", (select count(*) from (select from cases_open_to($3) a
               where a.state = s.state order by a.waiting_since, a.id limit $2) capped) as "n!"
           from unnest($1::text[]) s(state)"#,
        states,
        COUNTED + 1,
        tx.actor().0
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.state, row.n)).collect())
}

/// How many each of several searches finds, in their order.
pub async fn searches(tx: &mut Tx<HrReviewer>, wanted: &[Wanted]) -> Result<Vec<i64>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let counts = sqlx::query_scalar!(
        r#"select count_found($2, w.state, w.tags, w.one_of, w.not_tags, w.assignee, w.of_nobody, w.waiting_before,
               w.starts_before, w.words, w.without, w.alike, w.by_index, $3) as "n!"
           from rows from (jsonb_to_recordset($1) as (state text, tags text[], one_of text[], not_tags text[],
               assignee uuid, of_nobody boolean, waiting_before timestamptz, starts_before date, words text[],
               without text[], alike text[], by_index boolean)) with ordinality
               as w (state, tags, one_of, not_tags, assignee, of_nobody, waiting_before, starts_before, words, without,
               alike, by_index, nth)
           order by w.nth"#,
        Json(wanted) as _,
        tx.actor().0,
        COUNTED + 1
    );
    Ok(counts.fetch_all(&mut **tx).await?)
}

/// Whether enough of what is searched for is among the first of its state. Then more of it is met along the order of a
/// page, and the index of filters and words, which would first collect all of it, is left alone.
pub async fn is_frequent(tx: &mut Tx<HrReviewer>, w: &Wanted, enough: i64) -> Result<bool> {
    let met = sqlx::query_scalar!(
        r#"select count_found($1, $2, $3, $4, $5, $6, $7, least($8, (select waiting_since from application
               where state = $2 order by waiting_since, id offset $13 limit 1)), $9, $10, $11, $12, false, $14) as "n!""#,
        tx.actor().0,
        w.state,
        &w.tags,
        w.one_of.as_deref(),
        &w.not_tags,
        w.assignee,
        w.of_nobody,
        w.waiting_before,
        w.starts_before,
        &w.words,
        &w.without,
        &w.alike,
        LOOKED_AT,
        enough
    );
    Ok(met.fetch_one(&mut **tx).await? == enough)
}

/// How many profiles are complete and not released: nobody is named.
pub async fn unreleased(tx: &mut Tx<HrReviewer>) -> Result<i64> {
    let today = tx.today();
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from (select from profile p
               where p.unreleased_since is not null and p.complete_until >= $1
                 and not has_open_application(p.person_id)
               limit $2) capped"#,
        today,
        COUNTED + 1
    );
    Ok(n.fetch_one(&mut **tx).await?)
}
