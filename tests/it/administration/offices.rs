use crate::support::world_on;
use sqlx::PgPool;

const OFFICE: &str = "kind=country_office&name_en=Lom%C3%A9&name_fr=Lom%C3%A9&name_es=Lom%C3%A9&country=TG&time_zone=Africa%2FLome&allowance_mode=all_or_nothing";

#[sqlx::test]
async fn an_office_is_opened_paid_and_closed(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("en", &["administrator"]).await;
    let wrong =
        ana.post("/administration/offices/new", "word=Lom%C3%A9&time_zone=Togo&name_en=Lom%C3%A9").await;
    assert_eq!(wrong.status, 422);
    for said in [
        "Use small letters",
        "Enter a time zone",
        "Choose the country",
        "Enter the name in every language",
        "Choose what other funding means here",
    ] {
        assert!(wrong.has(said), "{said}");
    }
    for _ in 0..2 {
        let reply = ana.post("/administration/offices/new", &format!("word=lome&{OFFICE}")).await;
        assert_eq!(reply.location.unwrap(), "/administration/offices/lome");
    }
    let taken = ana.post("/administration/offices/new", &format!("word=nairobi&{OFFICE}")).await;
    assert!(taken.status == 422 && taken.has("Another office has this word"), "{}", taken.body);
    let home = ana.get("/administration/home").await;
    assert!(home.has("Open office without a monthly rate") && home.has("Lom"), "{}", home.body);

    let rate = "from_day=1&from_month=1&from_year=2027&monthly=810%2C50&currency=usd";
    for _ in 0..2 {
        assert_eq!(ana.post("/administration/offices/lome/rate", rate).await.status, 303);
    }
    let late = ana.post("/administration/offices/lome/rate", &rate.replace("2027", "2026")).await;
    assert!(
        late.status == 422 && late.has("Choose a day after today") && late.has("810,50"),
        "{}",
        late.body
    );
    assert!(ana.get("/administration/offices/lome").await.has("USD\u{a0}810.50"));

    // seen before the rate, which is no part of the office
    let close = "&closed_day=1&closed_month=3&closed_year=2027";
    let seen = ana.get("/administration/offices/lome").await.hidden("seen");
    let stale = ana.post("/administration/offices/lome", &format!("seen=old&{OFFICE}{close}")).await;
    assert_eq!(stale.status, 409);
    for _ in 0..2 {
        let reply = ana.post("/administration/offices/lome", &format!("seen={seen}&{OFFICE}{close}")).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
    assert!(ana.get("/administration/offices").await.has("Closes on 1\u{a0}March 2027"));
    assert_eq!(
        world.story().await,
        ["change_office, by administrator", "set_rate, by administrator", "change_office, by administrator"]
    );
    assert!(ana.get("/record").await.has("lome"), "the record says which office");
    let file = ana.get("/administration/export/offices/csv").await.body;
    let lome = file.lines().find(|line| line.contains("Lomé")).unwrap();
    assert!(lome.contains("Country office") && lome.ends_with("2027-03-01"), "{lome}");
    let geneva = file.lines().find(|line| line.starts_with("Geneva")).unwrap();
    assert!(geneva.contains(",2180.00,CHF,"), "{geneva}");
}

#[sqlx::test]
async fn a_day_has_one_rate(db: PgPool) {
    let refused = sqlx::query("update msa_rate set until_day = '2028-01-01' where office_id = 'geneva'")
        .execute(&db)
        .await
        .unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().constraint(), Some("one_rate_a_day"));
    sqlx::query("insert into msa_rate (office_id, from_day, monthly, currency) values ('geneva', '2026-07-01', 1, 'CHF')")
        .execute(&db)
        .await
        .unwrap();
    let periods: Vec<String> = sqlx::query_scalar(
        "select concat(from_day, ' ', until_day) from msa_rate where office_id = 'geneva' order by from_day",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert_eq!(periods, ["2026-01-01 2026-07-01", "2026-07-01 2027-01-01", "2027-01-01 "]);
}
