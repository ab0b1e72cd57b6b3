//! Whatever somebody calls themselves, a letter has the lines of a letter, and goes to one person.

use super::encoded;
use crate::openings::data_but;
use crate::post::mail_server::{MailServer, Taken};
use crate::post::round;
use crate::support::{PASSWORD, World, world_on};
use sqlx::PgPool;
use std::collections::BTreeSet;

/// Would be a line of its own, or a second reader, in a letter that is put together from text.
const BREAKS: [&str; 9] = [
    "Ana\r\nBcc: evil@evil.example",
    "Ana\nBcc: evil@evil.example\n\nA letter of my own",
    "Ana\rBcc: evil@evil.example",
    "Ana\u{2028}Bcc: evil@evil.example",
    "Ana\u{85}Bcc: evil@evil.example",
    "Ana\u{0}\u{b}\u{c}Bcc: evil@evil.example",
    "=?utf-8?q?Ana=0D=0ABcc:_evil@evil.example?=",
    "=?utf-8?b?QW5hDQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
    "Ana\\r\\nBcc: evil@evil.example%0D%0ABcc: evil@evil.example",
];
/// No address, or two.
const ADDRESSES: [&str; 10] = [
    "ana@example.org\r\nBcc: evil@evil.example",
    "ana@example.org\nRCPT TO:<evil@evil.example>",
    "ana@example.org, evil@evil.example",
    "ana@example.org;evil@evil.example",
    "ana@example.org>,<evil@evil.example",
    "Ana <evil@evil.example>",
    "\"ana\r\nBcc: evil@evil.example\"@example.org",
    "ana@example.org\u{0}@evil.example",
    "ana@example.org\u{2028}Bcc: evil@evil.example",
    "evil@evil.example ana@example.org",
];
const HEADERS: [&str; 10] = [
    "message-id",
    "date",
    "from",
    "to",
    "subject",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mime-version",
    "content-type",
];

/// What is wrong with the head of a letter.
fn fault(letter: &Taken) -> Option<String> {
    let (head, _) = letter.message.split_once("\r\n\r\n")?;
    let mut names = BTreeSet::new();
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if !HEADERS.contains(&name.as_str()) || !names.insert(name) {
            return Some(format!("a line that we did not write: {line}"));
        }
    }
    let bare = head.replace("\r\n", "");
    let readers = &letter.recipients;
    (bare.contains(['\r', '\n'])
        || readers.len() != 1
        || readers[0].contains("evil")
        || letter.header("To").contains("evil"))
    .then(|| format!("for {readers:?}: {head}"))
}

async fn sent(world: &World) -> Vec<Taken> {
    let server = MailServer::open().await;
    round(world, &server.transport()).await;
    server.taken()
}

#[sqlx::test]
async fn no_name_is_a_line_of_a_letter(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    for (nth, name) in BREAKS.iter().enumerate() {
        let name = encoded(name);
        let form = format!(
            "given_names={name}&family_names={name}&email=ana{nth}%40example.org&lang=en&privacy=true\
             &password=correct+horse+battery"
        );
        let reply = world.stranger().post("/register", &form).await;
        assert_eq!(reply.status, 303, "{name}: {}", reply.body);
    }
    let letters = sent(&world).await;
    assert_eq!(letters.len(), BREAKS.len());
    let faults: Vec<String> = letters.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // a greeting is no place for an address, either
    assert!(letters.iter().all(|letter| !letter.part("text/plain").contains("evil.example")));
}

#[sqlx::test]
async fn no_address_is_two(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let mover = world.with_password(world.candidate("en").await).await;
    for address in ADDRESSES {
        let address = encoded(address);
        let form =
            format!("family_names=Ana&email={address}&lang=en&privacy=true&password=correct+horse+battery");
        let password = PASSWORD.replace(' ', "+");
        for (who, path, form) in [
            (&world.stranger(), "/register", form),
            (&world.stranger(), "/forgot-password", format!("email={address}")),
            (&mover, "/account/email", format!("email={address}&current_password={password}")),
        ] {
            let reply = who.post(path, &form).await;
            assert_eq!(reply.status, 422, "{path} {address}");
        }
    }
    assert!(world.letters().await.is_empty(), "nobody is written to");
    let one = format!("email=ana%40example.org&current_password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(mover.post("/account/email", &one).await.status, 303);
    let letters = sent(&world).await;
    assert_eq!((letters.len(), letters.iter().find_map(fault)), (2, None), "one address is taken");
}

#[sqlx::test]
async fn no_title_is_more_than_a_subject(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reader, hr) = (world.candidate("en").await, world.reviewer("en").await);
    let french = "language=fr&mother=no&listening=B2&reading=C1&speaking=B2&writing=B2";
    for (section, answers) in [("wishes", "areas=data&offices=geneva"), ("languages", french)] {
        let reply = reader.post(&format!("/profile/{section}"), &format!("seen=0&{answers}")).await;
        assert_eq!(reply.status, 303, "{section}: {}", reply.body);
    }
    reader.want_letters().await;
    for title in BREAKS {
        hr.announce(&data_but(&format!("title_en={}&description_en=Text", encoded(title)))).await;
    }
    let letters = sent(&world).await;
    assert_eq!(letters.len(), BREAKS.len());
    let faults: Vec<String> = letters.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The names of properties that a calendar of ours has.
const PROPERTIES: [&str; 18] = [
    "BEGIN",
    "VERSION",
    "PRODID",
    "CALSCALE",
    "METHOD",
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "STATUS",
    "ORGANIZER",
    "END",
    "TRANSP",
    "CREATED",
];

#[sqlx::test]
async fn no_place_to_meet_is_a_line_of_a_calendar(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.approved().await;
    let place = "Room 4\r\nATTENDEE:mailto:evil@evil.example\nEND:VEVENT\rBEGIN:VALARM\u{2028}X:1; a, b\\nX:2 \u{1f600}";
    let form = format!(
        "on1_day=1&on1_month=12&on1_year=2026&at1=14:30&minutes=30&zone=Europe/Zurich&meeting={}{}",
        encoded(place),
        encoded(&" and on".repeat(20))
    );
    let reply = cast.supervisor.fill_in(&cast.at("supervision", "/interview"), &form).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let reply = cast.candidate.fill_in(&cast.at("interview", ""), "time=2026-12-01T13:30:00%2B00:00").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    for (who, slice) in
        [(&cast.candidate, "interview"), (&cast.supervisor, "supervision"), (&cast.reviewer, "placements")]
    {
        let rest = if slice == "interview" { "/interview.ics" } else { "/interview/interview.ics" };
        let file = who.get(&cast.at(slice, rest)).await;
        assert!(file.status == 200 && file.has("Room 4"), "{}", file.body);
        for line in file.body.trim_end().split("\r\n") {
            let name = line.split([':', ';']).next().unwrap();
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            assert!(line.starts_with(' ') || PROPERTIES.contains(&name), "{line:?} in {}", file.body);
        }
        assert_eq!(file.body.matches("BEGIN:VEVENT").count(), 1);
    }
}
