use crate::support::world_on;

const WISHES: &str = "areas=migration_law&areas=data&offices=nairobi&offices=geneva&offices=";

#[sqlx::test]
async fn wishes_are_saved_in_their_order_and_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("es").await;
    let reply = ines.post("/profile/wishes", &format!("seen=0&{WISHES}")).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/dates")), "{}", reply.body);
    let page = ines.get("/profile/wishes").await;
    assert!(page.has("value=\"data\" checked>") && page.has("value=\"migration_law\" checked>"));
    let (first, others) = page.body.split_once("id=\"offices-1\"").unwrap();
    assert!(first.contains("value=\"nairobi\" selected") && others.contains("value=\"geneva\" selected"));
    assert!(first.contains("Datos e investigación"), "areas in the reader's language");
    assert_eq!(world.story().await, ["save, by candidate"]);
}

#[sqlx::test]
async fn whoever_can_work_anywhere_names_no_place(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/wishes", "seen=0&areas=data&offices=&anywhere=true").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert!(ines.get("/profile/wishes").await.has("name=\"anywhere\" value=\"true\" checked"));
}

#[sqlx::test]
async fn wishes_that_cannot_be_are_kept_and_explained(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    sqlx::query("update office set closed_on = '2026-11-01' where id = 'accra'")
        .execute(&world.db)
        .await
        .unwrap();
    let ines = world.candidate("fr").await;
    let nothing = ines.post("/profile/wishes", "seen=0").await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.has("<a href=\"#areas\">Choisissez au moins un domaine de travail</a>"));
    assert!(nothing.has("<a href=\"#offices\">Choisissez au moins un lieu d’affectation"));

    let mut seen = nothing.hidden("seen");
    let six = "areas=communication&areas=data&areas=emergency&areas=finance&areas=health&areas=protection";
    for (answers, field, why) in [
        (format!("{six}&offices=nairobi"), "areas", "Choisissez au plus 5 domaines"),
        ("areas=data&areas=cooking&offices=nairobi".into(), "areas", "Choisissez au plus 5 domaines"),
        ("areas=data&offices=nairobi&offices=nairobi".into(), "offices", "Ne choisissez chaque lieu"),
        (
            "areas=data&offices=nairobi&offices=accra".into(),
            "offices",
            "Choisissez des lieux d’affectation dans la liste",
        ),
        (
            "areas=data&offices=nairobi&anywhere=true".into(),
            "anywhere",
            "Choisissez des lieux d’affectation ou cochez",
        ),
    ] {
        let page = ines.post("/profile/wishes", &format!("seen={seen}&{answers}")).await;
        assert_eq!(page.status, 422, "{answers}");
        assert!(page.has("<title>Erreur") && page.has(&format!("<a href=\"#{field}\">{why}")), "{answers}");
        assert!(page.has(&format!("id=\"{field}\"")), "{answers}");
        assert!(
            page.has("value=\"data\" checked") && page.has("value=\"nairobi\" selected"),
            "{answers}: all is kept"
        );
        seen = page.hidden("seen");
    }
    let later = ines.post("/profile/wishes", &format!("seen={seen}&areas=data&offices=&later=true")).await;
    assert_eq!((later.status, later.location.as_deref()), (303, Some("/profile")));
}

#[sqlx::test]
async fn two_tabs_do_not_overwrite_each_others_wishes(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    ines.post("/profile/wishes", &format!("seen=0&{WISHES}")).await;

    let late = ines.post("/profile/wishes", "seen=0&areas=health&offices=amman").await;

    assert_eq!(late.status, 409);
    assert!(late.has("value=\"health\" checked") && late.has("value=\"amman\" selected"));
    let seen = late.hidden("seen");
    let again = ines.post("/profile/wishes", &format!("seen={seen}&areas=health&offices=amman")).await;
    assert_eq!(again.status, 303);
}
