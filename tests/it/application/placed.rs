//! From the acceptance to the certificate, and where it does not come to that.

use crate::support::{Cast, EVALUATION, Reader, World, world_on};
use stagiaire::clock::Clock;
use stagiaire::db::Db;

async fn stay_signed_in(world: &World) {
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
}

/// The status page has all of `words`.
async fn assert_says(reader: &Reader<'_>, words: &[&str]) {
    let page = reader.get("/application").await;
    for words in words {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert!(!page.has("will write to you about the next steps"), "{}", page.body);
}

/// Every document is sent, and all but this one are accepted.
async fn sent_but_not_checked(world: &World, cast: &Cast<'_>, waits: &str) {
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.settle_all_but(waits, &officer).await;
}

#[sqlx::test]
async fn whoever_has_accepted_reads_what_to_send_by_when(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let list = format!("href=\"{}\"", cast.at("onboarding", ""));
    assert_says(
        &cast.candidate,
        &[
            "You are going to Geneva",
            "Documents to send",
            "Your first day is Monday 1\u{a0}February 2027",
            "<dd>Before 1\u{a0}February 2027</dd>",
            "<dd>You</dd>",
            &list,
            // the stops to come, with their days
            "<h3>Your first day</h3><p>1\u{a0}February 2027</p>",
            "<h3>Mid-term evaluation</h3><p>By 2\u{a0}May 2027</p>",
            "<h3>Your certificate</h3><p>After your last day</p>",
        ],
    )
    .await;
    stay_signed_in(&world).await;
    let late = world.later("2027-02-02").await;
    assert_says(
        &cast.candidate.of(&late),
        &["documents are still missing", "It was due by 1\u{a0}February 2027"],
    )
    .await;
}

#[sqlx::test]
async fn whoever_has_sent_everything_reads_who_checks_it_until_all_is_ready(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (one, other) = (world.accepted().await, world.accepted().await);
    sent_but_not_checked(&world, &one, "passport").await;
    sent_but_not_checked(&world, &other, "medical_certificate").await;
    assert_says(&one.candidate, &["Documents being checked", "<dd>Human Resources</dd>"]).await;
    assert_says(&other.candidate, &["Documents being checked", "<dd>The medical officer</dd>"]).await;

    let passport = one.at("placements", &format!("/documents/{}", one.shown("passport").await));
    one.reviewer.done(&passport, "decision=verified&until_day=31&until_month=7&until_year=2027").await;

    assert_says(
        &one.candidate,
        &[
            "Everything is ready for Geneva",
            "<dd>1\u{a0}February 2027</dd>",
            "You and your supervisor, Ana Beltrán",
            "Everything accepted for your first day",
        ],
    )
    .await;
    stay_signed_in(&world).await;
    let late = world.later("2027-02-01").await;
    assert_says(&one.candidate.of(&late), &["Confirmation of your first day"]).await;
}

#[sqlx::test]
async fn an_intern_at_work_reads_what_comes_next_up_to_the_certificate(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let at = |verb: &str| format!("/supervision/{id}{verb}");
    let work = world.later("2027-03-01").await;
    let door = format!("href=\"/internship/{id}\"");
    assert_says(
        &ines.of(&work),
        &[
            "Your internship in Geneva",
            "Under way",
            "By 2\u{a0}May 2027",
            "Your supervisor, Ana Beltrán",
            &door,
        ],
    )
    .await;

    let half = world.later("2027-05-03").await;
    assert_says(&ines.of(&half), &["It was due by 2\u{a0}May 2027"]).await;
    supervisor.of(&half).done(&at("/evaluate/mid_term"), EVALUATION).await;
    supervisor.of(&half).done(&at("/evaluate/mid_term"), &EVALUATION.replace("quick", "precise")).await;
    let page = ines.of(&half).get("/application").await;
    assert_eq!(page.body.matches("Mid-term evaluation written").count(), 1, "worded anew is written once");
    assert_says(&ines.of(&half), &["Final evaluation", "By 31\u{a0}July 2027"]).await;

    let longer = "end_day=31&end_month=8&end_year=2027&reason=The+survey+needs+another+month";
    supervisor.of(&half).done(&at("/extend"), longer).await;
    let answer = format!("href=\"/internship/{id}/extension\"");
    assert_says(&ines.of(&half), &["Would you like to stay longer?", &answer, "<dd>You</dd>"]).await;

    let last = world.later("2027-07-30").await;
    supervisor.of(&last).done(&at("/evaluate/final"), EVALUATION).await;
    supervisor.of(&last).done(&at("/complete"), "").await;
    let certificate = format!("href=\"/internship/{id}#certificate\"");
    assert_says(
        &ines.of(&last),
        &[
            "You have completed your internship in Geneva",
            &certificate,
            "Internship completed, with a certificate",
        ],
    )
    .await;
    let page = ines.of(&last).get("/application").await;
    assert!(!page.has("What comes next") && !page.has("class=\"node here\""), "{}", page.body);
}

#[sqlx::test]
async fn an_early_end_says_the_last_day_and_that_it_is_over(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let notice = world.later("2027-03-01").await;
    let form = "last_day=20&last_month=3&last_year=2027&reason=Moves+abroad";
    reviewer.of(&notice).done(&format!("/placements/{id}/end-early"), form).await;
    assert_says(
        &ines.of(&notice),
        &["ends early", "Saturday 20\u{a0}March 2027", "until 20\u{a0}March 2027"],
    )
    .await;
    let over = world.later("2027-03-21").await;
    assert_says(&ines.of(&over), &["has ended", "href=\"/application/messages\""]).await;
    assert!(!ines.of(&over).get("/application").await.has("Moves abroad"));
}

#[sqlx::test]
async fn whoever_did_not_come_is_told_kindly_in_their_language_and_where_to_write(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    stay_signed_in(&world).await;
    let later = world.later("2027-02-03").await;
    cast.reviewer.of(&later).done(&cast.at("placements", "/no-show"), "").await;
    for (lang, said) in [
        ("en", ["did not begin", "That can happen", "Write to Human Resources"]),
        ("fr", ["n’a pas commencé", "Cela peut arriver", "Écrire aux Ressources humaines"]),
        ("es", ["no empezó", "Puede ocurrir", "Escribir a Recursos Humanos"]),
    ] {
        sqlx::query("update person set lang = $1").bind(lang).execute(&world.db).await.unwrap();
        assert_says(&cast.candidate.of(&later), &said).await;
        assert_says(&cast.candidate.of(&later), &["href=\"/application/messages\""]).await;
    }
}

#[sqlx::test]
async fn a_placement_that_is_called_off_leads_back_into_the_pool_with_the_reason(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    cast.reviewer.done(&cast.at("placements", "/cancel"), "reason=The+unit+moves").await;
    let why = format!("href=\"{}\"", cast.at("offer", ""));
    assert_says(
        &cast.candidate,
        &["Your placement was called off: Geneva", "back in the pool until", &why, "Matching with an office"],
    )
    .await;
    assert!(cast.candidate.get(&cast.at("offer", "")).await.has("The unit moves"));
}

#[sqlx::test]
async fn a_reminder_does_not_hide_where_a_proposal_stands(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let application = world.application(&ines).await;
    reviewer.pool(application).await;
    reviewer.propose(application, &supervisor).await;
    stay_signed_in(&world).await;

    let later = world.later("2026-11-28").await;
    let db = Db::new(world.db.clone(), chrono_tz::Europe::Zurich);
    stagiaire::jobs::once(&db, Clock::Stopped(later.now)).await;

    assert_eq!(world.count("select count(*) from audit_event where action = 'chase'").await, 1);
    assert_says(&ines.of(&later), &["You have been proposed to Geneva"]).await;
}

#[sqlx::test]
async fn once_an_internship_is_over_another_can_be_asked_for(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    world.fill_profile(&cast.candidate, &[]).await;
    stay_signed_in(&world).await;
    let later = world.later("2027-02-03").await;
    let ines = cast.candidate.of(&later);
    ines.change("dates", "start_day=1&start_month=4&start_year=2027&end_day=30&end_month=6&end_year=2027")
        .await;

    // as long as it is agreed, there is no other
    let refused = ines.post("/profile/release", "truth=true&privacy=true&acknowledged=true").await;
    assert_eq!(refused.location.unwrap(), "/application");
    assert_eq!(later.count("select count(*) from application").await, 1);
    let early =
        sqlx::query("update application set over_since = now()").execute(&later.db).await.unwrap_err();
    assert!(early.to_string().contains("over once, and with its internship"), "{early}");

    cast.reviewer.of(&later).done(&cast.at("placements", "/no-show"), "").await;
    assert_says(&ines, &["href=\"/profile\">Apply for another internship"]).await;
    assert!(ines.get("/profile").await.has("href=\"/profile/release\""));
    let form = ines.release_form().await;
    for _ in 0..2 {
        let reply = ines.post("/profile/release", &form).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }

    assert_eq!(
        later.count("select count(*) from application where is_current and state = 'released'").await,
        1
    );
    assert_eq!(later.count("select count(*) from application where over_since is not null").await, 1);
    assert_says(&ines, &["released on 3\u{a0}February 2027"]).await;
    later.assert_whole().await;
}
