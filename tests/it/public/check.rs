use crate::support::world_on;

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
