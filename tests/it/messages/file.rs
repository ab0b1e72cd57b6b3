use super::say_with;
use crate::support::{PDF, Reader, world_on};
use stagiaire::scan::Scanner;

/// The address of a file in a thread.
async fn address(reader: &Reader<'_>, thread: &str, name: &str) -> String {
    let page = reader.get(thread).await;
    let link = |rest: &str| {
        let (address, text) = rest.split_once('"')?;
        text.starts_with(&format!(">{name}</a>")).then(|| address.to_owned())
    };
    page.body.split("<a href=\"").find_map(link).unwrap_or_else(|| panic!("no {name} in {}", page.body))
}

#[sqlx::test]
async fn a_file_is_for_the_candidate_and_reviewers_only(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, other) = (world.candidate("en").await, world.candidate("en").await);
    let reviewer = world.reviewer("en").await;
    let (id, elsewhere) = (world.application(&maria).await, world.application(&other).await);
    let thread = format!("/review/{id}/messages");
    let form = reviewer.get(&thread).await.hidden("form");
    assert_eq!(say_with(&reviewer, &thread, &form, "See attached", &[("Guía.pdf", PDF)]).await.status, 303);

    let mine = address(&maria, "/application/messages", "Guía.pdf").await;
    let theirs = address(&reviewer, &thread, "Guía.pdf").await;
    for (reader, address) in [(&maria, &mine), (&reviewer, &theirs)] {
        let file = reader.get(address).await;
        assert_eq!((file.status, file.body.as_bytes()), (200, PDF));
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
    }
    assert_eq!(other.get(&mine).await.status, 404);
    let of_another = theirs.replace(&id.to_string(), &elsewhere.to_string());
    assert_eq!(reviewer.get(&of_another).await.status, 404);
    assert_eq!(maria.fill_in("/application/withdraw", "why=").await.status, 303);
    assert_eq!((maria.get(&mine).await.status, reviewer.get(&theirs).await.status), (200, 404));
    assert_eq!(world.story().await.iter().filter(|event| event.starts_with("open_document")).count(), 1);
}

#[sqlx::test]
async fn where_files_have_to_be_scanned_the_other_side_waits(db: sqlx::PgPool) {
    let strict = Scanner { daemon: None, required: true };
    let world = world_on(db, "2026-11-25").await.scanning(strict);
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    let thread = format!("/review/{id}/messages");
    let form = maria.get("/application/messages").await.hidden("form");
    say_with(&maria, "/application/messages", &form, "My passport", &[("passport.pdf", PDF)]).await;

    let mine = address(&maria, "/application/messages", "passport.pdf").await;
    let file = mine.rsplit('/').next().unwrap();
    let page = reviewer.get(&thread).await;

    assert_eq!(maria.get(&mine).await.status, 200);
    assert!(page.has("passport.pdf") && page.has("not scanned yet") && !page.has(&format!("files/{file}")));
    assert_eq!(reviewer.get(&format!("{thread}/files/{file}")).await.status, 423);
}
