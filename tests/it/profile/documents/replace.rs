//! A better file in the place of a document.
use super::{add, address, pdf};
use crate::support::{PDF, Reader, Reply, world_on};

async fn replace(reader: &Reader<'_>, document: &str, name: &str, content: &[u8]) -> Reply {
    reader.upload(&format!("{document}/replace"), &[("kind", "cv")], name, content).await
}

#[sqlx::test]
async fn the_new_one_takes_the_place_of_the_old_one_even_where_there_is_no_room(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    for number in 0..5 {
        add(&ines, "cv", &format!("{number}.pdf"), &pdf(number)).await;
    }
    let old = address(&ines, "2.pdf").await;

    for _ in 0..2 {
        let reply = replace(&ines, &old, "better.pdf", PDF).await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/documents#cv-h")));
    }

    let page = ines.get("/profile/documents").await;
    assert!(page.has(">better.pdf</a>") && !page.has(">2.pdf</a>"));
    assert_eq!(ines.get(&old).await.status, 404);
    assert_eq!(world.stored().len(), 5);
    let story = world.story().await;
    assert_eq!(story[5..], ["remove_document, by candidate", "add_document, by candidate"]);
}

#[sqlx::test]
async fn the_old_one_stays_when_the_new_one_is_refused(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    add(&ines, "cv", "cv.pdf", PDF).await;
    let cv = address(&ines, "cv.pdf").await;
    let at = format!("replace-{}", cv.rsplit('/').next().unwrap());

    let reply = replace(&ines, &cv, "cv.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 of Word").await;

    assert_eq!(reply.status, 422);
    assert!(reply.has(&format!("<a href=\"#{at}\">cv.doc: The file must be a PDF, JPG or PNG")));
    assert!(reply.has("<details open>") && reply.has(&format!("id=\"{at}\"")));
    assert_eq!(ines.get(&cv).await.body.as_bytes(), PDF);
    assert_eq!(world.story().await, ["add_document, by candidate"]);
}

#[sqlx::test]
async fn somebody_elses_document_is_not_replaced(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (ines, other) = (world.candidate("en").await, world.candidate("en").await);
    add(&ines, "cv", "cv.pdf", PDF).await;
    let cv = address(&ines, "cv.pdf").await;

    assert_eq!(replace(&other, &cv, "mine.pdf", &pdf(1)).await.status, 404);
    assert_eq!(world.stored().len(), 1);
    assert_eq!(ines.get(&cv).await.body.as_bytes(), PDF);
}

#[sqlx::test]
async fn what_was_released_keeps_the_old_one(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let maria = world.candidate("es").await;
    let application = world.application(&maria).await;
    let old = address(&maria, "CV María.pdf").await;

    assert_eq!(replace(&maria, &old, "nuevo.pdf", &pdf(1)).await.status, 303);

    let id = old.rsplit('/').next().unwrap();
    let theirs = world.reviewer("en").await.get(&format!("/review/{application}/documents/{id}")).await;
    assert_eq!((theirs.status, theirs.body.as_bytes()), (200, PDF));
}
