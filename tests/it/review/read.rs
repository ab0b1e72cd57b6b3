use crate::support::world_on;

#[sqlx::test]
async fn a_reviewer_reads_what_was_released(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;

    let page = world.reviewer("en").await.get(&format!("/review/{id}")).await;

    assert_eq!(page.status, 200, "{}", page.body);
    for words in ["María José Quispe Ñahui", "Universidad Nacional del Sur", "CV María.pdf"] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
}
