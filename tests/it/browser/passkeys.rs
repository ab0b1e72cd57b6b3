//! A passkey in a real browser, with a device that exists only for the test: made, used to sign in, and refused by its
//! owner.

use super::chromium::Browser;
use crate::support::{PASSWORD, world_behind_a_name};
use serde_json::json;

#[sqlx::test]
async fn a_passkey_is_made_and_opens_the_account(db: sqlx::PgPool) {
    let world = world_behind_a_name(db, "2026-11-26").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let browser = Browser::open(&world.url, "en").await;
    browser.tell("WebAuthn.enable", json!({})).await;
    let device = json!({ "options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true,
    }});
    let device = browser.tell("WebAuthn.addVirtualAuthenticator", device).await["authenticatorId"].clone();

    browser.bring(ines.cookie()).await;
    browser.go("/account/second-factor").await;
    browser.is_accessible().await;
    browser.follow("/account/second-factor/passkeys").await;
    browser.write("name", "My laptop").await;
    browser.write("current_password", PASSWORD).await;
    browser.is_accessible().await;
    browser.submit().await;
    browser.arrives_at("/account/second-factor/passkeys/add").await;
    browser.is_accessible().await;
    browser.picture("passkey-add").await;

    // whoever holds the device does not say who they are
    let verified = |yes: bool| json!({ "authenticatorId": device, "isUserVerified": yes });
    browser.tell("WebAuthn.setUserVerified", verified(false)).await;
    browser.run::<()>("document.getElementById('passkey').click()", vec![]).await;
    browser.reads("it was cancelled, or took too long").await;
    browser.tell("WebAuthn.setUserVerified", verified(true)).await;
    browser.run::<()>("document.getElementById('passkey').click()", vec![]).await;
    browser.reads("Your recovery codes").await;
    browser.go("/account/second-factor").await;
    browser.reads("My laptop").await;
    browser.is_accessible().await;
    browser.picture("passkeys").await;

    browser.forget_who().await;
    browser.go("/sign-in").await;
    browser.write("email", &format!("{}@example.org", ines.id)).await;
    browser.write("password", PASSWORD).await;
    browser.submit().await;
    browser.arrives_at("/sign-in/code").await;
    browser.is_accessible().await;
    browser.picture("sign-in-passkey").await;
    browser.run::<()>("document.getElementById('passkey').click()", vec![]).await;
    browser.arrives_at("/profile").await;
    assert_eq!(world.count("select count(*) from passkey where last_used_at is not null").await, 1);
    browser.close().await;
}
