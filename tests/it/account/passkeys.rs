//! Passkeys of one's own: added, listed, taken away, and asked for again.

use super::proof;
use crate::device::{ADD, Device, asked, sent};
use crate::support::{Reader, World, world_on, world_with_passkeys};

const HERE: &str = "/account/second-factor";
const PASSKEYS: &str = "/account/second-factor/passkeys";

async fn removal(world: &World, name: &str) -> String {
    let id: uuid::Uuid = sqlx::query_scalar("select id from passkey where name = $1")
        .bind(name)
        .fetch_one(&world.db)
        .await
        .unwrap();
    format!("{PASSKEYS}/{id}/remove")
}

async fn signs(reader: &Reader<'_>, path: &str, device: &mut Device) -> String {
    sent(&device.prove(&asked(&reader.get(path).await)), &proof())
}

#[sqlx::test]
async fn the_first_one_brings_recovery_codes_and_ends_other_sessions(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let elsewhere = world.session_of(ines.id).await;
    for (form, field) in
        [("current_password=guess&name=Phone".to_owned(), "current_password"), (proof(), "name")]
    {
        let wrong = ines.post(PASSKEYS, &form).await;
        assert!(wrong.status == 422 && wrong.has(&format!("href=\"#{field}\"")), "{}", wrong.body);
    }
    assert_eq!(ines.get(ADD).await.location.as_deref(), Some(HERE), "nothing was begun");

    let page = ines.begins_passkey("My+%3Claptop%3E").await;
    assert!(page.has("“My &#60;laptop&#62;”") && page.has("src=\"/static/passkey."), "{}", page.body);
    assert!(!page.has("<script>") && !page.has("style="), "nothing inline");
    let (asked_of_me, device) = (asked(&page), Device::new());
    assert_eq!(asked_of_me["rp"]["id"], "localhost");
    assert_eq!(asked_of_me["authenticatorSelection"]["userVerification"], "required");

    let answer = sent(&device.make(&asked_of_me), "");
    assert_eq!(
        elsewhere.post(ADD, &answer).await.location.as_deref(),
        Some(HERE),
        "asked of another browser"
    );
    let (mut far, mut careless, mut other) = (device.clone(), device.clone(), asked_of_me.clone());
    (far.origin, careless.asks_who) = ("https://localhost.evil.example".to_owned(), false);
    other["challenge"] = "AAAA".into();
    let wrong = [far.make(&asked_of_me), careless.make(&asked_of_me), device.make(&other), "x".into()];
    for answer in wrong {
        let reply = ines.post(ADD, &sent(&answer, "")).await;
        assert!(reply.status == 422 && reply.has("href=\"#passkey\""), "{answer}: {}", reply.body);
    }
    assert!(elsewhere.get("/account").await.status == 200 && world.letters().await.is_empty());

    let list = ines.post(ADD, &answer).await;
    assert_eq!((list.status, list.marked("code").len()), (200, 10), "{}", list.body);
    assert_eq!(ines.post(ADD, &answer).await.location.as_deref(), Some(HERE), "twice is once");
    assert_eq!(elsewhere.get("/account").await.status, 303, "it has proved one factor only");
    assert_eq!(world.letters().await, ["passkey_added"]);
    assert_eq!(
        world.story().await,
        ["begin_second_factor, by candidate", "add_passkey, by candidate"],
        "and nothing of what was wrong"
    );
    let page = ines.get(HERE).await;
    for words in ["My &#60;laptop&#62;", "Added 26\u{a0}November 2026", "not used yet", "<dd>10</dd>"] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    assert!(ines.get("/account").await.has("Passkeys: 1"));

    // the same device, for somebody else
    let joy = world.with_password(world.candidate("en").await).await;
    let page = joy.begins_passkey("Mine").await;
    let taken = joy.post(ADD, &sent(&device.make(&asked(&page)), "")).await;
    assert!(taken.status == 422 && taken.has("already has a passkey"), "{}", taken.body);
    let asked_again = asked(&ines.begins_passkey("Again").await);
    assert_eq!(asked_again["excludeCredentials"].as_array().unwrap().len(), 1, "one device, one passkey");

    let late = world.seconds_later(601).await;
    let answer = sent(&Device::new().make(&asked_again), "");
    assert_eq!(ines.of(&late).post(ADD, &answer).await.location.as_deref(), Some(HERE), "too late");
    assert_eq!(world.count("select count(*) from passkey").await, 1);
}

#[sqlx::test]
async fn app_and_passkeys_are_one_factor_until_the_last_is_gone(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (mut laptop, codes) = ines.adds_passkey("Laptop").await;
    let (mut phone, none) = ines.adds_passkey("Phone").await;
    assert_eq!((codes.len(), none.len()), (10, 0), "codes come with the first");
    // the app, beside them
    assert_eq!(ines.post(HERE, &proof()).await.status, 303);
    let key = ines.get("/account/second-factor/set-up").await.marked("code").remove(0);
    let code = format!("code={}", world.code_of(&key));
    let done = ines.post("/account/second-factor/set-up", &code).await;
    assert_eq!(done.location.as_deref(), Some("/account/second-factor?after=app"), "{}", done.body);

    let (remove_app, remove_phone) = ("/account/second-factor/remove", removal(&world, "Phone").await);
    let stranger = world.with_password(world.candidate("en").await).await;
    stranger.adds_passkey("Other").await;
    let theirs = removal(&world, "Other").await;
    assert_eq!(ines.get(&theirs).await.location.as_deref(), Some(HERE));
    let answer = signs(&ines, &remove_phone, &mut laptop).await;
    assert_eq!(ines.post(&theirs, &answer).await.status, 303);
    assert_eq!(world.count("select count(*) from passkey").await, 3, "nobody takes another's away");

    let alone = answer.replace(&proof(), "current_password=guess");
    assert!(ines.post(&remove_phone, &alone).await.has("href=\"#current_password\""));
    for _ in 0..2 {
        let gone = ines.post(&remove_phone, &answer).await;
        assert_eq!(gone.location.as_deref(), Some("/account/second-factor?after=removed"), "{}", gone.body);
    }
    assert_eq!(world.count("select count(*) from recovery_code").await, 20, "they stay");
    let lost = signs(&ines, remove_app, &mut phone).await;
    assert!(ines.post(remove_app, &lost).await.has("href=\"#passkey\""), "it opens nothing any more");
    assert!(ines.get(remove_app).await.has("Your passkeys and recovery codes stay."));
    let answer = signs(&ines, remove_app, &mut laptop).await;
    assert_eq!(ines.post(remove_app, &answer).await.status, 303);
    assert_eq!(ines.post(remove_app, &answer).await.status, 303, "twice is once");
    let page = ines.get(HERE).await;
    assert!(page.has("Laptop") && page.has("last used 26\u{a0}November 2026"), "{}", page.body);
    assert!(page.has("Set it up") && page.has("<dd>10</dd>"), "{}", page.body);

    let last = removal(&world, "Laptop").await;
    assert!(ines.get(&last).await.has("It is your last factor"));
    let code = format!("{}&code={}", proof(), codes[0].replace(' ', "+"));
    assert_eq!(ines.post(&last, &code).await.status, 303);
    assert_eq!(world.count("select count(*) from recovery_code").await, 10, "of the other person");
    assert!(ines.get("/account/second-factor?after=removed").await.has("your password alone"));
    let told = world.letters().await;
    assert_eq!(told.iter().filter(|letter| *letter == "passkey_removed").count(), 2, "{told:?}");
}

#[sqlx::test]
async fn it_is_enough_where_somebody_is_asked_again_and_once(db: sqlx::PgPool) {
    const AGAIN: &str = "/account/again";
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ana = world.with_password(world.sign_in("fr", &["administrator"]).await).await;
    let (mut key, _) = ana.adds_passkey("Cl%C3%A9").await;
    sqlx::query("update session set proved_at = '2026-11-26 07:00Z'").execute(&world.db).await.unwrap();
    assert_eq!(ana.get("/record/export/csv").await.status, 303);
    let page = ana.get(AGAIN).await;
    assert!(
        page.has("Utiliser une clé d’accès") && page.has("L’un de vos codes de secours"),
        "{}",
        page.body
    );
    assert_eq!(asked(&page), asked(&ana.get(AGAIN).await), "two tabs ask the same");
    let answer = format!("{}&next=/record/export/csv", signs(&ana, AGAIN, &mut key).await);
    assert_eq!(ana.post(AGAIN, &answer).await.location.as_deref(), Some("/record/export/csv"));
    assert_eq!(ana.get("/record/export/csv").await.status, 200);
    let again = ana.post(AGAIN, &answer).await;
    assert!(again.status == 422 && again.has("href=\"#passkey\""), "once: {}", again.body);

    let answer = signs(&ana, AGAIN, &mut key).await;
    let late = world.seconds_later(601).await;
    assert_eq!(ana.of(&late).post(AGAIN, &answer).await.status, 422, "too late");
}

#[sqlx::test]
async fn whoever_is_forgotten_leaves_none(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    ines.adds_passkey("Phone").await;
    ines.begins_passkey("Laptop").await;
    assert_eq!(ines.post("/account/delete", &format!("{}&sure=true", proof())).await.status, 303);
    let left = "select (select count(*) from passkey) + (select count(*) from passkey_challenge)
        + (select count(*) from recovery_code)";
    assert_eq!(world.count(left).await, 0);
}

#[sqlx::test]
async fn an_address_without_a_name_has_none(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    assert!(!ines.get(HERE).await.has("Add a passkey"));
    assert_eq!(ines.get(PASSKEYS).await.location.as_deref(), Some(HERE));
    assert_eq!(ines.post(PASSKEYS, &format!("{}&name=Phone", proof())).await.location.as_deref(), Some(HERE));
    assert_eq!(world.count("select count(*) from passkey_challenge").await, 0);
}
