//! Back into the queue.
use crate::support::world_on;

#[sqlx::test]
async fn whoever_has_it_gives_it_back_without_a_word_and_twice_does_no_harm(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let me = world.reviewer("en").await;
    me.post(&format!("/review/{id}/claim"), "seen=1").await;

    for _ in 0..2 {
        let reply = me.post(&format!("/review/{id}/unclaim"), "seen=2").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }

    assert_eq!(
        world.story().await.last().map(String::as_str),
        Some("unclaim: in_review -> released, by hr_reviewer")
    );
    assert_eq!(world.story().await.len(), 3);
    assert!(me.get("/review").await.has("Nobody yet"));
}

#[sqlx::test]
async fn another_reviewer_says_why(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    me.post(&format!("/review/{id}/claim"), "seen=1").await;
    let path = format!("/review/{id}/unclaim");

    let wrong = colleague.post(&path, "seen=2&reason=").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("Write why you put it back"), "{}", wrong.body);

    let late = colleague.post(&path, "seen=1&reason=On+leave").await;
    assert_eq!(late.status, 409);
    assert!(late.has("On leave"), "{}", late.body);

    assert_eq!(colleague.post(&path, "seen=2&reason=On+leave").await.status, 303);
    assert!(colleague.get(&format!("/review/{id}")).await.has("On leave"));
}

#[sqlx::test]
async fn a_reason_for_what_was_decided_meanwhile_is_not_lost(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    me.claim(id).await;
    let path = format!("/review/{id}/unclaim");
    let seen = colleague.get(&path).await.hidden("seen");
    assert_eq!(me.fill_in(&format!("/review/{id}/pool"), "reason=Seen").await.status, 303);

    let late = colleague.post(&path, &format!("seen={seen}&reason=On+leave")).await;

    assert_eq!(late.status, 409);
    assert!(late.has("On leave") && late.has("Something happened"), "{}", late.body);
}
