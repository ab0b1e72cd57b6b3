use crate::support::world_on;

#[sqlx::test]
async fn an_empty_profile_has_nine_tasks_and_an_answer_already(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let page = ines.get("/profile").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.body.matches(">Not started</span>").count(), 9);
    assert!(page.has("We need to know more to say yes") && page.has("href=\"/profile/languages\""));
    assert!(page.has("9 sections are left") && !page.has("href=\"/profile/release\""));
}

#[sqlx::test]
async fn the_panel_does_not_wait_for_a_whole_section(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    ines.post("/profile/about", "seen=0&born_day=14&born_month=3&born_year=1980&later=true").await;
    let page = ines.get("/profile").await;
    assert!(page.has("In progress") && page.has("Enter your family names"));
    assert!(page.has("A rule is not met, whatever the dates"), "{}", page.body);
}

#[sqlx::test]
async fn a_rule_that_the_dates_break_is_named_in_the_list(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let year = "start_day=1&start_month=2&start_year=2027&end_day=31&end_month=1&end_year=2028";
    ines.post("/profile/dates", &format!("seen=0&{year}&later=true")).await;
    let page = ines.get("/profile").await;
    assert!(page.has("À modifier") && page.has("Votre stage doit durer 9 mois au plus"), "{}", page.body);
}

#[sqlx::test]
async fn what_was_released_is_told_from_what_has_changed_since(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let page = ines.get("/profile").await;
    assert!(
        page.has("href=\"/profile/release\"") && page.has("You meet every rule we can check"),
        "{}",
        page.body
    );
    assert!(page.has("from 24\u{a0}November 2026 to 30\u{a0}June 2027"), "{}", page.body);
    assert_eq!(ines.release().await.status, 303);
    let page = ines.get("/profile").await;
    assert!(
        page.has("ST-2026-00001")
            && page.has("href=\"/application\"")
            && !page.has("href=\"/profile/release\"")
    );
    ines.change(
        "experience",
        "role=Asistente&organisation=Cruz+Roja&from_day=1&from_month=2&from_year=2025&still=yes\
        &to_day=&to_month=&to_year=&description=x",
    )
    .await;
    let page = ines.get("/profile").await;
    assert!(page.has("You have changed it since") && page.has("href=\"/profile/release\""));
}

#[sqlx::test]
async fn a_complete_profile_that_is_not_released_is_said_on_every_page(db: sqlx::PgPool) {
    let words = "Your profile is complete, but not released";
    let world = world_on(db, "2026-11-24").await;
    let (ines, reviewer) = (world.ready_candidate("en").await, world.reviewer("en").await);
    assert!(!ines.get("/profile").await.has(words), "nothing was saved since it became complete");
    ines.change("wishes", "areas=migration_law&offices=geneva").await;
    for page in ["/profile", "/profile/about", "/application", "/help", "/nowhere"] {
        assert!(ines.get(page).await.has(words), "{page}");
    }
    assert!(!ines.get("/profile/release").await.has(words), "there it is done");
    assert!(!world.candidate("en").await.get("/help").await.has(words));
    assert!(reviewer.get("/review").await.has("One profile is complete but not released"));

    let unfinished = "start_day=1&start_month=2&start_year=2027&end_day=&end_month=&end_year=";
    assert_eq!(ines.fill_in("/profile/dates", unfinished).await.status, 422);
    assert!(!ines.get("/help").await.has(words), "unfinished again");
    assert!(!reviewer.get("/review").await.has("complete but not released"));
    ines.change("dates", "start_day=1&start_month=2&start_year=2027&end_day=31&end_month=7&end_year=2027")
        .await;
    assert!(ines.get("/help").await.has(words));

    ines.release().await;
    assert!(!ines.get("/application").await.has(words));
    ines.change("wishes", "areas=migration_law&offices=nairobi").await;
    assert!(!ines.get("/application").await.has(words), "another version is another matter");
    ines.fill_in("/application/withdraw", "why=correct_something").await;
    assert!(!ines.get("/application").await.has(words), "they have just taken it back");
    ines.change("wishes", "areas=migration_law&offices=geneva").await;
    assert!(ines.get("/application").await.has(words), "corrected, and forgotten");
}

#[sqlx::test]
async fn what_human_resources_asked_for_is_marked_until_it_is_changed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (ines, reviewer) = (world.ready_candidate("en").await, world.reviewer("en").await);
    ines.release().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    reviewer.claim(id).await;
    let form = "sections=wishes&sections=letter&message=Where%3F";
    reviewer.fill_in(&format!("/review/{id}/changes"), form).await;

    ines.change("wishes", "areas=migration_law&offices=nairobi").await;

    for page in ["/profile", "/profile/release"] {
        let page = ines.get(page).await;
        assert!(page.has("Human Resources asked you to change:"), "{}", page.body);
        assert!(page.has("Where you want to work:</a> changed"), "{}", page.body);
        assert!(page.has("Cover letter:</a> not changed yet") && page.has("by 23\u{a0}January 2027"));
    }
    ines.release().await;
    assert!(!ines.get("/profile").await.has("asked you to change"));
}

#[sqlx::test]
async fn one_section_is_said_as_one_in_every_language(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    assert!(ines.get("/profile").await.has("0 of 9 sections are done"));
    ines.change("wishes", "areas=migration_law&offices=geneva").await;
    for (lang, said) in [
        ("en", "One of 9 sections is done."),
        ("fr", "Une section sur 9 est terminée."),
        ("es", "Una de 9 secciones está lista."),
    ] {
        sqlx::query("update person set lang = $1").bind(lang).execute(&world.db).await.unwrap();
        let page = ines.get("/profile").await;
        assert!(page.has(said), "{said} is missing from {}", page.body);
    }
}
