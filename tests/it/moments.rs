//! The whole journey, from an account to a certificate, at moments at which programs like to fail: the last day of
//! February in a leap year, the last day of a year, the night in which the clocks change, and years from now.

use crate::support::{APPROVAL, Cast, EVALUATION, World, world_on};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use uuid::Uuid;

#[sqlx::test]
async fn on_the_twenty_ninth_of_february(db: sqlx::PgPool) {
    journey(db, "2028-02-29T09:00:00Z").await;
}

#[sqlx::test]
async fn in_the_last_minute_of_a_year_in_geneva(db: sqlx::PgPool) {
    journey(db, "2026-12-31T22:59:30Z").await;
}

#[sqlx::test]
async fn in_the_hour_that_does_not_exist_in_geneva(db: sqlx::PgPool) {
    // clocks go from 2:00 to 3:00 at this moment
    journey(db, "2030-03-31T01:00:00Z").await;
}

#[sqlx::test]
async fn in_the_hour_that_comes_twice_in_geneva(db: sqlx::PgPool) {
    journey(db, "2027-10-31T00:30:00Z").await;
}

#[sqlx::test]
async fn ten_years_on(db: sqlx::PgPool) {
    journey(db, "2036-11-25T09:00:00Z").await;
}

/// A day as three fields of a form.
fn fields(name: &str, day: NaiveDate) -> String {
    format!("{name}_day={}&{name}_month={}&{name}_year={}", day.day(), day.month(), day.year())
}

async fn jobs(world: &World) {
    let db = Db::new(world.db.clone(), Zurich);
    stagiaire::jobs::once(&db, Clock::Stopped(world.now)).await;
    world.assert_whole().await;
}

/// Nine in the morning of a day.
async fn on(world: &World, day: NaiveDate) -> World {
    world.at(day.and_hms_opt(9, 0, 0).unwrap().and_utc()).await
}

async fn journey(db: sqlx::PgPool, at: &str) {
    let now: DateTime<Utc> = at.parse().unwrap();
    let world = world_on(db, "2026-11-25").await.at(now).await;
    let today = now.with_timezone(&Zurich).date_naive();
    // from the day after two months on, for six months
    let start = today + Months::new(2) + Days::new(1);
    let end = start + Months::new(6) - Days::new(1);
    let cast = released(&world, today, start, end).await;
    jobs(&world).await;

    cast.supervisor.done(&cast.at("supervision", "/approve"), APPROVAL).await;
    let answer = fields("answer", today + Days::new(7));
    cast.reviewer.done(&cast.at("placements", "/offer"), &answer).await;
    cast.candidate.done(&cast.at("offer", "/accept"), "agreed=true").await;
    papers(&world, &cast, start, end).await;
    assert_eq!(state(&world).await, "ready");
    jobs(&world).await;

    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let first = on(&world, start).await;
    cast.supervisor.of(&first).done(&cast.at("supervision", "/start"), &fields("first", start)).await;
    jobs(&first).await;
    let half = on(&world, start + TimeDelta::days((end - start).num_days() / 2 + 1)).await;
    cast.supervisor.of(&half).done(&cast.at("supervision", "/evaluate/mid_term"), EVALUATION).await;
    jobs(&half).await;
    let last = on(&world, end).await;
    let supervisor = cast.supervisor.of(&last);
    supervisor.done(&cast.at("supervision", "/evaluate/final"), EVALUATION).await;
    supervisor.done(&cast.at("supervision", "/complete"), "").await;
    jobs(&last).await;

    assert_eq!(state(&world).await, "completed");
    let code: String = sqlx::query_scalar("select code from certificate").fetch_one(&world.db).await.unwrap();
    let page = last.stranger().get(&format!("/verify/{code}")).await;
    for day in [start, end] {
        let words = day.format("%-d\u{a0}%B %Y").to_string();
        assert!(page.has(&words), "{words} is missing from {}", page.body);
    }
    for path in ["/application", &cast.at("internship", "")] {
        assert_eq!(cast.candidate.of(&last).get(path).await.status, 200, "{path}");
    }
}

/// Somebody who has graduated in the last months, proposed to an office.
async fn released(world: &World, today: NaiveDate, start: NaiveDate, end: NaiveDate) -> Cast<'_> {
    let reviewer = world.reviewer("en").await;
    let supervisor = world.supervisor("en", "geneva").await;
    let degree = fields("degree", today - Months::new(4));
    let studies = format!(
        "level=bachelor&state=awarded&institution=Lyon&country=FR&subject=Droit&started_day=&started_month=\
         &started_year=&final_year_day=&final_year_month=&final_year_year=&{degree}"
    );
    let born = fields("born", today - Months::new(12 * 24));
    let about = format!("given_names=Ana&family_names=Ruiz&{born}&nationality=CO&residence=FR");
    let dates = format!("{}&{}", fields("start", start), fields("end", end));
    let answers = [("education", &*studies), ("about", &about), ("dates", &dates)];
    let candidate = world.ready_candidate_but("en", &answers).await;
    let reply = candidate.release().await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let application: Uuid =
        sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    reviewer.claim(application).await;
    reviewer.done(&format!("/review/{application}/pool"), "reason=Transcript+seen").await;
    let form = format!("supervisor=geneva:{}&area=data&{dates}", supervisor.id);
    reviewer.done(&format!("/review/{application}/propose"), &form).await;
    let placement = sqlx::query_scalar("select id from placement").fetch_one(&world.db).await.unwrap();
    Cast { candidate, reviewer, supervisor, application, placement }
}

/// Everything that is due before the first day is sent and verified.
async fn papers(world: &World, cast: &Cast<'_>, start: NaiveDate, end: NaiveDate) {
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let texts = |name: &str, day: NaiveDate| {
        [("day", day.day() as i32), ("month", day.month() as i32), ("year", day.year())]
            .map(|(part, number)| (format!("{name}_{part}"), number.to_string()))
    };
    for kind in ["insurance", "medical_certificate", "vaccination_record", "passport", "agreement"] {
        let mut answers: Vec<(String, String)> = Vec::new();
        if kind == "insurance" {
            answers.extend(["medical", "evacuation", "repatriation"].map(|it| ("covers".into(), it.into())));
            answers.extend(texts("from", start));
        }
        if ["insurance", "passport"].contains(&kind) {
            answers.extend(texts("until", end + Months::new(6)));
        }
        let answers: Vec<(&str, &str)> =
            answers.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let reply = cast.show(kind, &answers).await;
        assert_eq!(reply.status, 303, "{kind}: {}", reply.body);
        let id = cast.shown(kind).await;
        let (who, path) = match kind {
            "medical_certificate" | "vaccination_record" => (&officer, format!("/medical/{id}")),
            _ => (&cast.reviewer, cast.at("placements", &format!("/documents/{id}"))),
        };
        who.done(&path, &format!("decision=verified&{}", fields("until", end))).await;
    }
}

async fn state(world: &World) -> String {
    sqlx::query_scalar("select state from placement").fetch_one(&world.db).await.unwrap()
}
