//! May I start on day S if I release on day R? (`eligibility.md`)
//!
//! Each rule grades all start days at once. A [`Graded`] holds three nested sets of days: those on which the rule
//! is met, those on which it lacks at most information, and those on which no rule forbids. "All of" is then the
//! intersection and "any of" the union, set by set; the verdict for a day and every window fall out of one value.

mod age;
mod language;
mod reason;
mod track;

pub use reason::{Reason, TrackGap, TrackReview};

use super::calendar::Windows;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a rule says of a day, from best to worst: "all of" takes the worst, "any of" the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Met,
    NeedsInformation,
    NeedsReview,
    NotMet,
}

/// The answer as a whole, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Eligible,
    NeedsInformation,
    NeedsReview,
    /// Not on these dates, but on others.
    OtherDates,
    /// On no date.
    NotEligible,
}

impl Verdict {
    pub const ALL: [Verdict; 5] = [
        Verdict::Eligible,
        Verdict::NeedsInformation,
        Verdict::NeedsReview,
        Verdict::OtherDates,
        Verdict::NotEligible,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Verdict::Eligible => "eligible",
            Verdict::NeedsInformation => "needs_information",
            Verdict::NeedsReview => "needs_review",
            Verdict::OtherDates => "other_dates",
            Verdict::NotEligible => "not_eligible",
        }
    }

    pub fn from_code(code: &str) -> Option<Verdict> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Age,
    Track,
    Language,
}

impl Rule {
    pub const ALL: [Rule; 3] = [Rule::Age, Rule::Track, Rule::Language];

    pub fn code(self) -> &'static str {
        match self {
            Rule::Age => "age",
            Rule::Track => "track",
            Rule::Language => "language",
        }
    }

    pub fn from_code(code: &str) -> Option<Rule> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// The four ways to qualify.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    FinalYear,
    GraduateStudent,
    RecentGraduate,
    Sponsored,
}

impl Track {
    pub const ALL: [Track; 4] =
        [Track::FinalYear, Track::GraduateStudent, Track::RecentGraduate, Track::Sponsored];

    pub fn code(self) -> &'static str {
        match self {
            Track::FinalYear => "final_year",
            Track::GraduateStudent => "graduate_student",
            Track::RecentGraduate => "recent_graduate",
            Track::Sponsored => "sponsored",
        }
    }

    pub fn from_code(code: &str) -> Option<Track> {
        Self::ALL.into_iter().find(|track| track.code() == code)
    }
}

/// Only bachelor, master and doctorate are degrees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DegreeLevel {
    Secondary,
    ShortCycle,
    Certificate,
    Bachelor,
    Master,
    Doctorate,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyState {
    Enrolled,
    Awarded,
}

/// One course of study; a date that is not known is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Study {
    pub level: DegreeLevel,
    pub state: StudyState,
    pub started_on: Option<NaiveDate>,
    /// First day of the final academic year.
    pub final_year_starts_on: Option<NaiveDate>,
    /// Of an enrolment: the expected award.
    pub ends_on: Option<NaiveDate>,
    pub awarded_on: Option<NaiveDate>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SponsorKind {
    Governmental,
    NonGovernmental,
    Academic,
    Private,
}

/// A period with both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// An institution that sponsors work in an area relevant to both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sponsor {
    pub kind: SponsorKind,
    pub letter: bool,
    /// `None`: nobody has judged it yet.
    pub relevant_area: Option<bool>,
    /// What the letter covers.
    pub covers: Option<Period>,
}

/// A level of the Common European Framework of Reference for Languages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Level {
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

impl Level {
    pub const ALL: [Level; 6] = [Level::A1, Level::A2, Level::B1, Level::B2, Level::C1, Level::C2];

    /// As the framework writes it, such as `B2`.
    pub fn code(self) -> &'static str {
        match self {
            Level::A1 => "A1",
            Level::A2 => "A2",
            Level::B1 => "B1",
            Level::B2 => "B2",
            Level::C1 => "C1",
            Level::C2 => "C2",
        }
    }

    pub fn from_code(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What somebody can do in one language (ISO 639-1); a skill that is not stated is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LanguageSkills {
    pub code: String,
    pub mother_tongue: bool,
    pub listening: Option<Level>,
    pub reading: Option<Level>,
    pub speaking: Option<Level>,
    pub writing: Option<Level>,
}

/// What a candidate states; `None` is "not asked yet", an empty list is "none".
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    pub date_of_birth: Option<NaiveDate>,
    pub studies: Option<Vec<Study>>,
    pub sponsor: Option<Sponsor>,
    pub languages: Option<Vec<LanguageSkills>>,
}

/// "If I release on `as_of`, may I start on `start`?" Without a start it is the day of release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    pub as_of: NaiveDate,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub facts: Facts,
}

/// The numbers of the three rules.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Policy {
    /// The youngest age at the start, in years.
    pub from_age: u32,
    /// The first age that is too old.
    pub below_age: u32,
    /// How long after an award one may start.
    pub months_after_award: u32,
    /// One of these is enough (ISO 639-1).
    pub working_languages: Vec<String>,
    /// Needed in all four skills of one of them.
    pub working_level: Level,
}

/// One rule, graded for every start day: nested sets, best first.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Graded {
    met: Windows,
    /// Met, or information is missing.
    informed: Windows,
    /// Not forbidden: met, or information is missing, or a person must judge.
    possible: Windows,
}

impl Graded {
    /// The same outcome on all these days, forbidden on every other.
    fn on(days: &Windows, outcome: Outcome) -> Graded {
        let if_at_most = |worst| if outcome <= worst { days.clone() } else { Windows::empty() };
        Graded {
            met: if_at_most(Outcome::Met),
            informed: if_at_most(Outcome::NeedsInformation),
            possible: if_at_most(Outcome::NeedsReview),
        }
    }

    fn all_of(&self, other: &Graded) -> Graded {
        Graded {
            met: self.met.intersect(&other.met),
            informed: self.informed.intersect(&other.informed),
            possible: self.possible.intersect(&other.possible),
        }
    }

    fn any_of(&self, other: &Graded) -> Graded {
        Graded {
            met: self.met.union(&other.met),
            informed: self.informed.union(&other.informed),
            possible: self.possible.union(&other.possible),
        }
    }

    fn outcome(&self, day: NaiveDate) -> Outcome {
        if self.met.contains(day) {
            Outcome::Met
        } else if self.informed.contains(day) {
            Outcome::NeedsInformation
        } else if self.possible.contains(day) {
            Outcome::NeedsReview
        } else {
            Outcome::NotMet
        }
    }
}

/// One rule's answer for the day asked about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RuleResult {
    pub rule: Rule,
    pub outcome: Outcome,
    #[serde(flatten)]
    pub reason: Reason,
    /// The tracks that are met; empty for the other rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Track>,
}

/// Not a yes or no, but the dates on which it is yes, and the reason for each rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assessment {
    pub as_of: NaiveDate,
    /// The start asked about; `None` asked about the day of release.
    pub start: Option<NaiveDate>,
    pub verdict: Verdict,
    pub rules: Vec<RuleResult>,
    /// Start days on which every rule is met.
    pub eligible_start: Windows,
    /// Start days that no rule forbids.
    pub possible_start: Windows,
    /// The first day of release that leaves a possible start.
    pub release_from: Option<NaiveDate>,
    /// The numbers that were gone by …
    pub policy: Policy,
    /// … and the office that has some of them as its own; `None`: the programme's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
}

impl Assessment {
    pub fn rule(&self, rule: Rule) -> Option<&RuleResult> {
        self.rules.iter().find(|result| result.rule == rule)
    }

    pub fn tracks(&self) -> &[Track] {
        self.rule(Rule::Track).map_or(&[], |result| &result.tracks)
    }

    /// The rules that a person has to judge.
    pub fn left_to_a_person(&self) -> Vec<Rule> {
        self.rules.iter().filter(|it| it.outcome == Outcome::NeedsReview).map(|it| it.rule).collect()
    }

    /// The worst outcome: what stands between the candidate and "eligible".
    pub fn worst(&self) -> Outcome {
        self.rules.iter().map(|result| result.outcome).max().unwrap_or(Outcome::NeedsInformation)
    }
}

impl Policy {
    /// Answers a question whose dates are possible (see `api::eligibility`).
    pub fn assess(&self, question: &Question) -> Assessment {
        let (released, facts) = (question.as_of, &question.facts);
        let start = question.start.unwrap_or(released);
        // the end of the internship counts for the day asked about only, not for the windows
        let end = question.start.and(question.end);
        let rules = vec![
            age::judge(self, facts, released, start),
            track::judge(self, facts, released, start, end),
            language::judge(self, facts),
        ];
        let days = self.days(facts, released);
        let release_from = self.release_from(facts, released, &days);
        let verdict = match rules.iter().map(|result| result.outcome).max() {
            Some(Outcome::Met) => Verdict::Eligible,
            Some(Outcome::NeedsInformation) | None => Verdict::NeedsInformation,
            Some(Outcome::NeedsReview) => Verdict::NeedsReview,
            Some(Outcome::NotMet) if release_from.is_some() => Verdict::OtherDates,
            Some(Outcome::NotMet) => Verdict::NotEligible,
        };
        Assessment {
            as_of: released,
            start: question.start,
            verdict,
            rules,
            eligible_start: days.met,
            possible_start: days.possible,
            release_from,
            policy: self.clone(),
            office: None,
        }
    }

    /// All start days from the release on, graded by all three rules.
    fn days(&self, facts: &Facts, released: NaiveDate) -> Graded {
        let any_day = Windows::between(released, None);
        age::days(self, facts, &any_day)
            .all_of(&track::days(self, facts, released, None))
            .all_of(&Graded::on(&any_day, language::judge(self, facts).outcome))
    }

    /// Waiting to release helps only where a final year or an enrolment begins.
    fn release_from(&self, facts: &Facts, released: NaiveDate, days: &Graded) -> Option<NaiveDate> {
        if !days.possible.is_empty() {
            return Some(released);
        }
        let studies = facts.studies.iter().flatten();
        let mut later: Vec<NaiveDate> = studies
            .flat_map(|study| [study.started_on, study.final_year_starts_on])
            .flatten()
            .filter(|day| *day > released)
            .collect();
        later.sort();
        later.into_iter().find(|day| !self.days(facts, *day).possible.is_empty())
    }
}
