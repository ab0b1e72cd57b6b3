use crate::support::{PDF, world_on};

#[sqlx::test]
async fn the_medical_officer_alone_opens_it_and_every_look_is_recorded(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    assert!(officer.get("/medical").await.has("Nothing here"));
    cast.show("medical_certificate", &[]).await;
    let path = format!("/medical/{}", cast.shown("medical_certificate").await);
    let queue = officer.get("/medical").await;
    assert!(
        queue.has(&path) && queue.has("María José Quispe Ñahui") && queue.has("Geneva"),
        "{}",
        queue.body
    );

    let file = officer.get("/medical/export/csv").await;
    let line = "Medical certificate of good health,Geneva,2027-02-01,2026-11-25 10:00\r\n";
    assert!(file.has(line), "{}", file.body);
    assert!(officer.workbook("/medical/export/xlsx").await.contains("Quispe"));

    for _ in 0..2 {
        assert_eq!(officer.get(&format!("{path}/file")).await.body.as_bytes(), PDF);
    }
    let form = "decision=verified&until_day=1&until_month=6&until_year=2027";
    assert_eq!(officer.fill_in(&path, form).await.location.as_deref(), Some("/medical"));

    assert_eq!(world.count("select count(*) from audit_event where action = 'open_medical_file'").await, 2);
    assert!(officer.get("/medical").await.has("Nothing here"));
    let decided = officer.get("/medical?decided=true").await;
    assert!(decided.has(&path) && decided.has("/medical/export/csv?decided=true"), "{}", decided.body);
    assert!(cast.reviewer.get(&cast.at("placements", "/documents")).await.has("fit until 1\u{a0}June 2027"));
}

#[sqlx::test]
async fn the_last_paper_makes_ready_and_a_medical_one_that_no_longer_counts_takes_it_back(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.settle_all_but("medical_certificate", &officer).await;
    let path = format!("/medical/{}", cast.shown("medical_certificate").await);
    let ready = "select count(*) from placement where state = 'ready'";
    for (form, is_ready) in [
        ("decision=verified&until_day=31&until_month=7&until_year=2027", 1),
        ("decision=returned&reason=Not+signed", 0),
        ("decision=verified&until_day=31&until_month=7&until_year=2027", 1),
        ("decision=unfit", 0),
    ] {
        let reply = officer.fill_in(&path, form).await;
        assert_eq!(reply.status, 303, "{form}: {}", reply.body);
        assert_eq!(world.count(ready).await, is_ready, "{form}");
    }
    let steps: Vec<String> = world
        .story()
        .await
        .into_iter()
        .filter(|it| it.starts_with("ready") || it.starts_with("unready"))
        .collect();
    assert_eq!(steps.len(), 4, "{steps:?}");
}

#[sqlx::test]
async fn not_fit_is_all_that_others_see(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.settle_all_but("medical_certificate", &officer).await;
    let path = format!("/medical/{}", cast.shown("medical_certificate").await);

    assert_eq!(officer.fill_in(&path, "decision=unfit").await.status, 303);

    assert!(officer.get("/medical?decided=true").await.has("Not fit"));
    let file = officer.get("/medical/export/csv?decided=true").await;
    assert!(file.has("Quispe") && !file.has("fit") && !file.has("2027-07-31"), "{}", file.body);
    assert!(cast.reviewer.get(&cast.at("placements", "/documents")).await.has("Not fit"));
    assert!(cast.candidate.get(&cast.at("onboarding", "")).await.has("Not fit"));
    assert_eq!(world.letters().await.last().unwrap(), "document_returned");
    assert_eq!(world.count("select count(*) from placement where state = 'accepted'").await, 1);
    assert_eq!(world.count("select count(*) from audit_event where facts::text like '%fit%'").await, 0);
    let another = cast.candidate.get(&cast.at("onboarding", "/medical_certificate")).await;
    assert_eq!(another.status, 200, "another certificate may be sent");
}

#[sqlx::test]
async fn what_a_vaccination_record_lacks_is_between_two_people(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("fr", &["medical_officer"]).await;
    cast.show("vaccination_record", &[]).await;
    let path = format!("/medical/{}", cast.shown("vaccination_record").await);
    assert_eq!(officer.fill_in(&path, "decision=unfit").await.status, 422, "a record says nothing of that");
    assert_eq!(officer.fill_in(&path, "decision=returned&reason=Yellow+fever").await.status, 303);
    assert!(cast.candidate.get(&cast.at("onboarding", "")).await.has("Yellow fever"));
    assert!(!cast.reviewer.get(&cast.at("placements", "/documents")).await.has("Yellow fever"));
    assert!(!cast.reviewer.get(&cast.at("placements", "")).await.has("Yellow fever"));
}

#[sqlx::test]
async fn who_is_fit_only_until_before_the_first_day_brings_another_certificate(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.show("medical_certificate", &[]).await;
    let path = format!("/medical/{}", cast.shown("medical_certificate").await);
    let form = "decision=verified&until_day=31&until_month=1&until_year=2027";
    assert_eq!(officer.fill_in(&path, form).await.status, 303);
    let page = cast.candidate.get(&cast.at("onboarding", "")).await;
    assert!(page.has("0 of 5 settled") && page.has("/medical_certificate?replaces="), "{}", page.body);

    let newer = [PDF, b"\n%%EOF\n"].concat();
    let send = cast.at("onboarding", "/medical_certificate");
    assert_eq!(cast.candidate.upload(&send, &[], "newer.pdf", &newer).await.status, 303);

    assert!(cast.candidate.get(&cast.at("onboarding", "")).await.has("newer.pdf"));
    assert!(!officer.get("/medical").await.has("Nothing here"));
}
