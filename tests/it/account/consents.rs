use crate::support::world_on;
use stagiaire::consents::NOTICE;

#[sqlx::test]
async fn each_use_is_agreed_to_and_taken_back_on_its_own(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.ready_candidate("en").await;
    let page = ines.get("/profile/release").await;
    assert!(page.has("name=\"agree\" value=\"pool\"") && page.has("name=\"agree\" value=\"other_offices\""));
    assert!(!page.has("checked"), "nothing is ticked for the candidate");
    let form = format!("{}&agree=pool", ines.release_form().await);
    let without_notice = ines.post("/profile/release", &form.replace("&privacy=true", "")).await;
    assert_eq!(without_notice.status, 422);
    assert!(without_notice.has("value=\"pool\" checked"), "still ticked");
    assert_eq!(world.count("select count(*) from consent").await, 0);
    assert_eq!(ines.post("/profile/release", &form).await.status, 303);
    let kept: Vec<(String, String)> = sqlx::query_as("select purpose, version from consent order by id")
        .fetch_all(&world.db)
        .await
        .unwrap();
    let expected = [("privacy_notice", NOTICE), ("pool", NOTICE)];
    assert_eq!(kept, expected.map(|(purpose, version)| (purpose.to_owned(), version.to_owned())));
    let in_snapshot: Vec<String> =
        sqlx::query_scalar("select consents from snapshot").fetch_one(&world.db).await.unwrap();
    assert_eq!(in_snapshot, ["pool"]);
    let again = ines.get("/profile/release").await;
    assert!(!again.has("value=\"pool\""), "not asked twice");

    let page = ines.get("/account/consents").await;
    assert!(
        page.has(NOTICE)
            && page.has("name=\"withdraw\" value=\"pool\"")
            && page.has("name=\"give\" value=\"other_offices\"")
    );
    assert_eq!(ines.post("/account/consents", "withdraw=privacy_notice").await.status, 422);
    for _ in 0..2 {
        assert_eq!(ines.post("/account/consents", "withdraw=pool").await.status, 303);
        assert_eq!(ines.post("/account/consents", "give=other_offices").await.status, 303);
    }
    assert!(ines.get("/account/consents").await.has("Taken back on"));
    let story = world.story().await;
    assert_eq!(story[story.len() - 2..], ["withdraw_consent, by candidate", "give_consent, by candidate"]);
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let review = world.reviewer("en").await.get(&format!("/review/{id}")).await;
    let said = |what: &str, answer: &str| review.has(&format!("<dt>{what}</dt><dd>{answer}</dd>"));
    assert!(
        said("To be kept for later places", "No") && said("To be shown to offices not chosen", "Yes"),
        "{}",
        review.body
    );
}

#[sqlx::test]
async fn registering_is_logged_with_the_wording_it_agreed_to(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let form =
        "family_names=Carvajal&email=ines%40example.org&lang=en&privacy=true&password=correct+horse+battery";
    world.stranger().post("/register", form).await;
    assert_eq!(world.count("select count(*) from consent where purpose = 'privacy_notice'").await, 1);
    assert!(world.stranger().get("/privacy").await.has(NOTICE));
}
