mod photo;
mod replace;
mod scan;

use crate::support::{PDF, Reader, Reply, jpeg, world_on};

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
async fn of_several_files_the_good_ones_are_kept_and_the_others_named(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let (page_one, page_two) = (pdf(1), pdf(2));
    let files: [(&str, &[u8]); 5] = [
        ("page 1.pdf", &page_one),
        ("notes.txt", b"Dear reader"),
        ("page 2.pdf", &page_two),
        ("page 1 again.pdf", &page_one),
        ("cut.pdf", b"%PDF-1.7 and no more"),
    ];

    let reply = ines.upload_all("/profile/documents", &[("kind", "study_proof")], &files).await;

    assert_eq!(reply.status, 422);
    assert!(
        reply.has("<a href=\"#study_proof\">2 files were not taken. The reasons are beside the field</a>")
    );
    assert!(reply.has("<p>notes.txt</p>") && reply.has("</span>The file must be a PDF, JPG or PNG</span>"));
    assert!(reply.has("<p>cut.pdf</p>") && reply.has("</span>The file is damaged or incomplete"));
    assert!(reply.has(">page 1.pdf</a>") && reply.has(">page 2.pdf</a>") && !reply.has("page 1 again.pdf"));
    assert_eq!(world.stored().len(), 2);
    assert_eq!(world.story().await, ["add_document, by candidate", "add_document, by candidate"]);
}

#[sqlx::test]
async fn what_has_room_is_kept_and_the_rest_is_named(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let pages: Vec<Vec<u8>> = (0..7).map(pdf).collect();
    let files: Vec<(&str, &[u8])> = ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "6.pdf"]
        .into_iter()
        .zip(pages.iter().map(Vec::as_slice))
        .collect();

    let (one, two) = tokio::join!(
        ines.upload_all("/profile/documents", &[("kind", "cv")], &files[..4]),
        ines.upload_all("/profile/documents", &[("kind", "cv")], &files[3..])
    );

    assert_eq!(world.count("select count(*) from document").await, 5, "two tabs do not fill the same room");
    assert_eq!(world.stored().len(), 5);
    let full = |reply: &Reply| reply.body.matches("Five of a kind are enough").count();
    assert!(one.status == 422 || two.status == 422);
    assert!(full(&one) + full(&two) >= 2, "{} {}", one.body, two.body);
}

#[sqlx::test]
async fn all_documents_together_have_their_limit(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    for kind in ["cv", "study_proof", "sponsor_letter", "study_proof", "cv", "cv"] {
        world.document_of(&ines, kind).await;
    }
    sqlx::query("update document set bytes = 10 * 1024 * 1024 - 20").execute(&world.db).await.unwrap();

    let reply = add(&ines, "university_letter", "letter.pdf", &pdf(1)).await;

    assert_eq!(reply.status, 422);
    assert!(reply.has("letter.pdf: Your documents together must be smaller than 60 MB"));
    assert!(world.stored().is_empty());
}

#[sqlx::test]
async fn a_document_can_be_looked_at_and_cannot_act(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    add(&ines, "cv", "CV Inés.pdf", PDF).await;
    add(&ines, "study_proof", "degree.jpg", &jpeg(300, 200)).await;
    let page = ines.get("/profile/documents").await;
    let (cv, degree) = (address(&ines, "CV Inés.pdf").await, address(&ines, "degree.jpg").await);

    let (pdf, photo) = (ines.get(&format!("{cv}/view")).await, ines.get(&format!("{degree}/view")).await);
    let small = ines.get(&format!("{degree}/thumbnail")).await;

    assert!(
        page.has(&format!("href=\"{cv}/view\"")) && page.has(&format!("<img src=\"{degree}/thumbnail\""))
    );
    assert_eq!(
        pdf.headers["content-disposition"],
        "inline; filename=\"CV In_s.pdf\"; filename*=UTF-8''CV%20In%C3%A9s.pdf"
    );
    assert_eq!((pdf.status, pdf.body.as_bytes()), (200, PDF));
    for (reply, policy) in [
        (&pdf, "default-src 'none'; object-src 'self'"),
        (&photo, "sandbox; default-src 'none'"),
        (&small, "sandbox"),
    ] {
        assert!(reply.headers["content-security-policy"].to_str().unwrap().starts_with(policy));
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
        assert_eq!(reply.headers["cache-control"], "private, no-store");
    }
    assert_eq!(photo.headers["content-type"], "image/jpeg");
    assert_eq!(small.headers["content-type"], "image/jpeg");
    assert!(small.body.contains("JFIF"), "{}", small.body);
    let open = "select count(*) from document where position('JFIF'::bytea in thumbnail) > 0";
    assert_eq!(world.count(open).await, 0, "whoever reads the database alone sees nobody's papers");
    let other = world.candidate("en").await;
    for path in [format!("{cv}/view"), format!("{degree}/thumbnail"), format!("{cv}/thumbnail")] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
}

#[sqlx::test]
async fn a_photograph_is_as_good_whatever_it_is_called(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(9, 9).write_to(&mut png, image::ImageFormat::Png).unwrap();
    for (name, content, media_type) in
        [("cv.pdf", jpeg(40, 30), "image/jpeg"), ("cv", png.into_inner(), "image/png")]
    {
        assert_eq!(add(&ines, "cv", name, &content).await.status, 303, "{media_type}");
        assert_eq!(ines.get(&address(&ines, name).await).await.headers["content-type"], media_type);
    }
}

#[sqlx::test]
async fn what_cannot_be_taken_is_explained_and_leaves_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let eleven_mebibytes = [PDF, &vec![b' '; 11 * 1024 * 1024], b"%%EOF"].concat();
    let photo = jpeg(40, 30);
    let (wrong_type, broken) =
        ("Le fichier doit être au format PDF, JPG ou PNG", "Le fichier est abîmé ou incomplet");
    let refused: [(&str, &[u8], &str); 7] = [
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", wrong_type),
        ("vide.pdf", b"", "Le fichier est vide. Choisissez-en un autre"),
        ("", b"", "Choisissez d’abord un fichier"),
        ("film.pdf", &eleven_mebibytes, "Le fichier doit faire moins de 10 Mo"),
        ("cv.pdf", &PDF[..PDF.len() - 8], broken),
        ("cv.jpg", &photo[..photo.len() - 1], broken),
        ("faux.jpg", b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xD9", broken),
    ];
    for (name, content, why) in refused {
        let reply = add(&ines, "study_proof", name, content).await;
        assert_eq!(reply.status, 422, "{why}");
        let said = if name.is_empty() { why.to_owned() } else { format!("{name}\u{a0}: {why}") };
        assert!(
            reply.has("<title>Erreur") && reply.has(&format!("<a href=\"#study_proof\">{said}")),
            "{said}"
        );
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
    assert!(reply.has("<a href=\"#cv\">film.pdf: The file must be smaller than 10 MB</a>"));
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
    assert!(sixth.has("<a href=\"#cv\">cv.pdf: Five of a kind are enough") && sixth.has("id=\"cv\""));
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

#[sqlx::test]
async fn whoever_uploads_without_end_waits_an_hour(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    assert_eq!(add(&ines, "cv", "cv.pdf", PDF).await.status, 303);
    sqlx::query("update throttle set hits = 100").execute(&world.db).await.unwrap();
    assert_eq!(add(&ines, "other", "other.pdf", PDF).await.status, 429);
    assert_eq!(world.stored().len(), 1);
    let maria = world.candidate("en").await;
    assert_eq!(add(&maria, "cv", "cv.pdf", PDF).await.status, 303, "the others go on");
}

/// A page that runs a script when it is opened.
const SCRIPTED: &[u8] = b"%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF
";

#[sqlx::test]
async fn a_pdf_is_kept_without_what_it_does_by_itself(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.candidate("es").await;
    assert_eq!(add(&ines, "cv", "cv.pdf", SCRIPTED).await.status, 303);
    let id: uuid::Uuid = sqlx::query_scalar("select id from document").fetch_one(&world.db).await.unwrap();
    let text = ines.get(&format!("/profile/documents/{id}")).await.body;
    assert!(text.starts_with("%PDF") && text.contains("MediaBox"), "{text}");
    assert!(!text.contains("JavaScript") && !text.contains("alert"), "{text}");

    let broken = add(&ines, "cv", "odd.pdf", b"%PDF-1.7\n<</S/JavaScript\n%%EOF\n").await;
    assert!(broken.has("Este PDF hace algo por sí mismo"), "{}", broken.body);
    assert_eq!(world.count("select count(*) from document").await, 1);
}

#[sqlx::test]
async fn a_form_of_endless_parts_is_refused(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let answers = ines.upload_all("/profile/documents", &[("kind", "cv"); 201], &[]).await;
    let files = ines.upload_all("/profile/documents", &[("kind", "cv")], &[("", b"" as &[u8]); 201]).await;
    assert_eq!((answers.status, files.status), (413, 413));
    assert_eq!(world.stored().len(), 0);
}
