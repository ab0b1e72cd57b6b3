//! Several cases at once, each a step of its own.
use crate::support::{Reader, World, world_on};
use uuid::Uuid;

/// Three released applications.
pub async fn three(world: &World) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for n in 0..3 {
        let candidate = world.candidate("en").await;
        if n == 0 {
            ids.push(world.application(&candidate).await);
            continue;
        }
        let id = Uuid::now_v7();
        sqlx::query(
            "insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
                waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months)
             select $1::uuid, $1::uuid::text, $2, 1, 'release', 'new', 'released', state_since, waiting_since, 1, 'Candidate ' || $3::int,
                'candidate', verdict, tracks, languages, areas, offices, starts_on, months
             from application where reference = 'ST-2026-00001'",
        )
        .bind(id)
        .bind(candidate.id)
        .bind(n)
        .execute(&world.db)
        .await
        .unwrap();
        ids.push(id);
    }
    ids
}

pub fn picks(ids: &[Uuid], seen: i32) -> String {
    ids.iter().map(|id| format!("&pick={id}:{seen}")).collect()
}

async fn named<'w>(world: &'w World, name: &str) -> Reader<'w> {
    let reader = world.reviewer("en").await;
    sqlx::query("update person set given_names = '', family_names = $2 where id = $1")
        .bind(reader.id)
        .bind(name)
        .execute(&world.db)
        .await
        .unwrap();
    reader
}

#[sqlx::test]
async fn the_loser_of_a_race_is_told_who_has_it_and_gets_the_rest(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ids = three(&world).await;
    let (me, ben) = (named(&world, "Raman").await, named(&world, "Lacombe").await);
    ben.post("/review/bulk", &format!("do=claim{}", picks(&ids[..1], 1))).await;

    let form = format!("do=claim{}", picks(&ids, 1));
    let reply = me.post("/review/bulk", &form).await;
    assert!(reply.status == 200 && reply.has("2 cases were changed"), "{}", reply.body);
    assert!(
        reply.has("Not changed: Lacombe has it.") && reply.has("Done: Raman has it now."),
        "{}",
        reply.body
    );
    let again = me.post("/review/bulk", &form).await;
    assert!(again.has("2 cases were changed"), "{}", again.body);
    assert_eq!(world.count("select count(*) from audit_event where action = 'claim'").await, 3);

    let back = me.post("/review/bulk", &format!("do=return{}", picks(&ids, 2))).await;
    assert!(back.has("2 cases were changed") && back.has("Not changed: Lacombe has it."), "{}", back.body);
    let nothing = me.post("/review/bulk", "do=claim").await;
    assert!(nothing.status == 409 && nothing.has("Select cases"), "{}", nothing.body);
}

#[sqlx::test]
async fn a_colleague_is_told_and_given_no_more_than_the_cap(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ids = three(&world).await;
    let (me, ben) = (named(&world, "Raman").await, named(&world, "Lacombe").await);
    sqlx::query("update review_setting set most_open = 2").execute(&world.db).await.unwrap();
    assert!(me.get("/review").await.has("Assign to Lacombe"));

    let reply = me.post("/review/bulk", &format!("do={}{}", ben.id, picks(&ids, 1))).await;

    assert!(reply.has("2 cases were changed") && reply.has("as many open cases"), "{}", reply.body);
    let letters = world.letters().await;
    assert_eq!(letters.iter().filter(|letter| *letter == "case_assigned").count(), 2);
    assert!(ben.get("/review?state=in_review&assignee=me").await.has("Candidate"));
    let candidate = world.candidate("en").await;
    assert_eq!(candidate.post("/review/bulk", "do=claim").await.status, 403);
    assert_eq!(me.post("/review/bulk", &format!("do={}", candidate.id)).await.status, 400);
}
