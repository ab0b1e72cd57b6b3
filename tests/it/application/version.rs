use crate::support::world_on;

#[sqlx::test]
async fn what_was_released_stays_as_it_was(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    ines.change("wishes", "areas=migration_law&offices=nairobi").await;
    let page = ines.get("/application/version/1").await;
    assert!(page.status == 200 && page.has("Geneva") && !page.has("Nairobi"), "{}", page.body);
    assert_eq!(ines.get("/application/version/2").await.status, 404);
    ines.release().await;
    assert!(ines.get("/application/version/2").await.has("Nairobi"));
    assert!(ines.get("/application/version/1").await.has("href=\"/application/version/2\""));
}

#[sqlx::test]
async fn nobody_else_reads_it_here(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    world.ready_candidate("en").await.release().await;
    assert_eq!(world.candidate("en").await.get("/application/version/1").await.status, 404);
}
