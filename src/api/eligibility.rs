//! `POST /api/v1/eligibility`: what a request means, and what its answer looks like (`eligibility.md`).

use super::parse::{Fault, FaultKind, Faults, Object};
use crate::domain::calendar::birthday;
use crate::domain::eligibility::{
    Assessment, DegreeLevel, Facts, LanguageSkills, Level, Period, Question, Rule, Sponsor, SponsorKind,
    Study, StudyState,
};
use crate::explain;
use crate::text::Lang;
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// More than anybody has; keeps the work for one request bounded.
const MOST_ENTRIES: usize = 200;
const OLDEST: u32 = 120;

/// What a request asks. `today` is the organisation's day, used where `as_of` is absent.
///
/// # Errors
/// Every faulty field.
pub fn parse(body: &Value, today: NaiveDate) -> Result<Question, Vec<Fault>> {
    let faults = Faults::default();
    let root = faults.root(body);
    let as_of = root.date("as_of");
    // where as_of cannot be read, other dates are not compared with a guess
    let known_release = as_of.or_else(|| root.get("as_of").is_none().then_some(today));
    let (born, start, end) = (root.date("date_of_birth"), root.date("start"), root.date("end"));
    if let (Some(born), Some(release)) = (born, known_release) {
        if born >= release {
            root.fault("date_of_birth", FaultKind::BornTooLate);
        } else if birthday(born, OLDEST) < release {
            root.fault("date_of_birth", FaultKind::BornTooEarly);
        }
    }
    if let (Some(start), Some(release)) = (start, known_release)
        && start < release
    {
        root.fault("start", FaultKind::StartBeforeRelease);
    }
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        root.fault("end", FaultKind::EndBeforeStart);
    }
    if let (None, Some(end), Some(release)) = (start, end, known_release)
        && root.get("start").is_none()
        && end < release
    {
        root.fault("end", FaultKind::EndBeforeStart);
    }
    let studies = root.list("studies", MOST_ENTRIES);
    let studies = studies.map(|list| list.iter().filter_map(study).collect());
    let languages = root.list("languages", MOST_ENTRIES);
    let languages = languages.map(|list| list.iter().filter_map(language).collect());
    let sponsor = root.object("sponsor").and_then(|object| sponsor(&object));
    let facts = Facts { date_of_birth: born, studies, sponsor, languages };
    faults.or(Question { as_of: as_of.unwrap_or(today), start, end, facts })
}

fn study(object: &Object) -> Option<Study> {
    let level = object.needed("level", object.one_of("level", known::<DegreeLevel>));
    let state = object.needed("state", object.one_of("state", known::<StudyState>));
    let started_on = object.date("started_on");
    let final_year_starts_on = object.date("final_year_starts_on");
    let (ends_on, awarded_on) = (object.date("ends_on"), object.date("awarded_on"));
    for (field, end) in [("ends_on", ends_on), ("awarded_on", awarded_on)] {
        if let (Some(start), Some(end)) = (started_on, end)
            && end < start
        {
            object.fault(field, FaultKind::EndBeforeStart);
        }
    }
    Some(Study { level: level?, state: state?, started_on, final_year_starts_on, ends_on, awarded_on })
}

fn sponsor(object: &Object) -> Option<Sponsor> {
    let kind = object.needed("kind", object.one_of("kind", known::<SponsorKind>));
    let letter = object.flag("letter").unwrap_or(false);
    let relevant_area = object.flag("relevant_area");
    let covers = object.object("covers").and_then(|period| {
        let from = period.needed("from", period.date("from"));
        let to = period.needed("to", period.date("to"));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            period.fault("to", FaultKind::EndBeforeStart);
        }
        Some(Period { from: from?, to: to? })
    });
    Some(Sponsor { kind: kind?, letter, relevant_area, covers })
}

fn language(object: &Object) -> Option<LanguageSkills> {
    let code = object.needed("code", object.text("code")).map(str::to_owned);
    let skills = |field| object.one_of(field, known::<Level>);
    let (listening, reading) = (skills("listening"), skills("reading"));
    let (speaking, writing) = (skills("speaking"), skills("writing"));
    let mother_tongue = object.flag("mother_tongue").unwrap_or(false);
    Some(LanguageSkills { code: code?, mother_tongue, listening, reading, speaking, writing })
}

/// A value of an enumeration by the name it has in JSON.
fn known<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// The answer in the specification's JSON, its messages in the reader's language.
pub fn answer(policy: &str, version: NaiveDate, assessment: &Assessment, lang: Lang) -> Value {
    let start = assessment.start.unwrap_or(assessment.as_of);
    let rules: Vec<Value> = assessment
        .rules
        .iter()
        .map(|rule| {
            let mut line = json!({
                "rule": rule.rule,
                "outcome": rule.outcome,
                "code": rule.reason.code(),
                "message": explain::eligibility::message(rule, start, &assessment.policy, lang),
            });
            if rule.rule == Rule::Track {
                line["tracks"] = json!(rule.tracks);
            }
            line
        })
        .collect();
    json!({
        "policy": policy,
        "policy_version": version,
        "as_of": assessment.as_of,
        "start": start,
        "verdict": assessment.verdict,
        "rules": rules,
        "eligible_start": assessment.eligible_start,
        "possible_start": assessment.possible_start,
        "release_from": assessment.release_from,
    })
}
