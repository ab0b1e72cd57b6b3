//! Why a rule came out as it did: codes and dates, put into words elsewhere.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why a rule came out as it did, with what is needed to say so in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    AgeInRange {
        age: u32,
    },
    AgeTooYoung {
        from: NaiveDate,
        needed: u32,
    },
    AgeTooOld {
        last: NaiveDate,
        limit: u32,
    },
    AgeUnknown,
    TrackMet,
    TrackNeedsInformation {
        what: TrackGap,
    },
    TrackNeedsReview {
        what: TrackReview,
    },
    /// `last`: the last start that a track would allow; `from`: the release from which one would.
    TrackNotMet {
        last: Option<NaiveDate>,
    },
    TrackNone,
    TrackUnknown,
    LanguageWorkingKnowledge {
        languages: Vec<String>,
    },
    LanguageSkillMissing {
        language: String,
    },
    LanguageBelowLevel {
        language: String,
    },
    LanguageNoneOfThese,
    LanguageUnknown,
}

impl Reason {
    pub fn code(&self) -> &'static str {
        match self {
            Reason::AgeInRange { .. } => "age_in_range",
            Reason::AgeTooYoung { .. } => "age_too_young",
            Reason::AgeTooOld { .. } => "age_too_old",
            Reason::AgeUnknown => "age_unknown",
            Reason::TrackMet => "track_met",
            Reason::TrackNeedsInformation { .. } => "track_needs_information",
            Reason::TrackNeedsReview { .. } => "track_needs_review",
            Reason::TrackNotMet { .. } => "track_not_met",
            Reason::TrackNone => "track_none",
            Reason::TrackUnknown => "track_unknown",
            Reason::LanguageWorkingKnowledge { .. } => "language_working_knowledge",
            Reason::LanguageSkillMissing { .. } => "language_skill_missing",
            Reason::LanguageBelowLevel { .. } => "language_below_level",
            Reason::LanguageNoneOfThese => "language_none_of_these",
            Reason::LanguageUnknown => "language_unknown",
        }
    }
}

/// What is missing to know whether a track is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackGap {
    FinalYearStart,
    StudyDates,
    AwardDate,
    SponsorLetter,
}

/// What a person must judge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackReview {
    /// A graduate student without an earlier degree, such as in an integrated master.
    NoEarlierDegree,
    /// Whether the sponsor's area is relevant to both.
    SponsorArea,
    /// The letter does not cover the whole internship.
    SponsorPeriod,
}
