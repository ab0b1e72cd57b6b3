//! An interview before the offer, on two clocks.

use crate::hostile::encoded;
use crate::spoilt::{some, spoilt_text};
use crate::support::{Cast, Reader, Reply, World, world_on};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;

const TWO_TIMES: &str = "on1_day=1&on1_month=12&on1_year=2026&at1=14:30&on2_day=2&on2_month=12&on2_year=2026&at2=10:00\
                         &minutes=30&meeting=Room+4&zone=Europe/Zurich";
const FIRST: &str = "time=2026-12-01T13:30:00%2B00:00";

async fn propose(cast: &Cast<'_>) {
    let reply = cast.supervisor.fill_in(&cast.at("supervision", "/interview"), TWO_TIMES).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
}

async fn choose(cast: &Cast<'_>, answer: &str) -> Reply {
    cast.candidate.fill_in(&cast.at("interview", ""), answer).await
}

async fn calendar(reader: &Reader<'_>, path: &str) -> String {
    let reply = reader.get(path).await;
    assert_eq!(reply.status, 200, "{path}");
    reply.body
}

async fn work(world: &World, day: &str) {
    let later = world.later(day).await;
    jobs(&later).await;
}

async fn jobs(world: &World) {
    let db = Db::new(world.db.clone(), Zurich);
    let clock = Clock::Stopped(world.now);
    tokio::join!(stagiaire::jobs::once(&db, clock), stagiaire::jobs::once(&db, clock));
}

#[sqlx::test]
async fn both_sides_read_the_time_on_their_own_clock(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let (desk, mine) = (cast.at("supervision", "/interview"), cast.at("interview", ""));
    assert_eq!(cast.candidate.get(&mine).await.status, 404, "nothing is proposed");
    let told = world.letters().await.len();
    let form = format!("seen=0&{TWO_TIMES}");
    let (one, two) = tokio::join!(cast.supervisor.post(&desk, &form), cast.supervisor.post(&desk, &form));
    assert_eq!((one.status, two.status), (303, 303), "pressed twice");

    assert!(cast.candidate.get("/application").await.has(&mine));
    let page = cast.candidate.get(&mine).await;
    for words in [
        "1\u{a0}December 2026, 08:30\u{a0}-05 (Lima)",
        "For the supervisor: 1\u{a0}December 2026, 14:30\u{a0}CET (Zurich)",
        "Room 4",
    ] {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    let reply = cast.candidate.post(&format!("{mine}/zone"), "zone=Asia/Tokyo").await;
    assert_eq!(reply.status, 303);
    assert!(cast.candidate.get(&mine).await.has("22:30\u{a0}JST (Tokyo)"), "kept");
    for _ in 0..2 {
        assert_eq!(choose(&cast, FIRST).await.status, 303);
    }

    let page = cast.supervisor.get(&desk).await;
    assert!(page.has("Agreed") && page.has("1\u{a0}December 2026, 22:30\u{a0}JST (Tokyo)"), "{}", page.body);
    assert!(!page.has("March 2002") && !page.has("Peru"), "neither age nor nationality");
    assert_eq!(world.letters().await[told..], ["interview_proposed", "interview_chosen"]);
    let other = world.supervisor("en", "geneva").await;
    assert_eq!(other.get(&desk).await.status, 404);
    assert_eq!(world.candidate("en").await.get(&mine).await.status, 404);
}

#[sqlx::test]
async fn a_calendar_follows_an_interview_that_moves_and_is_called_off(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let desk = cast.at("supervision", "/interview");
    propose(&cast).await;
    choose(&cast, FIRST).await;
    let path = format!("{}/interview.ics", cast.at("interview", ""));
    let first = calendar(&cast.candidate, &path).await;
    let uid = format!("UID:interview-{}@stagiaire", cast.placement);
    for line in ["METHOD:PUBLISH", "SEQUENCE:2", "DTSTART:20261201T133000Z", "DTEND:20261201T140000Z", &uid] {
        assert!(first.contains(line), "{line} is missing from {first}");
    }

    propose(&cast).await; // moved: chosen anew
    assert_eq!(cast.candidate.get(&path).await.status, 404);
    let late = cast.candidate.post(&cast.at("interview", ""), &format!("seen=2&{FIRST}")).await;
    assert_eq!((late.status, late.has("was changed meanwhile")), (409, true));
    choose(&cast, "time=2026-12-02T09:00:00%2B00:00").await;
    let moved = calendar(&cast.supervisor, &format!("{desk}/interview.ics")).await;
    assert!(
        moved.contains("SEQUENCE:4") && moved.contains("DTSTART:20261202T090000Z") && moved.contains(&uid)
    );

    let told = world.letters().await.len();
    for _ in 0..2 {
        assert_eq!(
            cast.reviewer.post(&cast.at("placements", "/interview/call-off"), "seen=4").await.status,
            303
        );
    }
    let off = calendar(&cast.candidate, &path).await;
    assert!(off.contains("METHOD:CANCEL") && off.contains("STATUS:CANCELLED") && off.contains("SEQUENCE:5"));
    assert_eq!(world.letters().await[told..], ["interview_cancelled", "interview_off"]);
    let late = cast.candidate.post(&cast.at("interview", ""), &format!("seen=5&{FIRST}")).await;
    assert_eq!(late.status, 409, "too late, and said so");
}

#[sqlx::test]
async fn a_form_that_cannot_be_comes_back_as_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let desk = cast.at("supervision", "/interview");
    let on = |day: &str, time: &str| {
        let [year, month, day] = day.split('-').collect::<Vec<_>>()[..] else { panic!("{day}") };
        format!(
            "on1_day={day}&on1_month={month}&on1_year={year}&at1={time}&minutes=30&meeting=Room+4&zone=Europe/Zurich"
        )
    };
    for (form, words) in [
        (on("2027-03-28", "02:30"), "this time does not exist"),
        (on("2026-11-24", "10:00"), "must be still to come"),
        (on("2027-03-01", "10:00"), "must be within 60 days"),
        (on("2026-12-01", "ten"), "Enter a time of day"),
        (on("2026-12-01", "10:00").replace("minutes=30", "minutes=0"), "from 10 to 180"),
        ("minutes=30&meeting=Room+4&zone=Europe/Zurich".to_owned(), "Propose at least one time"),
    ] {
        let reply = cast.supervisor.fill_in(&desk, &form).await;
        assert_eq!(reply.status, 422, "{form}");
        assert!(reply.has(words) && reply.has("Room 4"), "{words} is missing from {}", reply.body);
    }
    assert_eq!(world.count("select count(*) from interview").await, 0);
}

#[sqlx::test]
async fn none_suits_and_the_day_before_and_no_longer_needed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    propose(&cast).await;
    assert_eq!(choose(&cast, "time=none").await.status, 303);
    assert!(
        cast.supervisor.get(&cast.at("supervision", "/interview")).await.has("None of these times suits")
    );
    assert!(cast.supervisor.get("/supervision/home").await.has("Other times to propose"));
    assert_eq!(choose(&cast, FIRST).await.status, 303, "on second thoughts");

    let told = world.letters().await.len();
    work(&world, "2026-11-29").await;
    assert_eq!(world.letters().await.len(), told, "two days before");
    work(&world, "2026-11-30").await;
    work(&world, "2026-11-30").await;
    let mut letters = world.letters().await[told..].to_vec();
    letters.sort();
    assert_eq!(letters, ["interview_reminder", "interview_to_hold"], "once");

    let reply = cast.reviewer.fill_in(&cast.at("placements", "/cancel"), "reason=No+funds").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    jobs(&world).await;
    jobs(&world).await;
    let off = world.letters().await.iter().filter(|letter| *letter == "interview_cancelled").count();
    assert_eq!(off, 1);
    assert!(cast.candidate.get(&cast.at("interview", "")).await.has("does not take place"));
}

/// The properties of a calendar, each on one line again (RFC 5545, 3.1).
fn unfolded(calendar: &str) -> Vec<(String, String)> {
    let whole = calendar.replace("\r\n ", "");
    let lines = whole.split("\r\n").filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

/// A text as it was before it was written into a calendar (RFC 5545, 3.3.11).
fn plain(text: &str) -> String {
    let (mut plain, mut escaped) = (String::new(), false);
    for c in text.chars() {
        match (escaped, c) {
            (false, '\\') => {
                escaped = true;
                continue;
            }
            (true, 'n') => plain.push('\n'),
            (_, c) => plain.push(c),
        }
        escaped = false;
    }
    plain
}

#[sqlx::test]
async fn no_words_of_a_meeting_get_out_of_their_line(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let desk = cast.at("supervision", "/interview");
    let path = format!("{}/interview.ics", cast.at("interview", ""));
    let words = [
        "Room 4; \\n, or: \"the other\" one",
        "Room\r\nATTENDEE:mailto:eve@example.org\r\n BEGIN:VALARM",
        "\u{2028}ääääääääääääääääääääääääääääääääääääääääääääääääää\t,,,;;;\\\\",
    ];
    let mut names: Option<Vec<String>> = None;
    for meeting in some(&spoilt_text(&words), 60) {
        let form = TWO_TIMES.replace("Room+4", &encoded(&meeting));
        let proposed = cast.supervisor.fill_in(&desk, &form).await;
        if proposed.status == 422 {
            continue; // nothing is left of it, or it is too long
        }
        assert_eq!(choose(&cast, FIRST).await.status, 303, "{meeting:?}");
        let file = calendar(&cast.candidate, &path).await;
        assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{file:?}");
        let lines = unfolded(&file);
        let kept: String = sqlx::query_scalar("select meeting from interview order by sequence desc limit 1")
            .fetch_one(&world.db)
            .await
            .unwrap();
        let (_, place) = lines.iter().find(|(name, _)| name == "LOCATION").unwrap();
        assert_eq!(plain(place), kept, "{file:?}");
        let now: Vec<String> = lines.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.get_or_insert_with(|| now.clone()), &now, "{meeting:?}");
    }
    assert!(names.is_some());
}
