//! Somebody signs in by the organisation and leaves, in a real browser that lets forms lead to no house unnamed.

use super::chromium::Browser;
use crate::accounts::organisation::both;
use crate::accounts::sign_in::person;
use serde_json::json;

#[sqlx::test]
async fn a_member_of_staff_comes_from_there_and_leaves_in_both_houses(db: sqlx::PgPool) {
    let (world, there) = both(db, true, &[]).await;
    person(&world, "ana@example.org", "hr_reviewer", true).await;
    there.knows("ana", json!({ "email": "ana@example.org", "email_verified": true })).await;
    let browser = Browser::open(&world.url, "en").await;
    browser.go("/sign-in").await;
    browser.is_accessible().await;
    browser.picture("sign-in-organisation").await;
    browser.follow("/sign-in/organisation").await;
    browser.write("login", "ana").await;
    browser.submit().await;
    browser.arrives_at("/review/home").await;
    browser.go("/account").await;
    browser.reads("Kept by Example account").await;
    browser.is_accessible().await;
    browser.picture("account-organisation").await;
    browser.go("/account/again?next=%2Faccount").await;
    browser.is_accessible().await;
    let press = |button: &str| format!("document.querySelector({button:?}).click()");
    browser.run::<()>(&press("form[action='/sign-out'] button"), vec![]).await;
    browser.arrives_at("/session/end").await;
    browser.run::<()>(&press("button[name=logout][value=yes]"), vec![]).await;
    browser.arrives_at("/sign-in").await;
    browser.reads("You are signed out").await;
    browser.go("/sign-in/organisation/answer?state=0").await;
    browser.reads("You are not signed in").await;
    browser.is_accessible().await;
    browser.picture("organisation-refused").await;
    browser.close().await;
}
