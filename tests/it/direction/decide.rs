use crate::support::world_on;

const GRANT: &str = "decision=grant&reason=Nobody+is+paid+twice";

#[sqlx::test]
async fn a_granted_waiver_is_applied_in_the_offer_with_its_reason(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, director) = (world.approved_local().await, world.director("en").await);
    assert_eq!(cast.ask_waiver().await.status, 303);
    let path = cast.at("direction", "");
    let page = director.get(&path).await;
    for words in
        ["María José", "The county pays her", "CHF\u{a0}13,380.00", "February 2027", "Due by 5\u{a0}December"]
    {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    let waiting = director.get("/direction/export/csv").await;
    let line = ",Geneva,2027-02-01,2027-07-31,Ana Beltrán,2026-11-25,2026-12-05\r\n";
    assert!(waiting.has(line), "{}", waiting.body);
    let empty = director.fill_in(&path, "decision=").await;
    assert!(empty.status == 422 && empty.has("Choose what is decided") && empty.has("Write the reason"));
    let form = format!("seen={}&{GRANT}", page.hidden("seen"));

    let (one, two) = tokio::join!(director.post(&path, &form), director.post(&path, &form));

    assert_eq!((one.status, two.status), (303, 303), "{}\n{}", one.body, two.body);
    assert_eq!(world.story().await.last().unwrap(), "decide_waiver: approved -> approved, by hr_director");
    assert_eq!(world.letters().await[3..], ["waiver_requested", "waiver_decided"]);
    let decided = director.get("/direction/decided").await;
    assert!(decided.has("María José") && decided.has("/direction/decided/export/xlsx"), "{}", decided.body);
    let file = director.get("/direction/decided/export/csv").await;
    assert!(file.has(",Geneva,2027-02-01,2027-07-31,Waived,Ana Beltrán,2026-11-25\r\n"), "{}", file.body);
    assert!(director.get("/direction").await.has("Nothing waits for you"));
    assert_eq!(director.get("/direction/export/csv").await.body.lines().count(), 1, "heads only");
    let offer = "answer_day=2&answer_month=12&answer_year=2026";
    let made = cast.reviewer.fill_in(&cast.at("placements", "/offer"), offer).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let offered = cast.candidate.get(&cast.at("offer", "")).await;
    assert!(offered.has("Not paid") && offered.has("Nobody is paid twice") && offered.has("CHF\u{a0}0.00"));
    assert!(!offered.has("The county pays her"), "what colleagues write to each other");
    assert!(cast.supervisor.get(&cast.at("supervision", "")).await.has("Nobody is paid twice"));
}

#[sqlx::test]
async fn a_refused_waiver_leaves_the_allowance_as_it_is(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, director) = (world.approved_local().await, world.director("en").await);
    assert_eq!(cast.ask_waiver().await.status, 303);
    let refused = director.fill_in(&cast.at("direction", ""), "decision=refuse&reason=It+is+needed").await;
    assert_eq!(refused.status, 303, "{}", refused.body);
    let offer = "answer_day=2&answer_month=12&answer_year=2026";
    assert_eq!(cast.reviewer.fill_in(&cast.at("placements", "/offer"), offer).await.status, 303);
    let offered = cast.candidate.get(&cast.at("offer", "")).await;
    assert!(offered.has("CHF\u{a0}13,380.00") && !offered.has("It is needed"));
}

#[sqlx::test]
async fn nobody_decides_who_has_another_part_in_the_case(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved_local().await;
    world.director("en").await;
    assert_eq!(cast.ask_waiver().await.status, 303);
    let path = cast.at("direction", "");
    for involved in [&cast.reviewer, &cast.supervisor] {
        sqlx::query("insert into person_role values ($1, 'hr_director')")
            .bind(involved.id)
            .execute(&world.db)
            .await
            .unwrap();
        let page = involved.get(&path).await;
        assert!(page.has("You have another part in this placement") && !page.has("name=\"decision\""));
        assert!(involved.get("/direction").await.has("Nothing waits for you"));
        assert!(!involved.get("/direction/export/csv").await.has("Quispe"));
        assert_eq!(involved.post(&path, &format!("seen=3&{GRANT}")).await.status, 403);
        let forced = sqlx::query(
            "update waiver set decided_by = $1, decided_at = now(), decided_on = '2026-11-25', granted = true,
                 decision = 'why'",
        );
        assert!(forced.bind(involved.id).execute(&world.db).await.is_err(), "the database refuses it too");
    }
}

#[sqlx::test]
async fn two_directors_decide_once_and_the_second_reads_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved_local().await;
    let (one, two) = (world.director("en").await, world.director("en").await);
    assert_eq!(cast.ask_waiver().await.status, 303);
    let path = cast.at("direction", "");
    let seen = two.get(&path).await.hidden("seen");
    assert_eq!(one.fill_in(&path, "decision=refuse&reason=It+is+needed").await.status, 303);
    let late = two.post(&path, &format!("seen={seen}&{GRANT}")).await;
    assert!(
        late.status == 409
            && late.has("It is needed")
            && late.has("Nobody is paid twice")
            && late.has("happened to this placement"),
        "{}",
        late.body
    );
    assert_eq!(world.count("select count(*) from waiver where granted").await, 0);
}
