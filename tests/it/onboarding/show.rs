use crate::support::{WHOLE_POLICY, world_on};

#[sqlx::test]
async fn the_list_says_what_is_needed_and_which_days_are_not_covered(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let page = cast.candidate.get(&cast.at("onboarding", "")).await;
    for words in [
        "You start in Geneva on Monday 1\u{a0}February 2027, in 68 days",
        "0 of 5 settled",
        "must also cover evacuation",
        "Vaccination record",
        "Compensation Plan",
        "February 2027</th>",
        "Not covered: 1–28",
    ] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }

    let mut until_may = WHOLE_POLICY;
    until_may[6..8].copy_from_slice(&[("until_day", "15"), ("until_month", "5")]);
    assert_eq!(cast.show("insurance", &until_may).await.status, 303);
    let page = cast.candidate.get(&cast.at("onboarding", "")).await;
    assert!(page.has("Not covered: 16–31") && page.has("Being checked") && !page.has("Not covered: 1–28"));
    assert!(page.has("insurance.pdf") && page.has("Add another policy"));
}

#[sqlx::test]
async fn from_proposal_to_ready_everybody_knows(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.settle_all_but("passport", &officer).await;
    let page = cast.candidate.get(&cast.at("onboarding", "")).await;
    assert!(page.has("4 of 5 settled") && page.has("You have sent everything"), "{}", page.body);

    let passport = cast.at("placements", &format!("/documents/{}", cast.shown("passport").await));
    let form = "seen=submitted&decision=verified";
    let (one, two) = tokio::join!(cast.reviewer.post(&passport, form), cast.reviewer.post(&passport, form));

    assert_eq!((one.status, two.status), (303, 303), "{}\n{}", one.body, two.body);
    let story = world.story().await;
    assert_eq!(
        story[story.len() - 2..],
        ["verify_document: accepted -> accepted, by hr_reviewer", "ready: accepted -> ready, by system"]
    );
    assert_eq!(world.letters().await[6..], ["ready_to_start", "intern_ready", "placement_ready"]);
    let page = cast.candidate.get(&cast.at("onboarding", "")).await;
    assert!(page.has("Everything is settled") && page.has("5 of 5 settled"), "{}", page.body);
    assert!(cast.candidate.get("/application").await.has(&cast.at("onboarding", "")));
    assert!(cast.supervisor.get(&cast.at("supervision", "")).await.has("Ready to start"));
    assert_eq!(world.count("select count(*) from audit_event where facts ->> 'kind' = 'passport'").await, 2);
    world.assert_whole().await;
}

#[sqlx::test]
async fn nobody_elses_list_is_there(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    cast.show("agreement", &[]).await;
    let file = format!("/documents/{}", cast.shown("agreement").await);
    for path in ["", "/agreement", &file] {
        assert_eq!(world.candidate("en").await.get(&cast.at("onboarding", path)).await.status, 404, "{path}");
        assert_eq!(cast.candidate.get(&cast.at("onboarding", path)).await.status, 200, "{path}");
    }
    let offered = world.offered().await;
    assert_eq!(offered.candidate.get(&offered.at("onboarding", "")).await.status, 404, "not accepted yet");
}

#[sqlx::test]
async fn the_day_before_the_first_is_said_as_tomorrow_in_every_language(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    assert_eq!(cast.show("agreement", &[]).await.status, 303);
    cast.reviewer
        .done(
            &cast.at("placements", &format!("/documents/{}", cast.shown("agreement").await)),
            "decision=verified",
        )
        .await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let eve = world.later("2027-01-31").await;
    for (lang, said, settled) in [
        ("en", "You start in Geneva tomorrow, Monday 1\u{a0}February 2027.", "1 of 5 settled"),
        ("fr", "Votre stage commence demain, lundi 1er\u{a0}février 2027.", "Points réglés\u{a0}: 1 sur 5"),
        ("es", "Empieza mañana, lunes, 1 de febrero de 2027.", "Puntos resueltos: 1 de 5"),
    ] {
        sqlx::query("update person set lang = $1").bind(lang).execute(&world.db).await.unwrap();
        let page = cast.candidate.of(&eve).get(&cast.at("onboarding", "")).await;
        for words in [said, settled] {
            assert!(page.has(words), "{words} is missing from {}", page.body);
        }
    }
}
