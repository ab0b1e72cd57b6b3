use crate::support::world_on;

/// A letter of so many characters, more of them bytes.
fn letter(characters: usize) -> String {
    format!("letter={}", "%C3%A9".repeat(characters))
}

#[sqlx::test]
async fn a_letter_is_saved_and_there_again_with_its_paragraphs(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let written = format!("seen=0&{}%0D%0A%0D%0A%3C%2Ftextarea%3E+Yours", letter(190));
    let reply = ines.post("/profile/letter", &written).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/documents")));
    let page = ines.get("/profile/letter").await;
    assert!(page.has("é\n\n&#60;/textarea&#62; Yours</textarea>"), "{}", page.body);
    assert_eq!(world.story().await, ["save, by candidate"]);
}

#[sqlx::test]
async fn characters_are_counted_and_everything_is_kept(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let mut seen = "0".to_owned();
    for (written, why) in [
        (0, "Écrivez votre lettre"),
        (199, "Votre lettre doit compter au moins 200 caractères\u{202f}; elle en compte 199"),
        (4001, "Votre lettre doit compter 4"),
    ] {
        let page = ines.post("/profile/letter", &format!("seen={seen}&{}", letter(written))).await;
        assert_eq!(page.status, 422, "{written}");
        assert!(
            page.has("<title>Erreur") && page.has(&format!("<a href=\"#letter\">{why}")),
            "{}",
            page.body
        );
        assert!(page.has(&format!(">\n{}</textarea>", "é".repeat(written))), "{written}: all is kept");
        seen = page.hidden("seen");
    }
    for written in [200, 4000] {
        assert_eq!(
            ines.post("/profile/letter", &format!("seen={seen}&{}", letter(written))).await.status,
            303
        );
        seen = ines.get("/profile/letter").await.hidden("seen");
    }
}

#[sqlx::test]
async fn a_letter_begun_can_wait(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/letter", "seen=0&letter=Dear+team&later=true").await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile")));
    assert!(ines.get("/profile/letter").await.has("Dear team</textarea>"));
}

#[sqlx::test]
async fn two_tabs_do_not_overwrite_each_others_letter(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    ines.post("/profile/letter", &format!("seen=0&{}", letter(300))).await;

    let late = ines.post("/profile/letter", &format!("seen=0&{}", letter(250))).await;

    assert_eq!(late.status, 409);
    assert!(late.has(&format!(">\n{}</textarea>", "é".repeat(250))));
    let again = ines.post("/profile/letter", &format!("seen={}&{}", late.hidden("seen"), letter(250))).await;
    assert_eq!(again.status, 303);
}

#[sqlx::test]
async fn the_page_comes_back_with_the_revision_that_was_kept(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    // from a tab that was made up, and then pressed twice
    for seen in [i32::MAX, 0, i32::MIN] {
        let page = ines.post("/profile/letter", &format!("seen={seen}&letter=Dear+team")).await;
        assert_eq!(page.status, 422, "{seen}: {}", page.body);
        assert_eq!(page.hidden("seen"), ines.get("/profile/letter").await.hidden("seen"), "{seen}");
    }
}
