//! Proving once more who one is, before something grave.

use crate::openings::DATA;
use crate::support::{PASSWORD, World, world_on, world_with_passkeys};

/// Everybody signed in an hour ago, and has been at work since.
async fn an_hour_ago(world: &World) {
    let sql = "update session set created_at = $1 - interval '1 hour', proved_at = null, last_seen_at = $1";
    sqlx::query(sql).bind(world.now).execute(&world.db).await.unwrap();
}

fn password() -> String {
    format!("current_password={}", PASSWORD.replace(' ', "+"))
}

#[sqlx::test]
async fn what_is_grave_asks_who_it_is_and_goes_on_where_it_was(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let ana = world.with_password(world.sign_in("en", &["administrator"]).await).await;
    let joy = world.reviewer("en").await;
    let (person, export) = (format!("/administration/people/{}", joy.id), "/record/export/csv");
    assert_eq!(ana.get(export).await.status, 200, "a sign-in is proof enough for a while");

    an_hour_ago(&world).await;
    assert_eq!(ana.get("/record").await.status, 200, "reading goes on");
    let asked = ana.get(export).await;
    assert_eq!(
        (asked.status, asked.location.as_deref()),
        (303, Some("/account/again?next=/record/export/csv"))
    );
    let page = ana.get("/account/again?next=/record/export/csv").await;
    assert!(
        page.status == 200 && page.has("Is it still you?") && page.hidden("next") == export,
        "{}",
        page.body
    );
    assert!(!page.has("one-time-code"), "she has no second factor");

    for wrong in ["", "current_password=wrong"] {
        let reply = ana.post("/account/again", &format!("{wrong}&next=/record/export/csv")).await;
        assert!(reply.status == 422 && reply.hidden("next") == export, "{}", reply.body);
    }
    assert_eq!(ana.get(export).await.status, 303);
    let elsewhere = ana.post("/account/again", &format!("{}&next=//evil.example", password())).await;
    assert_eq!(elsewhere.location.as_deref(), Some("/"), "nobody is sent to another site");
    an_hour_ago(&world).await;
    let reply = ana.post("/account/again", &format!("{}&next=/record/export/csv", password())).await;
    assert_eq!(reply.location.as_deref(), Some(export), "{}", reply.body);
    assert_eq!(ana.get(export).await.status, 200);
    assert_eq!(world.story().await.last().unwrap(), "export_record, by administrator");

    // a form that was typed slowly is kept, and found again
    an_hour_ago(&world).await;
    let form = ana.get(&person).await.hidden("seen");
    let kept = ana.post(&person, &format!("seen={form}&role=hr_reviewer&role=hr_director")).await;
    assert_eq!(kept.location.as_deref(), Some("/account/again?next=/kept"), "{}", kept.body);
    let ana = ana.with_cookies(&kept);
    assert_eq!(world.count("select count(*) from person_role where role = 'hr_director'").await, 0);
    let reply = ana.post("/account/again", &format!("{}&next=/kept", password())).await;
    assert_eq!(reply.location.as_deref(), Some("/kept"));
    let found = ana.get("/kept").await;
    assert!(found.status == 200 && found.has(&person), "{}", found.body);
}

#[sqlx::test]
async fn whoever_has_a_second_factor_proves_both(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let doctor = world.with_password(world.sign_in("fr", &["medical_officer"]).await).await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    let file = format!("/medical/{}/file", cast.shown("medical_certificate").await);
    let (key, codes) = world.set_up_factor(&doctor).await;
    an_hour_ago(&world).await;
    assert!(doctor.get(&file).await.location.unwrap().starts_with("/account/again?next=/medical/"));
    assert!(doctor.get("/account/again").await.has("one-time-code"));
    let used = world.code_of(&key);
    for code in ["", "000000", &used] {
        let form = format!("{}&code={code}&next={file}", password());
        assert_eq!(doctor.post("/account/again", &form).await.status, 422, "{code}");
    }
    let form = format!("{}&code={}&next={file}", password(), codes[0].replace(' ', "+"));
    assert_eq!(doctor.post("/account/again", &form).await.location.as_deref(), Some(file.as_str()));
    assert_eq!(doctor.get(&file).await.status, 200);
}

#[sqlx::test]
async fn it_is_asked_for_waivers_exports_medical_files_and_rights(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (cast, director) = (world.approved_local().await, world.director("en").await);
    assert_eq!(cast.ask_waiver().await.status, 303);
    let waiver = cast.at("direction", "");
    let (reviewer, ana) = (world.reviewer("en").await, world.sign_in("en", &["administrator"]).await);
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let matches = format!("/review/openings/{}/match/export/csv", reviewer.announce(DATA).await);
    let record = format!("/review/{}/record/export/xlsx", cast.application);
    let exports = [
        "/review/export/csv",
        "/review/duplicates/export/csv",
        "/review/decisions/export/csv",
        "/review/openings/export/csv",
        "/review/closing/export/csv",
        "/placements/export/csv",
        "/reports/insurance/export/xlsx",
        "/placements/under-way/export/csv",
        &matches,
        &record,
    ];
    let people = [
        (
            &director,
            vec![
                waiver.as_str(),
                "/direction/export/csv",
                "/direction/decided/export/csv",
                "/reports/insurance/export/csv",
            ],
        ),
        (&reviewer, exports.to_vec()),
        (
            &cast.supervisor,
            vec![
                "/supervision/export/csv",
                "/supervision/decided/export/csv",
                "/supervision/interns/export/csv",
            ],
        ),
        (&officer, vec!["/medical/export/csv"]),
        (
            &ana,
            vec![
                "/record/export/csv",
                "/administration/people/invite",
                "/administration/export/people/csv",
                "/administration/export/offices/xlsx",
                "/administration/export/workload/csv",
                "/administration/export/retention/csv",
            ],
        ),
    ];
    for (reader, paths) in people {
        for path in paths {
            assert_eq!(reader.get(path).await.status, 200, "{path}");
            an_hour_ago(&world).await;
            let asked = reader.get(path).await.location;
            assert_eq!(asked, Some(format!("/account/again?next={path}")));
            sqlx::query("update session set proved_at = $1")
                .bind(world.now)
                .execute(&world.db)
                .await
                .unwrap();
        }
    }
}

#[sqlx::test]
async fn how_somebody_signs_in_changes_only_after_both_factors(db: sqlx::PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let pages = ["/account/email", "/account/password", "/account/second-factor/passkeys"];
    let ines = world.with_password(world.candidate("en").await).await;
    an_hour_ago(&world).await;
    for page in pages {
        assert_eq!(
            ines.get(page).await.status,
            200,
            "{page}: the password is the only factor, and asked for there"
        );
    }

    let (_, codes) = world.set_up_factor(&ines).await;
    an_hour_ago(&world).await;
    for page in pages {
        let first = Some(format!("/account/again?next={page}"));
        assert_eq!(ines.get(page).await.location, first, "{page}");
        let sent = ines.post(page, &format!("{}&name=Phone&email=ines%40example.net", password())).await;
        assert!(sent.location.unwrap().starts_with("/account/again?next="), "{page}: by a form neither");
    }
    let begun = ines.post("/account/second-factor", &password()).await;
    assert!(begun.location.unwrap().starts_with("/account/again?next="), "another app");

    let form = format!("{}&code={}&next={}", password(), codes[0].replace(' ', "+"), pages[2]);
    assert_eq!(ines.post("/account/again", &form).await.location.as_deref(), Some(pages[2]));
    assert_eq!(ines.get(pages[2]).await.status, 200);
}
