use crate::support::{World, world_on};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::jobs;

/// One night with two servers at work; tells the letters about windows that close, so far.
async fn night(world: &World, day: &str) -> (usize, usize) {
    let later = world.later(day).await;
    let (db, clock) = (Db::new(later.db.clone(), Zurich), Clock::Stopped(later.now));
    tokio::join!(jobs::once(&db, clock), jobs::once(&db, clock));
    jobs::once(&db, clock).await;
    let letters = world.letters().await;
    let count = |kind: &str| letters.iter().filter(|letter| *letter == kind).count();
    (count("start_closes"), count("starts_close"))
}

#[sqlx::test]
async fn whoever_may_soon_start_no_more_is_told_once_and_so_is_the_reviewer(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let (one, two) = (world.application(&ana).await, world.application(&world.candidate("fr").await).await);
    // a start is possible for a year after the degree: until the 20th of January
    sqlx::raw_sql(
        "alter table snapshot disable trigger never_changes;
         update snapshot set profile = jsonb_set(profile, '{education,0}', profile #> '{education,0}'
             || '{\"state\": \"awarded\", \"awarded_on\": \"2026-01-20\", \"level\": \"bachelor\"}');
         alter table snapshot enable trigger never_changes;",
    )
    .execute(&world.db)
    .await
    .unwrap();
    for id in [one, two] {
        reviewer.pool(id).await;
    }

    assert_eq!(night(&world, "2026-12-20").await, (0, 0), "31 days before");
    assert_eq!(night(&world, "2026-12-21").await, (2, 1));
    assert_eq!(night(&world, "2026-12-22").await, (2, 1), "never twice");
    assert_eq!(night(&world, "2027-01-25").await, (2, 1));

    let story = world.story().await;
    assert_eq!(story.iter().filter(|line| *line == "warn_closing, by system").count(), 2);
    assert_eq!(story.iter().filter(|line| *line == "tell_closing, by system").count(), 1);
    let later = world.later("2026-12-22").await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let page = reviewer.of(&later).get("/review/closing").await;
    assert_eq!(page.body.matches("20\u{a0}January 2027").count(), 2, "{}", page.body);
    let file = reviewer.of(&later).get("/review/closing/export/csv").await;
    assert!(file.has("Quispe Ñahui,2027-01-20,2027-02-01\r\n"), "{}", file.body);
    assert_eq!(
        reviewer
            .of(&world.later("2027-01-21").await)
            .get("/review/closing")
            .await
            .body
            .matches("20\u{a0}Jan")
            .count(),
        0
    );
}

#[sqlx::test]
async fn every_night_everybody_is_judged_anew_and_a_run_that_was_cut_off_goes_on(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    for _ in 0..3 {
        reviewer.pool(world.application(&world.candidate("en").await).await).await;
    }
    let judged = || {
        world.count(
            "select count(*) from pool_entry where judged_on = '2026-11-26' and verdict = 'needs_review'",
        )
    };
    assert_eq!(judged().await, 0);
    night(&world, "2026-11-26").await;
    assert_eq!(judged().await, 3);
    // one was not reached, one has released a newer version since
    sqlx::raw_sql(
        "update pool_entry set judged_on = '2026-11-25' where application_id = (select min(application_id::text)::uuid from pool_entry);
         update application set starts_on = '2027-02-02' where id = (select max(application_id::text)::uuid from pool_entry)",
    )
    .execute(&world.db)
    .await
    .unwrap();
    assert_eq!(judged().await, 1);
    night(&world, "2026-11-26").await;
    assert_eq!(judged().await, 3);
    assert_eq!(
        world
            .count("select count(*) from pool_key where key = 'office:geneva' and starts_on = '2027-02-02'")
            .await,
        1
    );
    assert_eq!(night(&world, "2026-11-27").await, (0, 0));
    assert_eq!(judged().await, 0, "a new day, judged anew");
}
