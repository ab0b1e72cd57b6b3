use crate::support::world_on;

#[sqlx::test]
async fn refused_with_a_reason_it_leaves_the_candidate_in_the_pool(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let path = cast.at("offer", "/refuse");
    let form = format!("seen={}&reason=My+exams+moved", cast.candidate.get(&path).await.hidden("seen"));
    for _ in 0..2 {
        let reply = cast.candidate.post(&path, &form).await;
        assert_eq!((reply.status, reply.location), (303, Some(cast.at("offer", ""))));
    }
    assert_eq!(world.story().await.last().unwrap(), "refuse: offered -> refused, by candidate");
    assert_eq!(world.letters().await[4..], ["placement_cancelled", "offer_refused"]);
    assert!(cast.reviewer.get(&cast.at("placements", "")).await.has("My exams moved"));
    let page = cast.candidate.get("/application").await;
    assert!(page.has("You are in the pool") && page.has("Offer refused: Geneva"), "{}", page.body);
    assert_eq!(cast.reviewer.get(&format!("/review/{}/propose", cast.application)).await.status, 200);
    world.assert_whole().await;
}

#[sqlx::test]
async fn what_is_too_long_comes_back_as_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let long = "x".repeat(1001);
    let page = cast.candidate.fill_in(&cast.at("offer", "/refuse"), &format!("reason={long}")).await;
    assert!(page.status == 422 && page.has(&long) && page.has("1000 characters"));
}
