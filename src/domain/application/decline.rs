//! The list of reasons that goes with `decline`.

/// Why a profile was not selected: the list of `decline`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DeclineReason {
    RulesNotMet,
    NoMatchingPlace,
    ExperienceDoesNotMatch,
    DatesDoNotMatch,
    DocumentsNotConvincing,
    Duplicate,
}

impl DeclineReason {
    pub const ALL: [DeclineReason; 6] = [
        DeclineReason::RulesNotMet,
        DeclineReason::NoMatchingPlace,
        DeclineReason::ExperienceDoesNotMatch,
        DeclineReason::DatesDoNotMatch,
        DeclineReason::DocumentsNotConvincing,
        DeclineReason::Duplicate,
    ];

    pub fn code(self) -> &'static str {
        match self {
            DeclineReason::RulesNotMet => "rules_not_met",
            DeclineReason::NoMatchingPlace => "no_matching_place",
            DeclineReason::ExperienceDoesNotMatch => "experience_does_not_match",
            DeclineReason::DatesDoNotMatch => "dates_do_not_match",
            DeclineReason::DocumentsNotConvincing => "documents_not_convincing",
            DeclineReason::Duplicate => "duplicate",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}
