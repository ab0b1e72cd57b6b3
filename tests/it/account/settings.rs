//! Sessions, password, language of letters.

use super::proof;
use crate::support::{PASSWORD, world_on};

const PHONE: &str = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0";

#[sqlx::test]
async fn sessions_are_known_again_and_ended(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (other, stranger) = (world.candidate("en").await, world.stranger());
    let form = format!("email={}%40example.org&password={}", ines.id, PASSWORD.replace(' ', "+"));
    let signed_in = stranger.post_with("/sign-in", &form, &[("user-agent", PHONE)]).await;
    let phone = stranger.with_cookies(&signed_in);

    let page = ines.get("/account/sessions").await;
    assert!(
        page.has("Firefox on Android") && page.has("Unknown device") && page.has("This session"),
        "{}",
        page.body
    );
    assert_eq!(
        world.count("select count(*) from session where agent like '%145%'").await,
        0,
        "coarse words only"
    );
    let of_phone: uuid::Uuid =
        sqlx::query_scalar("select id from session where agent <> ''").fetch_one(&world.db).await.unwrap();
    let end = format!("/account/sessions/{of_phone}/end");
    assert!(page.has(&end));

    assert_eq!(other.post(&end, "").await.status, 303);
    assert_eq!(phone.get("/account").await.status, 200, "nobody ends a session of somebody else");
    for _ in 0..2 {
        assert_eq!(ines.post(&end, "").await.location.as_deref(), Some("/account/sessions"));
    }
    assert_eq!(phone.get("/account").await.status, 303, "signed out");
    let phone = stranger.with_cookies(&stranger.post("/sign-in", &form).await);
    ines.post("/account/sessions", "").await;
    assert_eq!((phone.get("/account").await.status, ines.get("/account").await.status), (303, 200));
    assert_eq!(other.get("/account").await.status, 200);
    let ended = world.story().await.into_iter().filter(|event| event.starts_with("end_session")).count();
    assert_eq!(ended, 2, "twice is once");
}

#[sqlx::test]
async fn another_password_needs_the_present_one_and_ends_every_other_session(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let stranger = world.stranger();
    let sign_in = |password: &str| format!("email={}%40example.org&password={password}", ines.id);
    let old = sign_in(&PASSWORD.replace(' ', "+"));
    let phone = stranger.with_cookies(&stranger.post("/sign-in", &old).await);

    let wrong =
        ines.post("/account/password", "current_password=guess+guess&password=three+quiet+rivers").await;
    assert!(wrong.status == 422 && wrong.has("href=\"#current_password\""), "{}", wrong.body);
    let weak = ines.post("/account/password", &format!("{}&password=aaaaaaaaaaaaaa", proof())).await;
    assert!(weak.status == 422 && weak.has("href=\"#password\""));

    let form = format!("{}&password=three+quiet+rivers", proof());
    let (one, two) =
        tokio::join!(ines.post("/account/password", &form), ines.post("/account/password", &form));
    for reply in [one, two, ines.post("/account/password", &form).await] {
        assert_eq!(reply.location.as_deref(), Some("/account?after=password"), "{}", reply.body);
    }
    assert_eq!((ines.get("/account").await.status, phone.get("/account").await.status), (200, 303));
    assert_eq!(world.letters().await, ["password_changed"], "once");
    assert_eq!(stranger.post("/sign-in", &old).await.status, 422);
    assert_eq!(stranger.post("/sign-in", &sign_in("three+quiet+rivers")).await.status, 303);
}

#[sqlx::test]
async fn whoever_finds_an_open_session_cannot_guess_for_long(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.with_password(world.candidate("en").await).await;
    for _ in 0..10 {
        ines.post("/account/delete", "current_password=guess&sure=true").await;
    }
    let reply = ines.post("/account/delete", &format!("{}&sure=true", proof())).await;
    assert!(reply.status == 422 && reply.has("Too many attempts"), "{}", reply.body);
}

#[sqlx::test]
async fn letters_come_in_the_language_chosen(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    assert!(ines.get("/account/language").await.has("value=\"en\" checked"));
    assert_eq!(ines.post("/account/language", "lang=xx").await.status, 422);
    for _ in 0..2 {
        assert_eq!(ines.post("/account/language", "lang=es").await.status, 303);
    }
    assert!(ines.get("/account?after=language").await.has("Español"));
    assert_eq!(world.story().await, ["choose_letter_language, by candidate"]);
    let page = world.reviewer("fr").await.get("/account").await;
    assert!(page.has("Votre compte") && !page.has("/account/consents"), "staff have an account, too");
}
