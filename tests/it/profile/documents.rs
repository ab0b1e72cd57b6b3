use crate::support::{PDF, Reader, Reply, world_on};

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xD9";
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00IEND\xAE\x42\x60\x82";

async fn add(reader: &Reader<'_>, kind: &str, name: &str, content: &[u8]) -> Reply {
    reader.upload("/profile/documents", &[("kind", kind)], name, content).await
}

/// The address of the document that the candidate's page lists under a name.
async fn address(reader: &Reader<'_>, name: &str) -> String {
    let page = reader.get("/profile/documents").await;
    let link = |rest: &str| {
        let (address, text) = rest.split_once('"')?;
        text.starts_with(&format!(">{name}</a>")).then(|| address.to_owned())
    };
    page.body.split("<a href=\"").find_map(link).unwrap_or_else(|| panic!("no {name} in {}", page.body))
}

/// Another whole PDF for each number.
fn pdf(number: usize) -> Vec<u8> {
    [format!("%PDF-1.4\n% {number}\n").as_bytes(), PDF].concat()
}

#[sqlx::test]
async fn a_document_is_listed_recorded_and_comes_back_as_it_was(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;

    let reply = add(&ines, "cv", "C:\\Papers\\CV Inés.pdf", PDF).await;
    let file = ines.get(&address(&ines, "CV Inés.pdf").await).await;

    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/documents#cv-h")));
    assert!(ines.get("/profile/documents").await.has("uploaded on 24"));
    assert_eq!(world.story().await, ["add_document, by candidate"]);
    assert_eq!((file.status, file.body.as_bytes()), (200, PDF));
    assert_eq!(file.headers["content-type"], "application/pdf");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    assert_eq!(
        file.headers["content-disposition"],
        "attachment; filename=\"CV In_s.pdf\"; filename*=UTF-8''CV%20In%C3%A9s.pdf"
    );
}

#[sqlx::test]
async fn a_photograph_is_as_good_whatever_it_is_called(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    for (name, content, media_type) in [("cv.pdf", JPEG, "image/jpeg"), ("cv", PNG, "image/png")] {
        assert_eq!(add(&ines, "cv", name, content).await.status, 303, "{media_type}");
        assert_eq!(ines.get(&address(&ines, name).await).await.headers["content-type"], media_type);
    }
}

#[sqlx::test]
async fn what_cannot_be_taken_is_explained_and_leaves_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let eleven_mebibytes = [PDF, &vec![b' '; 11 * 1024 * 1024], b"%%EOF"].concat();
    let refused: [(&str, &[u8], &str); 6] = [
        (
            "cv.pdf",
            b"<!doctype html><script>alert(1)</script>",
            "Le fichier doit être au format PDF, JPG ou PNG",
        ),
        ("cv.pdf", b"", "Le fichier est vide. Choisissez-en un autre"),
        ("", b"", "Choisissez d’abord un fichier"),
        ("cv.pdf", &eleven_mebibytes, "Le fichier doit faire moins de 10 Mo"),
        ("cv.pdf", &PDF[..PDF.len() - 8], "Le fichier est abîmé ou incomplet"),
        ("cv.jpg", &JPEG[..JPEG.len() - 1], "Le fichier est abîmé ou incomplet"),
    ];
    for (name, content, why) in refused {
        let reply = add(&ines, "study_proof", name, content).await;
        assert_eq!(reply.status, 422, "{why}");
        assert!(reply.has("<title>Erreur") && reply.has(&format!("<a href=\"#study_proof\">{why}")), "{why}");
        assert!(
            reply.has("id=\"study_proof-e\"") && reply.has("aria-describedby=\"study_proof-e\""),
            "{why}"
        );
    }
    assert!(world.stored().is_empty(), "{:?}", world.stored());
    assert_eq!(world.count("select count(*) from document").await, 0);
    assert!(world.story().await.is_empty());
}

#[sqlx::test]
async fn what_is_larger_than_anything_read_is_too_large_and_not_cut_off(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = add(&ines, "cv", "film.pdf", &vec![b' '; 81 * 1024 * 1024]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.has("<a href=\"#cv\">The file must be smaller than 10 MB</a>"));
    assert!(world.stored().is_empty());
}

#[sqlx::test]
async fn five_of_a_kind_are_enough(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    for number in 0..5 {
        assert_eq!(add(&ines, "cv", "cv.pdf", &pdf(number)).await.status, 303);
    }
    let page = ines.get("/profile/documents").await;
    assert!(page.has("Five of a kind are enough") && !page.has("id=\"cv\""), "nothing more is asked for");

    let sixth = add(&ines, "cv", "cv.pdf", &pdf(5)).await;

    assert_eq!(sixth.status, 422);
    assert!(sixth.has("<a href=\"#cv\">Five of a kind are enough") && sixth.has("id=\"cv\""));
    assert_eq!(world.stored().len(), 5);
    assert_eq!(add(&ines, "study_proof", "proof.pdf", &pdf(5)).await.status, 303, "another kind has room");
}

#[sqlx::test]
async fn a_second_click_stores_nothing_more(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let (one, two) = tokio::join!(add(&ines, "cv", "cv.pdf", PDF), add(&ines, "cv", "cv.pdf", PDF));
    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(world.stored().len(), 1);
    assert_eq!(world.story().await, ["add_document, by candidate"]);
    assert_eq!(ines.get(&address(&ines, "cv.pdf").await).await.body.as_bytes(), PDF);
}

#[sqlx::test]
async fn somebody_elses_document_is_not_there(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (ines, other) = (world.candidate("en").await, world.candidate("en").await);
    add(&ines, "cv", "cv.pdf", PDF).await;
    let cv = address(&ines, "cv.pdf").await;

    assert_eq!(other.get(&cv).await.status, 404);
    assert_eq!(other.post(&format!("{cv}/remove"), "").await.status, 404);
    assert_eq!(world.stranger().get(&cv).await.status, 303, "to the sign-in");
    assert_eq!(world.reviewer("en").await.get(&cv).await.status, 403);
    assert_eq!(ines.get(&cv).await.status, 200);
}

#[sqlx::test]
async fn a_removed_document_is_gone_and_twice_is_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    add(&ines, "cv", "cv.pdf", PDF).await;
    let cv = address(&ines, "cv.pdf").await;

    for _ in 0..2 {
        let reply = ines.post(&format!("{cv}/remove"), "").await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/documents")));
    }

    assert_eq!(ines.get(&cv).await.status, 404);
    assert!(world.stored().is_empty());
    assert_eq!(world.count("select count(*) from document").await, 0);
    assert_eq!(world.story().await, ["add_document, by candidate", "remove_document, by candidate"]);
}

#[sqlx::test]
async fn a_store_that_fails_does_not_undo_a_removal(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    add(&ines, "cv", "cv.pdf", PDF).await;
    let cv = address(&ines, "cv.pdf").await;
    let file = world.stored().remove(0);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(ines.get(&cv).await.status, 500, "we owe it, so it is not a 404");

    std::fs::create_dir(&file).unwrap(); // which cannot be taken away like a file
    assert_eq!(ines.post(&format!("{cv}/remove"), "").await.status, 303);
    assert!(!ines.get("/profile/documents").await.has("cv.pdf</a>"));
}

#[sqlx::test]
async fn what_was_released_keeps_its_document(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let maria = world.candidate("es").await;
    let application = world.application(&maria).await;
    let cv = address(&maria, "CV María.pdf").await;

    for _ in 0..2 {
        assert_eq!(maria.post(&format!("{cv}/remove"), "").await.status, 303);
    }

    assert!(!maria.get("/profile/documents").await.has("CV María.pdf"));
    assert_eq!(maria.get(&cv).await.body.as_bytes(), PDF);
    let id = cv.rsplit('/').next().unwrap();
    let reviewer = world.reviewer("en").await;
    let theirs = reviewer.get(&format!("/review/{application}/documents/{id}")).await;
    assert_eq!((theirs.status, theirs.body.as_bytes()), (200, PDF));
}
