use crate::support::world_on;

#[sqlx::test]
async fn the_view_is_taken_out_whole_and_the_record_says_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let both = world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    world.application(&both).await;
    for _ in 0..60 {
        world.application(&world.candidate("en").await).await;
    }
    sqlx::query(
        "update application set name = '=HYPERLINK(\"http://x\")' where candidate_id <> $1 and id = (
        select id from application where candidate_id <> $1 limit 1)",
    )
    .bind(both.id)
    .execute(&world.db)
    .await
    .unwrap();

    let file = reviewer.get("/review/export/csv?language=es").await;

    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"applications.csv\"");
    assert_eq!(file.headers["cache-control"], "private, no-store");
    assert_eq!(file.body.lines().count(), 62, "heads and all pages: {}", file.body);
    assert!(file.has("\"'=HYPERLINK(\"\"http://x\"\")\""), "{}", file.body);
    assert_eq!(both.get("/review/export/csv").await.body.lines().count(), 61, "not their own");
    assert_eq!(reviewer.get("/review/export/csv?language=fr").await.body.lines().count(), 1);
    let workbook = reviewer.get("/review/export/xlsx").await;
    assert_eq!(
        workbook.headers["content-type"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    assert!(workbook.body.starts_with("PK"));
    assert_eq!(reviewer.get("/review/export/pdf").await.status, 404);
    let told = world.story().await.iter().filter(|line| *line == "export, by hr_reviewer").count();
    assert_eq!(told, 4);
    let page = reviewer.get("/review?language=es&sort=name").await;
    assert!(page.has("/review/export/csv?language=es&#38;sort=name"), "{}", page.body);
}
