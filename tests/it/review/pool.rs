use crate::support::world_on;

/// The master's student of the builder has no degree yet: a person must judge.
#[sqlx::test]
async fn a_rule_that_needs_review_is_judged_in_writing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let path = format!("/review/{id}/pool");

    let without = reviewer.fill_in(&path, "reason=").await;
    let with = reviewer.fill_in(&path, "reason=Integrated+master%2C+transcript+seen").await;

    assert_eq!((without.status, with.status), (422, 303));
    assert!(without.has("Write why the rule that needs review counts as met"));
    assert_eq!(world.letters().await, ["pooled"]);
    assert!(reviewer.get(&format!("/review/{id}")).await.has("25\u{a0}May 2027"));
    assert!(candidate.get("/application").await.has("25 de mayo de 2027"));
}

#[sqlx::test]
async fn nobody_overrides_a_rule_that_is_not_met(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("en").await).await;
    sqlx::query("alter table snapshot disable trigger never_changes").execute(&world.db).await.unwrap();
    sqlx::query("update snapshot set assessment = jsonb_set(assessment, '{rules,0,outcome}', '\"not_met\"')")
        .execute(&world.db)
        .await
        .unwrap();
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let path = format!("/review/{id}/pool");

    let page = reviewer.get(&path).await;
    let forced = reviewer.post(&path, "seen=2&reason=I+insist").await;

    assert!(page.has("Nobody can override it") && !page.has("name=\"reason\""));
    assert_eq!(forced.status, 422);
    assert!(world.letters().await.is_empty());
}

#[sqlx::test]
async fn only_who_has_the_case_decides_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("en").await).await;
    world.reviewer("en").await.claim(id).await;
    let other = world.reviewer("en").await;
    let path = format!("/review/{id}/pool");

    assert_eq!(other.get(&path).await.status, 303);
    assert_eq!(other.post(&path, "seen=2&reason=Mine+now").await.status, 409);
    assert!(world.letters().await.is_empty());
}
