use crate::support::world_on;

#[sqlx::test]
async fn the_offer_says_all_there_is_to_decide_about(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.offered().await;

    let status = cast.candidate.get("/application").await;
    let page = cast.candidate.get(&cast.at("offer", "")).await;

    assert!(
        status.has("You have an offer from Geneva") && status.has(&cast.at("offer", "")),
        "{}",
        status.body
    );
    for words in [
        "until the end of Wednesday 2\u{a0}December 2026",
        "Monday 1\u{a0}February 2027",
        "Draw the maps",
        "Ana Beltrán",
        "February 2027</th><td class=\"num\" data-l=\"Thirtieths\">30</td><td class=\"num\" data-l=\"Amount\">CHF\u{a0}2,230.00",
        "CHF\u{a0}13,380.00",
        "must also cover evacuation",
        "two weeks’ notice",
    ] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
}

#[sqlx::test]
async fn nobody_else_reads_it_and_what_is_only_approved_is_no_offer(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    assert_eq!(cast.candidate.get(&cast.at("offer", "")).await.status, 404);
    let cast = world.offered().await;
    for verb in ["", "/accept", "/refuse", "/dates"] {
        assert_eq!(world.candidate("en").await.get(&cast.at("offer", verb)).await.status, 404, "{verb}");
    }
}
