use crate::support::world_on;

#[sqlx::test]
async fn a_waiver_is_asked_for_once_and_no_offer_is_made_before_it_is_decided(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, director) = (world.approved_local().await, world.director("fr").await);
    let path = cast.at("placements", "/waiver");
    assert!(cast.reviewer.get(&cast.at("placements", "")).await.has(&path), "offered as a step");
    let empty = cast.reviewer.fill_in(&path, "reason=").await;
    assert!(empty.status == 422 && empty.has("Write why the allowance should be waived"));
    let form = format!("seen={}&reason=The+county+pays+her", empty.hidden("seen"));

    let (one, two) = tokio::join!(cast.reviewer.post(&path, &form), cast.reviewer.post(&path, &form));

    assert_eq!((one.status, two.status), (303, 303), "{}\n{}", one.body, two.body);
    assert_eq!(world.count("select count(*) from waiver").await, 1);
    assert_eq!(world.story().await.last().unwrap(), "request_waiver: approved -> approved, by hr_reviewer");
    assert_eq!(world.letters().await[3..], ["waiver_requested"]);
    assert!(director.get("/direction").await.has("5\u{a0}décembre 2026"), "due in ten days");
    let page = cast.reviewer.get(&cast.at("placements", "")).await;
    assert!(page.has("The county pays her") && page.has("To be decided by 5\u{a0}December 2026"));
    assert!(!page.has(&cast.at("placements", "/offer")), "not yet");
    let offer = "answer_day=2&answer_month=12&answer_year=2026";
    let refused = cast.reviewer.fill_in(&cast.at("placements", "/offer"), offer).await;
    assert!(refused.status == 422 && refused.has("not decided yet"), "{}", refused.body);
    let forced = sqlx::query(
        "update placement set version = version + 1, action = 'offer', state = 'offered' where id = $1",
    );
    let forced = forced.bind(cast.placement).execute(&world.db).await.unwrap_err();
    assert!(forced.to_string().contains("not decided yet"), "{forced}");
    let again = cast.ask_waiver().await;
    assert!(again.status == 422 && again.has("has been asked for and is not decided yet"), "{}", again.body);
}

#[sqlx::test]
async fn only_for_local_interns_and_only_if_somebody_can_decide(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (abroad, local) = (world.approved().await, world.approved_local().await);
    let nobody = local.ask_waiver().await;
    assert!(nobody.status == 422 && nobody.has("Nobody can decide") && nobody.has("The county pays her"));
    world.director("en").await;
    let refused = abroad.ask_waiver().await;
    assert!(refused.status == 422 && refused.has("The allowance of this intern cannot be waived"));
    let forced = sqlx::query(
        "insert into waiver (id, placement_id, reason, requested_by, requested_at, requested_on, due_on)
         values (gen_random_uuid(), $1, 'why', $2, now(), '2026-11-25', '2026-12-05')",
    );
    let forced = forced.bind(abroad.placement).bind(abroad.reviewer.id).execute(&world.db).await;
    assert!(forced.unwrap_err().to_string().contains("only for a local intern"));
    assert_eq!(world.count("select count(*) from waiver").await, 0);
}

#[sqlx::test]
async fn who_was_overtaken_is_told_so_and_a_cancelled_placement_waits_for_no_decision(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, director) = (world.approved_local().await, world.director("en").await);
    let seen = cast.reviewer.get(&cast.at("placements", "/waiver")).await.hidden("seen");
    let other = world.reviewer("en").await;
    assert_eq!(other.fill_in(&cast.at("placements", "/waiver"), "reason=Paid+by+others").await.status, 303);

    let form = format!("seen={seen}&reason=The+county+pays+her");
    let late = cast.reviewer.post(&cast.at("placements", "/waiver"), &form).await;

    assert!(
        late.status == 409 && late.has("The county pays her") && late.has("Paid by others"),
        "{}",
        late.body
    );
    assert_eq!(other.fill_in(&cast.at("placements", "/cancel"), "reason=Moved").await.status, 303);
    assert!(director.get("/direction").await.has("Nothing waits for you"));
    assert!(director.get(&cast.at("direction", "")).await.has("called off"));
}
