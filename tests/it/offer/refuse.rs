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

#[sqlx::test]
async fn a_refusal_that_loses_to_an_acceptance_in_another_tab_keeps_what_was_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let (refuse, dates) = (cast.at("offer", "/refuse"), cast.at("offer", "/dates"));
    let seen = cast.candidate.get(&refuse).await.hidden("seen");
    let wish = "start_day=1&start_month=3&start_year=2027&end_day=31&end_month=8&end_year=2027";
    cast.candidate.fill_in(&cast.at("offer", "/accept"), "agreed=true").await;
    let story = world.story().await;

    let refused = cast.candidate.post(&refuse, &format!("seen={seen}&reason=My+exams+moved")).await;
    let later = cast.candidate.post(&dates, &format!("{wish}&words=Exams+in+February")).await;

    for (page, typed) in
        [(&refused, "My exams moved"), (&later, "Exams in February"), (&later, "1 3 2027 – 31 8 2027")]
    {
        assert_eq!(page.status, 409, "{}", page.body);
        assert!(page.has("You have accepted this offer meanwhile") && page.has(typed), "{}", page.body);
        assert!(!page.has("<textarea") && page.has(&cast.at("offer", "")));
    }
    assert_eq!(world.story().await, story, "nothing happened");
    let silent = cast.candidate.post(&refuse, &format!("seen={seen}")).await;
    assert_eq!((silent.status, silent.location), (303, Some(cast.at("offer", ""))));
    world.assert_whole().await;
}

#[sqlx::test]
async fn whoever_writes_after_the_offer_was_taken_back_gets_it_back(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;
    let refuse = cast.at("offer", "/refuse");
    let seen = cast.candidate.get(&refuse).await.hidden("seen");
    cast.reviewer.fill_in(&cast.at("placements", "/rescind"), "reason=Budget").await;

    let page = cast.candidate.post(&refuse, &format!("seen={seen}&reason=My+exams+moved")).await;

    assert!(page.status == 409 && page.has("can no longer be answered") && page.has("My exams moved"));
}
