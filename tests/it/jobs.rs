//! What happens by the calendar: nothing too early, everything once, and with two servers at work as with one.

mod chase;
mod offers;

use crate::support::{APPROVAL, Reader, World, pooled_later, world_on};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::jobs;

/// One round of two servers at once, on that day.
async fn work(world: &World, day: &str) -> World {
    let later = world.later(day).await;
    let db = Db::new(later.db.clone(), Zurich);
    let clock = Clock::Stopped(later.now);
    tokio::join!(jobs::once(&db, clock), jobs::once(&db, clock));
    jobs::once(&db, clock).await;
    later
}

async fn letters(world: &World, kind: &str) -> usize {
    world.letters().await.iter().filter(|letter| *letter == kind).count()
}

/// Days on which a round is done, and how many letters of a kind there are after it.
async fn count_on(world: &World, kind: &str, days: &[(&str, usize)]) {
    for (day, expected) in days {
        work(world, day).await;
        assert_eq!(letters(world, kind).await, *expected, "{kind} on {day}");
    }
}

#[sqlx::test]
async fn a_complete_profile_that_is_not_released_is_told_of_three_times(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-02").await;
    world.candidate("fr").await.post("/profile/letter", "seen=0&letter=Bonjour").await;
    let ines = world.ready_candidate("en").await;
    settled(&ines).await;
    let days =
        [("2026-11-03", 0), ("2026-11-04", 1), ("2026-11-08", 1), ("2026-11-09", 2), ("2026-11-22", 2)];
    count_on(&world, "unreleased", &days).await;
    count_on(&world, "unreleased", &[("2026-11-23", 3), ("2026-12-24", 3)]).await;
    assert_eq!(world.story().await.iter().filter(|line| *line == "remind, by system").count(), 3);
}

#[sqlx::test]
async fn nobody_is_told_who_has_released_or_is_unfinished_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let (ines, ana) = (world.ready_candidate("en").await, world.ready_candidate("es").await);
    settled(&ines).await;
    settled(&ana).await;
    count_on(&world, "unreleased", &[("2026-11-04", 2)]).await;
    assert_eq!(ines.release().await.status, 303);
    ana.post("/profile/letter", "seen=1&letter=").await;
    count_on(&world, "unreleased", &[("2026-11-09", 2), ("2026-12-09", 2)]).await;
}

#[sqlx::test]
async fn whoever_was_missed_gets_one_letter_and_nobody_after_their_first_day(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-02").await;
    settled(&world.ready_candidate("en").await).await;
    count_on(&world, "unreleased", &[("2027-01-20", 1)]).await;
    settled(&world.ready_candidate("en").await).await;
    // they proposed to begin on the first of February
    count_on(&world, "unreleased", &[("2027-02-02", 1)]).await;
}

/// Saves once more: documents of these tests are not uploaded through a page.
async fn settled(reader: &Reader<'_>) {
    reader.change("wishes", "areas=migration_law&offices=geneva").await;
}

#[sqlx::test]
async fn the_pool_ends_after_two_warnings(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, _) = pooled_later(&world, "2026-11-26").await;
    // in the pool until the 25th of May
    let days =
        [("2027-04-24", 0), ("2027-04-25", 1), ("2027-05-17", 1), ("2027-05-18", 2), ("2027-05-25", 2)];
    count_on(&world, "pool_ending", &days).await;
    assert_eq!(letters(&world, "expired").await, 0);
    let world = work(&world, "2027-05-26").await;
    assert_eq!((letters(&world, "pool_ending").await, letters(&world, "expired").await), (2, 1));
    assert_eq!(world.story().await.last().unwrap(), "expire: pooled -> expired, by system");
    let page = candidate.of(&world).get("/application").await;
    assert!(page.has("Your time in the pool has ended") && page.has("/application/renew"), "{}", page.body);
    let page = candidate.of(&world.later("2027-06-25").await).get("/application").await;
    assert!(!page.has("/application/renew"), "too late to renew");
}

#[sqlx::test]
async fn a_renewed_application_is_warned_anew(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, _) = pooled_later(&world, "2026-11-26").await;
    let world = work(&world, "2027-05-20").await;
    assert_eq!(letters(&world, "pool_ending").await, 1, "the last one only");
    let candidate = candidate.of(&world);
    let page = candidate.get("/application/renew").await;
    let form = format!("seen={}&verdict={}", page.hidden("seen"), page.hidden("verdict"));
    assert_eq!(candidate.post("/application/renew", &form).await.status, 303);
    count_on(&world, "pool_ending", &[("2027-05-26", 1), ("2027-10-27", 2), ("2027-11-18", 3)]).await;
    assert_eq!(letters(&world, "expired").await, 0);
}

#[sqlx::test]
async fn a_request_for_changes_expires_after_sixty_days(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&candidate).await;
    reviewer.claim(id).await;
    let asked = reviewer.fill_in(&format!("/review/{id}/changes"), "sections=letter&message=More").await;
    assert_eq!(asked.status, 303);
    assert!(candidate.get("/application").await.has("again by 24\u{a0}January 2027"));
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();

    let days =
        [("2026-12-24", 0), ("2026-12-25", 1), ("2027-01-16", 1), ("2027-01-17", 2), ("2027-01-24", 2)];
    count_on(&world, "answer_due", &days).await;
    assert_eq!(letters(&world, "expired").await, 0);
    let world = work(&world, "2027-01-25").await;
    assert_eq!(world.story().await.last().unwrap(), "expire: changes_requested -> expired, by system");
    let page = candidate.of(&world).get("/application").await;
    assert!(page.has("Your application has expired") && !page.has("/application/renew"), "{}", page.body);
    assert_eq!(candidate.of(&world).get("/application/renew").await.status, 303, "a review comes first");
}

#[sqlx::test]
async fn the_usual_wait_is_measured_from_the_record(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let (ana, bea) = (world.candidate("en").await, world.candidate("en").await);
    let id = world.application(&ana).await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let claimed = world.later("2026-11-06").await;
    claimed.reviewer("en").await.claim(id).await;

    let world = work(&world, "2026-11-10").await;
    world.application(&bea).await;

    let page = bea.of(&world).get("/application").await;
    assert!(page.has("usually opens profiles within 4 days, so by 14\u{a0}November 2026"), "{}", page.body);
    assert!(page.has("Usually by 14\u{a0}November 2026") && page.has("<dd>Human Resources</dd>"));
    let later = bea.of(&world.later("2026-11-14").await).get("/application").await;
    assert!(later.has("Later than usual"), "{}", later.body);

    // long after, nothing of the kind has happened lately
    work(&world, "2027-03-10").await;
    assert_eq!(world.count("select count(*) from usual_wait where stage = 'claim'").await, 0);
}

#[sqlx::test]
async fn every_wait_for_others_says_by_when_it_usually_ends(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let (ana, bea) = (world.candidate("en").await, world.candidate("en").await);
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let (first, second) = (world.application(&ana).await, world.application(&bea).await);
    reviewer.claim(first).await;
    assert!(ana.get("/application").await.has("There is no fixed day"), "nobody has decided yet");
    // the decision takes four days, the supervisor's three
    let decided = world.later("2026-11-06").await;
    let pool =
        reviewer.of(&decided).fill_in(&format!("/review/{first}/pool"), "reason=Transcript+seen").await;
    assert_eq!(pool.status, 303, "{}", pool.body);
    let placement = reviewer.of(&decided).propose(first, &supervisor.of(&decided)).await;
    let approved = world.later("2026-11-09").await;
    let path = format!("/supervision/{placement}/approve");
    assert_eq!(supervisor.of(&approved).fill_in(&path, APPROVAL).await.status, 303);

    let world = work(&world, "2026-11-09").await;

    reviewer.of(&world).claim(second).await;
    let page = bea.of(&world).get("/application").await;
    assert!(page.has("Usually by 13\u{a0}November 2026, going by the last 90 days"), "{}", page.body);
    reviewer.of(&world).fill_in(&format!("/review/{second}/pool"), "reason=Transcript+seen").await;
    reviewer.of(&world).propose(second, &supervisor.of(&world)).await;
    let page = bea.of(&world).get("/application").await;
    assert!(page.has("Usually by 12\u{a0}November 2026"), "{}", page.body);
    let late = bea.of(&world.later("2026-11-12").await).get("/application").await;
    assert!(late.has("Later than usual. We write to you as soon as it is decided"), "{}", late.body);
    assert!(
        ana.of(&world).get("/application").await.has("There is no fixed day"),
        "no offer was made lately"
    );
}

#[sqlx::test]
async fn what_does_not_agree_is_found_in_the_night_and_told_to_the_administrator(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ana = world.sign_in("en", &["administrator"]).await;
    world.accepted().await;
    let looks = "select coalesce(string_agg(day || ' ' || broken, ', ' order by day), '') from nightly_check";
    let looks = || async { sqlx::query_scalar::<_, String>(looks).fetch_one(&world.db).await.unwrap() };
    work(&world, "2026-11-25").await;
    assert_eq!(looks().await, "2026-11-25 {}", "all is well");
    assert!(!ana.get("/administration/home").await.has("do not agree"));

    stagiaire::record::chain::seal(&Db::new(world.db.clone(), Zurich)).await.unwrap();
    let lie = "set session_replication_role = replica; update application set version = version + 1;
        update audit_event set action = 'sign_in' where id = (select min(id) from audit_event);
        reset session_replication_role";
    sqlx::raw_sql(lie).execute(&world.db).await.unwrap();
    work(&world, "2026-11-25").await;
    assert_eq!(looks().await, "2026-11-25 {}", "one look a day");
    work(&world, "2026-11-26").await;
    let found = looks().await;
    assert!(
        found.contains("2026-11-26 {") && found.contains("\"application_stands_as_recorded\": 1"),
        "{found}"
    );
    assert!(found.contains("\"record_chain\": 1"), "{found}");
    let page = ana.get("/administration/home").await;
    assert!(page.has("do not agree") && page.has("application_stands_as_recorded"), "{}", page.body);
    work(&world, "2027-03-01").await;
    assert!(!looks().await.contains("2026-11"), "old looks go");
}

#[sqlx::test]
async fn what_offices_look_at_still_is_closed_when_the_pool_ends(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.approved().await;
    sqlx::query("update application set pooled_until = '2026-11-30'").execute(&world.db).await.unwrap();
    let later = work(&world, "2026-12-01").await;
    let states: Vec<String> =
        sqlx::query_scalar("select state from application union all select state from placement")
            .fetch_all(&world.db)
            .await
            .unwrap();
    assert_eq!(states, ["expired", "cancelled"]);
    assert!(world.letters().await.contains(&"placement_cancelled".to_owned()), "the supervisor is told");
    later.assert_whole().await;
}
