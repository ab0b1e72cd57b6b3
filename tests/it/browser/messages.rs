//! A thread of messages in a real browser, from both sides.

use super::chromium::Browser;
use crate::support::{PDF, world_behind_a_socket};

#[sqlx::test]
async fn a_question_with_a_file_is_asked_and_answered(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let (maria, reviewer) = (world.candidate("fr").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    let folder = std::env::temp_dir().join(format!("stagiaire-message-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let long = "Attestation_d’inscription_universitaire_2026-2027_version_définitive_signée_et_tamponnée.pdf";
    let (notes, proof) = (file("Notes.txt", b"Dear reader"), file(long, PDF));
    let browser = Browser::open(&world.url, "fr").await;
    browser.bring(maria.cookie()).await;
    browser.go("/application/messages").await;
    browser.is_accessible().await;
    browser.picture("messages-empty").await;

    browser.write("body", "Puis-je commencer en mars ?").await;
    browser.attach("file", &notes).await;
    browser.reads("Notes.txt").await;
    assert_eq!(browser.focus().await, "errors", "what is wrong is read first");
    browser.reads("choisissez-les à nouveau").await;
    browser.is_accessible().await;
    browser.picture("messages-refused").await;
    browser.attach("file", &proof).await;
    browser.reads(long).await;
    assert_eq!(browser.focus().await, "latest", "and then what was written");
    browser.is_accessible().await;

    browser.bring(reviewer.cookie()).await;
    browser.go("/review").await;
    browser.is_accessible().await;
    browser.picture("messages-queue").await;
    browser.go(&format!("/review/{id}")).await;
    browser.is_accessible().await;
    browser.picture("messages-review").await;
    browser.follow_to("/messages").await;
    browser.write("body", "Oui, à partir du 1er mars.\n\nBien à vous").await;
    browser.is_accessible().await;
    browser.picture("messages-reviewer").await;
    browser.submit().await;
    browser.reads("Bien à vous").await;

    browser.bring(maria.cookie()).await;
    browser.go("/application").await;
    browser.is_accessible().await;
    browser.picture("messages-application").await;
    browser.follow("/application/messages").await;
    browser.reads("Ressources humaines").await;
    browser.is_accessible().await;
    browser.picture("messages-answered").await;
    browser.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}
