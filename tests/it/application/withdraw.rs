use crate::support::world_on;

#[sqlx::test]
async fn taken_back_it_is_gone_and_the_record_stays(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    let form = format!("seen={}&why=dates_changed", ines.get("/application/withdraw").await.hidden("seen"));
    for _ in 0..2 {
        let reply = ines.post("/application/withdraw", &form).await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/application")));
    }
    assert_eq!(world.story().await.last().unwrap(), "withdraw: released -> withdrawn, by candidate");
    assert_eq!(world.letters().await, ["released", "withdrawn"]);
    assert!(ines.get("/application").await.has("You have taken your profile back"));
}

#[sqlx::test]
async fn a_reason_not_on_the_list_is_refused_and_an_overtaken_page_says_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    assert_eq!(ines.post("/application/withdraw", "seen=1&why=bored").await.status, 422);
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    world.reviewer("en").await.post(&format!("/review/{id}/claim"), "seen=1").await;
    let late = ines.post("/application/withdraw", "seen=1&why=dates_changed").await;
    assert_eq!(late.status, 409);
    assert!(late.has("value=\"dates_changed\" selected") && late.hidden("seen") == "2");
    assert_eq!(world.candidate("en").await.get("/application/withdraw").await.status, 404);
}

#[sqlx::test]
async fn a_reopened_application_is_the_one_that_counts(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let declined = "why=no_matching_place&message=Sorry+to+say.";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/decline"), declined).await.status, 303);
    sqlx::query("update session set idle_seconds = 1000000").execute(&world.db).await.unwrap();
    let world = world.later("2026-11-26").await;
    let ines = ines.of(&world);
    assert_eq!(ines.release().await.status, 303, "a second application");
    assert_eq!(ines.fill_in("/application/withdraw", "why=").await.status, 303);
    let reopen = format!("/review/{id}/reopen");
    assert_eq!(reviewer.fill_in(&reopen, "reason=A+place+came+up").await.status, 303);

    assert!(ines.get("/application").await.has("ST-2026-00001"), "the open one is shown");
    ines.change("wishes", "areas=migration_law&offices=nairobi").await;
    assert_eq!(ines.release().await.status, 303, "a new version of the open one");
    assert_eq!(world.story().await.last().unwrap(), "re_release: in_review -> in_review, by candidate");
    assert_eq!(ines.fill_in("/application/withdraw", "why=").await.status, 303);
    assert_eq!(world.count("select count(*) from application where is_open").await, 0);
}

#[sqlx::test]
async fn a_placement_that_is_approved_this_very_moment_is_closed_too(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&candidate).await;
    let supervisor = world.supervisor("en", "geneva").await;
    reviewer.pool(id).await;
    reviewer.propose(id, &supervisor).await;
    let seen = candidate.get("/application/withdraw").await.hidden("seen");

    let approval = "update placement set version = version + 1, action = 'approve', state = 'approved',
        approved_by = supervisor_id, terms_of_reference = 'a', tasks = 'b', learning_goals = 'c'";
    let reply =
        world.meanwhile(approval, candidate.post("/application/withdraw", &format!("seen={seen}"))).await;

    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(world.count("select count(*) from placement where state = 'cancelled'").await, 1);
}

#[sqlx::test]
async fn whoever_is_overtaken_by_a_moment_is_told_so_on_the_form(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    reviewer.claim(world.application(&candidate).await).await;

    let put_back = "update application set version = version + 1, action = 'unclaim', state = 'released'";
    let form = "seen=2&why=dates_changed";
    let reply = world.meanwhile(put_back, candidate.post("/application/withdraw", form)).await;

    assert_eq!(reply.status, 409);
    assert!(reply.has("value=\"dates_changed\" selected") && reply.hidden("seen") == "3", "{}", reply.body);
}
