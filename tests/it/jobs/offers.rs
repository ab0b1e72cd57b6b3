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
