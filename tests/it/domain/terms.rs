//! Every worked case of the specification, through the door that requests take.

use serde_json::Value;
use stagiaire::api::terms::{answer, parse};
use stagiaire::domain::terms::Policy;

fn policy() -> Policy {
    Policy { shortest_months: 2, initial_months: 6, total_months: 9, days_as_month: 30, preferred_months: 6 }
}

#[test]
fn every_worked_case_of_the_specification_holds() {
    let cases = include_str!("../../cases/terms.jsonl");
    let mut wrong = Vec::new();
    for (n, line) in cases.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let got = answer(&policy().terms(&parse(&case["given"]).unwrap()));
        let differs: Vec<_> = case["expect"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, value)| got[key.as_str()] != **value)
            .collect();
        if !differs.is_empty() {
            wrong.push(format!("line {}: {}\n expected {differs:?}\n      got {got}", n + 1, case["given"]));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cases.lines().count(), 200);
}
