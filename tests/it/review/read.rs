use crate::support::world_on;

#[sqlx::test]
async fn a_reviewer_reads_what_was_released(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;

    let page = world.reviewer("en").await.get(&format!("/review/{id}")).await;

    assert_eq!(page.status, 200, "{}", page.body);
    for words in ["María José Quispe Ñahui", "Universidad Nacional del Sur", "CV María.pdf"] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
}

#[sqlx::test]
async fn what_can_be_done_depends_on_the_state_and_on_who_has_it(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    world.tampered();
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("fr").await);
    let address = format!("/review/{id}");
    assert!(me.get(&address).await.has("Take this profile"));

    me.post(&format!("{address}/claim"), "seen=1").await;

    let mine = me.get(&address).await;
    for step in ["changes", "pool", "decline", "unclaim"] {
        assert!(mine.has(&format!("\"{address}/{step}\"")), "{step}: {}", mine.body);
    }
    let theirs = colleague.get(&address).await;
    assert!(
        theirs.has("Ana Beltrán a ce dossier") && !theirs.has(&format!("{address}/pool")),
        "{}",
        theirs.body
    );
    for (step, words) in [
        ("state = 'pooled', action = 'pool', pooled_until = '2027-05-25'", format!("{address}/propose")),
        ("state = 'expired', action = 'expire'", "There is nothing to decide.".into()),
    ] {
        let sql = format!("update application set version = version + 1, {step}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&db).await.unwrap();
        let page = me.get(&address).await;
        assert!(page.has(&words), "{step}: {}", page.body);
    }
    assert_eq!(me.get(&format!("{address}?version=7")).await.status, 404);
    assert_eq!(me.get("/review/0197b2f0-0000-7000-8000-000000000000").await.status, 404);
}

/// The same words again as further versions, up to `latest`.
async fn re_release(db: &sqlx::PgPool, id: uuid::Uuid, latest: i32) {
    for sql in [
        "insert into snapshot select application_id, n, released_at + interval '1 day', released_on, profile, assessment,
             policy_version, privacy_version, acknowledged, consents
         from snapshot cross join generate_series(2, $2) as n where application_id = $1 and number = 1
         on conflict do nothing",
        "insert into snapshot_document select application_id, n, document_id
         from snapshot_document cross join generate_series(2, $2) as n where application_id = $1 and number = 1
         on conflict do nothing",
        "update application set latest = $2 where id = $1",
    ] {
        sqlx::query(sql).bind(id).bind(latest).execute(db).await.unwrap();
    }
}

#[sqlx::test]
async fn the_page_asks_as_much_of_much_as_of_little(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let me = world.reviewer("en").await;
    me.claim(id).await;
    re_release(&db, id, 2).await;
    let page = format!("/review/{id}");
    let little = me.queries(&page).await;
    assert!(little > 5, "nothing was counted");

    re_release(&db, id, 9).await;
    for n in 0..12 {
        world.application(&world.candidate("en").await).await;
        let form = format!("form={}&note=Seen+{n}", uuid::Uuid::now_v7());
        assert_eq!(me.post(&format!("{page}/notes"), &form).await.status, 303);
        let words = format!("Question {n}?");
        let sent = me
            .upload_all(
                &format!("{page}/messages"),
                &[("form", &uuid::Uuid::now_v7().to_string()), ("body", &words)],
                &[],
            )
            .await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    assert_eq!(me.queries(&page).await, little);
    assert!(me.get(&page).await.has("Earlier notes"));
}

#[sqlx::test]
async fn a_version_that_came_during_the_review_is_announced_and_compared(db: sqlx::PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let me = world.reviewer("en").await;
    me.claim(id).await;
    let page = format!("/review/{id}");
    assert!(!me.get(&page).await.has("was released after this case was taken"));

    re_release(&db, id, 3).await;

    let now = me.get(&page).await;
    assert!(
        now.has("Version 3 was released after this case was taken; version 1 was the newest then."),
        "{}",
        now.body
    );
    assert!(now.has(&format!("{page}?version=3&amp;against=1#changes")));
    let compared = me.get(&format!("{page}?version=3&against=1")).await;
    assert!(compared.has("Changed since version 1") && compared.has("both versions say the same"));
    assert_eq!(me.get(&format!("{page}?version=2&against=77")).await.status, 200);
}
