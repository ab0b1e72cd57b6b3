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
    world.tampered();
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
    world.tampered();
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

#[sqlx::test]
async fn one_box_picks_the_whole_page_and_each_case_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let me = named(&world, "Raman").await;
    let page = me.get("/review").await;
    let all = page.body.split("<td><input type=\"checkbox\" name=\"pick\" value=\"").nth(1).unwrap();
    let all = all.split('"').next().unwrap();
    assert!(page.has("Select all 3 on this page") && all.split(',').count() == 3, "{all}");

    let reply = me.post("/review/bulk", &format!("do=claim&pick={all}{}", picks(&ids[..1], 1))).await;

    assert!(reply.has("3 cases were changed"), "{}", reply.body);
    assert_eq!(reply.body.matches("Done: Raman has it now.").count(), 3);
}

async fn open_cases(world: &World) -> Vec<i64> {
    let sql = "select count(a.id) from person_role r left join application a
        on a.reviewer_id = r.person_id and a.state = 'in_review'
        where r.role = 'hr_reviewer' group by r.person_id order by 1";
    sqlx::query_scalar(sql).fetch_all(&world.db).await.unwrap()
}

#[sqlx::test]
async fn cases_are_given_out_in_turn_to_whoever_has_room_and_no_conflict(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let (me, ben, _) =
        (named(&world, "Raman").await, named(&world, "Lacombe").await, named(&world, "Otieno").await);
    assert!(me.get("/review").await.has("Give out in turn"));
    let conflict = "insert into conflict_of_interest select $1, id, now() from application";
    sqlx::query(conflict).bind(ben.id).execute(&world.db).await.unwrap();

    let form = format!("do=spread{}", picks(&ids, 1));
    let (one, two) = tokio::join!(me.post("/review/bulk", &form), me.post("/review/bulk", &form));
    assert!(one.has("3 cases were changed") || two.has("3 cases were changed"), "{}\n{}", one.body, two.body);
    assert_eq!(open_cases(&world).await, [0, 1, 2], "none to Lacombe, who has a conflict with each");
    assert_eq!(world.count("select count(*) from audit_event where action = 'assign'").await, 3);
    assert!(
        me.post("/review/bulk", &form).await.has("3 cases were changed"),
        "pressed again, it is as it was"
    );
    let taken = me.post("/review/bulk", &format!("do=spread{}", picks(&ids, 2))).await;
    assert!(taken.status == 409 && taken.has("has it."), "{}", taken.body);
}

#[sqlx::test]
async fn nobody_is_given_more_than_the_cap_in_turn_either(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let (me, _) = (named(&world, "Raman").await, named(&world, "Lacombe").await);
    sqlx::query("update review_setting set most_open = 1").execute(&world.db).await.unwrap();
    let (left, right) =
        (format!("do=spread{}", picks(&ids[..2], 1)), format!("do=spread{}", picks(&ids[1..], 1)));
    let (one, two) = tokio::join!(me.post("/review/bulk", &left), me.post("/review/bulk", &right));
    assert_eq!(open_cases(&world).await, [1, 1]);
    let again = [me.post("/review/bulk", &left).await, me.post("/review/bulk", &right).await];
    assert!(
        again.iter().any(|reply| reply.has("Done:")),
        "what was given out stays so, though nobody has room now"
    );
    assert!(one.has("everybody has as many open cases") || two.has("everybody has as many open cases"));
}

#[sqlx::test]
async fn nobody_is_given_a_case_while_they_declare_a_conflict(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (named(&world, "Raman").await, named(&world, "Lacombe").await);
    for _ in 0..3 {
        let id = world.application(&world.candidate("en").await).await;
        let declare = format!("/review/{id}/conflict");
        let form = format!("do={}{}", ben.id, picks(&[id], 1));
        let (given, declared) = tokio::join!(me.post("/review/bulk", &form), ben.post(&declare, "sure=true"));
        assert_eq!(declared.status, 303, "{}\n{}", declared.body, given.body);
    }
    assert_eq!(world.count("select count(*) from conflict_of_interest").await, 3);
    assert_eq!(world.count("select count(*) from application where state = 'in_review'").await, 0);
}

#[sqlx::test]
async fn the_one_that_waits_longest_is_given_out_first_though_it_came_back_late(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let ids = three(&world).await;
    let me = named(&world, "Raman").await;
    sqlx::query("update review_setting set most_open = 1").execute(&world.db).await.unwrap();
    let back = "update application set state_since = state_since + interval '1 day',
        waiting_since = waiting_since - interval '9 days' where id = $1";
    sqlx::query(back).bind(ids[2]).execute(&world.db).await.unwrap();
    me.post("/review/bulk", &format!("do=spread{}", picks(&ids, 1))).await;
    let given = "select id from application where state = 'in_review'";
    let given: Vec<Uuid> = sqlx::query_scalar(given).fetch_all(&world.db).await.unwrap();
    assert_eq!(given, [ids[2]]);
}
