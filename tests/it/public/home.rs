use crate::support::world_on;

#[sqlx::test]
async fn a_stranger_reads_about_the_programme_in_three_languages(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    for (lang, title) in [
        ("en", "Paid internships, from Geneva to the field"),
        ("fr", "Des stages rémunérés, de Genève au terrain"),
        ("es", "Pasantías remuneradas, de Ginebra al terreno"),
    ] {
        let page = world.stranger().get_with("/", &[("accept-language", lang)]).await;
        assert_eq!(page.status, 200);
        assert!(page.has(title) && page.has(&format!("<html lang=\"{lang}\">")), "{lang}");
        assert!(page.body.len() < 40_000, "light enough for a slow line: {}", page.body.len());
    }
}

#[sqlx::test]
async fn people_with_work_go_straight_to_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    for (role, address) in [
        ("candidate", "/profile"),
        ("hr_reviewer", "/review/home"),
        ("supervisor", "/supervision/home"),
        ("hr_director", "/direction"),
        ("medical_officer", "/medical/home"),
        ("administrator", "/administration/home"),
    ] {
        let reply = world.sign_in("en", &[role]).await.get("/").await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some(address)), "{role}");
    }
}

#[sqlx::test]
async fn the_rules_quote_the_numbers_in_force(db: sqlx::PgPool) {
    sqlx::query(
        "insert into policy select id, '2026-11-01', jsonb_set(eligibility, '{below_age}', '41'),
             jsonb_set(terms, '{total_months}', '12') from policy",
    )
    .execute(&db)
    .await
    .unwrap();
    let world = world_on(db, "2026-11-24").await;
    let page = world.stranger().get("/rules").await;
    assert!(page.has("19 to 40 years old") && page.has("at most 12 months"), "{}", page.body);
    for path in ["/privacy", "/accessibility", "/help"] {
        for lang in ["en", "fr", "es"] {
            let page = world.stranger().get_with(path, &[("accept-language", lang)]).await;
            assert!(page.status == 200 && page.body.matches("<h1>").count() == 1, "{path} {lang}");
        }
    }
}

#[sqlx::test]
async fn the_script_is_small_and_kept_by_the_browser(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let home = world.stranger().get("/").await;
    let address = home.body.split("<script src=\"").nth(1).unwrap().split('"').next().unwrap();
    let script = world.stranger().get(address).await;
    assert_eq!(script.status, 200);
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(script.headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(script.body.len() < 12 * 1024, "{} bytes", script.body.len());
}
