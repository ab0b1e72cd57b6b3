use crate::support::world_on;

const ANA: &str = "given_names=In%C3%A9s&family_names=Carvajal&born_day=14&born_month=3&born_year=2002&nationality=CO&residence=FR";

#[sqlx::test]
async fn what_is_saved_is_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/about", &format!("seen=0&{ANA}")).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/education")));
    let page = ines.get("/profile/about").await;
    assert!(page.has("value=\"Inés\"") && page.has("<option value=\"CO\" selected>"));
    assert_eq!(world.story().await, ["save, by candidate"]);
}

#[sqlx::test]
async fn an_unfinished_section_is_kept_and_explained(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let reply = ines.post("/profile/about", "seen=0&given_names=In%C3%A9s&born_day=14&born_year=2002").await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.has("Date de naissance\u{a0}: indiquez aussi le mois") && reply.has("<title>Erreur"),
        "{}",
        reply.body
    );
    assert!(ines.get("/profile/about").await.has("value=\"Inés\""), "kept although unfinished");
}

#[sqlx::test]
async fn two_tabs_do_not_overwrite_each_other(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    ines.post("/profile/about", &format!("seen=0&{ANA}")).await;
    let late = ines.post("/profile/about", &format!("seen=0&{}", ANA.replace("FR", "DE"))).await;
    assert_eq!(late.status, 409);
    assert!(late.has("<option value=\"DE\" selected>"), "what was typed is still there");
    let again = ines
        .post("/profile/about", &format!("seen={}&{}", late.hidden("seen"), ANA.replace("FR", "DE")))
        .await;
    assert_eq!(again.status, 303);
}

#[sqlx::test]
async fn what_human_resources_asked_to_change_is_said_where_it_is_changed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&ines).await;
    assert!(!ines.get("/profile/about").await.has("asked you to change"));
    reviewer.claim(id).await;
    let asked =
        "sections=about&sections=documents&message=Your+%3Csurname%3E+as+in+the+passport.%0A%0AThank+you.";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/changes"), asked).await.status, 303);

    for section in ["about", "documents"] {
        let page = ines.get(&format!("/profile/{section}")).await;
        assert!(page.has("Human Resources asked you to change this section"), "{}", page.body);
        assert!(
            page.has("<p>Your &#60;surname&#62; as in the passport.</p><p>Thank you.</p>"),
            "{}",
            page.body
        );
    }
    let wrong = ines.post("/profile/about", "seen=0&family_names=").await;
    assert!(wrong.status == 422 && wrong.has("asked you to change this section"));
    assert!(!ines.get("/profile/letter").await.has("asked you to change this section"));
}
