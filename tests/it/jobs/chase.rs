//! Whatever is due is chased 7, 3 and 1 days before, in the organisation's time zone, and never twice.

use super::work;
use crate::support::{World, day, world_on};
use uuid::Uuid;

/// How many letters of a kind are owed to each of these people, after a round on each of these days.
async fn counts(world: &World, kind: &str, people: &[Uuid], days: &[&str]) -> Vec<Vec<i64>> {
    let mut all = Vec::new();
    for day in days {
        work(world, day).await;
        let mut line = Vec::new();
        for person in people {
            let count =
                sqlx::query_scalar("select count(*) from outbox where letter = $1 and recipient_id = $2");
            line.push(count.bind(kind).bind(person).fetch_one(&world.db).await.unwrap());
        }
        all.push(line);
    }
    all
}

#[sqlx::test]
async fn an_approval_is_chased_and_the_deputy_is_told_while_in_charge(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (supervisor, deputy) =
        (world.supervisor("en", "geneva").await, world.supervisor("fr", "geneva").await);
    let reviewer = world.reviewer("en").await;
    let application = world.application(&world.candidate("en").await).await;
    reviewer.pool(application).await;
    reviewer.propose(application, &supervisor).await;
    sqlx::query("insert into deputy values ($1, $2, $3, 'supervisor', '2026-12-01', '2026-12-03', 1, now())")
        .bind(Uuid::now_v7())
        .bind(supervisor.id)
        .bind(deputy.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert!(supervisor.get("/supervision").await.has("5\u{a0}December 2026"), "the list says by when");

    // due on the 5th of December
    let days =
        ["2026-11-27", "2026-11-28", "2026-11-30", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-06"];
    let told = counts(&world, "approval_due", &[supervisor.id, deputy.id], &days).await;

    assert_eq!(told, [[0, 0], [1, 0], [1, 0], [2, 1], [2, 1], [3, 1], [3, 1]]);
    let ended: Vec<String> =
        sqlx::query_scalar("select letter from outbox where letter like 'deputy%' order by 1")
            .fetch_all(&world.db)
            .await
            .unwrap();
    assert_eq!(ended, ["deputy_ended", "deputy_over"], "the last day passed by itself");
    assert_eq!(world.count("select count(*) from audit_event where action = 'chase'").await, 3);
    assert!(world.story().await.contains(&"end_deputy, by system".to_owned()));
}

#[sqlx::test]
async fn a_waiver_is_chased_until_it_is_decided(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved_local().await;
    let (director, other) = (world.director("en").await, world.director("es").await);
    assert_eq!(cast.ask_waiver().await.status, 303);
    let told = counts(&world, "waiver_due", &[director.id, other.id], &["2026-11-28", "2026-12-03"]).await;
    assert_eq!(told, [[1, 1], [2, 2]]);
    let decided = director.fill_in(&cast.at("direction", ""), "decision=refuse&reason=It+is+needed").await;
    assert_eq!(decided.status, 303);
    assert_eq!(counts(&world, "waiver_due", &[director.id], &["2026-12-04"]).await, [[2]]);
}

#[sqlx::test]
async fn the_day_is_the_organisation_s(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.director("en").await;
    assert_eq!(world.approved_local().await.ask_waiver().await.status, 303);
    // half past eleven in the evening in Greenwich is the 28th in Geneva
    let at = |hour, minute| day("2026-11-27").and_hms_opt(hour, minute, 0).unwrap().and_utc();
    for (now, told) in [(at(22, 30), 0), (at(23, 30), 1)] {
        let db = stagiaire::db::Db::new(world.db.clone(), chrono_tz::Europe::Zurich);
        stagiaire::jobs::once(&db, stagiaire::clock::Clock::Stopped(now)).await;
        assert_eq!(world.count("select count(*) from outbox where letter = 'waiver_due'").await, told);
    }
}

#[sqlx::test]
async fn evaluations_and_an_insurance_that_ends_are_chased(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let placement = world.internship(&candidate, &supervisor, &reviewer, "started").await;
    sqlx::query(
        "insert into onboarding_document (id, placement_id, kind, file_name, media_type, bytes, sha256, submitted_at,
             valid_from, valid_until, covers, state, decided_by, decided_at, scan)
         values ($1, $2, 'insurance', 'policy.pdf', 'application/pdf', 9, sha256('x'), now(), '2027-02-01',
             '2027-06-30', '{medical}', 'verified', $3, now(), 'not_scanned')",
    )
    .bind(Uuid::now_v7())
    .bind(placement)
    .bind(reviewer.id)
    .execute(&world.db)
    .await
    .unwrap();

    // from the 1st of February to the 31st of July: half of it is over on the 2nd of May
    let days = ["2027-04-24", "2027-04-25", "2027-04-29", "2027-05-01", "2027-05-02"];
    let mid_term = counts(&world, "mid_term_due", &[supervisor.id], &days).await;
    let days = ["2027-06-22", "2027-06-23", "2027-06-27", "2027-06-29", "2027-06-30"];
    let insurance = counts(&world, "insurance_ending", &[candidate.id], &days).await;
    let days = ["2027-07-23", "2027-07-24", "2027-07-28", "2027-07-30", "2027-07-31"];
    let at_the_end = counts(&world, "final_due", &[supervisor.id], &days).await;

    for told in [mid_term, insurance, at_the_end] {
        assert_eq!(told, [[0], [1], [2], [3], [3]]);
    }
}
