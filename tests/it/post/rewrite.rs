//! The organisation says in a letter what it wants to say, and cannot lose what has to be there.

use crate::support::{World, world_on};

const PAGE: &str = "/administration/letters/changes_requested/fr";
const OWN: &str =
    "subject=Une+question&body=Bonjour+de+Gen%C3%A8ve.%0D%0A%0D%0AVotre+dossier+nous+int%C3%A9resse.";

/// The letter that asks a candidate for changes, as it left.
async fn sent(world: &World) -> String {
    let (candidate, reviewer) = (world.candidate("fr").await, world.reviewer("en").await);
    let id = world.application(&candidate).await;
    reviewer.claim(id).await;
    let asked = "sections=documents&message=Add+the+transcript.";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/changes"), asked).await.status, 303);
    let (_, text) = world.deliver().await.pop().unwrap();
    let subject: String = sqlx::query_scalar("select subject from mailbox order by id desc limit 1")
        .fetch_one(&world.db)
        .await
        .unwrap();
    format!("{subject}\n{text}")
}

#[sqlx::test]
async fn a_letter_says_what_was_written_and_keeps_its_link_and_its_warning(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("en", &["administrator"]).await;
    let standard = sent(&world).await;
    assert!(!standard.contains("Genève"), "{standard}");

    let looked = ana.fill_in(PAGE, &format!("{OWN}&then=look")).await;
    assert!(looked.status == 200 && looked.has("<p>Bonjour de Genève.</p>"), "{}", looked.body);
    assert_eq!(world.count("select count(*) from letter_text").await, 0, "only looked at");
    let form = format!("seen=0&{OWN}&then=save");
    for _ in 0..2 {
        assert_eq!(ana.post(PAGE, &form).await.status, 303);
    }
    assert_eq!(world.count("select count(*) from letter_text").await, 1, "a double click");
    assert_eq!(world.story().await.last().unwrap(), "rewrite_letter, by administrator");

    let own = sent(&world).await;
    assert!(own.starts_with("Une question") && own.contains("Bonjour de Genève."), "{own}");
    assert!(own.contains("/application") && own.contains("ne demandons jamais votre mot de passe"), "{own}");
    let page = ana.get("/administration/letters/changes_requested").await;
    assert!(page.has("Own words") && page.has("Votre dossier nous intéresse."), "{}", page.body);
    assert!(page.has("Human Resources needs something from you"), "English is as it was");

    // whoever is about to send it reads the same words
    let reviewer = world.reviewer("en").await;
    let candidate = world.candidate("fr").await;
    let id = world.application(&candidate).await;
    reviewer.claim(id).await;
    sqlx::query("update person set lang = 'fr' where id = $1")
        .bind(candidate.id)
        .execute(&world.db)
        .await
        .unwrap();
    let form = format!("pick={id}:2&sections=documents&message=Add+it.");
    assert!(reviewer.post("/review/bulk/changes", &form).await.has("Une question"));

    assert_eq!(ana.fill_in(PAGE, "then=standard").await.status, 303);
    assert!(!sent(&world).await.contains("Genève"));
    assert_eq!(world.count("select count(*) from letter_text").await, 2, "the history stays");
    assert!(sqlx::query("update letter_text set body = 'x'").execute(&world.db).await.is_err());
}

#[sqlx::test]
async fn two_who_rewrite_and_words_that_cannot_be(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.sign_in("en", &["administrator"]).await;
    let ben = world.sign_in("es", &["administrator"]).await;
    assert_eq!(ana.post(PAGE, &format!("seen=0&{OWN}&then=save")).await.status, 303);
    let late = ben.post(PAGE, "seen=0&subject=Otro&body=Otro+texto&then=save").await;
    assert!(
        late.status == 409 && late.has("Otro texto") && late.has("Alguien ha reescrito"),
        "{}",
        late.body
    );

    let bare = ana.fill_in(PAGE, "subject=&body=&then=save").await;
    assert!(bare.status == 422 && bare.has("Write a subject") && bare.has("Write the text"), "{}", bare.body);
    let braces = ana.fill_in(PAGE, "subject=For+%7Bname%7D&body=x&then=save").await;
    assert!(braces.status == 422 && braces.has("is not known here") && braces.has("For {name}"));
    let long = ana.fill_in(PAGE, &format!("subject={}&body=x&then=save", "n".repeat(151))).await;
    assert_eq!(long.status, 422);
    let tags = ana.fill_in(PAGE, "subject=x&body=%3Cb%3Ehi%3C/b%3E&then=look").await;
    assert!(!tags.has("<b>hi</b>"), "{}", tags.body);
    for nowhere in ["/administration/letters/nothing/fr", "/administration/letters/pooled/de"] {
        assert_eq!(ana.get(nowhere).await.status, 404);
    }
    let opening = ana.get("/administration/letters/opening_fits/en").await;
    assert!(opening.has("{title}"), "{}", opening.body);
}
