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
