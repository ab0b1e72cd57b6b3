//! Every worked case of the specification, through the door that requests take.

use serde_json::{Value, json};
use stagiaire::api::eligibility::parse;
use stagiaire::domain::eligibility::{Level, Policy};

fn policy() -> Policy {
    Policy {
        from_age: 19,
        below_age: 37,
        months_after_award: 12,
        working_languages: ["en", "fr", "es"].map(str::to_owned).to_vec(),
        working_level: Level::B2,
    }
}

#[test]
fn every_worked_case_of_the_specification_holds() {
    let cases = include_str!("../../cases/eligibility.jsonl");
    let mut wrong = Vec::new();
    for (n, line) in cases.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let question = parse(&case["given"], "2026-11-24".parse().unwrap()).unwrap();
        let answer = serde_json::to_value(policy().assess(&question)).unwrap();
        let mut rules = json!({});
        let mut tracks = json!([]);
        for rule in answer["rules"].as_array().unwrap() {
            rules[rule["rule"].as_str().unwrap()] = rule["outcome"].clone();
            if rule["rule"] == "track" && rule.get("tracks").is_some() {
                tracks = rule["tracks"].clone();
            }
        }
        let got = json!({
            "verdict": answer["verdict"], "rules": rules, "tracks": tracks,
            "eligible_start": answer["eligible_start"], "possible_start": answer["possible_start"],
            "release_from": answer["release_from"],
        });
        let differs = case["expect"].as_object().unwrap().iter().any(|(key, value)| got[key] != *value);
        if differs {
            wrong.push(format!(
                "line {}: {}\n expected {}\n      got {got}",
                n + 1,
                case["given"],
                case["expect"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cases.lines().count(), 300);
}
