use crate::support::{World, world_on};

#[sqlx::test]
async fn an_offer_freezes_its_terms_and_reaches_the_candidate_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let path = cast.at("placements", "/offer");
    let page = cast.reviewer.get(&path).await;
    assert!(
        page.has("value=\"2\"") && page.has("CHF\u{a0}13,380.00") && page.has("two weeks’ notice"),
        "{}",
        page.body
    );
    let form = format!("seen={}&answer_day=4&answer_month=12&answer_year=2026", page.hidden("seen"));

    let (one, two) = tokio::join!(cast.reviewer.post(&path, &form), cast.reviewer.post(&path, &form));

    assert_eq!((one.status, two.status), (303, 303), "{}\n{}", one.body, two.body);
    assert_eq!(world.story().await.last().unwrap(), "offer: approved -> offered, by hr_reviewer");
    assert_eq!(world.letters().await[3..], ["offer_made"]);
    sqlx::query("update msa_rate set monthly = 1").execute(&world.db).await.unwrap();
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has("CHF\u{a0}13,380.00"), "as offered");
    assert!(cast.reviewer.get(&cast.at("placements", "")).await.has("until 4\u{a0}December 2026"));
    assert!(cast.reviewer.get("/placements?state=offered").await.has("María José"));
    let frozen = sqlx::query("update offer set answer_by = '2027-01-01'").execute(&world.db).await;
    assert!(frozen.unwrap_err().to_string().contains("is written once"));
}

#[sqlx::test]
async fn the_answer_date_leaves_time_to_answer(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let path = cast.at("placements", "/offer");
    for day in ["26", "24"] {
        let form = format!("answer_day={day}&answer_month=11&answer_year=2026");
        let page = cast.reviewer.fill_in(&path, &form).await;
        assert!(
            page.status == 422
                && page.has("must lie between 27\u{a0}November 2026 and 25\u{a0}December 2026")
        );
        assert!(page.has(&format!("value=\"{day}\"")), "as typed");
    }
    let empty = cast.reviewer.fill_in(&path, "answer_day=").await;
    assert!(empty.status == 422 && empty.has("Enter the day by which"));
}

#[sqlx::test]
async fn what_no_longer_holds_is_not_offered(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    sqlx::query("update policy set terms = jsonb_set(terms, '{initial_months}', '5')")
        .execute(&world.db)
        .await
        .unwrap();
    sqlx::query("update policy set eligibility = jsonb_set(eligibility, '{below_age}', '20')")
        .execute(&world.db)
        .await
        .unwrap();
    let form = "answer_day=2&answer_month=12&answer_year=2026";
    let page = cast.reviewer.fill_in(&cast.at("placements", "/offer"), form).await;
    assert_eq!(page.status, 422);
    assert!(page.has("at most 5 months") && page.has("A rule is not met on the first day"), "{}", page.body);
    assert_eq!(world.count("select count(*) from offer").await, 0);
}

const ANSWER: &str = "answer_day=2&answer_month=12&answer_year=2026";

/// What the candidate stated of who pays: a part of the profile that was released, as JSON.
async fn funded(world: &World, part: &str, by: &str) {
    sqlx::query("alter table snapshot disable trigger never_changes").execute(&world.db).await.unwrap();
    sqlx::query("update snapshot set profile = jsonb_set(profile, array['funding', $1], $2::jsonb)")
        .bind(part)
        .bind(by)
        .execute(&world.db)
        .await
        .unwrap();
}

const SPONSOR: &str = r#"{"name": "Ministerio de Cultura", "kind": "governmental", "letter": true,
    "relevant_area": true, "covers": null}"#;

#[sqlx::test]
async fn a_scholarship_is_set_off(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    funded(&world, "scholarship", "\"Fundación Horizonte\"").await;
    let path = cast.at("placements", "/offer");

    let unsaid = cast.reviewer.fill_in(&path, ANSWER).await;
    let worked_out = cast.reviewer.fill_in(&path, &format!("{ANSWER}&scholarship=1000,50&check=true")).await;
    let sent = cast.reviewer.fill_in(&path, &format!("{ANSWER}&scholarship=1000,50")).await;

    assert!(unsaid.status == 422 && unsaid.has("Enter what Fundación Horizonte pays"));
    assert!(
        worked_out.status == 200
            && worked_out.has("CHF\u{a0}1,229.50")
            && worked_out.has("value=\"1000,50\"")
    );
    assert_eq!(sent.status, 303);
    let offer = cast.candidate.get(&cast.at("offer", "")).await;
    assert!(
        offer.has("CHF\u{a0}7,377.00") && offer.has("Others pay CHF\u{a0}1,000.50 a month"),
        "{}",
        offer.body
    );
}

#[sqlx::test]
async fn everybody_who_pays_is_set_off_for_the_days_they_pay_for(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    funded(&world, "scholarship", "\"Fundación Horizonte\"").await;
    funded(&world, "sponsor", SPONSOR).await;
    let path = cast.at("placements", "/offer");
    let days = |from: &str, to: &str| {
        format!(
            "&scholarship_from_day=1&scholarship_from_month={from}&scholarship_from_year=2027\
             &scholarship_to_day=31&scholarship_to_month={to}&scholarship_to_year=2027"
        )
    };
    let paid = format!("{ANSWER}&scholarship=1000&sponsor=230");

    let backwards = cast.reviewer.fill_in(&path, &format!("{paid}{}", days("7", "5"))).await;
    let sent = cast.reviewer.fill_in(&path, &format!("{paid}{}", days("4", "5"))).await;

    assert!(
        backwards.status == 422 && backwards.has("The last day it is paid for must be"),
        "{}",
        backwards.body
    );
    assert_eq!(sent.status, 303, "{}", sent.body);
    let offer = cast.candidate.get(&cast.at("offer", "")).await;
    // 2,230 less 230 in four months, less 1,230 in April and May
    for said in ["CHF\u{a0}2,000.00", "CHF\u{a0}1,000.00", "CHF\u{a0}10,000.00", "1\u{a0}April 2027"] {
        assert!(offer.has(said), "{said}: {}", offer.body);
    }
}

#[sqlx::test]
async fn where_an_office_says_so_any_funding_leaves_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    funded(&world, "scholarship", "\"Fundación Horizonte\"").await;
    sqlx::query("update office set allowance_mode = 'all_or_nothing'").execute(&world.db).await.unwrap();
    let path = cast.at("placements", "/offer");

    let unpaid = cast.reviewer.fill_in(&path, &format!("{ANSWER}&scholarship=0&check=true")).await;
    let sent = cast.reviewer.fill_in(&path, &format!("{ANSWER}&scholarship=1")).await;

    assert!(unpaid.has("CHF\u{a0}13,380.00"), "nothing is no funding: {}", unpaid.body);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let offer = cast.candidate.get(&cast.at("offer", "")).await;
    assert!(offer.has("pays no allowance to whoever has other funding"), "{}", offer.body);
}

#[sqlx::test]
async fn an_agreement_with_the_university_leaves_no_allowance(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let sent =
        cast.reviewer.fill_in(&cast.at("placements", "/offer"), &format!("{ANSWER}&agreement=true")).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let offer = cast.candidate.get(&cast.at("offer", "")).await;
    assert!(offer.has("The agreement with the university provides for no allowance"), "{}", offer.body);
}

#[sqlx::test]
async fn who_was_overtaken_is_told_so_with_what_was_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let path = cast.at("placements", "/offer");
    let seen = cast.reviewer.get(&path).await.hidden("seen");
    let other = world.reviewer("en").await;
    let called_off = other.fill_in(&cast.at("placements", "/cancel"), "reason=The+unit+moves").await;
    assert_eq!(called_off.status, 303);

    let form = format!("seen={seen}&answer_day=3&answer_month=12&answer_year=2026");
    let late = cast.reviewer.post(&path, &form).await;

    assert!(
        late.status == 409 && late.has("value=\"3\"") && late.has("happened to this placement"),
        "{}",
        late.body
    );
    assert_eq!(world.count("select count(*) from offer").await, 0);
}
