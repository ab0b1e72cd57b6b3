use crate::support::world_on;
use sqlx::PgPool;

const NUMBERS: &str = "from_age=19&below_age=24&months_after_award=12&working_language=en&working_language=fr\
    &working_level=B2&shortest_months=2&initial_months=6&total_months=9&days_as_month=30&preferred_months=6";

#[sqlx::test]
async fn a_policy_is_tried_on_the_pool_and_confirmed_by_another(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, joy) =
        (world.sign_in("en", &["administrator"]).await, world.sign_in("en", &["administrator"]).await);
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    reviewer.pool(world.application(&candidate).await).await;
    let told = world.story().await.len();

    let id = ana.get("/administration/policies/new").await.hidden("id");
    let wrong = format!("id={id}&from_day=25&from_month=11&from_year=2026&{}", NUMBERS.replace("=24", "=19"));
    let wrong = ana.post("/administration/policies/new", &wrong).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("Choose a day after today"), "{}", wrong.body);
    let wrong = format!("id={id}&from_day=1&from_month=1&from_year=2027&{}", NUMBERS.replace("=24", "=19"));
    assert!(ana.post("/administration/policies/new", &wrong).await.has("must be above the youngest age"));

    // María was born in March 2002: too old for a policy below 24
    let form = format!("id={id}&from_day=1&from_month=1&from_year=2027&{NUMBERS}");
    let here = format!("/administration/policies/{id}");
    for _ in 0..2 {
        assert_eq!(ana.post("/administration/policies/new", &form).await.location.unwrap(), here);
    }
    let page = joy.get(&here).await;
    assert!(page.has("Verdicts that would change: 1 of 1 in the pool"), "{}", page.body);
    assert!(page.has("ST-2026-") && page.has("Confirm this version"), "{}", page.body);
    let same_day = form.replace(&id, &uuid::Uuid::now_v7().to_string());
    assert!(
        ana.post("/administration/policies/new", &same_day)
            .await
            .has("Another version is proposed for this day")
    );

    // not by whoever proposed it, not before it is confirmed, and once
    assert!(!ana.get(&here).await.has("Confirm this version"));
    assert_eq!(ana.post(&format!("{here}/confirm"), "").await.status, 303);
    assert_eq!(world.count("select count(*) from policy").await, 1);
    assert_eq!(ana.post(&format!("{here}/try"), "").await.status, 303);
    for _ in 0..2 {
        assert_eq!(joy.post(&format!("{here}/confirm"), "").await.status, 303);
    }
    assert_eq!(ana.post(&format!("{here}/drop"), "").await.status, 303);
    assert_eq!(
        world.story().await[told..],
        [
            "propose_policy, by administrator",
            "try_policy, by administrator",
            "confirm_policy, by administrator"
        ]
    );
    assert!(ana.get("/administration/policies").await.has("Not yet in force"));
    let in_force =
        "select (eligibility->>'below_age')::bigint from policy order by effective_from desc limit 1";
    assert_eq!(world.count(in_force).await, 24);
}

#[sqlx::test]
async fn a_day_that_has_come_confirms_nothing(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, joy) =
        (world.sign_in("en", &["administrator"]).await, world.sign_in("en", &["administrator"]).await);
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let id = ana.get("/administration/policies/new").await.hidden("id");
    let form = format!("id={id}&from_day=1&from_month=1&from_year=2027&{NUMBERS}");
    assert_eq!(ana.post("/administration/policies/new", &form).await.status, 303);
    let later = world.later("2027-01-01").await;
    let here = format!("/administration/policies/{id}");
    assert!(joy.of(&later).get(&here).await.has("Its day has come before anybody confirmed it"));
    assert_eq!(joy.of(&later).post(&format!("{here}/confirm"), "").await.status, 303);
    assert_eq!(world.count("select count(*) from policy").await, 1);
    let refused = sqlx::query("update policy_proposal set confirmed_by = proposed_by, confirmed_at = now()")
        .execute(&world.db)
        .await
        .unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().constraint(), Some("confirmed_by_another"));
}
