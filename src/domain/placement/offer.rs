//! From the supervisor's approval to the candidate's answer (`lifecycle.md`, `offer` to `rescind`).

use super::{Approved, Offered, OpenWaiver, Placement, Refusal, is_eligible, is_settled};
use crate::domain::PersonId;
use crate::domain::due::CHASE_DAYS;
use crate::domain::eligibility::{Assessment, Rule};
use crate::domain::letter::Letter;
use crate::domain::step::Step;
use crate::domain::terms::Terms;
use chrono::{Duration, NaiveDate};
use std::ops::RangeInclusive;

/// Days to answer, unless Human Resources says otherwise.
pub const ANSWER_DAYS: i64 = 7;
/// Days that Human Resources may give, counted from the offer.
const ANSWER_WITHIN: RangeInclusive<i64> = 2..=30;
/// The candidate is reminded so many days before the answer date, the earliest first, as of everything that is due.
pub const REMIND_DAYS: [i64; 3] = CHASE_DAYS;

/// The days by which an offer made today may ask for an answer: all before the first day of the stay, so there may be
/// none.
pub fn answer_days(today: NaiveDate, starts_on: NaiveDate) -> RangeInclusive<NaiveDate> {
    let last = today + Duration::days(*ANSWER_WITHIN.end());
    today + Duration::days(*ANSWER_WITHIN.start())..=last.min(starts_on - Duration::days(1))
}

/// Why a placement may not be offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfferProblem {
    /// Nobody acts on their own application.
    OwnApplication,
    /// A waiver of the allowance was asked for and is not decided.
    WaiverPending,
    /// Too early, too late, or not before the first day.
    AnswerDate,
    /// Length, total or overlap.
    TermsDoNotHold,
    /// A rule is not met on the first day, or not known to be.
    NotEligible,
    /// The rules leave it to a person, and nobody has found that it is met.
    Unjudged,
}

impl Placement<Approved> {
    /// The offer to the candidate, to be answered by a day. Terms and assessment are those of today, for these dates;
    /// `judged` as in [`propose`](super::propose).
    ///
    /// # Errors
    /// Everything that stands in the way.
    pub fn offer(
        &self,
        by: PersonId,
        pending: Option<OpenWaiver>,
        (terms, assessment, judged): (&Terms, &Assessment, &[Rule]),
        today: NaiveDate,
        answer_by: NaiveDate,
    ) -> Result<Step, Vec<OfferProblem>> {
        let checks = [
            (by == self.facts.candidate, OfferProblem::OwnApplication),
            (pending.is_some(), OfferProblem::WaiverPending),
            (!answer_days(today, self.facts.starts_on).contains(&answer_by), OfferProblem::AnswerDate),
            (!terms.hold(), OfferProblem::TermsDoNotHold),
            (!is_eligible(assessment), OfferProblem::NotEligible),
            (!is_settled(assessment, judged), OfferProblem::Unjudged),
        ];
        let problems: Vec<_> = checks.into_iter().filter_map(|(bad, why)| bad.then_some(why)).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(self
            .step("offer", "offered")
            .with(serde_json::json!({ "answer_by": answer_by }))
            .tell(self.facts.candidate, Letter::OfferMade))
    }
}

impl Placement<Offered> {
    /// By the candidate, up to and with the answer date.
    pub fn accept(&self, by: PersonId, today: NaiveDate, answer_by: NaiveDate) -> Result<Step, Refusal> {
        if by != self.facts.candidate {
            return Err(Refusal::ActedAlready);
        }
        if today > answer_by {
            return Err(Refusal::WrongDay);
        }
        Ok(self
            .step("accept", "accepted")
            .tell(self.facts.proposed_by, Letter::OfferAccepted)
            .tell(self.facts.supervisor, Letter::InternExpected))
    }

    /// By the candidate, who stays in the pool; a reason is welcome.
    pub fn refuse(&self, by: PersonId, reason: Option<String>) -> Result<Step, Refusal> {
        if by != self.facts.candidate {
            return Err(Refusal::ActedAlready);
        }
        let step = self.off("refuse", "refused").tell(self.facts.proposed_by, Letter::OfferRefused);
        Ok(match reason {
            Some(reason) => step.because(reason),
            None => step,
        })
    }

    /// By the system, after the answer date.
    pub fn lapse(&self, today: NaiveDate, answer_by: NaiveDate) -> Result<Step, Refusal> {
        if today <= answer_by {
            return Err(Refusal::WrongDay);
        }
        Ok(self
            .off("lapse", "lapsed")
            .tell(self.facts.candidate, Letter::OfferLapsed)
            .tell(self.facts.proposed_by, Letter::OfferUnanswered))
    }

    /// Taken back by HR, who says why; the candidate reads the reason.
    pub fn rescind(&self, reason: String) -> Step {
        self.off("rescind", "rescinded").because(reason).tell(self.facts.candidate, Letter::OfferRescinded)
    }

    /// The supervisor no longer expects anybody.
    fn off(&self, action: &'static str, to: &'static str) -> Step {
        self.step(action, to).tell(self.facts.supervisor, Letter::PlacementCancelled)
    }
}

/// Which reminder is due today of an offer made on a day: so many days before the answer date. One that was missed is
/// not made up for once the next is due, and none comes on the day of the offer itself.
pub fn reminder_due(made_on: NaiveDate, answer_by: NaiveDate, today: NaiveDate) -> Option<i64> {
    let due = |days: &i64| {
        let on = answer_by - Duration::days(*days);
        made_on < on && on <= today && today <= answer_by
    };
    REMIND_DAYS.into_iter().rev().find(due)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn an_answer_is_due_in_two_to_thirty_days_and_before_the_first_day() {
        let today = day("2026-11-25");
        assert_eq!(answer_days(today, day("2027-02-01")), day("2026-11-27")..=day("2026-12-25"));
        assert_eq!(answer_days(today, day("2026-11-28")), day("2026-11-27")..=day("2026-11-27"));
        assert!(answer_days(today, day("2026-11-27")).is_empty(), "no time is left to answer");
    }

    #[test]
    fn reminders_come_seven_three_and_one_day_before_if_so_much_time_was_given() {
        let due = |made, today| reminder_due(day(made), day("2026-12-02"), day(today));
        for (today, days) in [
            ("2026-11-28", None),
            ("2026-11-29", Some(3)),
            ("2026-11-30", Some(3)),
            ("2026-12-01", Some(1)),
            ("2026-12-02", Some(1)),
            ("2026-12-03", None),
        ] {
            assert_eq!(due("2026-11-25", today), days, "{today}");
            assert_eq!(due("2026-11-20", today), days.or((today == "2026-11-28").then_some(7)), "{today}");
        }
        assert_eq!(due("2026-11-30", "2026-11-30"), None, "the offer says it itself");
        assert_eq!(due("2026-11-30", "2026-12-01"), Some(1));
    }
}
