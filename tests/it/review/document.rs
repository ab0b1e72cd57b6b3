use crate::support::{PDF, world_on};

#[sqlx::test]
async fn a_reviewer_opens_a_released_document_and_that_is_recorded(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    let cv: uuid::Uuid = sqlx::query_scalar("select id from document").fetch_one(&world.db).await.unwrap();
    let reviewer = world.reviewer("en").await;

    let file = reviewer.get(&format!("/review/{id}/documents/{cv}")).await;

    assert_eq!((file.status, file.body.as_bytes()), (200, PDF));
    assert_eq!(file.headers["content-type"], "application/pdf");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment") && disposition.ends_with("CV%20Mar%C3%ADa.pdf"));
    assert_eq!(world.story().await.last().unwrap(), "open_document, by hr_reviewer");
}

#[sqlx::test]
async fn what_was_not_released_with_the_case_is_not_there(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    let later = world.document_of(&maria, "study_proof").await;
    let reviewer = world.reviewer("en").await;

    assert_eq!(reviewer.get(&format!("/review/{id}/documents/{later}")).await.status, 404);
    assert_eq!(maria.get(&format!("/review/{id}/documents/{later}")).await.status, 403);
    assert!(!world.story().await.iter().any(|line| line.starts_with("open_document")));
}
