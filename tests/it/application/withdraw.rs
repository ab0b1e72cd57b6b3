use crate::support::world_on;

#[sqlx::test]
async fn taken_back_it_is_gone_and_the_record_stays(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    let form = format!("seen={}&why=dates_changed", ines.get("/application/withdraw").await.hidden("seen"));
    for _ in 0..2 {
        let reply = ines.post("/application/withdraw", &form).await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/application")));
    }
    assert_eq!(world.story().await.last().unwrap(), "withdraw: released -> withdrawn, by candidate");
    assert_eq!(world.letters().await, ["released", "withdrawn"]);
    assert!(ines.get("/application").await.has("You have taken your profile back"));
}

#[sqlx::test]
async fn a_reason_not_on_the_list_is_refused_and_an_overtaken_page_says_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    assert_eq!(ines.post("/application/withdraw", "seen=1&why=bored").await.status, 422);
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    world.reviewer("en").await.post(&format!("/review/{id}/claim"), "seen=1").await;
    let late = ines.post("/application/withdraw", "seen=1&why=dates_changed").await;
    assert_eq!(late.status, 409);
    assert!(late.has("value=\"dates_changed\" selected") && late.hidden("seen") == "2");
    assert_eq!(world.candidate("en").await.get("/application/withdraw").await.status, 404);
}
