//! How often somebody may ask for a new password. What the answer gives away: `reset.rs` and `hostile/timing.rs`.

use crate::support::{Reply, World, world_behind_a_proxy};
use chrono::TimeDelta;

/// Somebody asks for an address, from a line.
async fn asked(world: &World, email: &str, from: &str) -> Reply {
    let form = format!("email={email}");
    world.stranger().post_with("/forgot-password", &form, &[("x-forwarded-for", from)]).await
}

#[sqlx::test]
async fn asking_for_one_address_again_and_again_is_stopped_on_that_line_alone(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    for _ in 0..5 {
        assert_eq!(asked(&world, "ana@example.org", "203.0.113.9").await.status, 303);
    }
    let page = asked(&world, "Ana@example.org", "203.0.113.9").await;
    assert_eq!((page.status, page.has("value=\"Ana@example.org\"")), (429, true), "{}", page.body);

    assert_eq!(asked(&world, "bea@example.org", "203.0.113.9").await.status, 303, "for another address");
    assert_eq!(asked(&world, "ana@example.org", "198.51.100.7").await.status, 303, "on another line");
    let later = world.at(world.now + TimeDelta::hours(1)).await;
    assert_eq!(asked(&later, "ana@example.org", "203.0.113.9").await.status, 303, "an hour later");
}

#[sqlx::test]
async fn asking_for_everybody_is_stopped_on_that_line_alone(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    for number in 0..30 {
        assert_eq!(asked(&world, &format!("c{number}@example.org"), "203.0.113.9").await.status, 303);
    }
    assert_eq!(asked(&world, "ana@example.org", "203.0.113.9").await.status, 429);
    assert_eq!(asked(&world, "ana@example.org", "198.51.100.7").await.status, 303, "on another line");
    let later = world.at(world.now + TimeDelta::hours(1)).await;
    assert_eq!(asked(&later, "ana@example.org", "203.0.113.9").await.status, 303, "an hour later");
}
