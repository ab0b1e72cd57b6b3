//! Only what was released can be opened, and opening it is recorded.
use crate::support::{PDF, world_on};

#[sqlx::test]
async fn a_released_document_is_a_recorded_download(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    world.tampered();
    let (maria, other) = (world.candidate("es").await, world.candidate("es").await);
    let (id, another) = (world.application(&maria).await, world.application(&other).await);
    let me = world.reviewer("en").await;
    let page = me.get(&format!("/review/{id}")).await;
    let address = page.body.split("href=\"").find(|rest| rest.contains("/documents/")).unwrap();
    let address = address.split('"').next().unwrap();

    let file = me.get(address).await;

    assert_eq!((file.status, file.body.as_bytes()), (200, PDF));
    assert_eq!(file.headers["content-type"], "application/pdf");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment") && disposition.ends_with("CV%20Mar%C3%ADa.pdf"));
    assert_eq!(world.story().await.last().map(String::as_str), Some("open_document, by hr_reviewer"));

    // the same document by way of another application, and by somebody else
    let elsewhere = address.replace(&id.to_string(), &another.to_string());
    assert_eq!(me.get(&elsewhere).await.status, 404);
    assert_eq!(other.get(address).await.status, 403);
    assert_eq!(world.count("select count(*) from audit_event where action = 'open_document'").await, 1);

    // withdrawn: gone at once
    sqlx::query("update application set state = 'withdrawn', action = 'withdraw', version = 2 where id = $1")
        .bind(id)
        .execute(&db)
        .await
        .unwrap();
    assert_eq!(me.get(address).await.status, 404);
}

#[sqlx::test]
async fn what_was_not_released_with_the_case_is_not_there(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    let later = world.document_of(&maria, "study_proof").await;
    let reviewer = world.reviewer("en").await;

    assert_eq!(reviewer.get(&format!("/review/{id}/documents/{later}")).await.status, 404);
    assert!(!world.story().await.iter().any(|line| line.starts_with("open_document")));
}

#[sqlx::test]
async fn a_document_is_shown_beside_the_profile_and_cannot_act(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    let me = world.reviewer("en").await;
    let document: uuid::Uuid =
        sqlx::query_scalar("select document_id from snapshot_document").fetch_one(&db).await.unwrap();
    let address = format!("/review/{id}/documents/{document}/view");

    let page = me.get(&format!("/review/{id}?document={document}")).await;
    let shown = me.get(&address).await;

    assert!(page.has(&format!("<iframe src=\"{address}\"")), "{}", page.body);
    assert_eq!((shown.status, shown.body.as_bytes()), (200, PDF));
    let header = |name: &str| shown.headers[name].to_str().unwrap();
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    assert!(header("content-security-policy").ends_with("frame-ancestors 'self'"));
    assert_eq!((header("x-frame-options"), header("x-content-type-options")), ("SAMEORIGIN", "nosniff"));
    assert!(header("content-disposition").starts_with("inline"));
    assert_eq!(world.story().await.last().map(String::as_str), Some("open_document, by hr_reviewer"));
    assert_eq!(maria.get(&address).await.status, 403);

    // a picture goes into a sandbox
    sqlx::query("update document set media_type = 'image/png'").execute(&db).await.unwrap();
    let photo = me.get(&address).await;
    assert_eq!(photo.headers["content-security-policy"], "sandbox; default-src 'none'");
}
