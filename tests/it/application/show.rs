use crate::support::world_on;

#[sqlx::test]
async fn nothing_released_is_said_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let page = world.candidate("en").await.get("/application").await;
    assert!(page.status == 200 && page.has("href=\"/profile\""));
    let reply = world.stranger().get("/application").await;
    assert!(reply.location.unwrap_or_default().starts_with("/sign-in"));
}

#[sqlx::test]
async fn where_it_stands_is_a_sentence_and_a_history(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    let page = ines.get("/application").await;
    assert!(page.has("ST-2026-00001") && page.has("Released for review"), "{}", page.body);
    assert!(page.has("href=\"/application/version/1\"") && page.has("href=\"/application/withdraw\""));
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    world.reviewer("en").await.post(&format!("/review/{id}/claim"), "seen=1").await;
    let page = ines.get("/application").await;
    assert!(page.has("A reviewer is reading your profile") && page.has("Review started"), "{}", page.body);
}

#[sqlx::test]
async fn one_day_is_said_as_one_in_every_language(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    world.application(&ines).await;
    sqlx::query("insert into usual_wait values ('claim', 1, now())").execute(&world.db).await.unwrap();
    for (lang, said) in [
        ("en", "usually opens profiles within a day, so by 25\u{a0}November 2026"),
        ("fr", "ouvrent d’habitude les dossiers en un jour, donc d’ici au 25\u{a0}novembre 2026"),
        ("es", "suele abrir los perfiles en un día, es decir, a más tardar el 25 de noviembre de 2026"),
    ] {
        sqlx::query("update person set lang = $1").bind(lang).execute(&world.db).await.unwrap();
        let page = ines.get("/application").await;
        assert!(page.has(said), "{said} is missing from {}", page.body);
    }
}

#[sqlx::test]
async fn what_was_never_measured_is_not_promised_and_ones_own_time_does_not_count(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (ines, reviewer) = (world.ready_candidate("en").await, world.reviewer("en").await);
    ines.release().await;
    let page = ines.get("/application").await;
    assert!(page.has("opens your profile next") && !page.has("usually opens"), "{}", page.body);

    sqlx::query("insert into usual_wait values ('claim', 4, now())").execute(&world.db).await.unwrap();
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    reviewer.claim(id).await;
    reviewer.fill_in(&format!("/review/{id}/changes"), "sections=letter&message=More,+please").await;
    let later = world.later("2026-12-14").await;
    assert_eq!(ines.of(&later).release().await.status, 303);
    let page = ines.of(&later).get("/application").await;
    assert!(page.has("within 4 days, so by 18\u{a0}December 2026"), "{}", page.body);
}
