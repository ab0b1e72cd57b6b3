use crate::support::world_on;
use sqlx::PgPool;

#[sqlx::test]
async fn human_resources_reads_the_record_of_a_case_with_its_reasons(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let cast = world.approved().await;
    let other = world.candidate("en").await;
    let stranger = world.application(&other).await;
    cast.reviewer.claim(stranger).await;

    let page = cast.reviewer.get(&format!("/review/{}/record", cast.application)).await;
    assert_eq!(page.status, 200);
    assert!(page.has("In review → In the pool") && page.has("Transcript seen"), "{}", page.body);
    assert!(page.has("With the supervisor → Approved"), "its placements belong to it: {}", page.body);
    assert_eq!(page.body.matches("Took the profile").count(), 1, "only this case");
    let sheet =
        cast.reviewer.get(&format!("/review/{}/record/export/csv?act=decisions", cast.application)).await;
    assert!(sheet.has(",Transcript seen\r\n") && !sheet.has("Took the profile"), "{}", sheet.body);

    // nobody reads the record of their own case
    sqlx::query("update application set candidate_id = $1 where id = $2")
        .bind(cast.reviewer.id)
        .bind(stranger)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(cast.reviewer.get(&format!("/review/{stranger}/record")).await.status, 403);
}
