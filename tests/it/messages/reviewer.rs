use super::{say, say_with};
use crate::support::world_on;

#[sqlx::test]
async fn without_a_reviewer_nobody_gets_a_letter_and_the_queue_shows_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;

    say(&maria, "/application/messages", "Is anybody there?").await;
    assert!(world.letters().await.is_empty());
    assert!(reviewer.get("/review").await.has("New message"));

    // the first message is still unread, but nobody has had a letter about it
    reviewer.claim(id).await;
    say(&maria, "/application/messages", "Hello again").await;
    assert_eq!(world.letters().await, ["message_from_candidate"]);
    reviewer.get(&format!("/review/{id}/messages")).await;
    assert!(!reviewer.get("/review?state=in_review").await.has("New message"));
}

#[sqlx::test]
async fn a_colleagues_look_leaves_messages_new_for_who_has_the_application(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("en").await;
    let (reviewer, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    let thread = format!("/review/{id}/messages");
    reviewer.claim(id).await;
    say(&maria, "/application/messages", "A question").await;

    assert!(colleague.get(&thread).await.has("A question"));
    assert!(reviewer.get(&thread).await.has(">New</span>"));

    // any reviewer may answer: the candidate reads who did
    assert_eq!(say(&colleague, &thread, "An answer").await.status, 303);
    assert_eq!(world.letters().await, ["message_from_candidate", "message_from_staff"]);
    assert!(maria.get("/application").await.has("1 new"));
}

#[sqlx::test]
async fn nobody_writes_in_the_thread_of_their_own_application_as_staff(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let both = world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    let id = world.application(&both).await;
    let thread = format!("/review/{id}/messages");
    let form = both.get("/application/messages").await.hidden("form");

    assert_eq!(both.get(&thread).await.status, 403);
    assert_eq!(say_with(&both, &thread, &form, "Take me", &[]).await.status, 403);
    assert_eq!(world.count("select count(*) from message").await, 0);
}

#[sqlx::test]
async fn a_message_that_crosses_a_withdrawal_is_not_written(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    let thread = format!("/review/{id}/messages");
    let form = reviewer.get(&thread).await.hidden("form");

    let withdraw = "update application set version = version + 1, action = 'withdraw', state = 'withdrawn'";
    let late = world.meanwhile(withdraw, say_with(&reviewer, &thread, &form, "Welcome", &[])).await;

    assert_eq!(late.status, 404, "{}", late.body);
    assert_eq!(world.count("select count(*) from message").await, 0);
}

#[sqlx::test]
async fn of_somebody_who_is_gone_the_thread_says_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    sqlx::query("update person set erased_at = now(), disabled_at = now() where id = $1")
        .bind(maria.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(reviewer.get(&format!("/review/{id}/messages")).await.status, 410);
    assert_eq!(say_with(&reviewer, &format!("/review/{id}/messages"), "", "Hello?", &[]).await.status, 410);
}
