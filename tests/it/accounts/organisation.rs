//! Staff sign in at the organisation's own identity provider: a certified one, run beside the test.

use crate::accounts::sign_in::person;
use crate::identity_provider::{There, Visitor};
use crate::support::{PASSWORD, Reader, Reply, World, world_on, world_with_provider};
use serde_json::json;

const BEGIN: &str = "/sign-in/organisation";

/// The product and the provider, which have agreed on these variables.
pub async fn both(db: sqlx::PgPool, factor: bool, more: &[(&str, &str)]) -> (World, There) {
    let mut there = None;
    let world = world_with_provider(db, factor, async |ours| {
        let started = There::start(&ours);
        let settings = started.settings(more);
        there = Some(started);
        settings
    })
    .await;
    (world, there.unwrap())
}

fn ana(email: &str) -> serde_json::Value {
    json!({ "email": email, "email_verified": true, "given_name": "Ana", "family_name": "Beltrán", "locale": "es" })
}

/// Somebody goes there and comes back: their browser here, and the answer to it.
async fn comes_back<'w>(
    of: &Reader<'w>,
    visitor: &Visitor<'_>,
    login: &str,
    begin: &str,
) -> (Reader<'w>, Reply) {
    let begun = of.get(begin).await;
    let browser = of.with_cookies(&begun);
    let back = visitor.signs_in(begun.location.as_deref().unwrap(), login).await;
    let answer = browser.get(&back).await;
    (browser.with_cookies(&answer), answer)
}

#[sqlx::test]
async fn somebody_with_a_role_signs_in_there_and_has_no_password_any_more(db: sqlx::PgPool) {
    let (world, there) = both(db, true, &[]).await;
    let id = person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("Ana@example.org")).await;
    let page = world.stranger().get("/sign-in?next=%2Freview%3Fq%3Da").await;
    assert!(
        page.has("Sign in with Example account") && page.has("/sign-in/organisation?next=%2Freview%3Fq%3Da"),
        "{}",
        page.body
    );

    let visitor = there.visitor();
    let (browser, answer) = comes_back(&world.stranger(), &visitor, "ana", BEGIN).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/review/home")), "{}", answer.body);
    assert_eq!(browser.get("/review/home").await.status, 200, "a second factor was proved there");
    let form = format!("email=ana%40example.org&password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(world.stranger().post("/sign-in", &form).await.status, 422, "by the organisation only");
    let names: String = sqlx::query_scalar("select family_names from person where id = $1")
        .bind(id)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!(names, "Beltrán");

    let (browser, answer) =
        comes_back(&world.stranger(), &visitor, "ana", "/sign-in/organisation?next=%2Freview%3Fq%3Da").await;
    assert_eq!(answer.location.as_deref(), Some("/review?q=a"));
    assert_eq!(browser.get("/account").await.status, 200);
    let story = world.story().await;
    let of = |what: &str| story.iter().filter(|event| event.starts_with(what)).count();
    assert_eq!((of("link_identity,"), of("sign_in,"), of("open_account,")), (1, 2, 0), "{story:?}");
    assert_eq!(world.count("select count(*) from person where email_key = 'ana@example.org'").await, 1);
}

#[sqlx::test]
async fn what_the_organisation_keeps_is_not_changed_here(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    let (browser, _) = comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;
    for page in
        ["/account/password", "/account/email", "/account/second-factor", "/account/second-factor/passkeys"]
    {
        assert_eq!(
            browser.get(page).await.location.as_deref(),
            Some("/account?after=organisation"),
            "{page}"
        );
        assert_eq!(
            browser.post(page, "").await.location.as_deref(),
            Some("/account?after=organisation"),
            "{page}"
        );
    }
    let account = browser.get("/account?after=organisation").await;
    assert!(
        account.has("Example account keeps your address") && account.has("Kept by Example account"),
        "{}",
        account.body
    );
    assert!(!account.has("/account/password"));
    world.stranger().post("/forgot-password", "email=ana%40example.org").await;
    assert!(world.letters().await.is_empty(), "no way around it");
    assert!(world.stranger().get("/forgot-password/sent").await.has("Example account"));
}

#[sqlx::test]
async fn groups_open_accounts_give_roles_and_take_them_away(db: sqlx::PgPool) {
    let groups =
        [("GROUPS", "hr=hr_reviewer; hosts=supervisor@nairobi; heads=hr_director; admins=administrator")];
    let (world, there) = both(db, false, &groups).await;
    let of = async |groups: &[&str]| {
        let mut claims = ana("ana@example.org");
        claims["groups"] = json!(groups);
        there.knows("ana", claims).await;
        let (browser, answer) = comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;
        let roles: Vec<String> =
            sqlx::query_scalar("select role from person_role where role <> 'administrator' order by role")
                .fetch_all(&world.db)
                .await
                .unwrap();
        (browser, answer, roles)
    };
    let (_, answer, roles) = of(&["everybody"]).await;
    assert!(
        answer.status == 403 && answer.has("you have no role in this programme") && roles.is_empty(),
        "{}",
        answer.body
    );
    assert_eq!(world.count("select count(*) from person").await, 0);

    let (first, answer, roles) = of(&["everybody", "hr"]).await;
    assert_eq!(
        (answer.location.as_deref(), roles),
        (Some("/review/home"), vec!["hr_reviewer".into()]),
        "{}",
        answer.body
    );
    let home = first.get("/review/home").await;
    assert!(home.has("lang=\"es\"") && home.has("Ana Beltrán"), "as the provider says");

    let (second, answer, roles) = of(&["hosts"]).await;
    assert_eq!((answer.location.as_deref(), roles), (Some("/supervision/home"), vec!["supervisor".into()]));
    assert_eq!(world.count("select count(*) from supervisor_office where office_id = 'nairobi'").await, 1);
    assert_eq!(first.get("/review/home").await.status, 303, "what was open before is closed");

    let admin = world.sign_in("en", &["administrator"]).await;
    let host: uuid::Uuid =
        sqlx::query_scalar("select person_id from organisation_identity").fetch_one(&world.db).await.unwrap();
    let page = admin.get(&format!("/administration/people/{host}")).await;
    assert!(
        page.has("groups in Example account, anew at each sign-in") && !page.has("Save roles"),
        "{}",
        page.body
    );
    let changed = admin
        .post(&format!("/administration/people/{host}"), "role=hr_director&seen=supervisor%40nairobi")
        .await;
    assert_eq!(changed.status, 422, "{}", changed.body);

    let (_, answer, roles) = of(&[]).await;
    assert!(answer.status == 403 && roles.is_empty(), "{}", answer.body);
    assert_eq!(second.get("/supervision/home").await.status, 303, "and the sessions with it");
    let story = world.story().await;
    assert_eq!(story.iter().filter(|event| event.starts_with("change_roles,")).count(), 2, "{story:?}");
}

#[sqlx::test]
async fn the_last_administrator_stays(db: sqlx::PgPool) {
    let groups = [("GROUPS", "admins=administrator; hr=hr_reviewer")];
    let (world, there) = both(db, true, &groups).await;
    let knows = async |login: &str, group: &str| {
        let mut claims = ana(&format!("{login}@example.org"));
        claims["groups"] = json!(group);
        there.knows(login, claims).await;
        comes_back(&world.stranger(), &there.visitor(), login, BEGIN).await.1
    };
    assert_eq!(knows("ana", "admins").await.status, 303);
    let left = knows("ana", "hr").await;
    assert!(left.status == 409 && left.has("you are the last one"), "{}", left.body);
    assert_eq!(knows("joy", "admins").await.status, 303);
    assert_eq!(knows("ana", "hr").await.location.as_deref(), Some("/review/home"));
}

#[sqlx::test]
async fn nobody_comes_in_by_somebody_elses_address(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    person(&world, "ines@example.org", "candidate", true).await;
    let closed = person(&world, "joy@example.org", "supervisor", true).await;
    sqlx::query("update person set disabled_at = created_at where id = $1")
        .bind(closed)
        .execute(&world.db)
        .await
        .unwrap();
    let mut unconfirmed = ana("ana@example.org");
    unconfirmed["email_verified"] = json!(false);
    there.knows("thief", unconfirmed).await;
    there.knows("nobody", ana("nobody@example.org")).await;
    there.knows("ines", ana("ines@example.org")).await;
    there.knows("joy", ana("joy@example.org")).await;
    for (login, says) in [
        ("thief", "does not vouch for your email address"),
        ("nobody", "you have no role in this programme"),
        ("ines", "register as a candidate"),
        ("joy", "Your account is disabled"),
    ] {
        let (_, answer) = comes_back(&world.stranger(), &there.visitor(), login, BEGIN).await;
        assert!(answer.status == 403 && answer.has(says), "{login}: {}", answer.body);
    }
    // the address passes to somebody new, who is not the one that had it
    there.knows("ana", ana("ana@example.org")).await;
    assert_eq!(comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await.1.status, 303);
    there.knows("heir", ana("ana@example.org")).await;
    assert_eq!(comes_back(&world.stranger(), &there.visitor(), "heir", BEGIN).await.1.status, 403);
    assert_eq!(world.count("select count(*) from session").await, 1);
    // and somebody whose account is closed later is out, whatever the provider says
    sqlx::query("update person set disabled_at = created_at").execute(&world.db).await.unwrap();
    let (_, answer) = comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;
    assert!(answer.status == 403 && answer.has("Your account is disabled"), "{}", answer.body);
}

#[sqlx::test]
async fn an_answer_opens_something_in_the_browser_that_asked_and_once(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    let visitor = there.visitor();
    let begun = world.stranger().get(BEGIN).await;
    let address = begun.location.clone().unwrap();
    for part in [
        "response_type=code",
        "code_challenge_method=S256",
        "code_challenge=",
        "nonce=",
        "state=",
        "ui_locales=en",
    ] {
        assert!(address.contains(part), "{part}: {address}");
    }
    let browser = world.stranger().with_cookies(&begun);
    let other = world.stranger().with_cookies(&world.stranger().get(BEGIN).await);
    let back = visitor.signs_in(&address, "ana").await;
    let elsewhere = back.replace("iss=http", "iss=https");
    assert_ne!(back, elsewhere, "it names itself (RFC 9207)");
    for (who, back) in [(&world.stranger(), &back), (&other, &back), (&browser, &elsewhere)] {
        let answer = who.get(back).await;
        assert!(answer.status == 410 && answer.has("Nothing is lost"), "{}", answer.body);
    }
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(answer.cookies.iter().any(|set| set.starts_with("organisation=;")), "{:?}", answer.cookies);
    assert_eq!(browser.get(&back).await.status, 410, "a second time");

    // somebody between the two houses changes what was asked for
    for (name, other) in [("nonce", "0"), ("code_challenge", "0".repeat(43).as_str())] {
        let begun = world.stranger().get(BEGIN).await;
        let address = begun.location.clone().unwrap();
        let value = address.split(&format!("{name}=")).nth(1).unwrap().split('&').next().unwrap();
        let changed = address.replace(value, other);
        let back = there.visitor().signs_in(&changed, "ana").await;
        let answer = world.stranger().with_cookies(&begun).get(&back).await;
        assert_eq!(answer.status, 410, "{name}");
    }
    assert_eq!(world.count("select count(*) from session").await, 1);

    let from_elsewhere = world.stranger().get_with(BEGIN, &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(
        from_elsewhere.location.as_deref(),
        Some("/sign-in"),
        "nobody is signed in by somebody else's page"
    );

    let begun = world.stranger().get(BEGIN).await;
    let back = there.visitor().calls_off(begun.location.as_deref().unwrap()).await;
    let answer = world.stranger().with_cookies(&begun).get(&back).await;
    assert!(answer.status == 403 && answer.has("or you called it off"), "{}", answer.body);
}

#[sqlx::test]
async fn two_first_sign_ins_at_once_link_the_account_once(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[("GROUPS", "hr=hr_reviewer")]).await;
    let mut claims = ana("ana@example.org");
    claims["groups"] = json!(["hr"]);
    there.knows("ana", claims).await;
    let mut tabs = Vec::new();
    for _ in 0..2 {
        let begun = world.stranger().get(BEGIN).await;
        let back = there.visitor().signs_in(begun.location.as_deref().unwrap(), "ana").await;
        tabs.push((world.stranger().with_cookies(&begun), back));
    }

    let (one, two) = tokio::join!(tabs[0].0.get(&tabs[0].1), tabs[1].0.get(&tabs[1].1));

    assert_eq!([one.status, two.status], [303, 303], "each is signed in");
    assert_eq!(world.count("select count(*) from organisation_identity").await, 1);
    assert_eq!(world.count("select count(*) from person").await, 1);
    let linked = world.story().await.iter().filter(|event| event.starts_with("link_identity,")).count();
    assert_eq!(linked, 1);
}

#[sqlx::test]
async fn a_password_from_before_opens_nothing(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    let id = person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;
    // chosen by a link that was under way when the account was linked
    sqlx::query("update person set password_hash = $2 where id = $1")
        .bind(id)
        .bind(stagiaire::passwords::hash_now(PASSWORD))
        .execute(&world.db)
        .await
        .unwrap();
    let form = format!("email=ana%40example.org&password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(world.stranger().post("/sign-in", &form).await.status, 422);
}

#[sqlx::test]
async fn the_provider_may_name_a_strong_sign_in_by_its_own_word(db: sqlx::PgPool) {
    let (world, there) = both(db, true, &[("ACR", "phr")]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    for (context, status) in [("pwd", 403), ("phr", 303)] {
        there.knows_in("ana", ana("ana@example.org"), context).await;
        let (_, answer) = comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;
        assert_eq!(answer.status, status, "{context}: {}", answer.body);
    }
}

#[sqlx::test]
async fn keys_change_and_nobody_notices(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    assert_eq!(comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await.1.status, 303);
    there.rotates_its_keys().await;
    assert_eq!(comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await.1.status, 303);
}

#[sqlx::test]
async fn whoever_leaves_in_one_house_has_left_in_both(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    let visitor = there.visitor();
    let (first, _) = comes_back(&world.stranger(), &visitor, "ana", BEGIN).await;
    let (second, _) = comes_back(&world.stranger(), &visitor, "ana", BEGIN).await;
    let (elsewhere, _) = comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;

    let out = first.post("/sign-out", "").await;
    let address = out.location.clone().unwrap();
    assert!(address.starts_with(&there.url) && address.contains("id_token_hint="), "{address}");
    let policy = out.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.ends_with(&format!("form-action 'self' {}", there.url)), "{policy}");
    assert_eq!(first.get("/account").await.status, 303, "here at once");
    assert_eq!(second.get("/account").await.status, 200, "until the provider says so");
    assert_eq!(visitor.leaves(&address).await, "/sign-in?after=sign-out");
    assert_eq!(second.get("/account").await.status, 303, "it has told us itself");
    assert_eq!(elsewhere.get("/account").await.status, 200, "another session there");
    assert!(world.story().await.iter().any(|event| event.starts_with("end_session,")));
}

#[sqlx::test]
async fn a_message_that_is_not_the_providers_ends_nothing(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    let visitor = there.visitor();
    let (browser, _) = comes_back(&world.stranger(), &visitor, "ana", BEGIN).await;
    let (other, _) = comes_back(&world.stranger(), &visitor, "ana", BEGIN).await;
    let legible =
        "select count(*) from organisation_session where encode(locked_token, 'escape') like '%eyJ%'";
    assert_eq!(world.count(legible).await, 0, "nobody reads a token in the database");
    let out = other.post("/sign-out", "").await.location.unwrap();
    let token = out.split("id_token_hint=").nth(1).unwrap().split('&').next().unwrap();
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEifQ.";
    for message in ["", "nothing", none, token] {
        let answer =
            world.stranger().post("/sign-in/organisation/end", &format!("logout_token={message}")).await;
        assert_eq!(answer.status, 400, "{message}");
    }
    assert_eq!(browser.get("/account").await.status, 200);
}

#[sqlx::test]
async fn before_something_grave_it_is_proved_there_once_more(db: sqlx::PgPool) {
    let (world, there) = both(db, true, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    person(&world, "joy@example.org", "hr_reviewer", true).await;
    there.knows("ana", ana("ana@example.org")).await;
    there.knows("joy", ana("joy@example.org")).await;
    let visitor = there.visitor();
    let (browser, _) = comes_back(&world.stranger(), &visitor, "ana", BEGIN).await;
    let long_ago = "update session set created_at = created_at - interval '20 minutes'";
    sqlx::query(long_ago).execute(&world.db).await.unwrap();
    let list = "/review/export/csv";
    let asked = browser.get(list).await.location.unwrap();
    assert_eq!(asked, "/account/again?next=/review/export/csv");
    let page = browser.get(&asked).await;
    let button = "/sign-in/organisation?again=true&#38;next=%2Freview%2Fexport%2Fcsv";
    assert!(
        page.has(button) && page.has("Show it with Example account") && !page.has("current_password"),
        "{}",
        page.body
    );

    let begin = button.replace("&#38;", "&");
    let begun = browser.get(&begin).await;
    let address = begun.location.as_deref().unwrap();
    assert!(address.contains("prompt=login") && address.contains("max_age=0"), "{address}");
    let (_, answer) = comes_back(&browser, &there.visitor(), "joy", &begin).await;
    assert!(answer.status == 403 && answer.has("somebody else than before"), "{}", answer.body);
    assert_eq!(browser.get(list).await.status, 303);
    let (browser, answer) = comes_back(&browser, &visitor, "ana", &begin).await;
    assert_eq!(answer.location.as_deref(), Some(list), "{}", answer.body);
    assert_eq!(browser.get(list).await.status, 200);
    assert!(world.story().await.iter().any(|event| event.starts_with("prove_again,")));
}

#[sqlx::test]
async fn without_a_second_factor_there_nobody_works_here(db: sqlx::PgPool) {
    let (world, there) = both(db, true, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows_by("ana", ana("ana@example.org"), &["pwd"]).await;
    let (_, answer) = comes_back(&world.stranger(), &there.visitor(), "ana", BEGIN).await;
    assert!(answer.status == 403 && answer.has("did not ask you for a second factor"), "{}", answer.body);
    assert_eq!(world.count("select count(*) from organisation_identity").await, 0);
}

#[sqlx::test]
async fn while_the_provider_is_away_the_page_says_so(db: sqlx::PgPool) {
    let (world, there) = both(db, false, &[]).await;
    drop(there);
    let answer = world.stranger().get(BEGIN).await;
    assert!(answer.status == 502 && answer.has("does not answer at the moment"), "{}", answer.body);
}

#[sqlx::test]
async fn where_there_is_none_there_is_no_such_page(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    assert!(!world.stranger().get("/sign-in").await.has(BEGIN));
    for page in [BEGIN, "/sign-in/organisation/answer"] {
        assert_eq!(world.stranger().get(page).await.status, 404);
    }
    assert_eq!(world.stranger().post("/sign-in/organisation/end", "logout_token=a").await.status, 404);
}
