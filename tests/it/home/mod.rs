//! The first page of each role: what needs them now, and nothing that does not.

use crate::support::{EVALUATION, world_on};

#[sqlx::test]
async fn a_reviewer_sees_each_thing_until_it_is_done(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let home = "/review/home";
    assert!(reviewer.get(home).await.has("Nothing needs you now"));

    let claimed = world.application(&world.candidate("en").await).await;
    reviewer.claim(claimed).await;
    let page = reviewer.get(home).await;
    assert!(page.has("One thing needs you now") && page.has(&format!("href=\"/review/{claimed}\"")));

    let cast = world.approved().await;
    let theirs = cast.reviewer.get(home).await;
    assert!(theirs.has(&cast.at("placements", "/offer")), "{}", theirs.body);
    assert!(!reviewer.get(home).await.has("Offer to make"), "a colleague's");

    let offered = world.offered().await;
    assert!(offered.reviewer.get(home).await.has("Nothing needs you now"), "a week is left");
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let soon = world.later("2026-11-29").await;
    let page = offered.reviewer.of(&soon).get(home).await;
    assert!(page.has("runs out soon") && page.has("2\u{a0}December 2026"), "{}", page.body);
}

#[sqlx::test]
async fn interviews_of_the_day_and_times_that_suit_nobody_are_at_hand(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, home) = (world.approved().await, "/review/home");
    let times = "on1_day=1&on1_month=12&on1_year=2026&at1=14:30&minutes=30&meeting=Room+4&zone=Europe/Zurich";
    let reply = cast.reviewer.fill_in(&cast.at("placements", "/interview"), times).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    cast.candidate.fill_in(&cast.at("interview", ""), "time=2026-12-01T13:30:00%2B00:00").await;
    assert!(!cast.reviewer.get(home).await.has("Interview today"));

    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let that_day = world.later("2026-12-01").await;
    let page = cast.reviewer.of(&that_day).get(home).await;
    assert!(page.has("Interview today") && page.has(&cast.at("placements", "/interview")), "{}", page.body);
    let over = world.later("2026-12-02").await;
    assert!(!cast.reviewer.of(&over).get(home).await.has("Interview today"));

    sqlx::query("update interview set starts_at = null, chosen_at = null, refused_at = now()")
        .execute(&world.db)
        .await
        .unwrap();
    assert!(cast.reviewer.get(home).await.has("Other times to propose for an interview"));
}

#[sqlx::test]
async fn documents_reach_who_verifies_them_and_the_first_day_who_confirms_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, officer) = (world.accepted().await, world.sign_in("en", &["medical_officer"]).await);
    cast.show("agreement", &[]).await;
    cast.show("medical_certificate", &[]).await;

    let page = cast.reviewer.get("/review/home").await;
    assert!(page.has("Documents to verify") && page.has("1\u{a0}February 2027"), "{}", page.body);
    let page = officer.get("/medical/home").await;
    assert!(page.has("Medical certificate to examine"), "{}", page.body);
    assert!(!cast.supervisor.get("/supervision/home").await.has("Confirm the first day"), "not ready");

    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let late = world.later("2027-02-03").await;
    let page = cast.reviewer.of(&late).get("/review/home").await;
    assert!(page.has("First day that has passed") && page.has("Late"), "{}", page.body);
}

#[sqlx::test]
async fn a_supervisor_is_asked_when_the_time_has_come(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let application = world.application(&ines).await;
    reviewer.pool(application).await;
    let proposed = reviewer.propose(application, &supervisor).await;
    let page = supervisor.get("/supervision/home").await;
    assert!(page.has("Placement to approve") && page.has(&format!("/supervision/{proposed}")));

    let ana = world.candidate("en").await;
    let id = world.internship(&ana, &supervisor, &reviewer, "started").await;
    for (day, asked, not_asked) in [
        ("2027-04-10", "Placement to approve", "Mid-term evaluation"),
        ("2027-04-20", "Mid-term evaluation", "Final evaluation"),
        ("2027-07-05", "Final evaluation", "Mid-term evaluation"),
        ("2027-07-10", "Last days to ask for a longer stay", "Complete the internship"),
        ("2027-07-20", "Final evaluation", "Last days to ask for a longer stay"),
    ] {
        let later = world.later(day).await;
        let page = supervisor.of(&later).get("/supervision/home").await;
        assert!(page.has(asked) && !page.has(not_asked), "{day}: {}", page.body);
    }
    let last = world.later("2027-07-28").await;
    supervisor.of(&last).fill_in(&format!("/supervision/{id}/evaluate/final"), EVALUATION).await;
    let page = supervisor.of(&last).get("/supervision/home").await;
    assert!(page.has("Complete the internship") && page.has(&format!("/supervision/{id}/complete")));
}

#[sqlx::test]
async fn an_administrator_sees_what_is_stuck(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let admin = world.sign_in("en", &["administrator"]).await;
    sqlx::query(
        "insert into person (id, email, family_names, lang, created_at)
         values (gen_random_uuid(), 'new@example.org', 'Nova', 'en', '2026-11-17'),
                (gen_random_uuid(), 'fresh@example.org', 'Nova', 'en', '2026-11-24')",
    )
    .execute(&world.db)
    .await
    .unwrap();
    let page = admin.get("/administration/home").await;
    assert!(page.has("new@example.org") && !page.has("fresh@example.org"), "{}", page.body);
    assert!(page.has("href=\"/administration/people/"), "and leads to where something can be done");
}

#[sqlx::test]
async fn a_profile_that_comes_back_after_changes_is_with_the_reviewer_who_asked(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.ready_candidate("en").await;
    assert_eq!(ines.release().await.status, 303);
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let (reviewer, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    reviewer.claim(id).await;
    reviewer.done(&format!("/review/{id}/changes"), "sections=wishes&message=More").await;
    let waits = reviewer.get("/review/home").await;
    assert!(waits.has("Nothing needs you now"), "it is the candidate's turn: {}", waits.body);

    ines.change("wishes", "areas=migration_law&offices=geneva").await;
    assert_eq!(ines.release().await.status, 303);

    let page = reviewer.get("/review/home").await;
    assert!(page.has("New version of a profile you asked changes of"), "{}", page.body);
    assert!(page.has(&format!("href=\"/review/{id}\"")));
    assert!(colleague.get("/review/home").await.has("Nothing needs you now"), "another's");
}

#[sqlx::test]
async fn what_a_colleague_proposed_who_has_left_is_on_every_reviewer_s_home(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, colleague) = (world.approved().await, world.reviewer("en").await);
    let concerned = world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    let home = "/review/home";
    assert!(colleague.get(home).await.has("Nothing needs you now"), "somebody else sees to it");

    sqlx::query("update person set disabled_at = now() where id = $1")
        .bind(cast.reviewer.id)
        .execute(&world.db)
        .await
        .unwrap();

    let page = colleague.get(home).await;
    assert!(page.has("Offer to make") && page.has(&cast.at("placements", "/offer")), "{}", page.body);
    assert!(page.has("for Ana Beltrán, who is away"), "{}", page.body);
    world.tampered();
    sqlx::query("update application set candidate_id = $1")
        .bind(concerned.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert!(concerned.get(home).await.has("Nothing needs you now"), "nobody acts on their own application");
}

#[sqlx::test]
async fn an_approval_has_ten_days_and_is_with_whoever_proposed_it_after_them(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    let application = world.application(&world.candidate("en").await).await;
    reviewer.pool(application).await;
    let placement = reviewer.propose(application, &supervisor).await;
    let page = supervisor.get("/supervision/home").await;
    assert!(page.has("<time datetime=\"2026-12-05\">") && !page.has("No day set"), "{}", page.body);
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let in_time = world.later("2026-12-05").await;
    assert!(reviewer.of(&in_time).get("/review/home").await.has("Nothing needs you now"));

    let late = world.later("2026-12-06").await;

    let page = reviewer.of(&late).get("/review/home").await;
    assert!(page.has("Approval that is late, to follow up"), "{}", page.body);
    assert!(page.has(&format!("href=\"/placements/{placement}\"")) && page.has("5\u{a0}December 2026"));
}

#[sqlx::test]
async fn whoever_holds_two_roles_goes_from_one_to_the_other(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let both = world.sign_in("en", &["hr_reviewer", "hr_director"]).await;
    assert!(both.get("/review/home").await.has("<a href=\"/direction\">Waivers</a>"));
    let one = world.sign_in("en", &["hr_reviewer", "supervisor"]).await;
    assert!(!one.get("/review/home").await.has("<a href=\"/direction\">Waivers</a>"));
}
