use super::confirm::link;
use super::sign_in::person;
use crate::support::{PASSWORD, world_on};
use chrono::TimeDelta;

#[sqlx::test]
async fn the_answer_is_the_same_for_every_address(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "ana@example.org", "candidate", true).await;

    let known = world.stranger().post("/forgot-password", "email=ana%40example.org").await;
    let unknown = world.stranger().post("/forgot-password", "email=nobody%40example.org").await;

    assert_eq!((known.status, &known.location), (unknown.status, &unknown.location));
    assert_eq!(world.letters().await, ["reset_password"]);
}

#[sqlx::test]
async fn a_new_password_ends_every_session_and_is_told(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = person(&world, "ana@example.org", "candidate", true).await;
    let stranger = world.stranger();
    let old = format!("email=ana%40example.org&password={}", PASSWORD.replace(' ', "+"));
    let signed_in = stranger.with_cookies(&stranger.post("/sign-in", &old).await);
    let address =
        format!("/reset-password/{}", link(&world, id, "reset_password", TimeDelta::hours(1)).await);

    let weak = stranger.post(&address, "password=aaaaaaaaaaaaaa").await;
    let (one, two) = tokio::join!(
        stranger.post(&address, "password=quite+another+password"),
        stranger.post(&address, "password=quite+another+password")
    );

    assert_eq!(weak.status, 422);
    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [303, 410], "the link works once");
    assert_eq!(signed_in.get("/application").await.status, 303);
    assert_eq!(stranger.post("/sign-in", &old).await.status, 422);
    let new = stranger.post("/sign-in", "email=ana%40example.org&password=quite+another+password").await;
    assert_eq!(new.status, 303);
    assert_eq!(world.letters().await, ["password_changed"]);
}

#[sqlx::test]
async fn an_invited_person_chooses_the_first_password(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = person(&world, "kavita@example.org", "hr_reviewer", false).await;
    sqlx::query("update person set password_hash = null").execute(&world.db).await.unwrap();
    let address = format!("/invitation/{}", link(&world, id, "invitation", TimeDelta::days(7)).await);

    let page = world.stranger().get(&address).await;
    let chosen = world.stranger().post(&address, "password=three+quiet+rivers").await;
    let signed_in =
        world.stranger().post("/sign-in", "email=kavita%40example.org&password=three+quiet+rivers").await;

    assert!(page.has("Choose your password"));
    assert_eq!(chosen.location.as_deref(), Some("/sign-in?after=password"));
    assert_eq!(signed_in.location.as_deref(), Some("/review/home"));
}
