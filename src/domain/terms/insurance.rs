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

impl Cover {
    pub const ALL: [Cover; 3] = [Cover::Medical, Cover::Evacuation, Cover::Repatriation];

    pub fn code(self) -> &'static str {
        match self {
            Cover::Medical => "medical",
            Cover::Evacuation => "evacuation",
            Cover::Repatriation => "repatriation",
        }
    }

    pub fn from_code(code: &str) -> Option<Cover> {
        Self::ALL.into_iter().find(|cover| cover.code() == code)
    }
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
    let gaps = gaps(stay, &required, |cover| {
        let giving = policies.iter().filter(|policy| policy.gives(cover));
        giving.map(|p| Window { from: p.from, to: Some(p.to) }).collect()
    });
    let outcome = match (nationalities.is_empty(), gaps.is_empty()) {
        (true, _) => Outcome::NeedsReview,
        (false, true) => Outcome::Met,
        (false, false) => Outcome::NotMet,
    };
    InsuranceTerms { required, outcome, gaps }
}

/// The days of a stay that lack a cover, by cover in the order given, then by date; `covered` says on which days one
/// is had.
pub fn gaps(stay: Stay, required: &[Cover], covered: impl Fn(Cover) -> Windows) -> Vec<Gap> {
    let every_day = Windows::between(stay.start, Some(stay.end));
    let mut gaps = Vec::new();
    for cover in required {
        for gap in every_day.minus(&covered(*cover)).as_slice() {
            gaps.push(Gap { cover: *cover, from: gap.from, to: gap.to.unwrap_or(stay.end) });
        }
    }
    gaps
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
