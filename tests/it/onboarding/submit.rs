use crate::support::{PDF, WHOLE_POLICY, world_on};

#[sqlx::test]
async fn a_double_click_sends_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let (one, two) =
        tokio::join!(cast.show("insurance", &WHOLE_POLICY), cast.show("insurance", &WHOLE_POLICY));
    assert_eq!((one.status, two.status), (303, 303), "{}\n{}", one.body, two.body);
    assert_eq!(one.location, Some(cast.at("onboarding", "#insurance")));
    assert_eq!(world.count("select count(*) from onboarding_document").await, 1);
    assert_eq!(world.story().await.last().unwrap(), "submit_document: accepted -> accepted, by candidate");
    // the CV of the profile and the policy
    assert_eq!(world.stored().len(), 2);
}

#[sqlx::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let path = cast.at("onboarding", "/insurance");
    let mut backwards = WHOLE_POLICY;
    backwards[8] = ("until_year", "2026");

    let wrong = cast.show("insurance", &backwards).await;
    let empty = cast.candidate.upload(&path, &[], "", b"").await;
    let page = cast.candidate.upload(&path, &WHOLE_POLICY, "policy.pdf", b"<html>").await;

    assert_eq!([wrong.status, empty.status, page.status], [422; 3]);
    assert!(wrong.has("must not be before the first") && wrong.has("Choose the file once more"));
    assert!(wrong.has("value=\"2026\"") && wrong.has("value=\"evacuation\" checked"));
    for words in
        ["Tick what the policy covers", "Enter the first day", "Enter the last day", "Choose a file first"]
    {
        assert!(empty.has(words), "{words}");
    }
    assert!(page.has("must be a PDF, JPG or PNG"));
    assert_eq!(world.count("select count(*) from onboarding_document").await, 0);
    assert_eq!(world.stored().len(), 1, "nothing that was refused stays");
}

#[sqlx::test]
async fn another_takes_the_place_of_what_was_sent(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    cast.show("agreement", &[]).await;
    let first = cast.shown("agreement").await;
    let other = [PDF, b"\n%%EOF\n"].concat();
    let path = cast.at("onboarding", "/agreement");
    assert_eq!(cast.candidate.upload(&path, &[], "signed.pdf", &other).await.status, 303);
    assert_ne!(cast.shown("agreement").await, first);

    cast.show("insurance", &WHOLE_POLICY).await;
    let policy = cast.shown("insurance").await.to_string();
    let mut narrower = WHOLE_POLICY.to_vec();
    narrower.remove(2);
    narrower.push(("replaces", &policy));
    assert!(
        cast.candidate
            .get(&cast.at("onboarding", &format!("/insurance?replaces={policy}")))
            .await
            .has(&policy)
    );
    assert_eq!(cast.show("insurance", &narrower).await.status, 303);
    assert_ne!(cast.shown("insurance").await.to_string(), policy);
    let page = cast.candidate.get(&cast.at("onboarding", "")).await;
    assert!(page.has("signed.pdf") && !page.has("agreement.pdf"), "{}", page.body);
}

#[sqlx::test]
async fn a_policy_of_somebody_else_is_not_replaced(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, other) = (world.accepted().await, world.accepted().await);
    other.show("insurance", &WHOLE_POLICY).await;
    let theirs = other.shown("insurance").await.to_string();
    let mut answers = WHOLE_POLICY.to_vec();
    answers.push(("replaces", &theirs));
    assert_eq!(cast.show("insurance", &answers).await.status, 303);
    assert_eq!(other.shown("insurance").await.to_string(), theirs);
    let path = other.at("onboarding", "/insurance");
    assert_eq!(cast.candidate.upload(&path, &WHOLE_POLICY, "x.pdf", PDF).await.status, 404);
}

#[sqlx::test]
async fn health_documents_wait_for_a_consent_of_their_own(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let path = cast.at("onboarding", "/medical_certificate");
    let words = "I agree that the medical officer reads the health documents I send";
    assert!(!cast.candidate.get(&cast.at("onboarding", "/passport")).await.has(words));
    assert!(!cast.candidate.get("/account/consents").await.has("Health documents"));

    let without = cast.candidate.upload(&path, &[], "certificate.pdf", PDF).await;
    assert!(without.status == 422 && without.has("<a href=\"#agree\">Tick the box"), "{}", without.body);
    assert_eq!(world.count("select count(*) from onboarding_document").await, 0);

    let agreed = cast.candidate.upload(&path, &[("agree", "true")], "certificate.pdf", PDF).await;
    assert_eq!(agreed.status, 303, "{}", agreed.body);
    assert!(world.story().await.contains(&"give_consent, by candidate".to_owned()));
    assert!(
        !cast.candidate.get(&cast.at("onboarding", "/vaccination_record")).await.has(words),
        "asked once"
    );

    assert!(cast.candidate.get("/account/consents").await.has("Health documents"));
    assert_eq!(cast.candidate.post("/account/consents", "withdraw=health_documents").await.status, 303);
    assert!(cast.candidate.get(&cast.at("onboarding", "/vaccination_record")).await.has(words));
}

#[sqlx::test]
async fn a_longer_stay_opens_the_insurance_again_and_nothing_else(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.settle_all_but("", &officer).await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let world = world.later("2027-02-01").await;
    let cast = cast.on(&world);
    assert_eq!(
        cast.supervisor
            .fill_in(&cast.at("supervision", "/start"), "first_day=1&first_month=2&first_year=2027")
            .await
            .status,
        303
    );
    let agreement = cast.at("placements", &format!("/documents/{}", cast.shown("agreement").await));
    let late =
        cast.reviewer.post(&agreement, "seen=verified&decision=returned&reason=A+page+is+missing").await;
    assert_eq!(late.status, 409);
    assert!(late.has("the internship has begun") && late.has("A page is missing"), "{}", late.body);
    let august = [
        &WHOLE_POLICY[..3],
        &[
            ("from_day", "1"),
            ("from_month", "8"),
            ("from_year", "2027"),
            ("until_day", "31"),
            ("until_month", "8"),
            ("until_year", "2027"),
        ],
    ]
    .concat();
    let policies = "select count(*) from onboarding_document where kind = 'insurance'";
    cast.show("insurance", &august).await;
    assert_eq!(world.count(policies).await, 1, "nothing is asked for");

    let longer = "end_day=31&end_month=8&end_year=2027&reason=The+survey+needs+another+month";
    assert_eq!(cast.supervisor.fill_in(&cast.at("supervision", "/extend"), longer).await.status, 303);
    let list = cast.at("onboarding", "");
    assert!(cast.candidate.get(&cast.at("internship", "")).await.has(&format!("{list}#insurance")));
    let page = cast.candidate.get(&list).await;
    assert!(page.has("To stay until 31\u{a0}August 2027") && page.has("Not covered: 1–31"), "{}", page.body);
    assert!(!page.has("/passport"), "only insurance is opened again");
    assert_eq!(cast.show("insurance", &august).await.status, 303);
    cast.show("passport", &[("until_day", "1"), ("until_month", "1"), ("until_year", "2031")]).await;
    assert_eq!(world.count("select count(*) from onboarding_document").await, 6);
    assert_eq!(world.story().await.last().unwrap(), "submit_policy, by candidate");

    let policy: uuid::Uuid =
        sqlx::query_scalar("select id from onboarding_document where state = 'submitted'")
            .fetch_one(&world.db)
            .await
            .unwrap();
    assert!(cast.reviewer.get("/review/home").await.has(&cast.at("placements", "/documents")));
    let check = cast.at("placements", &format!("/documents/{policy}"));
    for _ in 0..2 {
        let reply = cast.reviewer.post(&check, "seen=submitted&decision=verified").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
    assert_eq!(world.story().await.last().unwrap(), "verify_policy, by hr_reviewer");
    assert!(cast.candidate.get(&list).await.has("Everything is settled"));
    assert_eq!(world.count("select count(*) from placement where state = 'started'").await, 1);
}
