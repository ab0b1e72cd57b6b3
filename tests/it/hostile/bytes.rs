//! Whatever reaches the product by itself, not within a form: addresses, tokens of links, cookies, headers, and forms with
//! files, all of it spoilt on the way.

use super::scene::everybody;
use super::{crawl, encoded, route};
use crate::accounts::confirm::link;
use crate::spoilt::{one, some, spoilt, spoilt_text};
use crate::support::{PASSWORD, PDF, Reader, World, jpeg, world_behind_a_proxy, world_on};
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use sqlx::PgPool;
use std::collections::BTreeSet;
use uuid::Uuid;

async fn unthrottled(world: &World) {
    sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
}

/// What lists and searches ask for in an address.
const NAMES: [&str; 30] = [
    "after",
    "before",
    "q",
    "sort",
    "page",
    "from",
    "to",
    "act",
    "person",
    "case",
    "version",
    "office",
    "area",
    "start",
    "end",
    "state",
    "language",
    "waiting",
    "role",
    "standing",
    "months",
    "lang",
    "next",
    "code",
    "corrects",
    "decided",
    "with",
    "start_day",
    "start_month",
    "start_year",
];

/// Values of theirs, the places where pages begin among them: an identifier, a place in the queue and one in the record.
fn values() -> Vec<String> {
    let place =
        |key: &str| format!("{} {key}", Uuid::nil()).bytes().map(|byte| format!("{byte:02x}")).collect();
    let plain = [
        "0199a1b2-0000-7000-8000-000000000000",
        "1795594200000000.17",
        "-9000000000000000000.9223372036854775807",
        "-262143-01-01",
        "+262142-12-31",
        "2027-02-01",
        "9999999999999999999",
        "-waiting:>9999d is:released \"no end",
        "-name",
        "fr-CH",
    ];
    let places = ["1795594200000000", "-9223372036854775808", "-262143-01-01", " quispe"].map(place);
    plain.map(str::to_owned).into_iter().chain(places).collect()
}

/// An address of ours that a browser can send: whatever may not stand in one is encoded.
fn sendable(address: &str) -> String {
    let may_stand = |byte: &u8| byte.is_ascii_alphanumeric() || b"/?&=%-._~:,;+@!$'()*".contains(byte);
    let bytes = address.bytes().map(|byte| match may_stand(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    format!("/{}", bytes.collect::<String>().trim_start_matches('/'))
}

/// Each page of everybody with its address spoilt, and with questions that nobody asks.
#[sqlx::test]
async fn no_address_is_too_strange(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let mut chance = TestRunner::deterministic();
    let asked = prop::collection::vec((select(&NAMES[..]), spoilt_text(&values())), 1..6);
    let whole = prop::collection::vec((select(&NAMES[..]), select(values())), 1..6);
    let (mut seen, mut faults, mut tried) = (BTreeSet::new(), Vec::new(), 0);
    for (role, who, from) in everybody(&world).await {
        let from: Vec<&str> = from.iter().map(String::as_str).collect();
        for (path, _) in crawl(&who, &from, 1).await {
            if !seen.insert((role, route(&path))) {
                continue;
            }
            let bare = path.split('?').next().unwrap();
            let address = spoilt_text(&[&path]);
            let mut addresses: Vec<String> = vec![sendable(&one(&address, &mut chance))];
            for pairs in [one(&asked, &mut chance), one(&whole, &mut chance)] {
                let pairs: Vec<String> =
                    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
                addresses.push(format!("{bare}?{}", pairs.join("&")));
            }
            for address in addresses {
                tried += 1;
                let reply = who.get(&address).await;
                if reply.status >= 500 {
                    faults.push(format!("{address} as {role}: {}", reply.status));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(tried > 200, "{tried}");
}

#[sqlx::test]
async fn no_token_opens_anything_but_the_one_that_was_sent(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.with_password(world.sign_in("en", &["hr_reviewer"]).await).await;
    let stranger = world.stranger();
    let new = format!("password={}", encoded("sesame opens thrice"));
    let unchanged = "select count(*) from link_token where used_at is not null";
    for (way, purpose) in [
        ("/reset-password/", "reset_password"),
        ("/invitation/", "invitation"),
        ("/confirm/", "confirm_email"),
    ] {
        let token = link(&world, ana.id, purpose, TimeDelta::hours(1)).await;
        for other in some(&spoilt_text(&[&token]), 25).into_iter().filter(|other| *other != token) {
            let address = sendable(&format!("{way}{}", encoded(&other)));
            unthrottled(&world).await;
            let (read, sent) = (stranger.get(&address).await, stranger.post(&address, &new).await);
            for reply in [read, sent] {
                assert!((400..500).contains(&reply.status), "{address}: {} {}", reply.status, reply.body);
                assert!(reply.cookies.is_empty(), "{address}");
            }
        }
        assert_eq!(world.count(unchanged).await, 0, "{way}");
        assert_eq!(stranger.get(&format!("{way}{token}")).await.status, 200, "the right one still works");
    }
    for way in ["/unsubscribe/", "/account/email/undo/", "/account/email/confirm/", "/verify/"] {
        for other in some(&spoilt_text(&["ABCD-EFGH-JKMN-PQRS", "dGhpcyBpcyBhIHRva2Vu"]), 25) {
            let address = sendable(&format!("{way}{}", encoded(&other)));
            unthrottled(&world).await;
            for reply in [ana.get(&address).await, ana.post(&address, "").await] {
                assert!((300..500).contains(&reply.status), "{address}: {} {}", reply.status, reply.body);
            }
        }
    }
}

/// As far as it can stand in a header.
fn legible(bytes: &[u8]) -> String {
    bytes.iter().filter(|byte| (b' '..=b'~').contains(byte)).map(|byte| char::from(*byte)).collect()
}

/// The value of a cookie that a browser sends, as RFC 6265 reads it.
fn value<'c>(jar: &'c str, name: &str) -> Option<&'c str> {
    let mut pairs = jar.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(other, _)| *other == name).map(|(_, value)| value)
}

#[sqlx::test]
async fn no_cookie_opens_anything_but_the_one_that_was_given(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.with_password(world.candidate("en").await).await;
    let (email, stranger) = (format!("{}%40example.org", ana.id), world.stranger());
    let sign_in = |password: &str| format!("email={email}&password={}", encoded(password));
    let reply = stranger.post("/sign-in", &sign_in(PASSWORD)).await;
    let jar: Vec<&str> = reply.cookies.iter().map(|set| set.split(';').next().unwrap()).collect();
    let jar = format!("{}; lang=fr; sign-in=abc; kept=def; organisation=g.sign-in.L2E", jar.join("; "));
    let (session, known) = (value(&jar, "session").unwrap(), value(&jar, "known").unwrap());
    let (mut opened, mut closed) = (0, 0);
    for (nth, other) in
        some(&spoilt(&[jar.as_str(), known]), 120).iter().map(|bytes| legible(bytes)).enumerate()
    {
        unthrottled(&world).await;
        let cookie = ("cookie", other.as_str());
        let account = stranger.get_with("/account", &[cookie]).await;
        let is_hers = value(&other, "session") == Some(session);
        assert_eq!(account.status, if is_hers { 200 } else { 303 }, "{other}");
        opened += usize::from(is_hers);
        closed += usize::from(!is_hers);
        for path in ["/kept", "/sign-in/code"] {
            let reply = stranger.get_with(path, &[cookie]).await;
            assert!(reply.status < 400, "{path} with {other}: {}", reply.status);
        }
        let code = stranger.send("POST", "/sign-in/code", "code=000000", &[cookie]).await;
        assert!(
            code.status < 500 && value(&code.cookies.join(";"), "session").is_none(),
            "{other}: {}",
            code.status
        );
        // a wrong password takes its time
        if nth % 8 == 0 {
            let wrong = stranger.send("POST", "/sign-in", &sign_in("no horse"), &[cookie]).await;
            assert!(wrong.status == 422 || is_hers, "{other}: {}", wrong.status);
        }
    }
    assert!(opened > 10 && closed > 10, "{opened} and {closed}");
}

const HEADERS: [(&str, &str); 14] = [
    ("accept-language", "fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5"),
    ("accept", "text/html,application/xhtml+xml;q=0.9"),
    ("accept-encoding", "gzip, deflate;q=0.5, br"),
    ("user-agent", "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"),
    ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
    ("origin", "http://127.0.0.1:3000"),
    ("referer", "http://127.0.0.1:3000/sign-in?next=/profile"),
    ("sec-fetch-site", "same-origin"),
    ("x-forwarded-for", "203.0.113.9, [2001:db8::1]:50123"),
    ("if-none-match", "W/\"abc\", \"def\""),
    ("if-modified-since", "Wed, 25 Nov 2026 09:00:00 GMT"),
    ("range", "bytes=0-99,200-"),
    ("expect", "100-continue"),
    ("content-length", "12"),
];

#[sqlx::test]
async fn no_header_is_too_strange(db: PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    let stranger = world.stranger();
    for (name, right) in HEADERS {
        for other in some(&spoilt(&[right]), 20).iter().map(|bytes| legible(bytes)) {
            let header = [(name, other.as_str())];
            for path in ["/check", "/favicon.svg", "/openings.atom"] {
                let reply = stranger.get_with(path, &header).await;
                assert!(reply.status < 500, "{path} with {name}: {other}: {}", reply.status);
                let is_said =
                    ["en", "fr", "es"].iter().any(|lang| reply.has(&format!("<html lang=\"{lang}\"")));
                // a page that was packed is not read here
                let is_packed = reply.headers.contains_key("content-encoding");
                assert!(path != "/check" || is_packed || reply.status == 200 && is_said, "{name}: {other}");
            }
            unthrottled(&world).await;
            for path in ["/check", "/profile/about"] {
                let reply = stranger.send("POST", path, "email=a%40b&born_day=1", &header).await;
                assert!(reply.status < 500, "POST {path} with {name}: {other}: {}", reply.status);
            }
        }
    }
}

const BOUNDARY: &str = "----stagiaire";

fn part(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(), content, b"\r\n"]
        .concat()
}

fn parcel(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let fields = fields.iter().map(|(name, value)| part(&format!("name=\"{name}\""), value.as_bytes()));
    let files =
        files.iter().map(|(name, content)| part(&format!("name=\"file\"; filename=\"{name}\""), content));
    let end = format!("--{BOUNDARY}--\r\n").into_bytes();
    fields.chain(files).chain([end]).flatten().collect()
}

async fn sends(world: &World, who: &Reader<'_>, path: &str, body: Vec<u8>, chance: &mut TestRunner) -> u16 {
    unthrottled(world).await;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let spoilt_kind = legible(&one(&spoilt(&[&kind]), chance));
    let kind = if one(&(0..10), chance) == 0 { spoilt_kind } else { kind };
    let what = format!("{path} as {kind}: {}", String::from_utf8_lossy(&body));
    let reply = who.post_bytes(path, &kind, body).await;
    assert!(reply.status < 500, "{what}: {}", reply.status);
    // whoever refuses says why
    assert!(reply.status < 400 || reply.has("<h1") && reply.has("</html>"), "{what}: {}", reply.body);
    reply.status
}

#[sqlx::test]
async fn no_form_with_files_is_too_strange(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.candidate("en").await;
    let photo = jpeg(24, 16);
    let resume = br#"{"basics": {"name": "Ana Lima"}, "languages": [{"language": "es", "fluency": "C1"}]}"#;
    let papers = [
        parcel(&[("kind", "cv")], &[("CV.pdf", PDF)]),
        parcel(&[("kind", "study_proof")], &[("a.jpg", &photo), ("b.pdf", PDF)]),
    ];
    let mut chance = TestRunner::deterministic();
    let mut answers = BTreeSet::new();
    for body in some(&spoilt(&papers), 120) {
        answers.insert(sends(&world, &ana, "/profile/documents", body, &mut chance).await);
        sqlx::query("update document set removed_at = uploaded_at").execute(&world.db).await.unwrap();
    }
    for body in some(&spoilt(&[parcel(&[], &[("cv.json", resume)])]), 120) {
        answers.insert(sends(&world, &ana, "/profile/import", body, &mut chance).await);
    }
    assert!([200, 303, 400, 422].iter().all(|status| answers.contains(status)), "{answers:?}");
    let kept = world.count("select count(*) from file_key").await;
    assert_eq!(
        world.stored().len(),
        usize::try_from(kept).unwrap(),
        "of what was refused nothing is left behind"
    );
    assert!(kept > 3, "{kept}");
}
