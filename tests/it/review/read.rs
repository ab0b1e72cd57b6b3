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
