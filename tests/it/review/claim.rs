//! One reviewer at a time.
use crate::support::world_on;

#[sqlx::test]
async fn of_two_reviewers_at_once_one_has_it_and_the_other_is_told(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let (one, other) = (world.reviewer("en").await, world.reviewer("en").await);
    let path = format!("/review/{id}/claim");

    let (first, second) = tokio::join!(one.post(&path, "seen=1"), other.post(&path, "seen=1"));

    let late = if first.status == 303 { second } else { first };
    assert_eq!(late.status, 409, "{}", late.body);
    assert!(late.has("Ana Beltrán was faster"), "{}", late.body);
    assert_eq!(
        world.story().await,
        ["release: new -> released, by candidate", "claim: released -> in_review, by hr_reviewer"]
    );
}

#[sqlx::test]
async fn a_double_click_claims_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let me = world.reviewer("en").await;
    let seen = me.get(&format!("/review/{id}")).await.hidden("seen");
    let (path, form) = (format!("/review/{id}/claim"), format!("seen={seen}"));

    let (first, second) = tokio::join!(me.post(&path, &form), me.post(&path, &form));

    for reply in [first, second, me.post(&path, &form).await] {
        assert_eq!((reply.status, reply.location), (303, Some(format!("/review/{id}"))), "{}", reply.body);
    }
    assert_eq!(world.story().await.len(), 2);
}

#[sqlx::test]
async fn whoever_read_an_older_version_reads_the_newer_one_first(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;

    let reply = world.reviewer("en").await.post(&format!("/review/{id}/claim"), "seen=0").await;

    assert_eq!(reply.status, 409);
    assert!(reply.has("The profile has changed since you opened it"), "{}", reply.body);
}

#[sqlx::test]
async fn only_human_resources_claims(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let path = format!("/review/{id}/claim");
    for other in [&candidate, &world.sign_in("en", &["supervisor"]).await] {
        assert!([403, 404].contains(&other.post(&path, "seen=1").await.status));
    }
    let both = world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    let own = world.application(&both).await;
    assert_eq!(both.post(&format!("/review/{own}/claim"), "seen=1").await.status, 403);
}
