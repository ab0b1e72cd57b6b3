//! Requests that nobody in their right mind sends, by the hundred: none is answered with a fault of ours.

use crate::spoilt::{some, spoilt, spoilt_text};
use crate::support::world_on;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

/// The first and the last day that can be written, and those that calendars trip over.
const DAYS: [&str; 10] = [
    "0001-01-01",
    "9999-12-31",
    "1900-02-28",
    "2000-02-29",
    "2026-01-31",
    "2026-03-29",
    "2026-12-31",
    "2002-03-14",
    "2027-02-29",
    "-0001-01-01",
];
const WORDS: [&str; 16] = [
    "bachelor",
    "doctorate",
    "enrolled",
    "awarded",
    "government",
    "company",
    "local",
    "initial",
    "extension",
    "en",
    "fr",
    "CH",
    "C2",
    "medical",
    "0.000000000000000000000001",
    "79228162514264337593543950335",
];
/// Every field that a request may have, at any level.
const FIELDS: [&str; 48] = [
    "as_of",
    "date_of_birth",
    "start",
    "end",
    "months",
    "studies",
    "languages",
    "sponsor",
    "level",
    "state",
    "started_on",
    "final_year_starts_on",
    "ends_on",
    "awarded_on",
    "kind",
    "letter",
    "relevant_area",
    "covers",
    "from",
    "to",
    "code",
    "listening",
    "reading",
    "speaking",
    "writing",
    "mother_tongue",
    "stage",
    "earlier",
    "nationalities",
    "medical_insurance",
    "host_country",
    "recruited_in",
    "offered_on",
    "allowance",
    "monthly",
    "currency",
    "mode",
    "funding",
    "waiver",
    "granted",
    "amount",
    "rate",
    "accident",
    "notice",
    "remote",
    "insurance",
    "country",
    "local",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => select(&DAYS[..]).prop_map(|day| json!(day)),
        3 => select(&WORDS[..]).prop_map(|word| json!(word)),
        1 => any::<i64>().prop_map(|n| json!(n)),
        1 => (0u64..30).prop_map(|n| json!(n)),
        1 => any::<f64>().prop_map(|n| json!(n)),
        1 => any::<bool>().prop_map(|b| json!(b)),
        1 => "\\PC{0,12}|[\u{0}-\u{1f}\u{202e}]{1,4}".prop_map(|text| json!(text)),
        1 => Just(Value::Null),
    ]
}

fn request() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 64, 12, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            3 => prop::collection::vec((select(&FIELDS[..]), inner), 0..14).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
            }),
        ]
    })
}

#[sqlx::test]
async fn whatever_is_asked_is_answered_or_its_faults_are_listed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let (stranger, mut chance) = (world.stranger(), TestRunner::deterministic());
    let mut answered = 0;
    for _ in 0..600 {
        let body = request().new_tree(&mut chance).unwrap().current().to_string();
        for path in ["/api/v1/eligibility", "/api/v1/terms"] {
            let reply = stranger.post_json(path, "es", &body).await;
            assert!(
                matches!(reply.status, 200 | 400 | 422),
                "{path} {body}: {} {}",
                reply.status,
                reply.body
            );
            assert!(serde_json::from_str::<Value>(&reply.body).is_ok(), "{path} {body}: {}", reply.body);
            answered += usize::from(reply.status == 200);
        }
    }
    assert!(answered > 5, "some of them make sense: {answered}");
}

const WHOLE: [&str; 2] = [
    r#"{"as_of": "2026-11-26", "start": "2027-02-01", "end": "2027-07-31", "date_of_birth": "2002-03-14",
        "studies": [{"level": "bachelor", "state": "awarded", "awarded_on": "2026-06-30"}],
        "languages": [{"code": "es", "mother_tongue": true}], "sponsor": null}"#,
    r#"{"start": "2027-02-01", "months": 6, "stage": "initial", "nationalities": ["PE"], "host_country": "CH",
        "medical_insurance": [{"from": "2027-02-01", "to": "2027-07-31", "evacuation": true, "repatriation": true}],
        "allowance": {"monthly_rate": "2230.00", "currency": "CHF", "mode": "top_up",
                      "funding": [{"monthly": "500.00", "from": "2027-02-01", "to": "2027-04-30"}]}}"#,
];

/// A request with one of its words spoilt, which can still be read.
fn with_word(whole: &str, nth: usize, word: &str) -> String {
    let mut parts: Vec<String> = whole.split('"').map(str::to_owned).collect();
    let at = nth % (parts.len() / 2) * 2 + 1;
    parts[at] = json!(word).to_string().trim_matches('"').to_owned();
    parts.join("\"")
}

#[sqlx::test]
async fn a_request_that_was_spoilt_on_its_way_is_answered_or_told_why_not(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let (stranger, mut answers) = (world.stranger(), [0; 3]);
    for (path, whole) in ["/api/v1/eligibility", "/api/v1/terms"].into_iter().zip(WHOLE) {
        assert_eq!(stranger.post_json(path, "en", whole).await.status, 200, "{path}");
        let words = some(&(0usize..200, spoilt_text(&DAYS)), 100);
        let words = words.iter().map(|(nth, word)| with_word(whole, *nth, word).into_bytes());
        for body in some(&spoilt(&WHOLE), 150).into_iter().chain(words) {
            let reply = stranger.post_bytes(path, "application/json", body.clone()).await;
            let what = format!("{path} {}: {} {}", String::from_utf8_lossy(&body), reply.status, reply.body);
            let said: Value =
                serde_json::from_str(&reply.body).unwrap_or_else(|error| panic!("{error}: {what}"));
            let nth = match reply.status {
                200 => 0,
                // it cannot be read at all
                400 => 1,
                422 => 2,
                _ => panic!("{what}"),
            };
            answers[nth] += 1;
            assert!(nth == 0 || said["title"].as_str().is_some_and(|title| !title.is_empty()), "{what}");
            let faults = said["errors"].as_array().cloned().unwrap_or_default();
            assert_eq!(faults.is_empty(), nth != 2, "{what}");
            assert!(
                faults.iter().all(|fault| fault["pointer"].is_string() && fault["message"].is_string()),
                "{what}"
            );
        }
    }
    assert!(answers.iter().all(|times| *times > 10), "all kinds of answers: {answers:?}");
}

#[sqlx::test]
async fn bytes_that_are_no_request_are_refused(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let deep = "[".repeat(50_000);
    for body in ["", "{", "nul", "{\"a\":1}{}", "\u{feff}{}", "1e999999", "\"\\ud800\"", deep.as_str()] {
        for path in ["/api/v1/eligibility", "/api/v1/terms"] {
            let reply = world.stranger().post_json(path, "fr", body).await;
            assert!((400..500).contains(&reply.status), "{path}: {} {}", reply.status, reply.body);
        }
    }
}
