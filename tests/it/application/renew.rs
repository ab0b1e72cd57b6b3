use crate::support::{Reader, World, pooled_later, world_on};

async fn end_of_pool(world: &World) -> String {
    sqlx::query_scalar("select pooled_until::text from application").fetch_one(&world.db).await.unwrap()
}

async fn form(candidate: &Reader<'_>) -> String {
    let page = candidate.get("/application/renew").await;
    assert_eq!(page.status, 200, "{:?}", page.location);
    format!("seen={}&verdict={}", page.hidden("seen"), page.hidden("verdict"))
}

#[sqlx::test]
async fn around_the_end_there_are_six_more_months(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, world) = pooled_later(&world, "2027-05-01").await;
    let candidate = candidate.of(&world);
    assert!(candidate.get("/application").await.has("href=\"/application/renew\""));
    let page = candidate.get("/application/renew").await;
    assert!(
        page.has("25\u{a0}November 2027") && page.has("The first day you proposed has passed"),
        "{}",
        page.body
    );

    let form = form(&candidate).await;
    for _ in 0..2 {
        let reply = candidate.post("/application/renew", &form).await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/application")), "{}", reply.body);
    }

    assert_eq!(world.story().await.last().unwrap(), "renew: pooled -> pooled, by candidate");
    assert_eq!(end_of_pool(&world).await, "2027-11-25");
    assert_eq!(world.letters().await.iter().filter(|letter| *letter == "renewed").count(), 1);
    assert!(!candidate.get("/application").await.has("/application/renew"), "not twice");
}

#[sqlx::test]
async fn long_before_the_end_there_is_nothing_to_renew(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, world) = pooled_later(&world, "2027-04-01").await;
    let candidate = candidate.of(&world);
    assert_eq!(candidate.get("/application/renew").await.location.as_deref(), Some("/application"));
    let early = candidate.post("/application/renew", "seen=3&verdict=eligible").await;
    assert_eq!(early.location.as_deref(), Some("/application"));
    assert_eq!(end_of_pool(&world).await, "2027-05-25");
}

#[sqlx::test]
async fn what_was_not_on_the_page_is_not_agreed_to(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, world) = pooled_later(&world, "2027-05-01").await;
    let candidate = candidate.of(&world);
    let shown = form(&candidate).await;
    let stale = format!("{}&verdict=other_dates", shown.split('&').next().unwrap());
    assert_ne!(shown, stale);
    let page = candidate.post("/application/renew", &stale).await;
    assert_eq!(page.status, 409);
    assert!(page.has("Something has changed since you opened this page") && page.has("id=\"seen\""));
    assert_eq!(end_of_pool(&world).await, "2027-05-25");
}

#[sqlx::test]
async fn whoever_has_become_too_old_is_told_the_rule(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, world) = pooled_later(&world, "2027-05-01").await;
    let candidate = candidate.of(&world);
    sqlx::raw_sql(
        "alter table snapshot disable trigger never_changes;
         update snapshot set profile = jsonb_set(profile, '{about,date_of_birth}', '\"1980-01-01\"')",
    )
    .execute(&world.db)
    .await
    .unwrap();
    let page = candidate.get("/application/renew").await;
    assert!(page.has("cannot be renewed") && !page.has("name=\"seen\""), "{}", page.body);
    let pressed = candidate.post("/application/renew", "seen=3&verdict=not_eligible").await;
    assert_eq!(pressed.status, 422, "{}", pressed.body);
    assert_eq!(end_of_pool(&world).await, "2027-05-25");
    assert_eq!(world.candidate("en").await.get("/application/renew").await.status, 404);
}
