//! What a page weighs on a slow line: compressed, as it travels, with everything it brings along and nothing of it in
//! the cache.

use crate::pages::{self, Sent, Sitting};
use crate::support::world_on;

/// For everything, in bytes.
const MOST: usize = 100 * 1024;
/// For the HTML of what people open first and most often, in bytes: it comes in the first round trips of a connection.
const MOST_OF_THE_FIRST: usize = 14 * 1024;

/// The files that the page makes the browser fetch.
fn brought_along(html: &str) -> Vec<&str> {
    let addresses = |mark| html.split(mark).skip(1).filter_map(|rest: &str| rest.split('"').next());
    ["rel=\"stylesheet\" href=\"", "<script src=\"", "<img src=\"", "rel=\"icon\" href=\""]
        .into_iter()
        .flat_map(addresses)
        .collect()
}

/// For a checker of HTML: kept when the environment names a folder.
fn keep(name: &str, html: &str) {
    if let Some(folder) = std::env::var_os("STAGIAIRE_TEST_PAGES") {
        let file = format!("{}.html", name.replace(['/', '?'], "_"));
        std::fs::write(std::path::Path::new(&folder).join(file), html).unwrap();
    }
}

#[sqlx::test]
async fn no_page_is_heavy(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    assert_light(pages::all(&world).await).await;
}

#[sqlx::test]
async fn no_page_of_staff_is_heavy(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    assert_light(pages::staff::first_day(&world).await).await;
    assert_light(pages::staff::staff(&world).await).await;
}

async fn assert_light(sittings: Vec<Sitting<'_>>) {
    let (mut faults, mut heaviest) = (Vec::new(), (0, String::new()));
    for sitting in sittings {
        for sheet in &sitting.sheets {
            let page = sheet.fetch(&sitting.who).await;
            if page.status != sheet.status {
                faults.push(format!(
                    "{} is {} {:?}, not {}",
                    sheet.name(),
                    page.status,
                    page.location,
                    sheet.status
                ));
                continue;
            }
            keep(&sheet.name(), &page.body);
            let mut weight = match &sheet.sent {
                Sent::Nothing => sitting.who.weigh(&sheet.path, None).await,
                Sent::Form(body) => sitting.who.weigh(&sheet.path, Some(body)).await,
                Sent::File(..) => page.body.len(),
            };
            for file in brought_along(&page.body) {
                weight += sitting.who.weigh(file, None).await;
            }
            if weight > MOST {
                faults.push(format!("{} weighs {weight} bytes", sheet.name()));
            }
            heaviest = heaviest.max((weight, sheet.name()));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    // the stylesheet alone has more
    assert!(heaviest.0 > 7_000, "nothing weighs more than {heaviest:?}: are the files found?");
}

#[sqlx::test]
async fn what_is_opened_first_comes_at_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.ready_candidate("fr").await;
    for (who, path) in [(&world.stranger(), "/"), (&ines, "/profile")] {
        let bytes = who.weigh(path, None).await;
        assert!(bytes <= MOST_OF_THE_FIRST, "{path} is {bytes} bytes of HTML");
    }
}
