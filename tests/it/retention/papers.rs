use super::{due, hold, lift, swept};
use crate::support::{Cast, World, world_on};
use sqlx::PgPool;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::erasure;

/// An internship for which everything was shown and accepted, from the first of February to the end of July 2027.
async fn ready(world: &World) -> Cast<'_> {
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let cast = world.accepted().await;
    cast.settle_all_but("", &officer).await;
    cast
}

/// The papers whose files are there, in the order of the alphabet.
async fn there(world: &World) -> Vec<String> {
    let kept = "select d.kind from onboarding_document d join file_key k on k.file_id = d.id
        where d.removed_at is null and d.file_name <> '—' order by 1";
    sqlx::query_scalar(kept).fetch_all(&world.db).await.unwrap()
}

const ALL: [&str; 5] = ["agreement", "insurance", "medical_certificate", "passport", "vaccination_record"];

#[sqlx::test]
async fn medical_files_go_ninety_days_after_the_last_day(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = ready(&world).await;
    // the candidate's session is not swept either
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let files = world.stored().len();
    let day_before = world.later("2027-10-29").await;
    assert_eq!(due(&day_before, "medical_files").await, (0, 0, 0));
    swept(&day_before).await;
    assert_eq!(there(&world).await, ALL, "a day is left");

    let that_day = world.later("2027-10-30").await;
    for _ in 0..2 {
        assert_eq!(due(&that_day, "medical_files").await, (2, 0, 0), "a dry run removes nothing");
    }
    assert_eq!(there(&world).await, ALL);
    swept(&that_day).await;
    assert_eq!(there(&world).await, ["agreement", "insurance", "passport"]);
    assert_eq!(due(&that_day, "medical_files").await, (0, 0, 0));
    let verdicts = "select count(*) from onboarding_document where medical and state = 'verified'
        and valid_until is not null = (kind = 'medical_certificate') and decided_by is not null";
    assert_eq!(world.count(verdicts).await, 2, "that they were fit, and until when, stays");
    let told =
        world.story().await.into_iter().filter(|line| *line == "remove_medical_files, by system").count();
    assert_eq!(told, 1, "two servers, once");
    that_day.assert_whole().await;

    let server = Db::new(world.db.clone(), chrono_tz::Europe::Zurich);
    erasure::once(&server, Clock::Stopped(that_day.now), &world.files().await).await.unwrap();
    assert_eq!(world.stored().len(), files - 2);

    let certificate = cast.shown("medical_certificate").await;
    let officer = that_day.sign_in("en", &["medical_officer"]).await;
    let page = officer.get(&format!("/medical/{certificate}")).await;
    assert!(page.has("deleted: it is no longer needed") && !page.has("/file\""), "{}", page.body);
    assert!(!page.has("Your decision"), "{}", page.body);
    let gone = officer.get(&format!("/medical/{certificate}/file")).await;
    assert!(gone.status == 410 && gone.has("This file is no longer kept"), "{}", gone.body);
    let ines = cast.candidate.of(&that_day);
    let mine = ines.get(&cast.at("onboarding", "")).await;
    assert!(mine.has("deleted: it is no longer needed") && mine.has("passport.pdf"), "{}", mine.body);
    let file = cast.at("onboarding", &format!("/documents/{certificate}"));
    assert_eq!(ines.get(&file).await.status, 410);
}

#[sqlx::test]
async fn passports_and_policies_go_a_year_after_the_last_day_and_the_agreement_stays(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    ready(&world).await;
    let day_before = world.later("2028-07-30").await;
    assert_eq!(due(&day_before, "papers").await, (0, 0, 0));
    swept(&day_before).await;
    assert_eq!(there(&world).await, ["agreement", "insurance", "passport"]);
    let that_day = world.later("2028-07-31").await;
    assert_eq!(due(&that_day, "papers").await, (2, 0, 0));
    swept(&that_day).await;
    assert_eq!(there(&world).await, ["agreement"]);
    let told = world.story().await.into_iter().filter(|line| *line == "remove_papers, by system").count();
    assert_eq!(told, 1);
    that_day.assert_whole().await;
    assert_eq!(due(&world.later("2037-07-31").await, "papers").await, (0, 0, 0));
}

#[sqlx::test]
async fn papers_of_what_was_called_off_go_by_that_day(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    cast.show("vaccination_record", &[]).await;
    let certificate = cast.shown("medical_certificate").await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let returned = "decision=returned&reason=Page+two+of+Ines+is+missing";
    assert_eq!(officer.fill_in(&format!("/medical/{certificate}"), returned).await.status, 303);
    let cancelled =
        cast.reviewer.fill_in(&cast.at("placements", "/cancel"), "reason=The+office+closes").await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.body);

    let day_before = world.later("2027-02-23").await;
    swept(&day_before).await;
    assert_eq!(there(&world).await, ["medical_certificate", "vaccination_record"]);
    let that_day = world.later("2027-02-24").await;
    assert_eq!(due(&that_day, "medical_files").await, (2, 0, 0));
    swept(&that_day).await;
    assert_eq!(there(&world).await, Vec::<String>::new());
    let words = "select count(*) from onboarding_document where reason like '%Ines%' or file_name <> '—'";
    assert_eq!(world.count(words).await, 0, "what was written about it goes along");
    assert_eq!(world.count("select count(*) from onboarding_document where state = 'returned'").await, 1);
    that_day.assert_whole().await;
}

#[sqlx::test]
async fn a_legal_hold_on_the_intern_keeps_the_papers(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = ready(&world).await;
    let later = world.later("2029-01-01").await;
    hold(&later, &cast.candidate).await;
    assert_eq!(due(&later, "medical_files").await, (0, 2, 0));
    assert_eq!(due(&later, "papers").await, (0, 2, 0));
    swept(&later).await;
    assert_eq!(there(&world).await, ALL);
    lift(&later, &cast.candidate).await;
    swept(&later).await;
    assert_eq!(there(&world).await, ["agreement"]);
}

#[sqlx::test]
async fn a_hold_placed_this_very_moment_keeps_them_too(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    ready(&world).await;
    let later = world.later("2027-12-01").await;
    let placed = "insert into legal_hold (id, person_id, until_day, reason, placed_by, placed_at)
        select gen_random_uuid(), candidate_id, '2030-01-01', 'Case 7', candidate_id, '2027-12-01' from application";
    later.meanwhile(placed, swept(&later)).await;
    swept(&later).await;
    assert_eq!((there(&world).await.len(), due(&later, "medical_files").await), (5, (0, 2, 0)));
}

#[sqlx::test]
async fn an_intern_who_stays_longer_keeps_their_papers_longer(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    ready(&world).await;
    sqlx::query("update placement set ends_on = '2027-08-31'").execute(&world.db).await.unwrap();
    world.tampered();
    assert_eq!(due(&world.later("2027-11-29").await, "medical_files").await, (0, 0, 0));
    assert_eq!(due(&world.later("2027-11-30").await, "medical_files").await, (2, 0, 0));
}
