use crate::support::{proposal, world_on};
use sqlx::PgPool;

/// What is left empty is as everywhere.
fn ages(id: &str, from: &str, below: &str) -> String {
    format!(
        "id={id}&from_day=1&from_month=12&from_year=2026&from_age={from}&below_age={below}&months_after_award=\
         &working_level=&shortest_months=&initial_months=&preferred_months="
    )
}

#[sqlx::test]
async fn an_offices_own_numbers_hold_there_alone_once_another_has_confirmed_them(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, joy) =
        (world.sign_in("en", &["administrator"]).await, world.sign_in("en", &["administrator"]).await);
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    // born in March 2002, wishes for Geneva, and would go elsewhere
    let maria = world.candidate("en").await;
    let case = world.application(&maria).await;
    assert_eq!(maria.post("/account/consents", "give=other_offices").await.status, 303);
    reviewer.pool(case).await;

    let ask = "/administration/offices/geneva/policy";
    let page = ana.get(ask).await;
    assert!(page.has("Everywhere: 19") && page.has("Everywhere: B2"), "{}", page.body);
    let id = page.hidden("id");
    let wrong = ana.post(ask, &ages(&id, "", "19")).await;
    assert!(wrong.status == 422 && wrong.has("must be above the youngest age"), "{}", wrong.body);
    let here = format!("/administration/policies/{id}");
    // the programme's languages, in the order of a Spanish page: no numbers of its own
    let form = format!("{}&working_language=es&working_language=fr&working_language=en", ages(&id, "", "24"));
    for _ in 0..2 {
        assert_eq!(ana.post(ask, &form).await.location.unwrap(), here);
    }
    let twice = ana.post(ask, &ages(&uuid::Uuid::now_v7().to_string(), "", "25")).await;
    assert!(twice.status == 422 && twice.has("Another version is proposed for this day"), "{}", twice.body);
    let page = joy.get(&here).await;
    assert!(page.has("Geneva’s own numbers from 1\u{a0}December 2026"), "{}", page.body);
    assert!(page.has("Verdicts that would change: 1 of 1 in the pool"), "{}", page.body);
    assert!(joy.get("/administration/policies").await.has("Geneva, from 1\u{a0}December 2026"));

    assert_eq!(ana.post(&format!("{here}/confirm"), "").await.status, 303);
    assert_eq!(world.count("select count(*) from office_policy").await, 0, "not by whoever proposed them");
    for _ in 0..2 {
        assert_eq!(joy.post(&format!("{here}/confirm"), "").await.status, 303);
    }
    assert_eq!(world.count("select count(*) from policy").await, 1);
    let known =
        "select count(*) from office_policy where office_id = 'geneva' and numbers = '{\"below_age\": 24}'";
    assert_eq!(world.count(known).await, 1, "and nothing that is as everywhere");
    assert!(joy.get("/administration/policies").await.has("Offices with numbers of their own"));

    let path = format!("/review/{case}/propose");
    let check = format!("{}&check=true", proposal(&supervisor));
    assert!(reviewer.fill_in(&path, &check).await.has("Age, 19 to 36"), "their day has not come");
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let later = world.later("2026-12-01").await;
    let (reviewer, elsewhere) = (later.again(&reviewer), later.supervisor("en", "nairobi").await);
    let refused = reviewer.fill_in(&path, &proposal(&supervisor)).await;
    assert!(refused.status == 422 && refused.has("Age, 19 to 23"), "{}", refused.body);
    let check =
        check.replace("geneva", "nairobi").replace(&supervisor.id.to_string(), &elsewhere.id.to_string());
    assert!(reviewer.fill_in(&path, &check).await.has("Age, 19 to 36"), "elsewhere as before");
}

#[sqlx::test]
async fn whoever_wishes_for_an_office_is_judged_by_its_numbers(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let own = "insert into office_policy values ('nairobi', '2026-06-01', '{\"from_age\": 18, \"shortest_months\": 1}')";
    sqlx::query(own).execute(&world.db).await.unwrap();
    let about = "given_names=In%C3%A9s&family_names=Carvajal&born_day=14&born_month=3&born_year=2008&nationality=CO&residence=FR";
    let dates = "start_day=1&start_month=2&start_year=2027&end_day=15&end_month=3&end_year=2027";
    let (at_home, abroad) =
        ("areas=migration_law&offices=geneva", "areas=migration_law&offices=geneva&offices=nairobi");
    let ines =
        world.ready_candidate_but("en", &[("about", about), ("wishes", abroad), ("dates", dates)]).await;

    assert!(ines.get("/profile/dates").await.has("from 1 to 9 months"));
    let page = ines.get("/profile/release").await;
    for words in ["You meet every rule we can check (rules of the office: Nairobi)", "Age, 18 to 36"] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert_eq!(ines.release().await.status, 303);
    let reviewer = world.reviewer("en").await;
    let case: uuid::Uuid = sqlx::query_scalar("select id from application where verdict = 'eligible'")
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert!(reviewer.get(&format!("/review/{case}")).await.has("(rules of the office: Nairobi)"));
    reviewer.pool(case).await;

    // the programme's numbers hold in Geneva: too young, and too short a stay
    ines.change("wishes", at_home).await;
    assert!(ines.get("/profile/dates").await.has("from 2 to 9 months"));
    let page = ines.get("/profile").await;
    assert!(page.has("Age, 19 to 36") && !page.has("Age, 18 to 36"), "{}", page.body);
}
