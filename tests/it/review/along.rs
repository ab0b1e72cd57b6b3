//! Along the list: next, previous, skip for now, and who else is there.
use crate::support::{World, world_on};
use uuid::Uuid;

/// Candidates 1 to 3, each an hour after the one before, in Spanish and French by turns.
async fn three(world: &World) -> Vec<Uuid> {
    let first = world.application(&world.candidate("es").await).await;
    let mut ids = vec![first];
    for n in 1..3 {
        let (id, person) = (Uuid::now_v7(), world.candidate("en").await);
        sqlx::query(
            "insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
                waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months)
             select $1::uuid, $1::uuid::text, $2, 1, 'release', 'new', 'released', state_since,
                waiting_since + make_interval(hours => $3), 1, 'N', 'n', verdict, tracks, '{es}', areas, offices,
                starts_on, months
             from application where reference = 'ST-2026-00001'",
        )
        .bind(id)
        .bind(person.id)
        .bind(n)
        .execute(&world.db)
        .await
        .unwrap();
        sqlx::query(
            "insert into snapshot select $1, number, released_at, released_on, profile, assessment, policy_version,
                privacy_version, acknowledged from snapshot where application_id = $2",
        )
        .bind(id)
        .bind(first)
        .execute(&world.db)
        .await
        .unwrap();
        ids.push(id);
    }
    sqlx::query("update application set languages = '{fr}' where id = $1")
        .bind(ids[1])
        .execute(&world.db)
        .await
        .unwrap();
    ids
}

#[sqlx::test]
async fn next_and_previous_follow_the_list_one_came_from(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let me = world.reviewer("en").await;
    let reader = &me;
    let to = |path: String| async move { reader.get(&path).await.location.unwrap() };

    let list = me.get("/review?language=es").await;
    assert!(list.has(&format!("/review/{}?list=language%3Des", ids[0])), "{}", list.body);
    me.get(&format!("/review/{}?list=language%3Des", ids[0])).await;
    let next = to(format!("/review/{}/next", ids[0])).await;
    assert_eq!(next, format!("/review/{}?list=language%3Des", ids[2]));
    me.get(&next).await;
    assert_eq!(to(format!("/review/{}/next", ids[2])).await, "/review?language=es");
    assert_eq!(
        to(format!("/review/{}/previous", ids[2])).await,
        format!("/review/{}?list=language%3Des", ids[0])
    );
    // without a list, it is the whole queue
    me.get(&format!("/review/{}?list=", ids[0])).await;
    assert!(to(format!("/review/{}/next", ids[0])).await.contains(&ids[1].to_string()));
}

#[sqlx::test]
async fn what_is_skipped_is_passed_over_and_says_so_to_one_reader(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);

    for _twice in 0..2 {
        let reply = me.post(&format!("/review/{}/skip", ids[1]), "").await;
        assert!(reply.location.unwrap().contains(&ids[2].to_string()));
    }
    assert!(
        me.get(&format!("/review/{}/next", ids[0])).await.location.unwrap().contains(&ids[2].to_string())
    );
    assert!(me.get("/review").await.has("Skipped for now"));
    assert!(!colleague.get("/review").await.has("Skipped for now"));
    assert_eq!(world.count("select count(*) from audit_event where action = 'skip'").await, 1);
}

#[sqlx::test]
async fn a_case_that_is_open_says_with_whom(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let page = format!("/review/{}", ids[0]);

    assert!(!me.get(&page).await.has("has this case open"));
    assert!(colleague.get(&page).await.has("Ana Beltrán has this case open now."));
    assert!(colleague.get("/review").await.has("Open with Ana Beltrán"));
    assert!(!world.later("2026-11-26").await.again(&colleague).get("/review").await.has("Open with"));
    assert_eq!(me.post(&format!("{page}/open"), "").await.status, 204);
}
