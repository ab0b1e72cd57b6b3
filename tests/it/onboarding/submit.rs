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
