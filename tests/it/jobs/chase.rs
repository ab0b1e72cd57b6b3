//! Whatever is due is chased 7, 3 and 1 days before, in the organisation's time zone, and never twice.

use super::work;
use crate::support::{EVALUATION, WHOLE_POLICY, World, day, world_on};
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

#[sqlx::test]
async fn documents_that_are_missing_before_the_first_day_are_chased(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (owes, sent) = (world.accepted().await, world.accepted().await);
    let officer = world.sign_in("en", &["medical_officer"]).await;
    sent.settle_all_but("nothing", &officer).await;

    // the first day is the 1st of February
    let days = ["2027-01-24", "2027-01-25", "2027-01-29", "2027-01-31", "2027-02-01"];
    let told = counts(&world, "papers_due", &[owes.candidate.id, sent.candidate.id], &days).await;

    assert_eq!(told, [[0, 0], [1, 0], [2, 0], [3, 0], [3, 0]]);
}

#[sqlx::test]
async fn a_policy_that_leaves_days_uncovered_is_missing_until_another_covers_them(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let mut until_may = WHOLE_POLICY;
    until_may[6..8].copy_from_slice(&[("until_day", "15"), ("until_month", "5")]);
    let mut from_then = WHOLE_POLICY;
    from_then[3..5].copy_from_slice(&[("from_day", "16"), ("from_month", "5")]);
    for kind in ["medical_certificate", "vaccination_record", "agreement"] {
        assert_eq!(cast.show(kind, &[]).await.status, 303, "{kind}");
    }
    let until = [("until_day", "1"), ("until_month", "1"), ("until_year", "2030")];
    assert_eq!(cast.show("passport", &until).await.status, 303);
    assert_eq!(cast.show("insurance", &until_may).await.status, 303);
    let person = [cast.candidate.id];
    assert_eq!(counts(&world, "papers_due", &person, &["2027-01-25"]).await, [[1]]);
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let later = world.later("2027-01-26").await;
    let reply = cast.on(&later).show("insurance", &from_then).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(counts(&world, "papers_due", &person, &["2027-01-29"]).await, [[1]], "what is sent is sent");
}

#[sqlx::test]
async fn documents_that_wait_are_chased_with_whoever_checks_them(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ours, medical) = (world.accepted().await, world.accepted().await);
    let officer = world.sign_in("en", &["medical_officer"]).await;
    ours.settle_all_but("passport", &officer).await;
    medical.settle_all_but("medical_certificate", &officer).await;
    let people = [ours.reviewer.id, medical.reviewer.id, officer.id];
    let days = ["2027-01-24", "2027-01-25"];

    assert_eq!(counts(&world, "verification_due", &people, &days).await, [[0, 0, 0], [1, 0, 0]]);
    let days = ["2027-01-29", "2027-01-31"];
    assert_eq!(counts(&world, "examination_due", &people, &days).await, [[0, 0, 2], [0, 0, 3]]);
    assert_eq!(counts(&world, "verification_due", &people, &["2027-02-01"]).await, [[3, 0, 0]]);
}

#[sqlx::test]
async fn a_first_day_that_nobody_confirms_is_chased_in_the_week_after_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, colleague) = (world.accepted().await, world.reviewer("en").await);
    let people = [cast.reviewer.id, colleague.id];
    let told = counts(&world, "start_due", &people, &["2027-02-01", "2027-02-02", "2027-02-06"]).await;
    assert_eq!(told, [[0, 0], [1, 0], [2, 0]]);
    // whoever proposed it has left: a colleague is told
    sqlx::query("update person set disabled_at = now() where id = $1")
        .bind(cast.reviewer.id)
        .execute(&world.db)
        .await
        .unwrap();
    let told = counts(&world, "start_due", &people, &["2027-02-08", "2027-02-10"]).await;
    assert_eq!(told, [[2, 1], [2, 1]]);
}

#[sqlx::test]
async fn a_longer_stay_is_chased_with_the_intern_then_with_human_resources_and_is_over_after_the_last_day(
    db: sqlx::PgPool,
) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let longer = "end_day=31&end_month=8&end_year=2027&reason=The+survey+needs+another+month";
    supervisor.done(&format!("/supervision/{id}/extend"), longer).await;
    let answer = format!("/internship/{id}/extension");

    // the last day is the 31st of July
    let told = counts(&world, "extension_answer_due", &[ines.id], &["2027-07-23", "2027-07-24"]).await;
    assert_eq!(told, [[0], [1]]);
    let wish = ines.get(&answer).await.hidden("wish");
    assert_eq!(ines.post(&answer, &format!("wish={wish}&answer=yes")).await.status, 303);
    let days = ["2027-07-28", "2027-07-30", "2027-07-31", "2027-08-01"];
    let told = counts(&world, "extension_decision_due", &[reviewer.id, ines.id], &days).await;
    assert_eq!(told, [[1, 0], [2, 0], [2, 0], [2, 0]]);
    assert_eq!(counts(&world, "extension_answer_due", &[ines.id], &["2027-08-01"]).await, [[1]], "answered");

    let after = world.later("2027-08-01").await;
    let (there, decide) = (reviewer.of(&after), format!("/placements/{id}/extension"));
    world.insured(id, "2027-02-01", "2027-08-31").await;
    let page = there.get(&decide).await;
    let form = format!("seen={}&wish={wish}", page.hidden("seen"));
    let late = there.post(&decide, &format!("{form}&decision=confirm")).await;
    assert_eq!((late.status, late.has("what is over cannot be extended")), (422, true), "{}", late.body);
    assert!(
        ines.of(&after).get(&format!("/internship/{id}")).await.has("was not agreed before your last day")
    );
    assert!(there.get("/review/home").await.has("Longer stay to confirm"), "it is declined by somebody");
    let reply = there.post(&decide, &format!("{form}&decision=decline&reason=Too+late")).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(world.count("select count(*) from placement where ends_on = '2027-07-31'").await, 1);
}

#[sqlx::test]
async fn an_intern_cannot_agree_to_stay_longer_after_the_last_day(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let longer = "end_day=31&end_month=8&end_year=2027&reason=The+survey+needs+another+month";
    supervisor.done(&format!("/supervision/{id}/extend"), longer).await;
    let answer = format!("/internship/{id}/extension");
    let wish = ines.get(&answer).await.hidden("wish");
    let last = world.later("2027-07-31").await;
    assert_eq!(ines.of(&last).get(&answer).await.status, 200, "the last day counts");
    let after = world.later("2027-08-01").await;
    let there = ines.of(&after);
    let late = there.post(&answer, &format!("wish={wish}&answer=yes")).await;
    assert_eq!((late.status, late.has("what is over cannot be extended")), (422, true), "{}", late.body);
    assert_eq!(there.get(&answer).await.status, 303);
    assert_eq!(world.count("select count(*) from extension where agreed_at is not null").await, 0);
}

#[sqlx::test]
async fn an_internship_that_is_over_is_chased_until_it_is_completed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let days = ["2027-07-31", "2027-08-01", "2027-08-04", "2027-08-05"];
    assert_eq!(counts(&world, "completion_due", &[supervisor.id], &days).await, [[0], [1], [1], [2]]);
    let there = world.later("2027-08-06").await;
    let there = supervisor.of(&there);
    there.done(&format!("/supervision/{id}/evaluate/final"), EVALUATION).await;
    there.done(&format!("/supervision/{id}/complete"), "").await;
    assert_eq!(counts(&world, "completion_due", &[supervisor.id], &["2027-08-07"]).await, [[2]]);
}
