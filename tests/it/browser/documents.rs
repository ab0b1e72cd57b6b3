//! Documents from a phone: several at once, with the script that shows how far they are and without it.

use super::chromium::Browser;
use crate::support::{PDF, jpeg, world_behind_a_socket};

#[sqlx::test]
async fn several_files_at_once_are_uploaded_looked_at_and_replaced(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    let folder = std::env::temp_dir().join(format!("stagiaire-upload-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let long = "Attestation_d’inscription_universitaire_2026-2027_version_définitive_signée_et_tamponnée.pdf";
    let file = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let (cv, photo) = (file(long, PDF), file("IMG_0001.jpg", &jpeg(3000, 2000)));
    let (notes, better) = (
        file("Notes_for_my_application_to_the_internship_programme_2026_2027.txt", b"Dear reader"),
        file("better.pdf", &[PDF, b"% better\n%%EOF\n"].concat()),
    );
    let browser = Browser::open(&world.url, "en").await;
    browser.bring(ines.cookie()).await;
    browser.go("/profile/documents").await;
    browser.picture("documents-empty").await;

    browser.attach_all("cv", &[&cv, &photo, &notes]).await;
    browser.reads("2026_2027.txt: The file must be a PDF, JPG or PNG").await;
    assert_eq!(browser.focus().await, "errors", "what is wrong is read first");
    browser.reads("IMG_0001.jpg").await;
    browser.is_accessible().await;
    browser.picture("documents-refused").await;

    browser.unfold("Replace").await;
    browser.is_accessible().await;
    browser.picture("documents-replace").await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from document where media_type = 'application/pdf'")
        .fetch_one(&world.db)
        .await
        .unwrap();
    browser.attach_all(&format!("replace-{id}"), &[&better]).await;
    browser.reads("better.pdf").await;
    assert_eq!(browser.focus().await, "cv-h", "and where things went well, that place");
    assert!(!browser.text().await.contains(long));
    browser.is_accessible().await;
    browser.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}
