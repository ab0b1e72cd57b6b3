use crate::support::{PDF, world_on};

#[sqlx::test]
async fn the_supervisor_reads_the_terms_the_profile_and_its_documents(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;

    let page = supervisor.get(&format!("/supervision/{placement}")).await;
    let mark = format!("/supervision/{placement}/documents/");
    let address = page.body.split(&mark).nth(1).unwrap().split('"').next().unwrap();
    let file = supervisor.get(&format!("{mark}{address}")).await;

    for words in ["6 months, both days counted", "Universidad Nacional del Sur", "PL-2026-0001", "Data"] {
        assert!(page.has(words), "{words}");
    }
    for private in ["14\u{a0}March 2002", "14 March 2002", "Peruvian", "555 0123"] {
        assert!(!page.has(private), "a supervisor does not need {private}");
    }
    assert_eq!(file.body.as_bytes(), PDF);
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(world.story().await.contains(&"open_document, by supervisor".to_owned()));

    supervisor.fill_in(&format!("/supervision/{placement}/decline"), "reason=No+desk").await;
    assert_eq!(supervisor.get(&format!("{mark}{address}")).await.status, 404, "declined: no longer for them");
}
