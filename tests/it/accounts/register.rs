use crate::support::{world_behind_a_proxy, world_on};
use chrono::TimeDelta;

const FORM: &str =
    "given_names=In%C3%A9s&family_names=Carvajal&email=ines%40example.org&lang=fr&privacy=true";

#[sqlx::test]
async fn a_new_address_gets_a_link_and_a_known_one_a_reminder(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let form = format!("{FORM}&password=correct+horse+battery");

    let first = world.stranger().post("/register", &form).await;
    sqlx::query("update person set email_confirmed_at = $1")
        .bind(world.now)
        .execute(&world.db)
        .await
        .unwrap();
    let again = world.stranger().post("/register", &form.replace("ines", "Ines")).await;

    assert_eq!((first.status, again.status), (303, 303));
    assert_eq!(first.location, again.location, "the answer tells who has an account");
    assert_eq!(world.letters().await, ["confirm_email", "already_registered"]);
    assert_eq!(world.count("select count(*) from person").await, 1);
    assert_eq!(world.count("select count(*) from person where lang = 'fr'").await, 1);
}

#[sqlx::test]
async fn registering_somebody_elses_address_changes_nothing_of_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.stranger().post("/register", &format!("{FORM}&password=correct+horse+battery")).await;
    let before: String =
        sqlx::query_scalar("select password_hash from person").fetch_one(&world.db).await.unwrap();

    world.stranger().post("/register", &format!("{FORM}&password=another+fine+password")).await;

    let after: String =
        sqlx::query_scalar("select password_hash from person").fetch_one(&world.db).await.unwrap();
    assert_eq!(before, after);
    assert_eq!(world.letters().await, ["confirm_email", "confirm_email"]);
}

#[sqlx::test]
async fn a_wrong_form_comes_back_as_typed_without_the_password(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;

    let stranger = world.stranger();
    let reader = stranger.with_cookies(&stranger.get("/register?lang=es").await);

    let page = reader.post("/register", "given_names=Ana&email=ana%40&lang=en&password=secret").await;

    assert_eq!(page.status, 422);
    for words in [
        "Indique sus apellidos",
        "por ejemplo nombre@example.org",
        "La contraseña debe tener al menos 12 caracteres",
        "value=\"Ana\"",
        "value=\"ana@\"",
    ] {
        assert!(page.has(words), "{words} is missing");
    }
    assert!(!page.has("secret"));
    assert_eq!(world.count("select count(*) from person").await, 0);
}

#[sqlx::test]
async fn a_line_of_registrations_for_one_address_is_stopped(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let form = format!("{FORM}&password=correct+horse+battery");
    for _ in 0..5 {
        assert_eq!(world.stranger().post("/register", &form).await.status, 303);
    }

    let page = world.stranger().post("/register", &form).await;

    assert_eq!(page.status, 429);
    assert!(page.has("value=\"Carvajal\""));
    assert_eq!(world.letters().await.len(), 5);
}

#[sqlx::test]
async fn a_line_that_registers_everybody_is_stopped_alone(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    let form = |name: &str| {
        format!("{FORM}&password=correct+horse+battery").replace("ines%40", &format!("{name}%40"))
    };
    let (here, elsewhere) = ([("x-forwarded-for", "203.0.113.9")], [("x-forwarded-for", "198.51.100.7")]);
    let stranger = world.stranger();
    assert_eq!(stranger.post_with("/register", &form("first"), &here).await.status, 303);
    // as many as there may be but one: each of them takes the time of a password
    sqlx::query("update throttle set hits = 29").execute(&world.db).await.unwrap();
    assert_eq!(stranger.post_with("/register", &form("thirtieth"), &here).await.status, 303);

    let page = stranger.post_with("/register", &form("next"), &here).await;
    assert_eq!((page.status, page.has("value=\"next@example.org\"")), (429, true), "{}", page.body);
    assert_eq!(world.count("select count(*) from person").await, 2);

    assert_eq!(stranger.post_with("/register", &form("next"), &elsewhere).await.status, 303);
    let later = world.at(world.now + TimeDelta::hours(1)).await;
    assert_eq!(later.stranger().post_with("/register", &form("last"), &here).await.status, 303);
}
