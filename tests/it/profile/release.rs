use crate::support::{PDF, world_on};

#[sqlx::test]
async fn a_whole_profile_is_released_with_everything_it_says(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let page = ines.get("/profile/release").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.has("Inés Carvajal Ríos")
            && page.has("href=\"/profile/education\"")
            && page.has("href=\"/privacy\"")
    );
    assert!(!page.has("name=\"acknowledged\""), "not asked of somebody eligible");
    let reply = ines.release().await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/application")), "{}", reply.body);
    assert_eq!(world.story().await.last().unwrap(), "release: new -> released, by candidate");
    assert_eq!(world.letters().await, ["released"]);
    let row: (String, String, String, Vec<String>, Vec<String>, i16) =
        sqlx::query_as("select reference, name, search_key, tracks, languages, months from application")
            .fetch_one(&world.db)
            .await
            .unwrap();
    assert_eq!((row.0.as_str(), row.1.as_str()), ("ST-2026-00001", "Inés Carvajal Ríos"));
    assert_eq!(row.2, " ines carvajal rios universite de lyon droit spanish espagnol espanol");
    assert_eq!((row.3, row.4, row.5), (vec!["recent_graduate".to_owned()], vec!["es".to_owned()], 6));
    let privacy: (String, bool) = sqlx::query_as(
        "select privacy_version, profile->'about'->>'family_names' = 'Carvajal Ríos' from snapshot where number = 1",
    )
    .fetch_one(&world.db)
    .await
    .unwrap();
    assert_eq!(privacy, (stagiaire::consents::NOTICE.to_owned(), true));
    assert_eq!(world.count("select count(*) from snapshot_document").await, 2);
    assert!(ines.get("/application").await.has("ST-2026-00001"));
}

#[sqlx::test]
async fn what_is_missing_is_linked_and_there_is_no_button(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("es").await;
    let page = ines.get("/profile/release").await;
    assert_eq!(page.status, 200);
    assert!(
        page.has("href=\"/profile/documents\"") && page.has("Por subir: CV") && !page.has("name=\"seen\"")
    );
    let reply = ines.post("/profile/release", "seen=1-eligible&truth=true&privacy=true").await;
    assert_eq!(reply.status, 409);
    assert_eq!(world.count("select count(*) from application").await, 0);
}

#[sqlx::test]
async fn every_box_is_asked_for_beside_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let seen = ines.get("/profile/release").await.hidden("seen");
    let reply = ines.post("/profile/release", &format!("seen={seen}&case=&truth=true")).await;
    assert_eq!(reply.status, 422);
    assert!(reply.has("href=\"#privacy\"") && reply.has("id=\"privacy-e\"") && !reply.has("id=\"truth-e\""));
    assert!(reply.has("name=\"truth\" value=\"true\" checked"), "still ticked");
}

#[sqlx::test]
async fn nothing_is_released_that_was_not_seen(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let form = ines.release_form().await;
    ines.change("wishes", "areas=migration_law&anywhere=true").await;
    let reply = ines.post("/profile/release", &form).await;
    assert_eq!(reply.status, 409);
    assert!(reply.has("Any duty station"), "the page shows what is new");
    assert!(reply.has("has changed since you opened this page") && reply.has("id=\"seen\""));
    assert!(reply.has("name=\"privacy\" value=\"true\" checked"), "still ticked");
    let form = ines.release_form().await;
    world.document_of(&ines, "university_letter").await;
    assert_eq!(ines.post("/profile/release", &form).await.status, 409, "a document counts, too");
    assert_eq!(world.count("select count(*) from application").await, 0);
    assert_eq!(ines.release().await.status, 303);
}

#[sqlx::test]
async fn twice_is_once_from_one_tab_or_two(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let form = ines.release_form().await;
    let (one, two) = tokio::join!(ines.post("/profile/release", &form), ines.post("/profile/release", &form));
    assert_eq!((one.status, two.status), (303, 303), "{}{}", one.body, two.body);
    assert_eq!(ines.post("/profile/release", &form).await.status, 303);
    assert_eq!(world.count("select count(*) from snapshot").await, 1);
    assert_eq!(world.letters().await, ["released"]);
    assert!(ines.get("/profile/release").await.has("You have changed nothing since you released it"));
}

#[sqlx::test]
async fn a_second_version_keeps_the_place_and_tells_the_reviewer(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    ines.change("wishes", "areas=migration_law&offices=nairobi").await;
    let form = ines.release_form().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let reviewer = world.reviewer("en").await;
    let claimed = reviewer.post(&format!("/review/{id}/claim"), "seen=1").await;
    assert_eq!(claimed.status, 303, "{}", claimed.body);
    let overtaken = ines.post("/profile/release", &form).await;
    assert_eq!(overtaken.status, 409);
    assert!(overtaken.has("Something happened to your application"));
    assert_eq!(ines.release().await.status, 303);
    assert_eq!(world.story().await.last().unwrap(), "re_release: in_review -> in_review, by candidate");
    assert!(world.letters().await.contains(&"newer_version".to_owned()));
    let row: (i32, Vec<String>) =
        sqlx::query_as("select latest, offices from application").fetch_one(&world.db).await.unwrap();
    assert_eq!(row, (2, vec!["nairobi".to_owned()]));
    assert!(ines.get("/application/version/1").await.has("newer version"));
}

#[sqlx::test]
async fn a_rule_that_is_not_met_is_no_obstacle_once_it_was_read(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    ines.change(
        "about",
        "given_names=&family_names=Carvajal&born_day=14&born_month=3&born_year=1980&nationality=CO&residence=FR",
    )
    .await;
    let page = ines.get("/profile/release").await;
    assert!(page.has("A rule is not met, whatever the dates") && page.has("name=\"acknowledged\""));
    let form = ines.release_form().await;
    let unread = ines.post("/profile/release", &form.replace("acknowledged=true&", "")).await;
    assert_eq!(unread.status, 422);
    assert!(unread.has("href=\"#acknowledged\""));
    assert_eq!(ines.post("/profile/release", &form).await.status, 303);
    assert_eq!(world.count("select count(*) from snapshot where acknowledged").await, 1);
    assert_eq!(world.count("select count(*) from application where verdict = 'not_eligible'").await, 1);
}

#[sqlx::test]
async fn an_answer_to_requested_changes_goes_back_to_the_same_reviewer(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    world.tampered();
    let ines = world.ready_candidate("fr").await;
    ines.release().await;
    let reviewer = world.reviewer("fr").await;
    for (action, state) in [("claim", "in_review"), ("request_changes", "changes_requested")] {
        sqlx::query(
            "update application set version = version + 1, action = $1, state = $2, reviewer_id = $3",
        )
        .bind(action)
        .bind(state)
        .bind(reviewer.id)
        .execute(&world.db)
        .await
        .unwrap();
    }
    // "it is as I said" is an answer, too: nothing changed, and it is the reviewer's turn again
    let form = ines.release_form().await;
    for _ in 0..2 {
        assert_eq!(ines.post("/profile/release", &form).await.status, 303);
    }
    assert_eq!(
        world.story().await.last().unwrap(),
        "re_release: changes_requested -> released, by candidate"
    );
    assert_eq!(world.count("select count(*) from snapshot").await, 2);
    let kept: bool = sqlx::query_scalar("select reviewer_id = $1 from application")
        .bind(reviewer.id)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert!(kept && world.letters().await.contains(&"newer_version".to_owned()));
}

#[sqlx::test]
async fn an_old_tab_does_not_undo_that_it_was_taken_back(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let form = ines.release_form().await;
    ines.post("/profile/release", &form).await;
    assert_eq!(ines.post("/application/withdraw", "seen=1&why=").await.status, 303);
    assert_eq!(ines.post("/profile/release", &form).await.status, 409);
    assert_eq!(ines.release().await.status, 303, "but a new decision counts");
    assert_eq!(world.count("select count(*) from application where is_open").await, 1);
    assert_eq!(world.count("select count(*) from application").await, 2);
}

#[sqlx::test]
async fn an_application_reopened_this_very_moment_is_no_fault_of_ours(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    world.tampered();
    let ines = world.ready_candidate("en").await;
    ines.release().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let reviewer = world.reviewer("en").await;
    reviewer.claim(id).await;
    let declined = "why=no_matching_place&message=Sorry+to+say.";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/decline"), declined).await.status, 303);
    let form = ines.release_form().await;

    let reopened = "update application set version = version + 1, action = 'reopen', state = 'in_review'";
    let reply = world.meanwhile(reopened, ines.post("/profile/release", &form)).await;

    assert_eq!(reply.status, 409, "{}", reply.body);
    assert_eq!(world.count("select count(*) from application").await, 1);
}

#[sqlx::test]
async fn a_document_removed_in_another_tab_is_not_released_without(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    let kind = [("kind", "university_letter")];
    assert_eq!(ines.upload("/profile/documents", &kind, "letter.pdf", PDF).await.status, 303);
    let form = ines.release_form().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from document where kind = 'university_letter'")
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!(ines.post(&format!("/profile/documents/{id}/remove"), "").await.status, 303);

    assert_eq!(ines.post("/profile/release", &form).await.status, 409);
    assert_eq!(world.count("select count(*) from snapshot").await, 0);
    assert_eq!(ines.release().await.status, 303);
}

#[sqlx::test]
async fn a_further_version_shows_what_has_changed_since_the_last(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.ready_candidate("en").await;
    assert!(!ines.get("/profile/release").await.has("What has changed"), "there is no other version");
    ines.release().await;
    ines.change("wishes", "areas=migration_law&offices=nairobi").await;
    ines.change("languages", "language=es&mother=yes&listening=&reading=&speaking=&writing=&language=fr&mother=yes&listening=&reading=&speaking=&writing=").await;
    world.document_of(&ines, "university_letter").await;

    let page = ines.get("/profile/release").await;

    assert!(page.has("What has changed since version 1"), "{}", page.body);
    for words in [
        "<b>Before:</b> Geneva",
        "<b>Now:</b> Nairobi",
        "<b>Added:</b> Mother tongue",
        "<b>Added:</b> university_letter.pdf",
    ] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    ines.release().await;
    let version = ines.get("/application/version/2").await;
    assert!(version.has("What has changed since version 1") && version.has("<b>Before:</b> Geneva"));
    assert!(!ines.get("/application/version/1").await.has("What has changed"));
    let id: uuid::Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    let read = world.reviewer("fr").await.get(&format!("/review/{id}")).await;
    assert!(read.has("Modifié depuis la version 1") && read.has("Où cette personne souhaite travailler"));
}
