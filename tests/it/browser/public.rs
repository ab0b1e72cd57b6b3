//! What anybody can read, in a real browser.

use super::chromium::Browser;
use crate::support::world_behind_a_socket;

#[sqlx::test]
async fn the_public_pages_are_accessible(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let browser = Browser::open(&world.url, "en").await;
    for path in
        ["/", "/check", "/rules", "/privacy", "/accessibility", "/help", "/sign-in", "/mailbox", "/nowhere"]
    {
        browser.go(path).await;
        browser.is_accessible().await;
        browser.picture(&path.replace('/', "_")).await;
    }
    browser.close().await;
}
