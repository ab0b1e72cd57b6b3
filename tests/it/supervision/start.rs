use crate::support::world_on;

#[sqlx::test]
async fn the_first_day_is_neither_before_the_agreement_nor_ahead(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "ready").await;
    let path = format!("/supervision/{id}/start");
    let on = |day: &str, month: &str| format!("first_day={day}&first_month={month}&first_year=2027");

    let world = world.later("2027-02-10").await;
    let supervisor = supervisor.of(&world);
    for (form, words) in [
        (on("29", "1"), "must not be before the day agreed"),
        (on("11", "2"), "must be today or earlier"),
        (on("31", "2"), "must be a real date"),
        ("first_day=".to_owned(), "Enter the first day at work"),
    ] {
        let page = supervisor.fill_in(&path, &form).await;
        assert_eq!(page.status, 422, "{form}");
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert!(supervisor.get(&path).await.has("value=\"10\""), "today, if nothing else is said");
    assert_eq!(world.count("select count(*) from placement where state = 'ready'").await, 1);
}

#[sqlx::test]
async fn a_later_first_day_is_worked_out_anew_by_either_side(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "ready").await;
    let on = |day: &str, month: &str| format!("first_day={day}&first_month={month}&first_year=2027");

    let late = world.later("2027-06-15").await;
    let path = format!("/supervision/{id}/start");
    let short = supervisor.of(&late).fill_in(&path, &on("15", "6")).await;
    assert_eq!((short.status, short.has("must last at least 2 months")), (422, true));
    let form = format!("seen={}&{}", short.hidden("seen"), on("16", "2"));
    assert_eq!(supervisor.of(&late).post(&path, &form).await.status, 303);
    let other = reviewer.of(&late).post(&format!("/placements/{id}/start"), &form.replace("16", "17")).await;
    assert_eq!((other.status, other.has("value=\"17\"")), (409, true), "begun already, on another day");

    let page = ines.of(&late).get(&format!("/internship/{id}")).await;
    assert!(page.has("16\u{a0}February 2027") && page.has("5 months and 16 days"), "{}", page.body);
    assert_eq!(world.story().await.last().unwrap(), "start: ready -> started, by supervisor");
}

#[sqlx::test]
async fn a_rule_that_is_not_met_on_the_real_first_day_stops_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "ready").await;
    // 37 years old on the second of February
    sqlx::raw_sql(
        "alter table snapshot disable trigger never_changes;
         update snapshot set profile = jsonb_set(profile, '{about,date_of_birth}', '\"1990-02-02\"');",
    )
    .execute(&world.db)
    .await
    .unwrap();
    let world = world.later("2027-02-02").await;
    let (reviewer, path) = (reviewer.of(&world), format!("/placements/{id}/start"));

    let second = reviewer.fill_in(&path, "first_day=2&first_month=2&first_year=2027").await;
    let first = reviewer.fill_in(&path, "first_day=1&first_month=2&first_year=2027").await;

    assert_eq!((second.status, second.has("rule of eligibility is not met")), (422, true));
    assert_eq!(first.status, 303, "the day agreed stands");
    assert_eq!(world.story().await.last().unwrap(), "start: ready -> started, by hr_reviewer");
}
