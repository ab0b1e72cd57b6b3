//! Offers that wait for their answer.

use crate::support::{World, world_on};
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::jobs::offers;
use stagiaire::system::System;

/// Rounds at nine in the morning of a day, by two servers at once.
async fn rounds(world: &World, today: &str) -> usize {
    let now = crate::support::day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    let system = || System::new(Db::new(world.db.clone(), chrono_tz::Europe::Zurich), Clock::Stopped(now));
    let (one, two) = (system(), system());
    let (one, two) = tokio::join!(offers::all(&one), offers::all(&two));
    one.unwrap() + two.unwrap()
}

#[sqlx::test]
async fn the_candidate_is_reminded_twice_and_then_the_offer_lapses(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let before = world.letters().await.len();

    let mut dealt_with = Vec::new();
    for day in 26..=30 {
        dealt_with.push(rounds(&world, &format!("2026-11-{day}")).await);
    }
    for day in 1..=4 {
        dealt_with.push(rounds(&world, &format!("2026-12-0{day}")).await);
    }

    assert_eq!(dealt_with, [0, 0, 0, 1, 0, 1, 0, 1, 0]);
    assert_eq!(
        world.letters().await[before..],
        ["offer_reminder", "offer_reminder", "placement_cancelled", "offer_lapsed", "offer_unanswered"]
    );
    let story = world.story().await;
    assert_eq!(story.last().unwrap(), "lapse: offered -> lapsed, by system");
    assert!(cast.candidate.get("/application").await.has("Offer not answered: Geneva"));
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has("was not answered in time"));
    world.assert_whole().await;
}

#[sqlx::test]
async fn who_has_more_than_a_week_to_answer_is_reminded_a_week_before_too(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let form = "answer_day=10&answer_month=12&answer_year=2026";
    cast.reviewer.done(&cast.at("placements", "/offer"), form).await;
    let mut reminded = Vec::new();
    for day in ["2026-12-02", "2026-12-03", "2026-12-06", "2026-12-07", "2026-12-08", "2026-12-09"] {
        reminded.push(rounds(&world, day).await);
    }
    assert_eq!(reminded, [0, 1, 0, 1, 0, 1]);
}

#[sqlx::test]
async fn while_an_offer_is_open_the_application_does_not_expire(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (answers, silent) = (world.offered().await, world.offered().await);
    sqlx::query("update application set pooled_until = '2026-11-30'").execute(&world.db).await.unwrap();
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();

    let on_the_last_day = super::work(&world, "2026-12-02").await;
    assert_eq!(super::letters(&world, "expired").await, 0);
    let accepts = answers.candidate.of(&on_the_last_day);
    assert_eq!(accepts.fill_in(&answers.at("offer", "/accept"), "agreed=true").await.status, 303);

    // the offer that was not answered lapses, and nothing holds the application any more
    super::work(&world, "2026-12-03").await;
    let states = "select count(*) from application where state = 'expired'";
    assert_eq!((world.count(states).await, super::letters(&world, "expired").await), (1, 1));
    assert!(
        silent
            .candidate
            .of(&on_the_last_day)
            .get("/application")
            .await
            .has("Your time in the pool has ended")
    );
}

#[sqlx::test]
async fn what_is_answered_is_left_alone(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.accepted().await;
    let before = world.letters().await.len();
    for day in ["2026-11-29", "2026-12-01", "2026-12-03"] {
        assert_eq!(rounds(&world, day).await, 0);
    }
    assert_eq!(world.letters().await.len(), before);
}
