use crate::support::world_on;

#[sqlx::test]
async fn both_sides_have_the_same_letter_in_the_candidate_s_language_and_nobody_else(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    sqlx::query("update person set lang = 'es' where id = $1")
        .bind(cast.candidate.id)
        .execute(&world.db)
        .await
        .unwrap();
    let (mine, theirs) = (cast.at("offer", "/letter.pdf"), cast.at("placements", "/letter.pdf"));
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has(&mine));
    assert!(cast.reviewer.get(&cast.at("placements", "")).await.has(&theirs));

    let (one, two) = (cast.candidate.get(&mine).await, cast.reviewer.get(&theirs).await);

    assert!(one.status == 200 && one.body.starts_with("%PDF-1.7") && one.body == two.body);
    assert_eq!(one.headers["content-type"], "application/pdf");
    let name = one.headers["content-disposition"].to_str().unwrap();
    assert!(name.contains("Oferta PL-2026-0001.pdf"), "{name}");
    assert!(one.body.contains("(es)") || one.body.contains("es-ES"), "its language is told");
    assert_eq!(world.candidate("en").await.get(&mine).await.status, 404);
}
