use crate::support::{proposal, world_on};

#[sqlx::test]
async fn the_terms_are_worked_out_before_anything_is_sent(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let path = format!("/review/{id}/propose");

    let asked = reviewer.get(&path).await;
    let page = reviewer.fill_in(&path, &format!("{}&check=true", proposal(&supervisor))).await;

    assert!(asked.has("value=\"2027\"") && asked.has("The candidate wishes for Geneva"));
    assert_eq!(page.status, 200);
    for words in ["6 months, both days counted", "CHF\u{a0}13,380.00 in all", "must also cover evacuation"] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert_eq!(world.count("select count(*) from placement").await, 0);
}

#[sqlx::test]
async fn a_proposal_reaches_its_supervisor_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let path = format!("/review/{id}/propose");
    let seen = reviewer.get(&path).await.hidden("seen");
    let form = format!("seen={seen}&{}", proposal(&supervisor));

    let (one, two) = tokio::join!(reviewer.post(&path, &form), reviewer.post(&path, &form));

    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(one.location, two.location, "pressed twice, proposed once");
    assert_eq!(world.letters().await, ["pooled", "placement_proposed"]);
    assert_eq!(world.story().await.last().unwrap(), "propose: new -> proposed, by hr_reviewer");
    let page = reviewer.get(&one.location.unwrap()).await;
    assert!(page.has("PL-2026-0001") && page.has("With the supervisor"));
}

#[sqlx::test]
async fn dates_that_the_rules_forbid_are_explained(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let path = format!("/review/{id}/propose");
    let form = proposal(&supervisor);

    let short =
        reviewer.fill_in(&path, &form.replace("end_day=31&end_month=7", "end_day=15&end_month=3")).await;
    let long = reviewer.fill_in(&path, &form.replace("end_month=7", "end_month=8")).await;
    let old = reviewer
        .fill_in(
            &path,
            &form.replace("start_year=2027", "start_year=2040").replace("end_year=2027", "end_year=2040"),
        )
        .await;
    let nobody = reviewer.fill_in(&path, "supervisor=geneva:me").await;

    assert_eq!([short.status, long.status, old.status, nobody.status], [422; 4]);
    assert!(short.has("at least 2 months") && long.has("at most 6 months"));
    assert!(old.has("A rule is not met on this first day"));
    assert!(nobody.has("Choose a supervisor") && nobody.has("Enter the first day"));
    assert_eq!(world.count("select count(*) from placement").await, 0);
}

#[sqlx::test]
async fn who_left_the_pool_meanwhile_is_not_proposed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    let id = world.application(&candidate).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let path = format!("/review/{id}/propose");
    let seen = reviewer.get(&path).await.hidden("seen");
    assert_eq!(candidate.fill_in("/application/withdraw", "").await.status, 303);

    let page = reviewer.post(&path, &format!("seen={seen}&{}", proposal(&supervisor))).await;

    assert_eq!(page.status, 404, "Human Resources loses a withdrawn profile at once");
    assert_eq!(world.count("select count(*) from placement").await, 0);
}

#[sqlx::test]
async fn a_withdrawal_calls_off_what_was_proposed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    let id = world.application(&candidate).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;

    candidate.fill_in("/application/withdraw", "").await;

    let page = supervisor.get(&format!("/supervision/{placement}")).await;
    assert!(page.has("Called off") && !page.has("Universidad Nacional del Sur"));
    assert_eq!(world.letters().await[2..], ["withdrawn", "placement_cancelled"]);
}

#[sqlx::test]
async fn the_number_after_9999_is_a_number_too(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::query("select setval('placement_number', 9998)").execute(&world.db).await.unwrap();
    let reviewer = world.reviewer("en").await;
    let supervisor = world.supervisor("en", "geneva").await;
    for _ in 0..3 {
        let id = world.application(&world.candidate("en").await).await;
        reviewer.pool(id).await;
        reviewer.propose(id, &supervisor).await;
    }
    let references: Vec<String> =
        sqlx::query_scalar("select reference from placement order by id").fetch_all(&world.db).await.unwrap();
    assert_eq!(references, ["PL-2026-9999", "PL-2026-10000", "PL-2026-10001"]);
}

#[sqlx::test]
async fn offices_come_in_the_order_of_the_readers_language(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    // Cairo and Dhaka; Dacca and Le Caire
    world.supervisor("en", "cairo").await;
    world.supervisor("en", "dhaka").await;
    let (english, french) = (world.reviewer("en").await, world.reviewer("fr").await);
    english.pool(id).await;
    for (reviewer, first, second) in [(english, "Cairo", "Dhaka"), (french, "Dacca", "Le Caire")] {
        let page = reviewer.get(&format!("/review/{id}/propose")).await;
        let place = |name: &str| page.body.find(&format!("<optgroup label=\"{name}\">")).unwrap();
        assert!(place(first) < place(second), "{}", page.body);
    }
}

#[sqlx::test]
async fn an_office_nobody_wished_for_needs_the_candidates_consent(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "nairobi").await);
    reviewer.pool(id).await;
    let path = format!("/review/{id}/propose");
    let form = proposal(&supervisor).replace("geneva:", "nairobi:");

    let refused = reviewer.fill_in(&path, &form).await;
    assert!(refused.status == 422 && refused.has("did not wish for this office"), "{}", refused.body);
    assert_eq!(world.count("select count(*) from placement").await, 0);

    assert_eq!(maria.post("/account/consents", "give=other_offices").await.status, 303);
    assert_eq!(reviewer.fill_in(&path, &form).await.status, 303);
}
