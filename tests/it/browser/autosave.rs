//! What pages do by themselves: save what is typed, say so, and let long lists be typed in.

use super::chromium::{Browser, PHONE, Screen};
use crate::support::{PASSWORD, world_behind_a_socket};
use thirtyfour::prelude::*;

#[sqlx::test]
async fn what_is_typed_is_saved_without_a_button(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    let it = Browser::open(&world.url, "en").await;
    it.bring(ines.cookie()).await;
    it.go("/profile/about").await;
    it.write("given_names", "Inés").await;
    it.reads("Saved at 10:00\u{a0}CET").await;
    it.is_accessible().await;

    it.line(None).await;
    it.write("family_names", "Carvajal").await;
    it.reads("Not saved yet. What you typed is still on this page").await;
    it.is_accessible().await;
    it.picture("offline").await;
    it.line(Some(0)).await;
    it.reads("Saved at").await;

    // the last word is still being typed when the page is left
    it.write("phone", "+57 1 555 0123").await;
    it.go("/profile").await;
    it.finds("/profile/about", "document.querySelector('#phone').value", "+57 1 555 0123").await;
    for (id, typed) in [("given_names", "Inés"), ("family_names", "Carvajal"), ("phone", "+57 1 555 0123")] {
        assert_eq!(it.value_of(&format!("document.querySelector('#{id}').value")).await, typed);
    }
    assert_eq!(world.story().await, ["save, by candidate"]);
    it.close().await;
}

#[sqlx::test]
async fn a_slow_line_mixes_nothing_up_and_loses_nothing(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    let it = Browser::open(&world.url, "en").await;
    it.bring(ines.cookie()).await;
    it.go("/profile/about").await;
    it.is_accessible().await;
    it.line(Some(2000)).await;
    it.write("given_names", "Inés").await;
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await; // on its way, and not there yet
    it.write("family_names", "Carvajal").await;
    it.press("later").await;
    it.arrives_at("/profile").await;
    it.go("/profile/about").await;
    let names =
        "document.querySelector('#given_names').value + ' ' + document.querySelector('#family_names').value";
    assert_eq!(it.value_of(names).await, "Inés Carvajal", "the button waits for what is on its way");

    it.write("given_names", "Inés María").await;
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    it.write("family_names", "Carvajal Pinto").await;
    it.go("/profile").await; // leaves while one is on its way and more is typed
    it.line(Some(0)).await;
    it.finds("/profile/about", names, "Inés María Carvajal Pinto").await;
    it.close().await;
}

#[sqlx::test]
async fn two_tabs_stop_each_other_and_then_compare(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let ines = world.candidate("fr").await;
    let it = Browser::open(&world.url, "fr").await;
    it.bring(ines.cookie()).await;
    it.go("/profile/about").await;
    ines.autosave("/profile/about", "seen=0&family_names=Carvajal&residence=FR").await;

    it.write("family_names", "Carvajal Pinto").await;
    it.reads("plus rien n’est enregistré ici automatiquement").await;
    it.is_accessible().await;
    it.submit().await;
    it.reads("Enregistré\u{a0}: Carvajal\nVous avez saisi\u{a0}: Carvajal Pinto").await;
    it.reads("Enregistré\u{a0}: France").await;
    it.is_accessible().await;
    it.picture("conflict").await;
    assert_eq!(it.value_of("document.querySelector('#family_names').value").await, "Carvajal Pinto");
    it.close().await;
}

#[sqlx::test]
async fn whoever_is_signed_out_while_typing_signs_in_and_sends_it(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    sqlx::query("update person set password_hash = $1")
        .bind(stagiaire::passwords::hash_now(PASSWORD))
        .execute(&world.db)
        .await
        .unwrap();
    let it = Browser::open(&world.url, "en").await;
    it.bring(ines.cookie()).await;
    it.go("/profile/letter").await;
    sqlx::query("update session set expires_at = $1").bind(world.now).execute(&world.db).await.unwrap();

    let letter = "I have worked with families on the move since I was a student. ".repeat(5);
    it.write("letter", &letter).await;
    it.reads("You are signed out. What you typed is still on this page").await;
    it.is_accessible().await;
    it.submit().await;
    it.arrives_at("/sign-in").await;
    it.reads("What you typed is kept").await;
    it.is_accessible().await;
    it.write("email", &format!("{}@example.org", ines.id)).await;
    it.write("password", PASSWORD).await;
    it.submit().await;
    it.arrives_at("/kept").await;
    it.reads("Nothing is lost").await;
    it.is_accessible().await;
    it.picture("kept").await;
    it.submit().await;
    it.arrives_at("/profile/documents").await;
    it.go("/profile/letter").await;
    assert_eq!(it.value_of("document.querySelector('#letter').value").await, letter.trim());
    it.close().await;
}

const SMALLEST: Screen = Screen { width: 320, height: 568 };

#[sqlx::test]
async fn a_country_is_found_by_typing_without_its_accents(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let ines = world.candidate("fr").await;
    let it = Browser::open(&world.url, "fr").await;
    it.bring(ines.cookie()).await;
    it.go("/profile/about").await;
    let open = "[...document.querySelectorAll('#residence-list [role=option]')].map(o => o.textContent)";
    let active = "document.querySelector(`#${document.activeElement.getAttribute('aria-activedescendant')}`)?.textContent";
    let value = "document.querySelector('#residence').value";
    let sent = "document.querySelector('select[name=residence]').value";
    let expanded = "document.querySelector('#residence').getAttribute('aria-expanded')";

    it.keys("residence", "emir").await;
    assert_eq!(it.value_of(open).await, "Émirats arabes unis");
    assert_eq!(it.value_of(sent).await, "", "nothing is chosen while somebody types");
    it.keys("residence", Key::Escape).await;
    assert_eq!((it.value_of(expanded).await, it.value_of(value).await), ("false".into(), String::new()));

    it.keys("residence", "ivoire").await;
    it.keys("residence", Key::Down).await;
    assert_eq!(it.value_of(active).await, "Côte d’Ivoire");
    it.is_accessible().await;
    it.keys("residence", Key::Enter).await;
    assert_eq!((it.value_of(value).await, it.value_of(sent).await), ("Côte d’Ivoire".into(), "CI".into()));
    assert_eq!(it.path().await, "/profile/about", "Enter chooses, it does not send");
    it.reads("Enregistré à").await;

    it.hold(SMALLEST).await;
    it.go("/profile/about").await;
    assert_eq!(it.value_of(value).await, "Côte d’Ivoire");
    it.keys("residence", Key::Up).await;
    assert_eq!(it.value_of(active).await, "Zimbabwe", "with nothing typed, the whole list, from its end");
    it.keys("residence", Key::Down).await;
    assert_eq!(it.value_of(active).await, "Afghanistan");
    let wide: u32 = it.value_of("document.documentElement.scrollWidth").await.parse().unwrap();
    assert!(wide <= SMALLEST.width, "{wide} wide");
    it.picture("combobox").await;
    it.keys("residence", Key::Escape).await;
    assert_eq!(it.value_of(sent).await, "CI");

    it.keys("residence", Key::Control + "a").await;
    it.keys("residence", "xyz").await;
    it.reads("Aucun résultat").await;
    it.keys("residence", Key::Tab).await;
    assert_eq!(it.value_of(value).await, "Côte d’Ivoire", "what cannot be meant goes");
    it.hold(PHONE).await;
    it.keys("residence", Key::Control + "a").await;
    it.keys("residence", "suiss").await;
    it.keys("residence", Key::Tab).await;
    assert_eq!((it.value_of(value).await, it.value_of(sent).await), ("Suisse".into(), "CH".into()));
    it.close().await;
}
