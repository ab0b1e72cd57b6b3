//! Openings, as Human Resources writes them and as the public reads them, in a real browser.

use super::chromium::Browser;
use crate::openings::{DATA, data_but};
use crate::support::world_behind_a_socket;

#[sqlx::test]
async fn the_pages_about_openings_are_accessible(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let (reviewer, ines) = (world.reviewer("en").await, world.candidate("en").await);
    let draft = reviewer.draft(DATA).await;
    let open = reviewer.announce(&data_but("title_en=&description_en=&language=es")).await;
    let closed = reviewer.announce(DATA).await;
    reviewer.fill_in(&format!("/review/openings/{closed}/close"), "").await;
    ines.post(&format!("/profile/openings/{open}/name"), "").await;
    sqlx::query("insert into unsubscribe_token values (sha256('x'), $1)")
        .bind(ines.id)
        .execute(&world.db)
        .await
        .unwrap();
    let of_hr =
        ["/review/openings", "/review/openings?state=closed", "/review/openings/new"].map(str::to_owned);
    let of_one = [(draft, "edit"), (draft, "publish"), (open, "close")];
    let of_one = of_one.map(|(id, verb)| format!("/review/openings/{id}/{verb}"));
    let public = ["/openings", "/openings?q=nothing", "/unsubscribe/x"].map(str::to_owned);
    let public = [public.as_slice(), &[format!("/openings/{open}"), format!("/openings/{closed}")]].concat();
    let of_candidate =
        ["/openings/letters".to_owned(), "/profile/wishes".to_owned(), format!("/openings/{open}")];
    let browser = Browser::open(&world.url, "en").await;
    for (who, pages) in [
        (None, public.as_slice()),
        (Some(&reviewer), [of_hr, of_one].concat().as_slice()),
        (Some(&ines), of_candidate.as_slice()),
    ] {
        if let Some(who) = who {
            browser.bring(who.cookie()).await;
        }
        for page in pages {
            browser.go(page).await;
            browser.is_accessible().await;
        }
    }
    browser.close().await;
}
