//! One predicate decides who may see an application: what one page hides, no list, count or search tells.
use crate::messages::say;
use crate::support::{Reader, WHOLE_POLICY, World, world_on};
use uuid::Uuid;

/// Every way in which the queue could tell of María, and the pages of her case.
async fn told(me: &Reader<'_>, id: Uuid) -> Vec<String> {
    let mut told = Vec::new();
    for list in [
        "",
        "q=quispe",
        "q=quipse",
        "q=%22maria+jose%22",
        "office=geneva",
        "country=pe",
        "sort=-name",
        "q=ST-2026-00001",
    ] {
        let page = me.get(&format!("/review?{list}")).await;
        if page.has("Quispe") || page.status == 303 {
            told.push(list.to_owned());
        }
        if page.has("<span class=\"n\">1</span>") {
            told.push(format!("{list}: counted"));
        }
    }
    for path in
        ["", "/messages", "/pool", "/decline", "/changes", "/unclaim", "/reopen", "/propose", "/conflict"]
    {
        let status = me.get(&format!("/review/{id}{path}")).await.status;
        if ![403, 404].contains(&status) {
            told.push(format!("{path}: {status}"));
        }
    }
    let claimed = me.post("/review/bulk", &format!("do=claim&pick={id}:1")).await;
    if claimed.has("Quispe") {
        told.push("bulk".into());
    }
    told
}

async fn keep_views(world: &World, me: &Reader<'_>) {
    let reply = me.post("/review/views", "name=Peru&query=country:pe&shared=true").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(world.count("select count(*) from review_view").await, 1);
}

#[sqlx::test]
async fn a_case_that_is_hidden_is_in_no_list_count_or_search(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (maria, me, colleague) =
        (world.candidate("es").await, world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    sqlx::query("update application set residence = 'PE'").execute(&world.db).await.unwrap();
    keep_views(&world, &me).await;
    assert!(told(&colleague, id).await.len() > 12, "the test looks where something is to be seen");
    sqlx::query("update application set version = version + 1, action = 'unclaim', state = 'released', reviewer_id = null")
        .execute(&world.db)
        .await
        .unwrap();

    // a conflict of interest
    let reply = me.post(&format!("/review/{id}/conflict"), "sure=true").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(told(&me, id).await, [] as [String; 0]);
    // their own
    sqlx::query("insert into person_role values ($1, 'hr_reviewer')")
        .bind(maria.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(told(&maria, id).await, [] as [String; 0]);
    // withdrawn
    assert!(!told(&colleague, id).await.is_empty());
    sqlx::query("update application set version = version + 1, action = 'withdraw', state = 'withdrawn'")
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(told(&colleague, id).await, [] as [String; 0]);
}

/// Where a placement and its papers could show.
async fn placement_told(me: &Reader<'_>, placement: Uuid) -> Vec<String> {
    let mut told = Vec::new();
    for list in [
        "/placements",
        "/placements?q=quispe",
        "/placements?state=accepted",
        "/placements/export/csv",
        "/review/home",
    ] {
        if me.get(list).await.has("Quispe") {
            told.push(list.to_owned());
        }
    }
    for path in ["", "/documents", "/offer", "/cancel", "/absences"] {
        let status = me.get(&format!("/placements/{placement}{path}")).await.status;
        if ![403, 404, 405].contains(&status) {
            told.push(format!("{path}: {status}"));
        }
    }
    told
}

#[sqlx::test]
async fn a_conflict_of_interest_closes_the_placement_with_the_case(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let colleague = world.reviewer("en").await;
    let told = placement_told(&colleague, cast.placement).await;
    assert!(told.len() >= 4, "the test looks where something is to be seen: {told:?}");

    for person in [&colleague, &cast.reviewer] {
        close(&world, person, &[cast.application]).await;
    }
    assert_eq!(placement_told(&colleague, cast.placement).await, [] as [String; 0]);
    assert_eq!(
        placement_told(&cast.reviewer, cast.placement).await,
        [] as [String; 0],
        "not even who proposed it"
    );
    assert!(
        !placement_told(&world.reviewer("en").await, cast.placement).await.is_empty(),
        "the others go on"
    );
}

#[sqlx::test]
async fn nobody_is_named_in_a_note_about_a_case_that_is_closed_to_them(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, ben) = (world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&world.candidate("es").await).await;
    sqlx::query("update person set given_names = 'Ben', family_names = 'Lacombe' where id = $1")
        .bind(ben.id)
        .execute(&world.db)
        .await
        .unwrap();
    close(&world, &ben, &[id]).await;
    let note = format!("form={}&note=%40ben+lacombe%2C+strong+match%3F", Uuid::now_v7());
    assert_eq!(
        me.post(&format!("/review/{id}/notes"), &note).await.status,
        422,
        "there is nobody of that name"
    );
    assert_eq!(world.count("select count(*) from review_note_mention").await, 0);
    assert!(world.letters().await.is_empty());
}

#[sqlx::test]
async fn no_letter_tells_of_a_case_to_whom_it_is_closed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    for is_closed in [false, true] {
        let cast = world.offered().await;
        if is_closed {
            close(&world, &cast.reviewer, &[cast.application]).await;
        }
        let letters = "select count(*) from outbox where recipient_id = $1";
        let count = async || {
            sqlx::query_scalar::<_, i64>(letters).bind(cast.reviewer.id).fetch_one(&world.db).await.unwrap()
        };
        let before = count().await;
        let reply = cast.candidate.fill_in(&cast.at("offer", "/accept"), "agreed=true").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(
            count().await - before,
            i64::from(!is_closed),
            "whoever made the offer hears of it, or may not"
        );
    }
}

/// Where somebody in the pool could show.
async fn pooled_told(me: &Reader<'_>) -> Vec<&'static str> {
    let mut told = Vec::new();
    for list in [
        "/placements/match?office=geneva&area=data&language=es&start_day=1&start_month=3&start_year=2027",
        "/placements/match/export/csv?office=geneva&area=data&language=es&start_day=1&start_month=3&start_year=2027",
        "/review/closing",
        "/review/closing/export/csv",
        "/review?state=pooled",
        "/review/export/csv?state=pooled",
    ] {
        if me.get(list).await.has("Quispe") {
            told.push(list);
        }
    }
    told
}

#[sqlx::test]
async fn a_case_that_is_closed_to_somebody_is_matched_with_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&world.candidate("en").await).await;
    me.pool(id).await;
    sqlx::query("update pool_entry set last_start = '2026-12-10'").execute(&world.db).await.unwrap();
    assert_eq!(pooled_told(&me).await.len(), 6, "{:?}", pooled_told(&me).await);

    assert_eq!(me.post(&format!("/review/{id}/conflict"), "sure=true").await.status, 303);

    assert_eq!(pooled_told(&me).await, [""; 0]);
    assert_eq!(pooled_told(&colleague).await.len(), 6, "the others go on");
}

#[sqlx::test]
async fn a_case_that_is_closed_to_somebody_is_in_no_workbook(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    world.insured(cast.placement, "2026-12-01", "2026-12-20").await;
    let me = &cast.reviewer;
    let waiting = world.application(&world.candidate("fr").await).await;
    let files =
        ["/review/export/xlsx", "/placements/export/xlsx?state=accepted", "/reports/insurance/export/xlsx"];
    let told = async || {
        let mut told = Vec::new();
        for file in files {
            if me.workbook(file).await.contains("Quispe") {
                told.push(file);
            }
        }
        told
    };
    assert_eq!(told().await, files);
    close(&world, me, &[cast.application, waiting]).await;
    assert_eq!(told().await, [""; 0]);
}

/// Closes cases to one person.
async fn close(world: &World, to: &Reader<'_>, cases: &[Uuid]) {
    sqlx::query("insert into conflict_of_interest select $1, unnest($2::uuid[]), now()")
        .bind(to.id)
        .bind(cases)
        .execute(&world.db)
        .await
        .unwrap();
}

#[sqlx::test]
async fn the_papers_interviews_and_messages_of_a_closed_case_do_not_open(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    assert_eq!(cast.show("insurance", &WHOLE_POLICY).await.status, 303);
    let paper = cast.shown("insurance").await;
    let (me, placement, case) = (&cast.reviewer, cast.placement, cast.application);
    let other = world.application(&world.candidate("fr").await).await;
    me.pool(other).await;
    let proposed = me.propose(other, &cast.supervisor).await;
    let doors = [
        format!("/placements/{placement}/documents"),
        format!("/placements/{placement}/documents/{paper}"),
        format!("/placements/{placement}/documents/{paper}/file"),
        format!("/placements/{placement}/letter.pdf"),
        format!("/placements/{placement}/absences"),
        format!("/placements/{placement}/absences/export/csv"),
        format!("/placements/{proposed}/interview"),
        format!("/review/{case}/messages"),
        format!("/review/{case}/record"),
        format!("/review/{case}/record/export/csv"),
    ];
    let open = async || {
        let mut open = Vec::new();
        for door in &doors {
            if me.get(door).await.status == 200 {
                open.push(door.as_str());
            }
        }
        open
    };
    assert_eq!(open().await, doors, "the test knocks where somebody opens");
    close(&world, me, &[case, other]).await;
    assert_eq!(open().await, [""; 0]);
}

#[sqlx::test]
async fn a_letter_that_has_not_left_when_a_case_is_closed_does_not_leave(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, me, ben) =
        (world.candidate("en").await, world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&ana).await;
    me.claim(id).await;
    assert_eq!(say(&ana, "/application/messages", "When may I come?").await.status, 303);
    let owed = "select count(*) from outbox o join person_role r on r.person_id = o.recipient_id
                where o.sent_at is null and r.role = 'hr_reviewer'";
    assert_eq!(world.count(owed).await, 1);
    assert_eq!(ben.post(&format!("/review/{id}/conflict"), "sure=true").await.status, 303);
    assert_eq!(world.count(owed).await, 1, "that of another stays");

    assert_eq!(me.post(&format!("/review/{id}/conflict"), "sure=true").await.status, 303);

    assert_eq!(world.count(owed).await, 0);
}

#[sqlx::test]
async fn a_letter_written_in_the_very_moment_in_which_a_case_is_closed_does_not_leave(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, me, ben) =
        (world.candidate("en").await, world.reviewer("en").await, world.reviewer("en").await);
    let id = world.application(&ana).await;
    world.deliver().await;
    let before = world.deliver().await.len();
    // whoever writes has not seen the conflict, and whoever declares it does not see what is written
    let mut writer = world.db.begin().await.unwrap();
    for reader in [me.id, ben.id] {
        sqlx::query(
            "insert into outbox (id, recipient_id, letter, about, created_at, next_attempt_at)
             values (gen_random_uuid(), $1, 'message_from_candidate', $2, $3, $3)",
        )
        .bind(reader)
        .bind(id)
        .bind(world.now)
        .execute(&mut *writer)
        .await
        .unwrap();
    }
    assert_eq!(me.post(&format!("/review/{id}/conflict"), "sure=true").await.status, 303);
    writer.commit().await.unwrap();
    assert_eq!(world.count("select count(*) from outbox where sent_at is null").await, 2, "both are owed");

    let left = world.deliver().await;

    let readers: Vec<&str> = left[before..].iter().map(|(reader, _)| reader.as_str()).collect();
    assert_eq!(readers, [format!("{}@example.org", ben.id)], "and one leaves");
    assert_eq!(
        world.count("select count(*) from outbox where sent_at is null").await,
        0,
        "the other is let go"
    );
}
