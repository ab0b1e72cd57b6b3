use crate::support::world_on;

const PAGE: &str = "/account/opened";

#[sqlx::test]
async fn every_look_at_my_files_is_there_to_read_and_nobody_elses(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    assert!(cast.candidate.get(PAGE).await.has("Nobody has opened one yet"));
    cast.show("medical_certificate", &[]).await;
    let file = format!("/medical/{}/file", cast.shown("medical_certificate").await);
    for _ in 0..2 {
        assert_eq!(officer.get(&file).await.status, 200);
    }
    let own = format!("/onboarding/{}/documents/{}", cast.placement, cast.shown("medical_certificate").await);
    assert_eq!(cast.candidate.get(&own).await.status, 200);

    let page = cast.candidate.get(PAGE).await;
    assert_eq!(page.body.matches("Medical officer").count(), 2, "{}", page.body);
    assert!(!page.has("Candidate,"), "what I open myself is no news");
    assert!(!page.has("Beltrán"), "the role, not the name");
    let other = world.candidate("en").await;
    assert!(other.get(PAGE).await.has("Nobody has opened one yet"));
}

#[sqlx::test]
async fn many_looks_are_turned_page_by_page(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    cast.show("agreement", &[]).await;
    let looks = "insert into audit_event (at, actor_id, actor_role, subject, subject_id, action, facts)
        select $1, $2, 'hr_reviewer', 'document', $3, 'open_document', '{}' from generate_series(1, 60)";
    let document = cast.shown("agreement").await;
    sqlx::query(looks)
        .bind(world.now)
        .bind(cast.reviewer.id)
        .bind(document)
        .execute(&world.db)
        .await
        .unwrap();
    let (mut path, mut met) = (PAGE.to_owned(), 0);
    for _ in 0..3 {
        let page = cast.candidate.get(&path).await;
        met += page.body.matches("Human Resources,").count();
        match page.body.split("rel=\"next\" href=\"").nth(1) {
            Some(rest) => path = rest.split('"').next().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(met, 60);
    assert!(cast.candidate.get("/account/opened?before=1").await.has("Nothing older"));
}
