use crate::support::world_on;

#[sqlx::test]
async fn placements_are_listed_by_state_and_page_by_page(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    assert!(reviewer.get("/placements").await.has("Nothing here"));
    for _ in 0..26 {
        let id = world.application(&world.candidate("en").await).await;
        reviewer.pool(id).await;
        reviewer.propose(id, &supervisor).await;
    }

    let first = reviewer.get("/placements").await;
    let next = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = reviewer.get(&next.replace("&amp;", "&")).await;

    assert_eq!(first.body.matches("María José Quispe Ñahui").count(), 25);
    assert_eq!(second.body.matches("María José Quispe Ñahui").count(), 1);
    assert!(reviewer.get("/placements?state=approved").await.has("Nothing here"));
    assert!(!reviewer.get("/placements?after=nonsense").await.has("Nothing here"));
}

#[sqlx::test]
async fn a_state_is_taken_out_as_a_file(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, supervisor) = (world.reviewer("es").await, world.supervisor("en", "geneva").await);
    let id = world.application(&world.candidate("en").await).await;
    reviewer.pool(id).await;
    reviewer.propose(id, &supervisor).await;
    let file = reviewer.get("/placements/export/csv?state=proposed").await;
    assert!(
        file.has("Lugar de destino")
            && file.has(",Ginebra,Ana Beltrán,2027-02-01,2027-07-31,2026-11-25 10:00\r\n"),
        "{}",
        file.body
    );
    assert_eq!(reviewer.get("/placements/export/csv?state=offered").await.body.lines().count(), 1);
}

#[sqlx::test]
async fn every_state_of_a_placement_has_its_list(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    for state in stagiaire::domain::placement::State::ALL {
        let mut tx = world.db.begin().await.unwrap();
        sqlx::query("set local session_replication_role = replica").execute(&mut *tx).await.unwrap();
        sqlx::query("update placement set state = $1").bind(state.code()).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let page = cast.reviewer.get(&format!("/placements?state={}", state.code())).await;
        assert!(page.has("María José Quispe"), "{}", state.code());
    }
    world.tampered();
}
