//! Whether an account exists cannot be told from an answer, nor from the work that it takes. Time itself is not
//! measured: it is made of password hashes, which are counted, and of a pause that is the same for all.

use crate::support::{PASSWORD, Reply, World, world_on};

/// An answer without what was typed, and what it cost in hashes.
async fn answer(world: &World, path: &str, email: &str, form: &str) -> (u16, Option<String>, String, usize) {
    let before = world.app.passwords().computed();
    let Reply { status, location, body, .. } =
        world.stranger().post(path, &form.replace("{}", &email.replace('@', "%40"))).await;
    (status, location, body.replace(email, "…"), world.app.passwords().computed() - before)
}

#[sqlx::test]
async fn an_address_with_an_account_is_answered_like_one_without(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let known = world.with_password(world.candidate("en").await).await;
    let disabled = world.with_password(world.candidate("en").await).await;
    sqlx::query("update person set disabled_at = now() where id = $1")
        .bind(disabled.id)
        .execute(&world.db)
        .await
        .unwrap();
    let invited = world.reviewer("en").await;
    let unconfirmed = world.with_password(world.candidate("en").await).await;
    sqlx::query("update person set email_confirmed_at = null where id = $1")
        .bind(unconfirmed.id)
        .execute(&world.db)
        .await
        .unwrap();
    let right = format!("email={{}}&password={}", PASSWORD.replace(' ', "+"));
    let register = "family_names=Ana&email={}&lang=en&privacy=true&password=quite+another+horse";
    for (path, form, hashes) in [
        ("/sign-in", "email={}&password=quite+another+horse", 1),
        ("/forgot-password", "email={}", 0),
        ("/register", register, 1),
        ("/register", "family_names=Ana&email={}&lang=en&password=short", 0),
    ] {
        let unknown = answer(&world, path, "nobody@example.org", form).await;
        assert_eq!(unknown.3, hashes, "{path}");
        for somebody in [&known, &disabled, &invited, &unconfirmed] {
            let email = format!("{}@example.org", somebody.id);
            assert_eq!(answer(&world, path, &email, form).await, unknown, "{path}");
        }
    }
    // the right password of an account that is closed tells no more than a wrong one
    let (unknown, closed) = (
        answer(&world, "/sign-in", "nobody.else@example.org", &right).await,
        answer(&world, "/sign-in", &format!("{}@example.org", disabled.id), &right).await,
    );
    assert_eq!(unknown, closed);
    let open = answer(&world, "/sign-in", &format!("{}@example.org", known.id), &right).await;
    assert_eq!((open.0, open.3), (303, 1), "the right password of an open one does");
}
