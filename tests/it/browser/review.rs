//! Human Resources at work, in a real browser.

use super::chromium::Browser;
use crate::support::world_behind_a_socket;

#[sqlx::test]
async fn a_reviewer_finds_reads_takes_and_gives_back(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    world.application(&candidate).await;
    let me = world.reviewer("en").await;
    let browser = Browser::open(&world.url, "en").await;
    browser.bring(me.cookie()).await;

    browser.go("/review?assignee=me").await;
    browser.reads("No profile matches these filters").await;
    browser.is_accessible().await;
    browser.picture("queue-no-hit").await;
    browser.go("/review").await;
    browser.is_accessible().await;
    browser.picture("queue").await;
    browser.value_of("document.querySelector('thead [type=checkbox]').click()").await;
    assert_eq!(browser.value_of("document.querySelectorAll('tbody .pick :checked').length").await, "1");
    assert_eq!(browser.value_of("getComputedStyle(document.querySelector('.bulk')).display").await, "flex");
    browser.picture("queue-picked").await;
    browser.value_of("document.querySelector('tbody .pick input').click()").await;
    assert_eq!(browser.value_of("document.querySelector('thead [type=checkbox]').checked").await, "false");

    browser.follow("/review/0").await;
    browser.reads("Nobody has this profile yet").await;
    browser.is_accessible().await;
    browser.submit().await;
    browser.reads("Ask for changes").await;
    browser.is_accessible().await;
    browser.picture("review").await;
    browser.send("/unclaim").await;
    browser.reads("Nobody has this profile yet").await;
    browser.close().await;
}
