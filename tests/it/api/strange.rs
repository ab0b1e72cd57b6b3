//! Requests that nobody in their right mind sends, by the hundred: none is answered with a fault of ours.

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
