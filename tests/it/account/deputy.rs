use crate::support::{APPROVAL, Reader, World, world_on};
use uuid::Uuid;

/// Names somebody from one day of December 2026 to another.
async fn name(
    principal: &Reader<'_>,
    role: &str,
    deputy: &Reader<'_>,
    from: u32,
    until: u32,
) -> crate::support::Reply {
    let path = format!("/account/deputy?role={role}");
    let days = format!(
        "deputy={}&from_day={from}&from_month=12&from_year=2026&until_day={until}&until_month=12&until_year=2026",
        deputy.id
    );
    principal.fill_in(&path, &days).await
}

async fn facts_of_last(world: &World) -> serde_json::Value {
    sqlx::query_scalar("select facts from audit_event order by id desc limit 1")
        .fetch_one(&world.db)
        .await
        .unwrap()
}

async fn stay_signed_in(world: &World) {
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
}

async fn proposed(world: &World, supervisor: &Reader<'_>, reviewer: &Reader<'_>) -> Uuid {
    let application = world.application(&world.candidate("en").await).await;
    reviewer.pool(application).await;
    reviewer.propose(application, supervisor).await
}

#[sqlx::test]
async fn a_deputy_sees_and_decides_the_principal_s_cases_in_those_days_only_and_the_record_says_for_whom(
    db: sqlx::PgPool,
) {
    let world = world_on(db, "2026-11-25").await;
    let (away, deputy) = (world.supervisor("en", "geneva").await, world.supervisor("en", "nairobi").await);
    let reviewer = world.reviewer("en").await;
    let placement = proposed(&world, &away, &reviewer).await;
    let page = format!("/supervision/{placement}");
    let reply = name(&away, "supervisor", &deputy, 1, 10).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(world.letters().await[2..], ["deputy_named", "deputy_arranged"]);
    stay_signed_in(&world).await;
    for (day, sees) in
        [("2026-11-30", false), ("2026-12-01", true), ("2026-12-10", true), ("2026-12-11", false)]
    {
        let then = world.at(crate::support::day(day).and_hms_opt(9, 0, 0).unwrap().and_utc()).await;
        let there = then.again(&deputy);
        assert_eq!(there.get(&page).await.status, if sees { 200 } else { 404 }, "{day}");
        assert_eq!(there.get("/supervision").await.has("for Ana Beltrán, who is away"), sees, "{day}");
        let approve = there.get(&format!("{page}/approve")).await;
        assert_eq!(approve.status, if sees { 200 } else { 404 }, "{day}");
        assert_eq!(then.again(&away).get(&page).await.status, 200, "the principal goes on seeing it");
    }
    let then = world.later("2026-12-02").await;
    let there = then.again(&deputy);
    assert!(there.get(&page).await.has("You act for Ana Beltrán"));

    let reply = there.fill_in(&format!("{page}/approve"), APPROVAL).await;

    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(facts_of_last(&world).await["for"], serde_json::json!(away.id));
    let told = then.again(&reviewer).get(&format!("/placements/{placement}")).await;
    assert!(told.has("Ana Beltrán for Ana Beltrán"), "who acted for whom");
    let by: Uuid =
        sqlx::query_scalar("select approved_by from placement").fetch_one(&world.db).await.unwrap();
    assert_eq!(by, deputy.id);
}

#[sqlx::test]
async fn a_deputy_does_not_see_a_case_in_which_they_have_another_part(db: sqlx::PgPool) {
    let world = world_on(db, "2026-12-01").await;
    let away = world.supervisor("en", "geneva").await;
    let proposer = world.sign_in("en", &["hr_reviewer", "supervisor"]).await;
    let placement = proposed(&world, &away, &proposer).await;
    assert_eq!(name(&away, "supervisor", &proposer, 1, 10).await.status, 303);
    assert_eq!(proposer.get(&format!("/supervision/{placement}")).await.status, 404);
    assert!(proposer.get("/supervision").await.has("Nothing waits for you"));
    assert!(!world.letters().await.contains(&"placement_approved".to_owned()));
}

#[sqlx::test]
async fn letters_about_placements_reach_the_deputy_too(db: sqlx::PgPool) {
    let world = world_on(db, "2026-12-01").await;
    let (away, deputy) = (world.supervisor("en", "geneva").await, world.supervisor("en", "geneva").await);
    let reviewer = world.reviewer("en").await;
    assert_eq!(name(&away, "supervisor", &deputy, 1, 10).await.status, 303);
    proposed(&world, &away, &reviewer).await;
    let told: Vec<Uuid> =
        sqlx::query_scalar("select recipient_id from outbox where letter = 'placement_proposed' order by 1")
            .fetch_all(&world.db)
            .await
            .unwrap();
    let mut both = vec![away.id, deputy.id];
    both.sort();
    assert_eq!(told, both);
}

#[sqlx::test]
async fn what_is_wrong_is_said_and_a_second_window_is_overtaken(db: sqlx::PgPool) {
    let world = world_on(db, "2026-12-05").await;
    let (away, deputy) = (world.supervisor("en", "geneva").await, world.supervisor("en", "geneva").await);
    let stranger = world.reviewer("en").await;
    let wrong = name(&away, "supervisor", &stranger, 1, 3).await;
    assert!(wrong.status == 422 && wrong.has("Choose who stands in for you"));
    assert!(wrong.has("First day of your absence must be today or later") && wrong.has("value=\"3\""));
    let late = away.get("/account/deputy").await.hidden("seen");
    assert_eq!(name(&away, "supervisor", &deputy, 6, 10).await.status, 303);
    assert_eq!(name(&away, "supervisor", &deputy, 6, 10).await.status, 303, "pressed twice");
    assert_eq!(world.letters().await.len(), 2);
    let again = format!(
        "seen={late}&deputy={}&from_day=7&from_month=12&from_year=2026&until_day=9&until_month=12&until_year=2026",
        deputy.id
    );
    let reply = away.post("/account/deputy?role=supervisor", &again).await;
    assert!(
        reply.status == 409 && reply.has("changed meanwhile") && reply.has("value=\"9\""),
        "{}",
        reply.body
    );
    let page = away.get("/account/deputy").await;
    let ended =
        away.post("/account/deputy/end?role=supervisor", &format!("seen={}", page.hidden("seen"))).await;
    assert_eq!(ended.status, 303);
    assert_eq!(world.letters().await[2..], ["deputy_ended", "deputy_over"]);
    assert_eq!(world.story().await, ["name_deputy, by supervisor", "end_deputy, by supervisor"]);
}

#[sqlx::test]
async fn a_director_s_deputy_decides_in_the_director_s_place(db: sqlx::PgPool) {
    let world = world_on(db, "2026-12-01").await;
    let cast = world.approved_local().await;
    let (away, deputy) = (world.director("en").await, world.director("en").await);
    assert_eq!(name(&away, "hr_director", &deputy, 1, 10).await.status, 303);
    assert_eq!(cast.ask_waiver().await.status, 303);
    let path = cast.at("direction", "");
    assert!(deputy.get(&path).await.has("You act for Ana Beltrán"));
    let reply = deputy.fill_in(&path, "decision=grant&reason=Nobody+is+paid+twice").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(facts_of_last(&world).await, serde_json::json!({ "granted": true, "for": away.id }));
    assert!(
        cast.reviewer.get(&cast.at("placements", "")).await.has("Ana Beltrán for Ana Beltrán decided on")
    );
}

#[sqlx::test]
async fn what_waits_for_the_principal_is_on_the_deputy_s_home_and_list_in_those_days_only(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (away, deputy) = (world.supervisor("en", "geneva").await, world.supervisor("en", "nairobi").await);
    let reviewer = world.reviewer("en").await;
    let placement = proposed(&world, &away, &reviewer).await;
    let intern = world.internship(&world.candidate("en").await, &away, &reviewer, "started").await;
    assert_eq!(name(&away, "supervisor", &deputy, 1, 10).await.status, 303);
    for (day, sees) in [("2026-11-30", false), ("2026-12-01", true), ("2026-12-11", false)] {
        let then = world.later(day).await;
        let home = deputy.of(&then).get("/supervision/home").await;
        assert_eq!(home.has(&format!("href=\"/supervision/{placement}\"")), sees, "{day}: {}", home.body);
        assert_eq!(home.has("for Ana Beltrán, who is away"), sees, "{day}: {}", home.body);
        let interns = deputy.of(&then).get("/supervision/interns").await;
        assert_eq!(interns.has(&format!("href=\"/supervision/{intern}\"")), sees, "{day}: {}", interns.body);
        assert_eq!(interns.has("for Ana Beltrán, who is away"), sees, "{day}: {}", interns.body);
        for page in ["/supervision/home", "/supervision/interns"] {
            let own = away.of(&then).get(page).await;
            assert!(own.has("href=\"/supervision/") && !own.has("who is away"), "{day} {page}: {}", own.body);
        }
    }

    // half of the internship is over on the 2nd of May, and the last days to prolong it come in July
    sqlx::query("update deputy set from_day = '2027-04-01', until_day = '2027-07-31'")
        .execute(&world.db)
        .await
        .unwrap();
    for (day, asked) in [("2027-04-20", "/evaluate/mid_term"), ("2027-07-10", "/extend")] {
        let home = deputy.of(&world.later(day).await).get("/supervision/home").await;
        assert!(home.has(&format!("href=\"/supervision/{intern}{asked}\"")), "{day}: {}", home.body);
    }
}
