//! Signing in with a second factor.

use crate::support::{PASSWORD, Reader, Reply, World, world_on, world_with_second_factor};

const PAGE: &str = "/sign-in/code";

async fn password(world: &World, of: &Reader<'_>, in_browser: &Reader<'_>, next: &str) -> Reply {
    let form = format!("email={}%40example.org&password={}&next={next}", of.id, PASSWORD.replace(' ', "+"));
    in_browser.of(world).post("/sign-in", &form).await
}

#[sqlx::test]
async fn the_password_alone_opens_nothing_any_more(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (key, _) = world.set_up_factor(&ines).await;
    let replayed = world.code_of(&key);
    let world = world.seconds_later(30).await;
    let browser = world.stranger();

    assert_eq!(browser.get(PAGE).await.location.as_deref(), Some("/sign-in"), "nothing was begun");
    let half = password(&world, &ines, &browser, "/account%3Fx=1").await;
    assert_eq!(half.location.as_deref(), Some("/sign-in/code?next=%2Faccount%3Fx%3D1"), "{}", half.body);
    assert!(half.cookies[0].contains("HttpOnly; SameSite=Lax; Max-Age=600"), "{:?}", half.cookies);
    let browser = browser.with_cookies(&half);
    assert_eq!(browser.get("/account").await.status, 303, "no session yet");
    let page = browser.get("/sign-in/code?next=%2Faccount%3Fx%3D1").await;
    assert!(page.status == 200 && page.has("autocomplete=\"one-time-code\""), "{}", page.body);
    assert_eq!(page.hidden("next"), "/account?x=1");

    for wrong in ["", "000000", &replayed] {
        let reply = browser.post(PAGE, &format!("code={wrong}&next=%2Faccount%3Fx%3D1")).await;
        assert!(reply.status == 422 && reply.has("href=\"#code\""), "{wrong}: {}", reply.body);
        assert_eq!(reply.hidden("next"), "/account?x=1");
        assert!(reply.cookies.is_empty());
    }
    let code = format!("code={}&next=%2Faccount%3Fx%3D1", world.code_of(&key));
    let (one, two) = tokio::join!(browser.post(PAGE, &code), browser.post(PAGE, &code));
    let mut answers = [one.location.as_deref(), two.location.as_deref()];
    answers.sort_unstable();
    assert_eq!(answers, [Some("/account?x=1"), Some("/sign-in?next=%2Faccount%3Fx%3D1")], "a double click");
    let signed_in = if one.cookies.is_empty() { &two } else { &one };
    assert_eq!(browser.with_cookies(signed_in).get("/account").await.status, 200);
    let story = world.story().await;
    assert_eq!(story.iter().filter(|event| event.starts_with("sign_in,")).count(), 1, "{story:?}");

    let half = password(&world, &ines, &world.stranger(), "").await;
    let thief = world.stranger().with_cookies(&half);
    let reply = thief.post(PAGE, &code).await;
    assert_eq!(reply.status, 422, "a code that was seen over a shoulder opens nothing");
}

#[sqlx::test]
async fn a_recovery_code_opens_once_and_its_owner_is_told(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (_, codes) = world.set_up_factor(&ines).await;
    let form = format!("code={}", codes[3].replace(' ', "+"));
    for status in [303, 422] {
        let browser = world.stranger();
        let browser = browser.with_cookies(&password(&world, &ines, &browser, "").await);
        let reply = browser.post(PAGE, &form).await;
        assert_eq!(reply.status, status, "{}", reply.body);
    }
    assert_eq!(world.letters().await, ["second_factor_added", "recovery_code_used"]);
    assert!(ines.get("/account/second-factor").await.has("<dd>9</dd>"));
}

#[sqlx::test]
async fn half_a_sign_in_ends_with_time_and_with_the_password(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (key, _) = world.set_up_factor(&ines).await;
    let browser = world.stranger();
    let browser = browser.with_cookies(&password(&world, &ines, &browser, "").await);
    let late = world.seconds_later(601).await;
    let code = format!("code={}", late.code_of(&key));
    assert_eq!(browser.of(&late).post(PAGE, &code).await.location.as_deref(), Some("/sign-in"));

    let soon = world.seconds_later(300).await;
    assert_eq!(browser.of(&soon).get(PAGE).await.status, 200);
    sqlx::query("update person set password_hash = 'another'").execute(&world.db).await.unwrap();
    let code = format!("code={}", soon.code_of(&key));
    assert_eq!(browser.of(&soon).post(PAGE, &code).await.location.as_deref(), Some("/sign-in"));
}

#[sqlx::test]
async fn who_guesses_codes_locks_out_strangers_and_not_the_owner(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (key, _) = world.set_up_factor(&ines).await;
    let world = world.seconds_later(60).await;
    let code = format!("code={}", world.code_of(&key));
    for _ in 0..4 {
        let thief = world.stranger();
        let thief = thief.with_cookies(&password(&world, &ines, &thief, "").await);
        for _ in 0..5 {
            assert_eq!(thief.post(PAGE, "code=000000").await.status, 422);
        }
        let refused = thief.post(PAGE, &code).await;
        assert!(refused.status == 429 && refused.headers["retry-after"] == "900", "five in one sign-in");
    }
    let thief = world.stranger();
    let thief = thief.with_cookies(&password(&world, &ines, &thief, "").await);
    assert_eq!(thief.post(PAGE, &code).await.status, 429, "twenty of strangers together");

    // the owner's browser, whose session has ended
    let end = sqlx::query("update session set expires_at = created_at where person_id = $1").bind(ines.id);
    end.execute(&world.db).await.unwrap();
    let owner = ines.of(&world);
    let owner = owner.with_cookies(&password(&world, &ines, &owner, "").await);
    assert_eq!(owner.post(PAGE, &code).await.status, 303, "has tries of its own");
}

#[sqlx::test]
async fn staff_set_one_up_before_any_work_and_candidates_may(db: sqlx::PgPool) {
    let world = world_with_second_factor(db, "2026-11-26").await;
    let candidate = world.candidate("en").await;
    assert_eq!(candidate.get("/profile").await.status, 200);
    for (role, pages) in [
        ("hr_reviewer", &["/review", "/review/home", "/placements", "/reports"][..]),
        ("supervisor", &["/supervision", "/account/deputy"]),
        ("hr_director", &["/direction", "/reports", "/account/deputy"]),
        ("medical_officer", &["/medical"]),
        ("administrator", &["/administration/people", "/record", "/record/export/csv"]),
    ] {
        let reader = world.with_password(world.sign_in("en", &[role]).await).await;
        for page in pages {
            let reply = reader.get(page).await;
            let to = reply.location.as_deref();
            assert_eq!((reply.status, to), (303, Some("/account/second-factor")), "{role} {page}");
        }
        assert!(reader.get("/account/second-factor").await.has("People who work here sign in with"));
        world.set_up_factor(&reader).await;
        assert_eq!(reader.get(pages[0]).await.status, 200, "{role}");
    }
}

#[sqlx::test]
async fn an_administrator_resets_what_somebody_lost(db: sqlx::PgPool) {
    let world = world_with_second_factor(db, "2026-11-26").await;
    let ana = world.with_password(world.sign_in("en", &["administrator"]).await).await;
    let joy = world.with_password(world.reviewer("en").await).await;
    world.set_up_factor(&ana).await;
    let page = format!("/administration/people/{}", joy.id);
    let reset = format!("{page}/reset-second-factor");
    assert!(!ana.get(&page).await.has(&reset), "there is nothing to reset");
    world.set_up_factor(&joy).await;
    assert!(ana.get(&page).await.has(&reset));

    let own = format!("/administration/people/{}/reset-second-factor", ana.id);
    assert_eq!(ana.post(&own, "").await.status, 403, "nobody does it for themselves");
    assert_eq!(joy.post(&reset, "").await.status, 403);
    for _ in 0..2 {
        assert_eq!(ana.post(&reset, "").await.location.as_deref(), Some(page.as_str()));
    }
    assert_eq!(joy.get("/review").await.location.as_deref(), Some("/sign-in?next=/review"), "signed out");
    let letters = world.letters().await;
    assert_eq!(
        letters,
        ["second_factor_added", "second_factor_added", "second_factor_reset"],
        "twice is once"
    );
    assert_eq!(world.story().await.last().unwrap(), "reset_second_factor, by administrator");

    let browser = world.stranger();
    let back = password(&world, &joy, &browser, "").await;
    assert_eq!(back.location.as_deref(), Some("/review/home"), "the password opens the way to a new one");
    let joy = browser.with_cookies(&back);
    assert_eq!(joy.get("/review/home").await.location.as_deref(), Some("/account/second-factor"));
}
