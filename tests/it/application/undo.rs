use crate::support::{Reader, World, world_on};
use uuid::Uuid;

async fn withdraw(candidate: &Reader<'_>) {
    assert_eq!(candidate.fill_in("/application/withdraw", "why=").await.status, 303);
}

async fn undo_form(candidate: &Reader<'_>) -> String {
    format!("seen={}", candidate.get("/application").await.hidden("seen"))
}

/// In review by somebody, then taken back by its candidate.
async fn withdrawn_in_review<'w>(world: &'w World) -> (Reader<'w>, Reader<'w>, Uuid) {
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&candidate).await;
    reviewer.claim(id).await;
    withdraw(&candidate).await;
    (candidate, reviewer, id)
}

#[sqlx::test]
async fn within_a_day_it_is_where_it_was_and_with_whom_it_was(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (candidate, reviewer, id) = withdrawn_in_review(&world).await;
    assert_eq!(reviewer.get(&format!("/review/{id}")).await.status, 404, "gone at once");
    let page = candidate.get("/application").await;
    assert!(page.has("Until 25\u{a0}November 2026, 10:00\u{a0}CET"), "{}", page.body);

    let form = undo_form(&candidate).await;
    for _ in 0..2 {
        let reply = candidate.post("/application/withdraw/undo", &form).await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/application")));
    }

    assert_eq!(world.story().await[3..], ["undo_withdraw: withdrawn -> in_review, by candidate"]);
    assert_eq!(world.letters().await, ["withdrawn", "withdrawal_undone", "back_with_you"]);
    assert!(candidate.get("/application").await.has("A reviewer is reading your profile"));
    assert!(reviewer.get(&format!("/review/{id}")).await.has(&format!("/review/{id}/pool")), "still theirs");
}

#[sqlx::test]
async fn after_a_day_it_is_too_late_and_said_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (candidate, _, _) = withdrawn_in_review(&world).await;
    let form = undo_form(&candidate).await;
    sqlx::query("update session set idle_seconds = 1000000").execute(&world.db).await.unwrap();
    let world = world.later("2026-11-26").await;
    let candidate = candidate.of(&world);

    assert!(!candidate.get("/application").await.has("/application/withdraw/undo"));
    let late = candidate.post("/application/withdraw/undo", &form).await;

    assert_eq!(late.status, 409);
    assert!(late.has("for 24 hours, and they are over"), "{}", late.body);
    assert_eq!(world.story().await.len(), 3, "release, claim, withdraw");
}

#[sqlx::test]
async fn placements_that_were_cancelled_stay_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&candidate).await;
    let supervisor = world.supervisor("en", "geneva").await;
    reviewer.pool(id).await;
    reviewer.propose(id, &supervisor).await;
    withdraw(&candidate).await;
    assert!(candidate.get("/application").await.has("that were cancelled stay cancelled"));

    let form = undo_form(&candidate).await;
    candidate.post("/application/withdraw/undo", &form).await;

    let row: (String, String) = sqlx::query_as(
        "select a.state, p.state from application a join placement p on p.application_id = a.id",
    )
    .fetch_one(&world.db)
    .await
    .unwrap();
    assert_eq!(row, ("pooled".to_owned(), "cancelled".to_owned()));
    assert!(candidate.get("/application").await.has("You are in the pool"));
}

#[sqlx::test]
async fn whoever_released_anew_meanwhile_has_one_open_application(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    withdraw(&ines).await;
    let form = undo_form(&ines).await;
    let elsewhere = ines.release_form().await;
    let (one, two) = tokio::join!(
        ines.post("/application/withdraw/undo", &form),
        ines.post("/profile/release", &elsewhere)
    );
    assert!(one.status < 500 && two.status < 500, "{} {}", one.body, two.body);
    assert_eq!(world.count("select count(*) from application where is_open").await, 1);
    ines.post("/application/withdraw/undo", &form).await;
    assert_eq!(world.count("select count(*) from application where is_open").await, 1);
    assert_eq!(world.candidate("en").await.post("/application/withdraw/undo", &form).await.status, 404);
}
