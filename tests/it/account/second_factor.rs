//! A second factor of one's own: set up, renewed, taken away.

use super::proof;
use crate::support::world_on;

const HERE: &str = "/account/second-factor";
const SET_UP: &str = "/account/second-factor/set-up";
const CODES: &str = "/account/second-factor/codes";
const REMOVE: &str = "/account/second-factor/remove";

#[sqlx::test]
async fn it_counts_once_the_first_code_has_come_back(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let elsewhere = world.session_of(ines.id).await;

    let wrong = ines.post(HERE, "current_password=guess").await;
    assert!(wrong.status == 422 && wrong.has("href=\"#current_password\""), "{}", wrong.body);
    assert_eq!(ines.get(SET_UP).await.location.as_deref(), Some(HERE), "nothing was begun");

    assert_eq!(ines.post(HERE, &proof()).await.location.as_deref(), Some(SET_UP));
    let page = ines.get(SET_UP).await;
    let key = page.marked("code").remove(0);
    assert!(page.has("<svg") && page.has("<path fill=\"#000\" d=\"M4 4h1v1h-1z"), "{}", page.body);
    assert!(!page.has("style="), "no inline style");
    let wrong = ines.post(SET_UP, "code=12345").await;
    assert!(wrong.status == 422 && wrong.has("href=\"#code\""), "{}", wrong.body);
    assert_eq!(wrong.marked("code")[0], key, "the key in the app stays");
    assert!(ines.get(HERE).await.has("Set it up"), "it does not count yet");
    assert_eq!(elsewhere.get("/account").await.status, 200);

    let locked =
        "select count(*) from second_factor where lock is not null and length(secret) = 8 + 24 + 20 + 16";
    assert_eq!(world.count(locked).await, 1, "whoever reads the database alone makes no codes");
    let code = format!("code={}", world.code_of(&key));
    let list = ines.post(SET_UP, &code).await;
    let codes = list.marked("code");
    assert_eq!((list.status, codes.len()), (200, 10), "{}", list.body);
    assert_eq!(ines.post(SET_UP, &code).await.location.as_deref(), Some(HERE), "twice is once");
    assert_eq!(world.count("select count(*) from recovery_code").await, 10);
    assert_eq!(elsewhere.get("/account").await.status, 303, "it has proved one factor only");
    assert_eq!(world.letters().await, ["second_factor_added"]);
    assert!(world.story().await.contains(&"add_second_factor, by candidate".to_owned()));

    let page = ines.get(HERE).await;
    assert!(page.has("On since") && page.has("<dd>10</dd>"), "{}", page.body);
    assert!(!page.has(&codes[0]), "shown once");
    ines.post(HERE, &proof()).await;
    assert_eq!(ines.get(SET_UP).await.location.as_deref(), Some(HERE), "nobody puts another in its place");
}

#[sqlx::test]
async fn to_renew_codes_or_take_it_away_asks_for_both(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (key, old) = world.set_up_factor(&ines).await;
    let used = world.code_of(&key);
    let world = world.seconds_later(60).await;
    let ines = ines.of(&world);
    let fresh = world.code_of(&key);

    for path in [CODES, REMOVE] {
        for (form, field) in [
            (format!("current_password=guess&code={fresh}"), "current_password"),
            (format!("{}&code=", proof()), "code"),
            (format!("{}&code={used}", proof()), "code"),
        ] {
            let wrong = ines.post(path, &form).await;
            let there = format!("href=\"#{field}\"");
            assert!(wrong.status == 422 && wrong.has(&there), "{path} {form}: {}", wrong.body);
        }
    }

    let list = ines.post(CODES, &format!("{}&code={fresh}", proof())).await;
    let new = list.marked("code");
    assert_eq!((list.status, new.len()), (200, 10), "{}", list.body);
    let refused = ines.post(REMOVE, &format!("{}&code={fresh}", proof())).await;
    assert_eq!(refused.status, 422, "each code is taken once");
    let refused = ines.post(REMOVE, &format!("{}&code={}", proof(), old[0].replace(' ', "+"))).await;
    assert_eq!(refused.status, 422, "the codes before are worth nothing");

    // however it is typed
    let recovery = new[0].to_uppercase().replace(' ', "-");
    let world = world.seconds_later(1000).await;
    let ines = ines.of(&world);
    for _ in 0..2 {
        let gone = ines.post(REMOVE, &format!("{}&code={recovery}", proof())).await;
        let done = Some("/account/second-factor?after=removed");
        assert_eq!(gone.location.as_deref(), done, "{}", gone.body);
    }
    assert_eq!(
        world.letters().await,
        ["second_factor_added", "recovery_code_used", "second_factor_removed"],
        "twice is once"
    );
    assert_eq!(world.count("select count(*) from recovery_code").await, 0);
    assert!(ines.get(HERE).await.has("Set it up"));
}

#[sqlx::test]
async fn guesses_of_the_code_come_to_an_end(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (key, _) = world.set_up_factor(&ines).await;
    let later = world.seconds_later(60).await;
    for guess in 0..10 {
        ines.of(&later).post(REMOVE, &format!("{}&code=00000{guess}", proof())).await;
    }
    let right = format!("{}&code={}", proof(), later.code_of(&key));
    let refused = ines.of(&later).post(REMOVE, &right).await;
    assert!(refused.status == 422 && refused.has("Too many attempts"), "{}", refused.body);

    let world = later.seconds_later(1000).await;
    let right = format!("{}&code={}", proof(), world.code_of(&key));
    assert_eq!(ines.of(&world).post(REMOVE, &right).await.status, 303, "it ends by itself");
}
