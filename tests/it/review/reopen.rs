use crate::support::{Reader, World, world_on};
use uuid::Uuid;

async fn declined(world: &World, candidate: &Reader<'_>) -> Uuid {
    let id = world.application(candidate).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let form = "why=no_matching_place&message=Sorry+to+say.";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/decline"), form).await.status, 303);
    id
}

#[sqlx::test]
async fn a_decision_is_taken_back_with_a_reason(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = declined(&world, &world.candidate("en").await).await;
    let reviewer = world.reviewer("en").await;
    let path = format!("/review/{id}/reopen");

    let without = reviewer.fill_in(&path, "reason=").await;
    let with = reviewer.fill_in(&path, "reason=A+place+came+up").await;

    assert_eq!((without.status, with.status), (422, 303));
    assert_eq!(world.letters().await, ["not_selected", "reopened"]);
    assert!(reviewer.get(&format!("/review/{id}/pool")).await.status == 200, "it is mine now");
}

#[sqlx::test]
async fn not_after_twelve_months_nor_beside_a_new_application(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    let id = declined(&world, &candidate).await;
    world.application(&candidate).await;
    let path = format!("/review/{id}/reopen");

    let beside = world.reviewer("en").await.fill_in(&path, "reason=A+place+came+up").await;
    let world = world.later("2027-11-26").await;
    let late = world.reviewer("en").await.fill_in(&path, "reason=A+place+came+up").await;

    assert_eq!((beside.status, late.status), (422, 422));
    assert!(beside.has("released a new application meanwhile") && late.has("older than 12 months"));
}

#[sqlx::test]
async fn twelve_months_begin_on_the_organisations_day(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    // half past midnight in Geneva: the 26th
    let night = world.at("2026-11-25T23:30:00Z".parse().unwrap()).await;
    let id = declined(&night, &night.candidate("en").await).await;

    let world = world.later("2027-11-26").await;
    let path = format!("/review/{id}/reopen");
    let last_day = world.reviewer("en").await.fill_in(&path, "reason=A+place+came+up").await;

    assert_eq!(last_day.status, 303, "{}", last_day.body);
}
