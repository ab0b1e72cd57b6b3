use crate::accounts::confirm::link;
use crate::support::{Reader, Reply, World, world_behind_a_proxy, world_on};
use chrono::TimeDelta;
use uuid::Uuid;

const GRADUATE: &str = "born_day=14&born_month=3&born_year=2002&way=recent_graduate\
                        &degree_day=30&degree_month=6&degree_year=2026&language=es&months=6";

#[sqlx::test]
async fn the_answer_is_the_dates_on_which_it_is_yes(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let answer = world.stranger().post("/check", GRADUATE).await;
    assert_eq!(answer.status, 200);
    assert!(answer.has("24\u{a0}November 2026") && answer.has("30\u{a0}June 2027"), "{}", answer.body);
    assert_eq!(answer.body.matches("data-tone=\"ok\"").count(), 4, "age, studies, language and length");
    assert!(world.story().await.is_empty(), "nothing is kept");
}

#[sqlx::test]
async fn somebody_too_young_is_told_from_when(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let young = "born_day=10&born_month=3&born_year=2008&way=final_year&degree_day=30&degree_month=6\
                 &degree_year=2027&language=en&months=6";
    let answer = world.stranger().post("/check", young).await;
    assert!(answer.has("data-tone=\"bad\"") && answer.has("10\u{a0}March 2027"), "{}", answer.body);
}

#[sqlx::test]
async fn a_stay_too_long_is_no_matter_of_studies(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let answer = world.stranger().post("/check", &GRADUATE.replace("months=6", "months=10")).await;
    assert!(answer.has("An internship lasts at most 9 months in all."), "{}", answer.body);
    assert!(answer.has("for another length of stay"));
}

#[sqlx::test]
async fn an_unfinished_question_comes_back_as_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let form = "born_day=14&born_year=2002&way=recent_graduate&language=es&months=some";
    let page = world.stranger().post("/check", form).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Date of birth must include a month") && page.has("value=\"2002\""));
    assert!(page.has("Enter a whole number of months") && page.has("value=\"some\""));
    assert!(page.has("value=\"recent_graduate\" checked") && page.has("<title>Error:"));
}

const ACCOUNT: &str = "given_names=Ana&family_names=Lima&email=ana%40example.org&lang=en&privacy=true\
                       &password=correct+horse+battery";

/// What a page carries on, as its form would send it.
fn carried(page: &Reply) -> String {
    let value = page.hidden("carried").replace("&#34;", "\"");
    serde_html_form::to_string([("carried", value)]).unwrap()
}

/// From the result to the registration page, and on to the account.
async fn register_with(reader: &Reader<'_>, answer: &Reply) -> Reply {
    let page = reader.post("/register/with-answers", &carried(answer)).await;
    assert_eq!(page.status, 200);
    assert!(page.has("Your answers go into your profile"), "{}", page.body);
    let wrong = reader.post("/register", &format!("given_names=Ana&{}", carried(&page))).await;
    assert_eq!(wrong.status, 422);
    reader.post("/register", &format!("{ACCOUNT}&{}", carried(&wrong))).await
}

#[sqlx::test]
async fn whoever_registers_with_the_answers_types_nothing_twice(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let stranger = world.stranger();
    let answer = stranger.post("/check", GRADUATE).await;
    assert_eq!(register_with(&stranger, &answer).await.status, 303);

    let ana: Uuid = sqlx::query_scalar("select id from person").fetch_one(&world.db).await.unwrap();
    let token = link(&world, ana, "confirm_email", TimeDelta::hours(48)).await;
    let inside = stranger.post(&format!("/confirm/{token}"), "password=correct+horse+battery").await;
    let ana = stranger.with_cookies(&inside);

    let about = ana.get("/profile/about").await;
    assert!(about.has("value=\"Lima\"") && about.has("value=\"14\"") && about.has("value=\"2002\""));
    let education = ana.get("/profile/education").await;
    assert!(education.has("<option value=\"awarded\" selected>"), "{}", education.body);
    assert!(education.has("value=\"30\"") && education.has("value=\"2026\""));
    assert!(ana.get("/profile/languages").await.has("<option value=\"es\" selected>"));
    let dates = ana.get("/profile/dates").await;
    assert!(dates.has("In the self-check you said: 6 months") && dates.hidden("months") == "6");
    let first_day = "seen=1&start_day=1&start_month=2&start_year=2027&end_day=&end_month=&end_year=&months=6";
    assert_eq!(ana.post("/profile/dates", first_day).await.status, 303);
    let dates = ana.get("/profile/dates").await;
    assert!(
        dates.has("name=\"end_day\" inputmode=\"numeric\" maxlength=\"2\" value=\"31\""),
        "{}",
        dates.body
    );
    assert!(!dates.has("In the self-check you said"), "the dates are there now");
    assert_eq!(
        ana.post("/profile/about", "seen=1&family_names=Lima&later=true").await.status,
        303,
        "a draft"
    );
}

#[sqlx::test]
async fn another_language_keeps_the_answers(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let stranger = world.stranger();
    let answer = stranger.post("/check", GRADUATE).await;
    let page = stranger.post("/register/with-answers", &carried(&answer)).await;
    assert!(page.has("formaction=\"/register/with-answers?lang=fr\""), "{}", page.body);

    let french = stranger.post("/register/with-answers?lang=fr", &carried(&page)).await;
    assert!(french.has("<html lang=\"fr\">") && carried(&french) == carried(&page));
    let next = stranger.with_cookies(&french).get("/sign-in").await;
    assert!(next.has("<html lang=\"fr\">"), "and the choice is remembered");
}

#[sqlx::test]
async fn answers_never_go_into_a_profile_that_exists(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let stranger = world.stranger();
    assert_eq!(stranger.post("/register", ACCOUNT).await.status, 303);
    let answer = stranger.post("/check", GRADUATE).await;
    assert_eq!(register_with(&stranger, &answer).await.status, 303);
    assert_eq!(world.count("select count(*) from profile_section").await, 0);

    let ana = world.candidate("en").await;
    let answer = ana.post("/check", GRADUATE).await;
    assert!(!answer.has("name=\"carried\"") && answer.has("href=\"/register\""));
}

#[sqlx::test]
async fn answers_nobody_gave_are_left_behind(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let stranger = world.stranger();
    let long = format!("carried=%7B%22way%22%3A%22{}%22%7D", "x".repeat(2000));
    for nonsense in ["carried=%5B%5D%5B", long.as_str(), ""] {
        let page = stranger.post("/register/with-answers", nonsense).await;
        assert_eq!(page.status, 200);
        assert!(!page.has("name=\"carried\""));
    }
    assert_eq!(stranger.get("/register/with-answers").await.location.as_deref(), Some("/register"));
}

/// Somebody asks, on a line.
async fn asked(world: &World, from: &str) -> u16 {
    world.stranger().post_with("/check", GRADUATE, &[("x-forwarded-for", from)]).await.status
}

#[sqlx::test]
async fn a_whole_school_may_ask_on_one_line_and_no_more(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-24").await;
    assert_eq!(asked(&world, "203.0.113.9").await, 200);
    sqlx::query("update throttle set hits = 999").execute(&world.db).await.unwrap();
    assert_eq!(asked(&world, "203.0.113.9").await, 200, "the thousandth");
    assert_eq!(asked(&world, "203.0.113.9").await, 429);

    assert_eq!(asked(&world, "198.51.100.7").await, 200, "another line");
    let later = world.at(world.now + TimeDelta::hours(1)).await;
    assert_eq!(asked(&later, "203.0.113.9").await, 200, "an hour later");
}
