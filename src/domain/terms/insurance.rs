//! Medical insurance for every day; evacuation and repatriation too, for who is not a national of the host country.

use super::Stay;
use crate::domain::calendar::{Window, Windows};
use crate::domain::eligibility::Outcome;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One insurance policy of the intern; both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MedicalPolicy {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub evacuation: bool,
    pub repatriation: bool,
    /// Valid in the host country; otherwise it covers nothing there.
    pub host_covered: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cover {
    Medical,
    Evacuation,
    Repatriation,
}

/// Days of the internship without a cover that is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gap {
    pub cover: Cover,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InsuranceTerms {
    pub required: Vec<Cover>,
    pub outcome: Outcome,
    /// By cover in the order of `required`, then by date.
    pub gaps: Vec<Gap>,
}

pub(super) fn judge(
    stay: Stay,
    national: bool,
    nationalities: &[String],
    policies: &[MedicalPolicy],
) -> InsuranceTerms {
    let required = match national {
        true => vec![Cover::Medical],
        false => vec![Cover::Medical, Cover::Evacuation, Cover::Repatriation],
    };
    let every_day = Windows::between(stay.start, Some(stay.end));
    let mut gaps = Vec::new();
    for cover in &required {
        let giving = policies.iter().filter(|policy| policy.gives(*cover));
        let covered: Windows = giving.map(|p| Window { from: p.from, to: Some(p.to) }).collect();
        for gap in every_day.minus(&covered).as_slice() {
            gaps.push(Gap { cover: *cover, from: gap.from, to: gap.to.unwrap_or(stay.end) });
        }
    }
    let outcome = match (nationalities.is_empty(), gaps.is_empty()) {
        (true, _) => Outcome::NeedsReview,
        (false, true) => Outcome::Met,
        (false, false) => Outcome::NotMet,
    };
    InsuranceTerms { required, outcome, gaps }
}

impl MedicalPolicy {
    /// A policy that is not valid in the host country gives no cover there at all.
    fn gives(&self, cover: Cover) -> bool {
        self.host_covered
            && match cover {
                Cover::Medical => true,
                Cover::Evacuation => self.evacuation,
                Cover::Repatriation => self.repatriation,
            }
    }
}
