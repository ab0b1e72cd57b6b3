use crate::support::world_on;

const MASTER: &str = "level=master&state=enrolled&institution=Universit%C3%A9+de+Lyon&country=FR&subject=Migrations\
    &started_day=1&started_month=9&started_year=2025&final_year_day=&final_year_month=&final_year_year=\
    &degree_day=30&degree_month=6&degree_year=2027";
const BACHELOR: &str = "level=bachelor&state=awarded&institution=Universidad+Nacional&country=CO&subject=Derecho\
    &started_day=&started_month=&started_year=&final_year_day=&final_year_month=&final_year_year=\
    &degree_day=15&degree_month=12&degree_year=2024";

#[sqlx::test]
async fn several_studies_are_saved_and_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/education", &format!("seen=0&{MASTER}&{BACHELOR}")).await;
    assert_eq!(
        (reply.status, reply.location.as_deref()),
        (303, Some("/profile/languages")),
        "{}",
        reply.body
    );
    let page = ines.get("/profile/education").await;
    assert!(page.has("id=\"institution_1\" name=\"institution\" value=\"Université de Lyon\""));
    assert!(page.has("id=\"institution_2\" name=\"institution\" value=\"Universidad Nacional\""));
    assert!(page.has("<option value=\"bachelor\" selected>") && page.has("value=\"2024\""));
    assert_eq!(world.story().await, ["save, by candidate"]);
}

#[sqlx::test]
async fn the_second_study_is_explained_by_its_own_name(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let wrong = BACHELOR.replace("institution=Universidad+Nacional", "institution=").replace("2024", "2027");
    let reply = ines.post("/profile/education", &format!("seen=0&{MASTER}&{wrong}")).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.has("<title>Erreur")
            && reply.has("href=\"#institution_2\"")
            && reply.has("id=\"institution_2\"")
    );
    assert!(reply.has("Études 2\u{a0}: Indiquez le nom de votre université ou école"), "{}", reply.body);
    assert!(reply.has("Études 2\u{a0}: La date d’un diplôme obtenu ne peut pas être à venir"));
    assert!(
        reply.has("value=\"Université de Lyon\"") && reply.has("value=\"Derecho\""),
        "everything is kept"
    );
    assert!(ines.get("/profile/education").await.has("value=\"Derecho\""), "kept although unfinished");
}

#[sqlx::test]
async fn entries_are_added_and_removed_without_losing_the_others(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let added = ines.post("/profile/education", "seen=0&level=master&subject=Law&add=true").await;
    assert_eq!((added.status, added.location.as_deref()), (303, Some("/profile/education#level_2")));
    let page = ines.get("/profile/education").await;
    assert!(page.has("value=\"Law\"") && page.has("id=\"level_2\"") && !page.has("id=\"level_3\""));
    let seen = page.hidden("seen");
    let removed = ines.post("/profile/education", &format!("seen={seen}&{MASTER}&{BACHELOR}&remove=1")).await;
    assert_eq!((removed.status, removed.location.as_deref()), (303, Some("/profile/education#level_1")));
    let page = ines.get("/profile/education").await;
    assert!(
        page.has("value=\"Derecho\"") && !page.has("value=\"Migrations\"") && !page.has("id=\"level_2\"")
    );
}

#[sqlx::test]
async fn a_study_is_asked_for_and_too_many_are_not_taken(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let none = ines.post("/profile/education", "seen=0&level=&state=").await;
    assert_eq!(none.status, 422);
    assert!(none.has("<a href=\"#level_1\">Choose the level of your studies</a>"));
    let many = ines.post("/profile/education", &format!("seen=1&{}", [MASTER; 30].join("&"))).await;
    assert_eq!(many.status, 422);
    assert!(many.has("<a href=\"#level_9\">Study 9: You can list up to 8 studies: remove one</a>"));
    assert!(many.has("id=\"level_9\"") && !many.has("id=\"level_10\"") && !many.has("name=\"add\""));
}

#[test]
fn the_panel_is_told_of_every_study_that_can_be() {
    use chrono::NaiveDate;
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let typed = serde_json::json!({
        "level": ["bachelor", "master", "bachelor", ""],
        "state": ["enrolled", "awarded", "awarded", "enrolled"],
        "degree_day": ["", "31", "1", ""], "degree_month": ["", "4", "7", ""], "degree_year": ["", "2026", "2026", ""],
    });
    let form: stagiaire::profile::education::Form = serde_json::from_value(typed).unwrap();
    let studies = form.studies(today);
    assert_eq!(studies.len(), 2, "neither 31 April nor a study of no level");
    assert_eq!(
        (studies[0].ends_on, studies[0].awarded_on),
        (None, None),
        "what is missing is for the panel to say"
    );
    assert_eq!(studies[1].awarded_on, NaiveDate::from_ymd_opt(2026, 7, 1));
}
