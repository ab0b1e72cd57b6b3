use crate::openings::{DATA, data_but};
use crate::support::{Reader, World, world_on};
use uuid::Uuid;

/// Two people in the pool, both Spanish, for Geneva and data; the second one's French is at work level.
async fn pool(world: &World, reviewer: &Reader<'_>) -> [Uuid; 2] {
    let mut ids = [Uuid::nil(); 2];
    for (nth, id) in ids.iter_mut().enumerate() {
        *id = world.application(&world.candidate("en").await).await;
        if nth == 1 {
            let french = r#"'{"code": "fr", "mother_tongue": true, "listening": null, "reading": null, "speaking": null,
                             "writing": null}'::jsonb"#;
            let mut tx = world.db.begin().await.unwrap();
            sqlx::raw_sql("alter table snapshot disable trigger never_changes")
                .execute(&mut *tx)
                .await
                .unwrap();
            let sql = format!(
                "update snapshot set profile = jsonb_insert(profile, '{{languages,0}}', {french}) where application_id = '{id}'"
            );
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await.unwrap();
            sqlx::raw_sql("alter table snapshot enable trigger never_changes")
                .execute(&mut *tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
        reviewer.pool(*id).await;
    }
    ids
}

#[sqlx::test]
async fn the_best_fit_comes_first_and_every_rank_is_explained(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let [first, second] = pool(&world, &reviewer).await;
    let opening = reviewer.announce(DATA).await;

    let page = reviewer.get(&format!("/review/openings/{opening}/match")).await;

    assert_eq!(page.status, 200, "{}", page.body);
    let at = |id: Uuid| page.body.find(&format!("/review/{id}\"")).unwrap();
    assert!(at(second) < at(first), "whoever speaks French comes first");
    for words in [
        "wishes Geneva first; French at work level; wishes this area of work; free from 1\u{a0}February 2027; for 6 months",
        "French at work level is not stated",
        "2 people in the pool have something in common with this work. All were compared.",
        "Age, gender, nationality and photograph never count.",
    ] {
        assert!(page.has(words), "{words} in {}", page.body);
    }
    let file = reviewer.get(&format!("/review/openings/{opening}/match/export/csv")).await;
    let lines: Vec<&str> = file.body.lines().collect();
    assert!(lines[1].contains("; French at work level; wishes this area of work;"), "{}", file.body);
    assert!(lines[2].contains("French at work level is not stated") && lines.len() == 3, "{}", file.body);
    assert!(page.has(&format!("/review/openings/{opening}/match/export/xlsx")), "{}", page.body);
    let french = world.reviewer("fr").await.get(&format!("/review/openings/{opening}/match")).await;
    assert!(
        french.has("souhaite d’abord Genève") && french.has("français à un niveau de travail"),
        "{}",
        french.body
    );
}

#[sqlx::test]
async fn whoever_leaves_the_pool_or_looks_for_themselves_is_not_found(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let both = world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    let id = world.application(&both).await;
    reviewer.pool(id).await;
    let opening = reviewer.announce(DATA).await;
    let path = format!("/review/openings/{opening}/match");

    let (mine, theirs) = (both.get(&path).await, reviewer.get(&path).await);
    assert!(!mine.has("Quispe") && mine.has("Nobody fits yet"), "{}", mine.body);
    assert!(!both.get(&format!("{path}/export/csv")).await.has("Quispe"));
    assert!(theirs.has("Quispe"), "{}", theirs.body);

    let seen = both.get("/application/withdraw").await.hidden("seen");
    let reply = both.post("/application/withdraw", &format!("seen={seen}&why=dates_changed")).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert!(!reviewer.get(&path).await.has("Quispe"));
    assert_eq!(world.count("select count(*) from pool_key").await, 0);
    assert_eq!(world.count("select count(*) from pool_entry").await, 0);
}

#[sqlx::test]
async fn a_closed_opening_looks_for_nobody(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let opening = reviewer.announce(&data_but("office=juba")).await;
    assert!(reviewer.get(&format!("/review/openings/{opening}/match")).await.has("Nobody fits yet"));
    reviewer.fill_in(&format!("/review/openings/{opening}/close"), "").await;
    for path in ["match", "match/export/csv"] {
        assert_eq!(reviewer.get(&format!("/review/openings/{opening}/{path}")).await.status, 404);
    }
}
