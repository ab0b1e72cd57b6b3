use crate::support::{PASSWORD, World, world_behind_a_proxy, world_on};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Somebody with a password.
pub async fn person(world: &World, email: &str, role: &str, confirmed: bool) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into person (id, email, family_names, lang, password_hash, email_confirmed_at, created_at)
         values ($1, $2, 'Beltrán', 'en', $3, case when $4 then $5::timestamptz end, $5)",
    )
    .bind(id)
    .bind(email)
    .bind(stagiaire::passwords::hash_now(PASSWORD))
    .bind(confirmed)
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();
    sqlx::query("insert into person_role values ($1, $2)")
        .bind(id)
        .bind(role)
        .execute(&world.db)
        .await
        .unwrap();
    id
}

fn form(email: &str, password: &str, next: &str) -> String {
    format!("email={email}&password={}&next={next}", password.replace(' ', "+"))
}

#[sqlx::test]
async fn everybody_is_taken_to_their_own_desk_or_where_they_were_going(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    for (role, desk) in
        [("candidate", "/profile"), ("hr_reviewer", "/review/home"), ("supervisor", "/supervision/home")]
    {
        let email = format!("{role}@example.org");
        person(&world, &email, role, true).await;
        for (next, to) in
            [("", desk), ("/help", "/help"), ("//evil.example", desk), ("/%5Cevil.example", desk)]
        {
            let reply = world.stranger().post("/sign-in", &form(&email, PASSWORD, next)).await;
            assert_eq!((reply.status, reply.location.as_deref()), (303, Some(to)), "{role} {next}");
        }
    }
}

#[sqlx::test]
async fn the_cookie_is_for_this_site_alone_and_a_new_one_each_time(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "ana@example.org", "candidate", true).await;
    let first = world.stranger().post("/sign-in", &form("ana@example.org", PASSWORD, "")).await;
    let cookie = &first.cookies[0];
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3196800"] {
        assert!(cookie.contains(part), "{cookie}");
    }

    let signed_in = world.stranger().with_cookies(&first);
    let second = signed_in.post("/sign-in", &form("ana@example.org", PASSWORD, "")).await;

    assert_ne!(cookie, &second.cookies[0]);
    assert_eq!(signed_in.get("/application").await.status, 303, "the old session has ended");
}

#[sqlx::test]
async fn nobody_learns_which_addresses_are_known(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "known@example.org", "candidate", true).await;
    person(&world, "fresh@example.org", "candidate", false).await;
    let disabled = person(&world, "gone@example.org", "candidate", true).await;
    sqlx::query("update person set disabled_at = $1 where id = $2")
        .bind(world.now)
        .bind(disabled)
        .execute(&world.db)
        .await
        .unwrap();
    let mut answers = Vec::new();
    for (email, password) in [
        ("known@example.org", "wrong password here"),
        ("nobody@example.org", PASSWORD),
        ("fresh@example.org", "wrong password here"),
        ("gone@example.org", PASSWORD),
    ] {
        let page = world.stranger().post("/sign-in", &form(email, password, "")).await;
        assert_eq!(page.status, 422);
        answers.push(page.body.replace(email, "…"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(world.letters().await.is_empty());
}

#[sqlx::test]
async fn an_unconfirmed_address_with_the_right_password_gets_its_link_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "fresh@example.org", "candidate", false).await;

    let page = world.stranger().post("/sign-in", &form("fresh@example.org", PASSWORD, "")).await;

    assert_eq!(page.status, 422);
    assert!(page.has("Confirm your email address first") && page.cookies.is_empty());
    assert_eq!(world.letters().await, ["confirm_email"]);
}

#[sqlx::test]
async fn guessing_is_stopped_even_with_the_right_password(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "ana@example.org", "candidate", true).await;
    for _ in 0..10 {
        world.stranger().post("/sign-in", &form("ana@example.org", "wrong password here", "")).await;
    }

    let page = world.stranger().post("/sign-in", &form("ANA@example.org", PASSWORD, "")).await;

    assert_eq!(page.status, 429);
    assert!(page.headers.contains_key("retry-after") && page.has("value=\"ANA@example.org\""));
}

#[sqlx::test]
async fn strangers_who_guess_lock_nobody_out_of_their_own_browser(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    person(&world, "ana@example.org", "candidate", true).await;
    let right = form("ana@example.org", PASSWORD, "");
    let hers = world.stranger().with_cookies(&world.stranger().post("/sign-in", &right).await);
    for n in 0..6 {
        let from = [("x-forwarded-for", &*format!("192.0.2.{n}"))];
        for _ in 0..10 {
            world.stranger().post_with("/sign-in", &form("ana@example.org", "guessed", ""), &from).await;
        }
    }
    let elsewhere = [("x-forwarded-for", "198.51.100.7")];

    assert_eq!(
        world.stranger().post_with("/sign-in", &right, &elsewhere).await.status,
        429,
        "unknown browser"
    );
    assert_eq!(hers.post_with("/sign-in", &right, &elsewhere).await.status, 303);

    // nor out of the one in which she has signed out, nor out of her mailbox
    let left = hers.with_cookies(&hers.post("/sign-out", "").await);
    assert_eq!(left.post_with("/sign-in", &right, &elsewhere).await.status, 303);
    let bea = form("bea@example.org", PASSWORD, "");
    person(&world, "bea@example.org", "candidate", true).await;
    for _ in 0..51 {
        world
            .stranger()
            .post_with(
                "/sign-in",
                &form("bea@example.org", "guessed", ""),
                &[("x-forwarded-for", "192.0.2.9")],
            )
            .await;
    }
    assert_eq!(
        left.post_with("/sign-in", &bea, &[("x-forwarded-for", "192.0.2.9")]).await.status,
        429,
        "known by another"
    );
    for n in 0..6 {
        let from = [("x-forwarded-for", &*format!("192.0.2.{n}"))];
        for _ in 0..5 {
            world.stranger().post_with("/forgot-password", "email=ana%40example.org", &from).await;
        }
    }
    let asked = world.stranger().post_with("/forgot-password", "email=ana%40example.org", &elsewhere).await;
    assert_eq!(asked.location.as_deref(), Some("/forgot-password/sent"));
    let owed = world.letters().await.iter().filter(|letter| *letter == "reset_password").count();
    assert_eq!(owed, 15, "but her mailbox is not flooded");
}

#[sqlx::test]
async fn a_session_ends_with_signing_out_and_by_itself(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "hr@example.org", "hr_reviewer", true).await;
    let stranger = world.stranger();
    let reply = stranger.post("/sign-in", &form("hr@example.org", PASSWORD, "")).await;
    let reader = stranger.with_cookies(&reply);
    assert_eq!(reader.get("/review").await.status, 200);

    let tomorrow = world.later("2026-11-26").await;
    let late = tomorrow.stranger().with_cookies(&reply).get("/review").await;
    let out = reader.post("/sign-out", "").await;

    assert_eq!(late.location.as_deref(), Some("/sign-in?next=/review"));
    assert_eq!(out.location.as_deref(), Some("/sign-in?after=sign-out"));
    assert_eq!(reader.get("/review").await.status, 303);
    assert_eq!(world.count("select count(*) from session").await, 0);
}

#[sqlx::test]
async fn a_password_that_is_changed_while_it_is_checked_opens_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    person(&world, "ana@example.org", "candidate", true).await;

    let changed = "update person set password_hash = 'another'";
    let reply = world
        .meanwhile(changed, world.stranger().post("/sign-in", &form("ana@example.org", PASSWORD, "")))
        .await;

    assert_eq!(reply.status, 422);
    assert_eq!(world.count("select count(*) from session").await, 0);
}

#[sqlx::test]
async fn an_address_that_the_client_made_up_does_not_count(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    let key = Sha256::digest("sign in from 203.0.113.9").to_vec();
    sqlx::query("insert into throttle values ($1, $2, 100)")
        .bind(key)
        .bind(world.now)
        .execute(&world.db)
        .await
        .unwrap();
    let form = form("ana@example.org", PASSWORD, "");
    for made_up in [
        &[("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "203.0.113.9")][..],
        &[("x-forwarded-for", "192.0.2.1, 203.0.113.9")],
    ] {
        assert_eq!(world.stranger().post_with("/sign-in", &form, made_up).await.status, 429, "{made_up:?}");
    }
}

#[sqlx::test]
async fn choosing_a_language_never_leads_to_another_site(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    for path in ["/\\evil.example?lang=fr", "//evil.example?lang=fr", "/\\/evil.example?lang=fr"] {
        let reply = world.stranger().get(path).await;
        assert_eq!(reply.location.as_deref(), Some("/evil.example"), "{path}");
    }
}
