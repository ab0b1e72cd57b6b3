//! The two public questions over HTTP, with everything that can be wrong with them.

mod strange;

use crate::support::{production_on, world_on};
use serde_json::Value;

fn json(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

#[sqlx::test]
async fn eligibility_is_answered_in_the_readers_language(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ask = r#"{"as_of": "2026-01-15", "date_of_birth": "2007-03-10", "start": "2026-03-10",
        "studies": [{"level": "bachelor", "state": "enrolled", "final_year_starts_on": "2025-09-01", "ends_on": "2026-06-30"}],
        "languages": [{"code": "fr", "mother_tongue": true}]}"#;
    let reply = world.stranger().post_json("/api/v1/eligibility", "fr-CH", ask).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let answer = json(&reply.body);
    assert_eq!(answer["verdict"], "eligible");
    assert_eq!(answer["policy"], "iom");
    assert_eq!(answer["policy_version"], "2026-01-01");
    assert_eq!(answer["rules"][0]["message"], "Vous aurez 19 ans le 10\u{a0}mars 2026.");
    assert_eq!(answer["rules"][1]["tracks"], serde_json::json!(["final_year"]));
    assert_eq!(answer["eligible_start"], serde_json::json!([{"from": "2026-03-10", "to": "2027-06-30"}]));
}

#[sqlx::test]
async fn today_is_the_organisations_day(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let answer = json(&world.stranger().post_json("/api/v1/eligibility", "en", "{}").await.body);
    assert_eq!(
        (answer["as_of"].as_str(), answer["verdict"].as_str()),
        (Some("2026-11-24"), Some("needs_information"))
    );
}

#[sqlx::test]
async fn every_fault_is_listed_where_it_is(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ask = r#"{"as_of": "2026-11-24", "date_of_birth": "2027-01-01", "start": "2026-11-23", "end": "tomorrow",
        "studies": [{"level": "phd", "state": "enrolled", "started_on": "2026-01-01", "ends_on": "2025-01-01"}, 7],
        "sponsor": {"covers": {"from": "2026-02-30"}}, "languages": {}}"#;
    let reply = world.stranger().post_json("/api/v1/eligibility", "es", ask).await;
    assert_eq!(reply.status, 422);
    assert_eq!(reply.headers["content-type"], "application/problem+json");
    let errors = json(&reply.body)["errors"].clone();
    let found: Vec<(&str, &str)> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap()))
        .collect();
    for expected in [
        ("/date_of_birth", "born_too_late"),
        ("/start", "start_before_release"),
        ("/end", "not_a_date"),
        ("/studies/0/level", "unknown_value"),
        ("/studies/0/ends_on", "end_before_start"),
        ("/studies/1", "wrong_type"),
        ("/sponsor/kind", "missing"),
        ("/sponsor/covers/from", "not_a_date"),
        ("/sponsor/covers/to", "missing"),
        ("/languages", "wrong_type"),
    ] {
        assert!(found.contains(&expected), "{expected:?} not in {found:?}");
    }
}

#[sqlx::test]
async fn malformed_and_oversized_requests_have_their_own_answers(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let large = format!("{{\"x\": \"{}\"}}", "a".repeat(65 * 1024));
    let deep = "[".repeat(60_000);
    for path in ["/api/v1/eligibility", "/api/v1/terms"] {
        let stranger = world.stranger();
        for (body, status) in
            [("{", 400), ("", 400), (deep.as_str(), 400), (large.as_str(), 413), ("[]", 422), ("7", 422)]
        {
            let reply = stranger.post_json(path, "en", body).await;
            assert_eq!(reply.status, status, "{path} {}", &body[..body.len().min(20)]);
            assert_eq!(reply.headers["content-type"], "application/problem+json");
        }
    }
}

#[sqlx::test]
async fn terms_are_computed_and_faults_listed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let good = r#"{"start": "2026-09-15", "months": 6, "host_country": "CH", "nationalities": ["CO"], "recruited_in": "CO",
        "allowance": {"monthly_rate": "1500.00", "funding": [{"monthly": "600.00", "from": "2026-09-01", "to": "2027-08-31"}]}}"#;
    let answer = json(&world.stranger().post_json("/api/v1/terms", "en", good).await.body);
    assert_eq!(answer["end"], "2027-03-14");
    assert_eq!(
        answer["allowance"]["schedule"][0],
        serde_json::json!({"month": "2026-09", "thirtieths": 16, "amount": "480.00"})
    );
    assert_eq!(answer["allowance"]["total"], "5400.00");

    let bad = r#"{"start": "2026-09-15", "months": 25, "end": "2026-10-01", "host_country": "XX",
        "allowance": {"monthly_rate": "1e3", "currency": "chf", "funding": [{"monthly": "1.234"}]}}"#;
    let reply = world.stranger().post_json("/api/v1/terms", "en", bad).await;
    assert_eq!(reply.status, 422);
    for pointer in [
        "/months",
        "/end",
        "/host_country",
        "/allowance/monthly_rate",
        "/allowance/currency",
        "/allowance/funding/0/monthly",
        "/allowance/funding/0/from",
        "/allowance/funding/0/to",
    ] {
        assert!(reply.has(&format!("\"pointer\":\"{pointer}\"")), "{pointer} not in {}", reply.body);
    }
}

#[sqlx::test]
async fn whoever_asks_like_a_machine_waits_a_minute(db: sqlx::PgPool) {
    let world = production_on(db, "2026-11-24").await;
    let ask = |path: &'static str| async { world.stranger().post_json(path, "en", "{}").await.status };
    assert_eq!(ask("/api/v1/eligibility").await, 200);
    sqlx::query("update throttle set hits = 1199").execute(&world.db).await.unwrap();
    assert_ne!(ask("/api/v1/terms").await, 429, "the last one of this minute");
    assert_eq!((ask("/api/v1/terms").await, ask("/api/v1/eligibility").await), (429, 429));
}
