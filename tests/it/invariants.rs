//! What must hold is checked: each invariant is broken by hand, past every guard of the database, and named.

use crate::support::world_on;
use sqlx::PgPool;
use std::collections::BTreeSet;

/// What is done to a candidate who has accepted an offer, and the invariant it breaks.
const BROKEN: &[(&str, &str)] = &[
    ("application_stands_as_recorded", "update application set version = version + 1"),
    ("placement_stands_as_recorded", "update placement set state = 'ready'"),
    ("step_of_a_case", "delete from placement"),
    ("event_is_sealed_or_waits", "delete from audit_unsealed; delete from audit_link"),
    ("step_is_told", "delete from outbox where letter = 'pooled'"),
    ("placed_is_placed_once", "update placement set state = 'cancelled'"),
    ("placement_has_an_application_that_bears_it", "update application set state = 'withdrawn'"),
    ("newest_version_is_there", "update application set latest = 2"),
    ("pool_has_who_is_pooled", "insert into pool_entry (application_id) select id from application"),
    (
        "document_is_the_candidates_own",
        "update document d set person_id = (select id from person p where p.id <> d.person_id limit 1)",
    ),
    ("nobody_reviews_themselves", "update application set reviewer_id = candidate_id"),
    ("offered_with_an_offer", "delete from offer"),
    ("agreed_days_are_the_periods", "update placement set ends_on = ends_on + 1"),
    ("nothing_is_kept_for_what_is_off", "update placement set state = 'cancelled'"),
    (
        "one_place_at_a_time",
        "alter table placement_period drop constraint one_place_at_a_time;
         insert into placement_period (placement_id, number, person_id, asked_by, approved_by, agreed_at, agreed, days)
         select gen_random_uuid(), number, person_id, asked_by, approved_by, agreed_at, agreed, days
         from placement_period",
    ),
    (
        "period_is_the_interns",
        "update placement_period set person_id = (
             select id from person where id not in (person_id, asked_by, approved_by) limit 1)",
    ),
    ("ready_with_every_document", "update placement set state = 'ready'"),
    ("ready_with_vaccination_record", "update placement set state = 'ready'"),
    ("ready_is_insured_every_day", "update placement set state = 'ready'"),
    (
        "nobody_stays_too_long",
        "update placement_period set agreed = daterange(lower(agreed), lower(agreed) + 300),
             days = daterange(lower(days), lower(days) + 300)",
    ),
    (
        "waiver_waits_for_an_approved_placement",
        "insert into waiver (id, placement_id, reason, requested_by, requested_at, requested_on, due_on)
         select gen_random_uuid(), id, 'Paid elsewhere', proposed_by, state_since, '2026-11-25', '2026-12-05'
         from placement",
    ),
    (
        "certificate_of_whoever_completed",
        "insert into certificate (code, placement_id, issued_on, name, office_id, area, starts_on, ends_on)
         select '0123456789ABCDEF', id, '2026-11-25', 'Ana', office_id, area, starts_on, ends_on from placement",
    ),
    ("four_eyes", "update application set candidate_id = (select supervisor_id from placement)"),
];

#[sqlx::test]
async fn whatever_is_broken_is_named(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.director("en").await;
    world.accepted().await;
    world.assert_whole().await;

    for (name, sql) in BROKEN {
        let mut theirs = world.db.begin().await.unwrap();
        sqlx::raw_sql("set local session_replication_role = replica").execute(&mut *theirs).await.unwrap();
        sqlx::raw_sql(*sql).execute(&mut *theirs).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        let found: Vec<String> = sqlx::query_scalar("select distinct name from whatever_is_broken($1)")
            .bind(world.now)
            .fetch_all(&mut *theirs)
            .await
            .unwrap();
        assert!(found.iter().any(|found| found == name), "{name} is not found: {found:?}");
        theirs.rollback().await.unwrap();
    }
    world.assert_whole().await;
}

#[sqlx::test]
async fn each_invariant_is_broken_above(db: PgPool) {
    let all: BTreeSet<String> = sqlx::query_scalar(
        "select name[1] from pg_proc, regexp_matches(prosrc, 'select ''([a-z_]+)'', ', 'g') name
         where proname in ('broken_invariants', 'broken_promises')",
    )
    .fetch_all(&db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let broken: BTreeSet<String> = BROKEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(all, broken);
}
