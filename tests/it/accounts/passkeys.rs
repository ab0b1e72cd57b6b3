//! Signing in with a passkey.

use crate::device::{Device, asked, sent};
use crate::support::{PASSWORD, Reader, World, world_with_passkeys};

const PAGE: &str = "/sign-in/code";

/// A browser in which the password was right.
async fn half<'w>(world: &'w World, of: &Reader<'_>) -> Reader<'w> {
    let form = format!("email={}%40example.org&password={}", of.id, PASSWORD.replace(' ', "+"));
    let reply = world.stranger().post("/sign-in", &form).await;
    assert_eq!(reply.location.as_deref(), Some(PAGE), "{}", reply.body);
    world.stranger().with_cookies(&reply)
}

async fn answer(browser: &Reader<'_>, device: &mut Device) -> String {
    sent(&device.prove(&asked(&browser.get(PAGE).await)), "")
}

#[sqlx::test]
async fn it_opens_the_account_once_for_each_time_it_is_asked(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (mut key, codes) = ines.adds_passkey("Phone").await;
    let browser = half(&world, &ines).await;
    assert_eq!(browser.get("/account").await.status, 303, "no session yet");
    let page = browser.get(PAGE).await;
    for words in ["Use a passkey", "One of your recovery codes", "<noscript>", "type a recovery code instead"]
    {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    let tag = page.body.split("<div class=\"stack gap-s\" data-passkey=").nth(1).unwrap();
    assert!(tag.split('>').next().unwrap().ends_with(" hidden"), "nothing is shown that needs a script");
    assert_eq!(asked(&page)["allowCredentials"].as_array().unwrap().len(), 1);

    let proved = answer(&browser, &mut key).await;
    let (one, two) = tokio::join!(browser.post(PAGE, &proved), browser.post(PAGE, &proved));
    let mut answers = [one.location.as_deref(), two.location.as_deref()];
    answers.sort_unstable();
    assert_eq!(answers, [Some("/profile"), Some("/sign-in")], "a double click");
    let signed_in = if one.cookies.is_empty() { &two } else { &one };
    assert_eq!(browser.with_cookies(signed_in).get("/account").await.status, 200);
    let story = world.story().await;
    assert_eq!(story.iter().filter(|event| event.starts_with("sign_in,")).count(), 1, "{story:?}");
    assert!(ines.get("/account/second-factor").await.has("last used 26\u{a0}November 2026"));
    assert_eq!(world.count("select counter from passkey").await, 2);
    assert_eq!(world.count("select count(*) from passkey_challenge").await, 0, "used up");

    let thief = half(&world, &ines).await;
    let reply = thief.post(PAGE, &proved).await;
    assert!(reply.status == 422 && reply.has("href=\"#passkey\""), "an answer of before: {}", reply.body);
    let recovery = format!("code={}", codes[0].replace(' ', "+"));
    assert_eq!(thief.post(PAGE, &recovery).await.status, 303, "a recovery code stands in for it");
}

#[sqlx::test]
async fn what_does_not_fit_is_refused(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let joy = world.with_password(world.candidate("en").await).await;
    let (mut key, _) = ines.adds_passkey("Phone").await;
    let (mut other, _) = joy.adds_passkey("Phone").await;
    key.counter = 10;
    let browser = half(&world, &ines).await;
    let first = answer(&browser, &mut key).await;
    assert_eq!(browser.post(PAGE, &first).await.status, 303);

    let browser = half(&world, &ines).await;
    let page = asked(&browser.get(PAGE).await);
    let (mut far, mut careless, mut copy) = (key.clone(), key.clone(), key.clone());
    far.origin = "http://localhost:3001".to_owned();
    careless.asks_who = false;
    copy.counter = 3;
    let mut wrong = vec![
        ("another's", other.prove(&page)),
        ("for a false page", far.prove(&page)),
        ("by whoever holds the device", careless.prove(&page)),
        ("of a copy", copy.prove(&page)),
    ];
    // each answers what it was asked
    let elsewhere = half(&world, &ines).await;
    wrong.push(("asked of another browser", key.prove(&asked(&elsewhere.get(PAGE).await))));
    for (what, answer) in wrong {
        sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
        let reply = browser.post(PAGE, &sent(&answer, "")).await;
        assert!(reply.status == 422 && reply.has("href=\"#passkey\""), "{what}: {}", reply.body);
        assert!(reply.cookies.is_empty());
    }

    // a copy that was asked before the device itself was used again
    let (early, late) = (half(&world, &ines).await, half(&world, &ines).await);
    let mut copy = key.clone();
    let (of_copy, own) = (answer(&early, &mut copy).await, answer(&late, &mut key).await);
    sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
    assert_eq!(late.post(PAGE, &own).await.status, 303);
    assert_eq!(early.post(PAGE, &of_copy).await.status, 422, "its counter is behind");

    let browser = half(&world, &ines).await;
    let proved = answer(&browser, &mut key).await;
    let expired = world.seconds_later(601).await;
    let late = browser.of(&expired).post(PAGE, &proved).await;
    assert_eq!(late.location.as_deref(), Some("/sign-in"), "too late");
    sqlx::query("delete from passkey where person_id = $1").bind(ines.id).execute(&world.db).await.unwrap();
    assert_eq!(browser.post(PAGE, &proved).await.status, 422, "taken away meanwhile");
}

#[sqlx::test]
async fn tries_come_to_an_end_as_those_of_codes_do(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (mut key, _) = ines.adds_passkey("Phone").await;
    let browser = half(&world, &ines).await;
    for _ in 0..5 {
        assert_eq!(browser.post(PAGE, "passkey=%7B%7D").await.status, 422);
    }
    let proved = answer(&browser, &mut key).await;
    assert_eq!(browser.post(PAGE, &proved).await.status, 429);
}

#[sqlx::test]
async fn it_is_the_second_factor_that_staff_need(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", true).await;
    let ana = world.with_password(world.sign_in("en", &["administrator"]).await).await;
    let joy = world.with_password(world.reviewer("en").await).await;
    assert_eq!(joy.get("/review").await.location.as_deref(), Some("/account/second-factor"));
    ana.adds_passkey("Laptop").await;
    let (mut key, codes) = joy.adds_passkey("Phone").await;
    assert_eq!((joy.get("/review").await.status, codes.len()), (200, 10));
    let browser = half(&world, &joy).await;
    let proved = answer(&browser, &mut key).await;
    assert_eq!(browser.post(PAGE, &proved).await.location.as_deref(), Some("/review/home"));

    let page = format!("/administration/people/{}", joy.id);
    let reset = format!("{page}/reset-second-factor");
    assert!(ana.get(&page).await.has(&reset));
    for _ in 0..2 {
        assert_eq!(ana.post(&reset, "").await.status, 303);
    }
    let told = world.letters().await;
    assert_eq!(told.iter().filter(|letter| *letter == "second_factor_reset").count(), 1, "{told:?}");
    assert_eq!(world.count("select count(*) from passkey").await, 1);
    assert_eq!(world.count("select count(*) from recovery_code").await, 10);
    let again = world.session_of(joy.id).await;
    assert_eq!(again.get("/review").await.location.as_deref(), Some("/account/second-factor"));
}
