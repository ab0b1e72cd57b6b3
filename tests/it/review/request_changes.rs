use crate::support::world_on;

#[sqlx::test]
async fn the_candidate_is_asked_for_named_sections(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let path = format!("/review/{id}/changes");
    let form = "sections=education&sections=documents&message=Add+the+transcript.";

    let seen = reviewer.get(&path).await.hidden("seen");
    let once = reviewer.post(&path, &format!("seen={seen}&{form}")).await;
    let twice = reviewer.post(&path, &format!("seen={seen}&{form}")).await;

    assert_eq!((once.status, twice.status), (303, 303));
    assert_eq!(world.letters().await, ["changes_requested"]);
    assert_eq!(world.story().await[2..], ["request_changes: in_review -> changes_requested, by hr_reviewer"]);
    assert!(candidate.get("/application").await.has("Add the transcript."));
}

#[sqlx::test]
async fn nothing_is_asked_for_without_a_section_and_a_message(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("en").await).await;
    let reviewer = world.reviewer("fr").await;
    reviewer.claim(id).await;

    let page = reviewer.fill_in(&format!("/review/{id}/changes"), "message=").await;

    assert_eq!(page.status, 422);
    assert!(page.has("Choisissez au moins une section") && page.has("Écrivez ce qui manque"));
    assert!(world.letters().await.is_empty());
}

#[sqlx::test]
async fn whoever_lost_the_case_meanwhile_keeps_what_they_wrote(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    let id = world.application(&candidate).await;
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let path = format!("/review/{id}/changes");
    let seen = reviewer.get(&path).await.hidden("seen");
    let colleague = world.reviewer("en").await;
    let taken = colleague.fill_in(&format!("/review/{id}/unclaim"), "reason=On+leave").await;
    assert_eq!(taken.status, 303);

    let form = format!("seen={seen}&sections=letter&message=A+long+message.");
    let page = reviewer.post(&path, &form).await;

    assert_eq!(page.status, 409);
    assert!(page.has("A long message.") && page.has("Something happened to this application meanwhile"));
    assert!(world.letters().await.is_empty());
}
