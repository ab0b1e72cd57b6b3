//! A form that arrives after the session has ended.

use crate::support::{Reader, Reply, World, world_on};

const ABOUT: &str = "seen=0&given_names=In%C3%A9s&family_names=Carvajal&born_day=14&born_month=3&born_year=2002\
    &nationality=CO&nationality=&residence=FR&later=true";

/// Somebody whose session ended yesterday sends a form.
async fn late(now: &World, somebody: &Reader<'_>, path: &str, body: &str) -> Reply {
    now.again(somebody).post(path, body).await
}

/// The same person signs in again, in the same browser.
async fn back<'w>(now: &'w World, somebody: &Reader<'_>, late: &Reply) -> Reader<'w> {
    now.session_of(somebody.id).await.with_cookies(late)
}

#[sqlx::test]
async fn what_was_typed_is_there_after_signing_in_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let now = world.later("2026-11-26").await;
    let late = late(&now, &ines, "/profile/about", ABOUT).await;
    assert_eq!((late.status, late.location.as_deref()), (303, Some("/sign-in?next=/kept")));
    let cookie = &late.cookies[0];
    assert!(cookie.starts_with("kept=") && cookie.contains("HttpOnly") && cookie.contains("Max-Age=86400"));
    assert_eq!(
        world.count("select count(*) from profile_section").await,
        0,
        "an ended session saves nothing"
    );

    let sign_in = now.stranger().with_cookies(&late).get("/sign-in?next=/kept").await;
    assert!(sign_in.has("What you typed is kept"));
    let ines = back(&now, &ines, &late).await;
    let page = ines.get("/kept").await;
    assert_eq!(page.status, 200);
    assert!(page.has("Nothing is lost") && page.has("<dt>Given names</dt><dd>Inés</dd>"), "{}", page.body);
    assert!(page.has("<dt>Date of birth</dt><dd>14 3 2002</dd>") && page.has("<dd>Colombia</dd>"));
    assert!(page.has("action=\"/profile/about\"") && page.hidden("residence") == "FR");

    let sent = ines.post("/profile/about", &format!("kept=true&{ABOUT}")).await;
    assert_eq!(
        sent.location.as_deref(),
        Some("/profile"),
        "judged as usual, down to the button that was pressed"
    );
    assert!(ines.get("/profile/about").await.has("value=\"Inés\""));
    assert_eq!(ines.get("/kept").await.location.as_deref(), Some("/profile"), "and kept no longer");
}

#[sqlx::test]
async fn nobody_else_sees_it_and_a_day_later_nobody_at_all(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let now = world.later("2026-11-26").await;
    let late = late(&now, &ines, "/profile/about", ABOUT).await;
    let ines = back(&now, &ines, &late).await;
    let other = now.candidate("en").await;

    let same_browser = other.with_cookies(&late).get("/kept").await;
    assert_eq!(same_browser.location.as_deref(), Some("/profile"));
    other.with_cookies(&late).post("/kept", "path=/profile/about").await;
    other.with_cookies(&late).post("/profile/about", &format!("kept=true&{ABOUT}")).await;
    let other_browser = now.session_of(ines.id).await.get("/kept").await;
    assert_eq!(other_browser.location.as_deref(), Some("/profile"));
    assert_eq!(ines.get("/kept").await.status, 200, "still there for whoever typed it");
    let legible = "select count(*) from kept_form where encode(locked, 'escape') like '%given_names%'";
    assert_eq!(now.count(legible).await, 0, "nobody reads it in the database");

    let tomorrow = now.later("2026-11-27").await;
    assert_eq!(back(&tomorrow, &ines, &late).await.get("/kept").await.location.as_deref(), Some("/profile"));
    ines.post("/kept", "path=/profile/about").await;
    assert_eq!(now.count("select count(*) from kept_form").await, 0, "let go when asked to");
}

#[sqlx::test]
async fn no_password_no_file_and_no_empty_form_is_kept(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let tomorrow = world.later("2026-11-26").await;
    let late = tomorrow.again(&ines);
    let path = "/profile/about";
    late.post(path, "seen=0&given_names=In%C3%A9s&new_password=hunter2").await;
    late.post(path, "seen=0&given_names=&later=true").await;
    let (status, _) = late.autosave(path, ABOUT).await;
    let upload = late.upload("/profile/documents", &[("kind", "cv")], "cv.pdf", crate::support::PDF).await;
    tomorrow.stranger().post(path, ABOUT).await;

    assert_eq!(status, 401);
    assert_eq!(upload.location.as_deref(), Some("/sign-in?next=/profile/documents&after=upload"));
    assert!(tomorrow.stranger().get(&upload.location.unwrap()).await.has("send the file again"));
    assert_eq!(world.count("select count(*) from kept_form").await, 0);
}

#[sqlx::test]
async fn a_supervisors_words_are_kept_too(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let favre = world.supervisor("fr", "geneva").await;
    let path = "/supervision/00000000-0000-0000-0000-000000000000/approve";
    let now = world.later("2026-11-26").await;
    let late =
        late(&now, &favre, path, "seen=1&tasks=Nettoyer+l%E2%80%99enqu%C3%AAte&no_conflict=true").await;

    let page = back(&now, &favre, &late).await.get("/kept").await;
    assert!(page.has("<dt>Tâches</dt><dd>Nettoyer l’enquête</dd>"), "{}", page.body);
    assert!(page.has(&format!("action=\"{path}\"")));
}

#[sqlx::test]
async fn a_message_keeps_its_words_and_asks_for_its_files_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    assert_eq!(ines.release().await.status, 303);
    let path = "/application/messages";
    let form = ines.get(path).await.hidden("form");
    let words = [("form", form.as_str()), ("body", "May I begin a week later?")];
    let now = world.later("2026-11-26").await;
    let late = now.again(&ines).upload_all(path, &words, &[("ticket.pdf", crate::support::PDF)]).await;
    assert_eq!((late.status, late.location.as_deref()), (303, Some("/sign-in?next=/kept&after=upload")));

    let ines = back(&now, &ines, &late).await;
    let page = ines.get("/kept").await;
    assert!(page.has("May I begin a week later?") && page.has("they were not kept"), "{}", page.body);
    assert!(page.has("action=\"/application/messages?kept=true\" enctype=\"multipart/form-data\""));
    assert_eq!(now.count("select count(*) from message").await, 0);

    let sent = ines.upload_all("/application/messages?kept=true", &words, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(now.count("select count(*) from message").await, 1);
    assert_eq!(ines.get("/kept").await.location.as_deref(), Some("/profile"), "and kept no longer");
}
