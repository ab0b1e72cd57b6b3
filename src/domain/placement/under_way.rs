//! From the first day to the last: start, extend, evaluate, complete, end early.

use super::{Placement, Ready, Refusal, Started, is_eligible, is_settled};
use crate::domain::PersonId;
use crate::domain::eligibility::{Assessment, Rule};
use crate::domain::hand::Hand;
use crate::domain::letter::Letter;
use crate::domain::step::Step;
use crate::domain::terms::{Gap, Terms};
use chrono::{Duration, NaiveDate};

/// An extension must be asked for so many days before the end.
pub const EXTENSION_NOTICE_DAYS: i64 = 14;
/// The notice of an early end, unless both sides agree.
pub const EARLY_END_NOTICE_DAYS: i64 = 14;
/// The final evaluation can be written from so many days before the last day.
pub const FINAL_EVALUATION_DAYS: i64 = 28;
/// An internship can be completed from so many days before its last day: the last week is short of working days.
pub const COMPLETE_DAYS: i64 = 7;

/// The day of the mid-term evaluation: half-way, the earlier day of two.
pub fn mid_term_on(starts_on: NaiveDate, ends_on: NaiveDate) -> NaiveDate {
    starts_on + Duration::days((ends_on - starts_on).num_days() / 2)
}

/// Which of the two evaluations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    MidTerm,
    Final,
}

impl Which {
    pub const ALL: [Which; 2] = [Which::MidTerm, Which::Final];

    pub fn code(self) -> &'static str {
        match self {
            Which::MidTerm => "mid_term",
            Which::Final => "final",
        }
    }

    pub fn from_code(code: &str) -> Option<Which> {
        Self::ALL.into_iter().find(|which| which.code() == code)
    }
}

/// Why an internship did not begin on that day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartProblem {
    /// Before the day that was agreed.
    TooEarly,
    /// The day has not come yet.
    Ahead,
    /// After the last day.
    AfterTheEnd,
    /// What is left is too short.
    TermsDoNotHold,
    /// A rule is not met on that day, or needs a person's judgement that it did not need on the day agreed.
    NotEligible,
}

impl Placement<Ready> {
    /// On the day that was agreed, or later; then terms and eligibility, worked out anew, hold for the later day too.
    /// Cover does: whoever is ready is insured for every day agreed, and a later first day adds none.
    ///
    /// # Errors
    /// Everything that stands in the way.
    pub fn start(
        &self,
        today: NaiveDate,
        first_day: NaiveDate,
        terms: &Terms,
        (assessment, judged): (&Assessment, &[Rule]),
    ) -> Result<Step, Vec<StartProblem>> {
        let is_eligible = is_eligible(assessment) && is_settled(assessment, judged);
        let planned = self.facts.starts_on;
        let problems: Vec<StartProblem> = [
            (first_day < planned, StartProblem::TooEarly),
            (first_day > today, StartProblem::Ahead),
            (first_day > self.facts.ends_on, StartProblem::AfterTheEnd),
            (first_day > planned && !terms.hold(), StartProblem::TermsDoNotHold),
            (first_day > planned && !is_eligible, StartProblem::NotEligible),
        ]
        .into_iter()
        .filter_map(|(stands, problem)| stands.then_some(problem))
        .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let facts = serde_json::json!({ "first_day": first_day });
        Ok(self
            .step("start", "started")
            .with(facts)
            .starting(first_day)
            .tell(self.facts.candidate, Letter::InternshipBegun)
            .tell(self.facts.supervisor, Letter::SupervisionBegun))
    }
}

/// A longer stay that a supervisor has asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    pub new_end: NaiveDate,
    pub asked_by: PersonId,
    pub asked_on: NaiveDate,
    /// The intern has said yes.
    pub is_agreed: bool,
}

/// Why an internship is not extended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExtendProblem {
    /// Not the named supervisor, or somebody who acts twice.
    NotYou,
    /// Fewer than 14 days before the end.
    TooLate,
    /// Not after the last day agreed so far.
    NotLonger,
    TermsDoNotHold,
    NotAgreed,
    /// Not insured up to the new end.
    NotInsured,
    /// The last day agreed so far has passed.
    Over,
}

impl Placement<Started> {
    /// The supervisor asks, at least 14 days before the end. `terms` are those of the longer stay.
    ///
    /// # Errors
    /// Everything that stands in the way.
    pub fn ask_extension(
        &self,
        by: impl Into<Hand>,
        wish: &Wish,
        terms: &Terms,
    ) -> Result<(), Vec<ExtendProblem>> {
        let mut problems = self.against(wish, terms);
        if self.by_supervisor(by).is_err() {
            problems.push(ExtendProblem::NotYou);
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Whether somebody of Human Resources may confirm or decline it: nobody acts twice on the same case.
    pub fn may_decide(&self, by: PersonId, wish: &Wish) -> bool {
        by != wish.asked_by && by != self.facts.candidate
    }

    /// Whether a longer stay can still be agreed: what is over is not prolonged.
    pub fn may_agree_extension(&self, today: NaiveDate) -> bool {
        today <= self.facts.ends_on
    }

    /// Confirmed by Human Resources, on the last day agreed so far at the latest, once the intern has agreed and is
    /// insured up to the new end. Age and track are
    /// tested at commencement only, never again. `uncovered`: days up to the new end that no verified policy covers.
    ///
    /// # Errors
    /// Everything that stands in the way.
    pub fn extend(
        &self,
        by: PersonId,
        wish: &Wish,
        terms: &Terms,
        uncovered: &[Gap],
        today: NaiveDate,
    ) -> Result<Step, Vec<ExtendProblem>> {
        let mut problems = self.against(wish, terms);
        if !self.may_decide(by, wish) {
            problems.push(ExtendProblem::NotYou);
        }
        if !self.may_agree_extension(today) {
            problems.push(ExtendProblem::Over);
        }
        if !wish.is_agreed {
            problems.push(ExtendProblem::NotAgreed);
        }
        if !uncovered.is_empty() {
            problems.push(ExtendProblem::NotInsured);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(self
            .step("extend", "started")
            .with(serde_json::json!({ "to": wish.new_end }))
            .ending(wish.new_end)
            .tell(self.facts.candidate, Letter::ExtensionDecided)
            .tell(self.facts.supervisor, Letter::ExtensionAnswered))
    }

    fn against(&self, wish: &Wish, terms: &Terms) -> Vec<ExtendProblem> {
        [
            (!self.may_ask_extension(wish.asked_on), ExtendProblem::TooLate),
            (wish.new_end <= self.facts.ends_on, ExtendProblem::NotLonger),
            (!terms.hold(), ExtendProblem::TermsDoNotHold),
        ]
        .into_iter()
        .filter_map(|(stands, problem)| stands.then_some(problem))
        .collect()
    }

    /// Whether there is still time to ask for a longer stay.
    pub fn may_ask_extension(&self, today: NaiveDate) -> bool {
        (self.facts.ends_on - today).num_days() >= EXTENSION_NOTICE_DAYS
    }

    /// By the supervisor, in writing; the final one in the last four weeks or later. `tell`: the candidate gets a letter.
    pub fn evaluate(
        &self,
        by: impl Into<Hand>,
        which: Which,
        today: NaiveDate,
        tell: bool,
    ) -> Result<Step, Refusal> {
        self.by_supervisor(by)?;
        let from = self.facts.ends_on - Duration::days(FINAL_EVALUATION_DAYS);
        if which == Which::Final && today < from {
            return Err(Refusal::WrongDay);
        }
        let step = self.step("evaluate", "started").with(serde_json::json!({ "which": which.code() }));
        Ok(if tell { step.tell(self.facts.candidate, Letter::EvaluationWritten) } else { step })
    }

    /// In the last week or later, once the final evaluation is written.
    pub fn complete(&self, by: impl Into<Hand>, evaluated: bool, today: NaiveDate) -> Result<Step, Refusal> {
        self.by_supervisor(by)?;
        let from = self.facts.ends_on - Duration::days(COMPLETE_DAYS);
        if !evaluated || today < from {
            return Err(Refusal::WrongDay);
        }
        Ok(self.step("complete", "completed").tell(self.facts.candidate, Letter::InternshipCompleted))
    }

    /// The last day lies two weeks after the notice, unless both sides agree to an earlier one.
    pub fn end_early(
        &self,
        notice_on: NaiveDate,
        last_day: NaiveDate,
        both_agree: bool,
        reason: String,
    ) -> Result<Step, Refusal> {
        let earliest = notice_on + Duration::days(EARLY_END_NOTICE_DAYS);
        if last_day >= self.facts.ends_on || (last_day < earliest && !both_agree) {
            return Err(Refusal::WrongDay);
        }
        let facts = serde_json::json!({ "last_day": last_day });
        Ok(self
            .step("end_early", "ended_early")
            .because(reason)
            .with(facts)
            .ending(last_day)
            .tell(self.facts.candidate, Letter::EndedEarly)
            .tell(self.facts.supervisor, Letter::SupervisionEnded))
    }
}
