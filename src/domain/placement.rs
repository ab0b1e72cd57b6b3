//! The lifecycle of a placement (`lifecycle.md`): a type per state, a method per transition.

mod offer;
mod under_way;
mod waiver;

pub use offer::{ANSWER_DAYS, OfferProblem, REMIND_DAYS, answer_days, reminder_due};
pub use under_way::{
    COMPLETE_DAYS, EARLY_END_NOTICE_DAYS, EXTENSION_NOTICE_DAYS, ExtendProblem, FINAL_EVALUATION_DAYS,
    StartProblem, Which, Wish, mid_term_on,
};
pub use waiver::{DECIDE_DAYS, OpenWaiver, Standing, WaiverProblem};

use super::application::{Application, Pooled};
use super::eligibility::{Assessment, Outcome, Rule, RuleResult};
use super::hand::Hand;
use super::letter::Letter;
use super::step::{Approval, Birth, Step, Subject};
use super::terms::Terms;
use super::{PersonId, PlacementId};
use chrono::NaiveDate;

/// The name of a state: for lists, badges and the database.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    Proposed,
    Approved,
    Declined,
    Offered,
    Accepted,
    Refused,
    Lapsed,
    Rescinded,
    Ready,
    Started,
    Completed,
    EndedEarly,
    NoShow,
    Cancelled,
}

impl State {
    pub const ALL: [State; 14] = [
        State::Proposed,
        State::Approved,
        State::Declined,
        State::Offered,
        State::Accepted,
        State::Refused,
        State::Lapsed,
        State::Rescinded,
        State::Ready,
        State::Started,
        State::Completed,
        State::EndedEarly,
        State::NoShow,
        State::Cancelled,
    ];

    pub fn code(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Approved => "approved",
            State::Declined => "declined",
            State::Offered => "offered",
            State::Accepted => "accepted",
            State::Refused => "refused",
            State::Lapsed => "lapsed",
            State::Rescinded => "rescinded",
            State::Ready => "ready",
            State::Started => "started",
            State::Completed => "completed",
            State::EndedEarly => "ended_early",
            State::NoShow => "no_show",
            State::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Days that the supervisor has to approve or decline, counted from the proposal.
pub const APPROVE_DAYS: i64 = 10;

/// Why a placement may not be proposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProposeProblem {
    /// Nobody acts on their own application.
    OwnApplication,
    /// The supervisor is the proposer, or the candidate.
    SupervisorActs,
    /// Length, total or overlap.
    TermsDoNotHold,
    /// A rule is not met on the first day, or not known to be.
    NotEligible,
    /// The rules leave it to a person, and nobody has found that it is met.
    Unjudged,
}

/// A placement for somebody in the pool (`propose`): the terms hold, and the rules are met on that first day. `judged`:
/// the rules that were judged as met for this version of the profile.
///
/// # Errors
/// Everything that stands in the way.
pub fn propose(
    id: PlacementId,
    application: &Application<Pooled>,
    by: PersonId,
    supervisor: PersonId,
    terms: &Terms,
    (assessment, judged): (&Assessment, &[Rule]),
) -> Result<Birth, Vec<ProposeProblem>> {
    let mut problems = Vec::new();
    if by == application.candidate {
        problems.push(ProposeProblem::OwnApplication);
    }
    if supervisor == by || supervisor == application.candidate {
        problems.push(ProposeProblem::SupervisorActs);
    }
    if !terms.hold() {
        problems.push(ProposeProblem::TermsDoNotHold);
    }
    if !is_eligible(assessment) {
        problems.push(ProposeProblem::NotEligible);
    } else if !is_settled(assessment, judged) {
        problems.push(ProposeProblem::Unjudged);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let facts = serde_json::json!({ "application": application.id });
    Ok(Birth::new(Subject::Placement(id), facts).tell(supervisor, Letter::PlacementProposed))
}

/// What the rules leave to a person was judged as met.
pub fn is_settled(assessment: &Assessment, judged: &[Rule]) -> bool {
    let open = |rule: &RuleResult| rule.outcome == Outcome::NeedsReview && !judged.contains(&rule.rule);
    !assessment.rules.iter().any(open)
}

/// Every rule is met, or left to a person to judge.
pub fn is_eligible(assessment: &Assessment) -> bool {
    assessment.rules.iter().all(|rule| matches!(rule.outcome, Outcome::Met | Outcome::NeedsReview))
}

/// One placement in state `S`, as the actor saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placement<S> {
    pub facts: Facts,
    pub state: S,
}

/// What every placement knows, whatever its state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    pub id: PlacementId,
    pub candidate: PersonId,
    pub supervisor: PersonId,
    pub proposed_by: PersonId,
    pub version: i32,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

macro_rules! states {
    ($($name:ident),+) => {
        $(
            #[derive(Clone, Copy, PartialEq, Eq, Debug)]
            pub struct $name;
        )+
        /// A placement in whatever state it is in.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum AnyPlacement {
            $($name(Placement<$name>)),+
        }
        impl AnyPlacement {
            pub fn new(facts: Facts, state: State) -> AnyPlacement {
                match state {
                    $(State::$name => Self::$name(Placement { facts, state: $name })),+
                }
            }
            pub fn name(&self) -> State {
                match self {
                    $(Self::$name(_) => State::$name),+
                }
            }
            pub fn facts(&self) -> &Facts {
                match self {
                    $(Self::$name(it) => &it.facts),+
                }
            }
        }
    };
}
states!(
    Proposed, Approved, Declined, Offered, Accepted, Refused, Lapsed, Rescinded, Ready, Started, Completed,
    EndedEarly, NoShow, Cancelled
);

/// Why somebody may not take this step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The placement is no longer in the state the actor saw.
    MovedOn,
    /// Only the named supervisor decides.
    NotTheSupervisor,
    /// Nobody acts twice on the same case.
    ActedAlready,
    /// The day has not come, or has passed.
    WrongDay,
    /// The supervisor has not declared to be free of conflicts of interest.
    ConflictOfInterest,
}

impl AnyPlacement {
    pub fn proposed(self) -> Result<Placement<Proposed>, Refusal> {
        if let Self::Proposed(it) = self { Ok(it) } else { Err(Refusal::MovedOn) }
    }

    pub fn approved(self) -> Result<Placement<Approved>, Refusal> {
        if let Self::Approved(it) = self { Ok(it) } else { Err(Refusal::MovedOn) }
    }

    pub fn offered(self) -> Result<Placement<Offered>, Refusal> {
        if let Self::Offered(it) = self { Ok(it) } else { Err(Refusal::MovedOn) }
    }

    pub fn ready(self) -> Result<Placement<Ready>, Refusal> {
        if let Self::Ready(it) = self { Ok(it) } else { Err(Refusal::MovedOn) }
    }

    pub fn started(self) -> Result<Placement<Started>, Refusal> {
        if let Self::Started(it) = self { Ok(it) } else { Err(Refusal::MovedOn) }
    }

    /// Called off by HR, with a reason.
    pub fn cancel(&self, reason: String) -> Result<Step, Refusal> {
        let step = match self {
            Self::Proposed(it) => it.step("cancel", "cancelled"),
            Self::Approved(it) => it.step("cancel", "cancelled"),
            Self::Accepted(it) => it.step("cancel", "cancelled"),
            Self::Ready(it) => it.step("cancel", "cancelled"),
            _ => return Err(Refusal::MovedOn),
        };
        let step = step.because(reason).tell(self.facts().supervisor, Letter::PlacementCancelled);
        // nobody has written to the candidate about it before the offer
        Ok(match self {
            Self::Accepted(_) | Self::Ready(_) => step.tell(self.facts().candidate, Letter::PlacementOff),
            _ => step,
        })
    }

    /// Closed because the candidate withdrew or accepted another offer. `None`: nothing is open any more.
    pub fn close(&self) -> Option<Step> {
        let step = match self {
            Self::Proposed(it) => it.step("close", "cancelled"),
            Self::Approved(it) => it.step("close", "cancelled"),
            Self::Offered(it) => it.step("close", "cancelled"),
            _ => return None,
        };
        Some(step.tell(self.facts().supervisor, Letter::PlacementCancelled))
    }

    /// The intern did not come: after the start date only.
    pub fn no_show(&self, today: NaiveDate) -> Result<Step, Refusal> {
        let step = match self {
            Self::Ready(it) => it.step("no_show", "no_show"),
            Self::Accepted(it) => it.step("no_show", "no_show"),
            _ => return Err(Refusal::MovedOn),
        };
        let facts = self.facts();
        match today > facts.starts_on {
            true => Ok(step
                .tell(facts.candidate, Letter::AbsenceRecorded)
                .tell(facts.supervisor, Letter::InternAbsent)),
            false => Err(Refusal::WrongDay),
        }
    }
}

impl<S> Placement<S> {
    pub(super) fn step(&self, action: &'static str, to: &'static str) -> Step {
        Step::new(Subject::Placement(self.facts.id), self.facts.version, action, to)
    }

    /// The named supervisor, or a deputy: nobody who proposed it, nor the candidate.
    fn by_supervisor(&self, by: impl Into<Hand>) -> Result<(), Refusal> {
        let by = by.into();
        if by.entitled() != self.facts.supervisor {
            return Err(Refusal::NotTheSupervisor);
        }
        if by.is_among(&[self.facts.proposed_by, self.facts.candidate]) {
            return Err(Refusal::ActedAlready);
        }
        Ok(())
    }
}

impl Placement<Proposed> {
    /// The named supervisor agrees, in writing and free of conflicts of interest.
    pub fn approve(
        &self,
        by: impl Into<Hand>,
        approval: Approval,
        no_conflict: bool,
    ) -> Result<Step, Refusal> {
        self.by_supervisor(by)?;
        if !no_conflict {
            return Err(Refusal::ConflictOfInterest);
        }
        Ok(self
            .step("approve", "approved")
            .approval(approval)
            .tell(self.facts.proposed_by, Letter::PlacementApproved))
    }

    /// The named supervisor says no; the application stays in the pool.
    pub fn decline(&self, by: impl Into<Hand>, reason: String) -> Result<Step, Refusal> {
        self.by_supervisor(by)?;
        Ok(self
            .step("decline", "declined")
            .because(reason)
            .tell(self.facts.proposed_by, Letter::PlacementDeclined))
    }
}
