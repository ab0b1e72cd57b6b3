use crate::support::world_on;

#[sqlx::test]
async fn the_candidate_reads_the_reason_and_the_message(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("fr").await;
    let id = world.application(&candidate).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let path = format!("/review/{id}/decline");

    let empty = reviewer.fill_in(&path, "why=because").await;
    let form = "why=no_matching_place&message=Lima+works+on+other+subjects+this+year.";
    let declined = reviewer.fill_in(&path, form).await;

    assert_eq!((empty.status, declined.status), (422, 303));
    assert!(empty.has("Choose the reason") && empty.has("Write a message to the candidate"));
    assert_eq!(world.letters().await, ["not_selected"]);
    let page = candidate.get("/application").await;
    assert!(page.has("Lima works on other subjects this year."));
    assert!(page.has("Aucun bureau ne travaille dans les domaines choisis"));
}

#[sqlx::test]
async fn of_two_decisions_at_once_one_is_taken(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("en").await).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let decline = format!("/review/{id}/decline");
    let pool = format!("/review/{id}/pool");
    let seen = reviewer.get(&decline).await.hidden("seen");

    let (one, two) = (format!("seen={seen}&why=duplicate&message=Twice"), format!("seen={seen}&reason=Seen"));
    let (one, two) = tokio::join!(reviewer.post(&decline, &one), reviewer.post(&pool, &two));

    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(world.letters().await.len(), 1);
}

#[sqlx::test]
async fn another_reason_in_the_same_words_is_another_decision(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("en").await).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let path = format!("/review/{id}/decline");
    let form = "seen=2&why=no_matching_place&message=Sorry+to+say.";
    for _ in 0..2 {
        assert_eq!(reviewer.post(&path, form).await.status, 303);
    }

    let other = reviewer.post(&path, "seen=2&why=duplicate&message=Sorry+to+say.").await;

    assert_eq!(other.status, 409);
    assert_eq!(world.letters().await, ["not_selected"]);
}
