//! The lifecycle of an application (`lifecycle.md`): a type per state, a method per transition.
//!
//! `Application<InReview>` has `pool`, `Application<Released>` has not: what the specification's table does not
//! allow cannot be written down. Each method returns the [`Step`] it earned, or why it may not be taken.

mod decline;
mod duplicate;
mod time;
mod withdraw;

pub use decline::DeclineReason;
pub use time::{ANSWER_DAYS, RENEWABLE_DAYS, RenewProblem, WARNING_DAYS};
pub use withdraw::{UNDO_HOURS, UndoProblem, Withdrawal};

use super::eligibility::{Outcome, RuleResult};
use super::letter::Letter;
use super::step::{Step, Subject};
use super::{ApplicationId, PersonId, calendar};
use chrono::NaiveDate;

/// The name of a state: for lists, badges and the database.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    Released,
    InReview,
    ChangesRequested,
    Pooled,
    NotSelected,
    Withdrawn,
    Expired,
    Placed,
}

impl State {
    pub const ALL: [State; 8] = [
        State::Released,
        State::InReview,
        State::ChangesRequested,
        State::Pooled,
        State::NotSelected,
        State::Withdrawn,
        State::Expired,
        State::Placed,
    ];

    pub fn code(self) -> &'static str {
        match self {
            State::Released => "released",
            State::InReview => "in_review",
            State::ChangesRequested => "changes_requested",
            State::Pooled => "pooled",
            State::NotSelected => "not_selected",
            State::Withdrawn => "withdrawn",
            State::Expired => "expired",
            State::Placed => "placed",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Open applications are worked on; a candidate has at most one.
    pub fn is_open(self) -> bool {
        !matches!(self, State::NotSelected | State::Withdrawn | State::Expired)
    }
}

/// One application in state `S`, as the actor saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Application<S> {
    pub id: ApplicationId,
    pub candidate: PersonId,
    pub version: i32,
    pub state: S,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Released {
    /// Who reviewed it before changes were requested.
    pub reviewer: Option<PersonId>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InReview {
    pub reviewer: PersonId,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChangesRequested {
    pub reviewer: Option<PersonId>,
    pub since: NaiveDate,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pooled {
    pub reviewer: Option<PersonId>,
    pub until: NaiveDate,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotSelected {
    pub since: NaiveDate,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expired {
    /// The last day in the pool; `None`: it never got there.
    pub pooled_until: Option<NaiveDate>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// Who has it again if the withdrawal is taken back.
    pub reviewer: Option<PersonId>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed;

/// An application in whatever state it is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnyApplication {
    Released(Application<Released>),
    InReview(Application<InReview>),
    ChangesRequested(Application<ChangesRequested>),
    Pooled(Application<Pooled>),
    NotSelected(Application<NotSelected>),
    Withdrawn(Application<Withdrawn>),
    Expired(Application<Expired>),
    Placed(Application<Placed>),
}

/// The facts a row holds, before its state is known by type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    pub id: ApplicationId,
    pub candidate: PersonId,
    pub version: i32,
    pub state: State,
    pub since: NaiveDate,
    pub reviewer: Option<PersonId>,
    pub pooled_until: Option<NaiveDate>,
}

impl AnyApplication {
    /// `None` if the facts contradict the state, which the database's checks do not let happen.
    pub fn from_facts(facts: Facts) -> Option<AnyApplication> {
        fn of<S>(f: Facts, state: S) -> Application<S> {
            Application { id: f.id, candidate: f.candidate, version: f.version, state }
        }
        let (reviewer, pooled_until) = (facts.reviewer, facts.pooled_until);
        Some(match facts.state {
            State::Released => Self::Released(of(facts, Released { reviewer })),
            State::InReview => Self::InReview(of(facts, InReview { reviewer: reviewer? })),
            State::ChangesRequested => {
                Self::ChangesRequested(of(facts, ChangesRequested { reviewer, since: facts.since }))
            }
            State::Pooled => Self::Pooled(of(facts, Pooled { reviewer, until: pooled_until? })),
            State::NotSelected => Self::NotSelected(of(facts, NotSelected { since: facts.since })),
            State::Withdrawn => Self::Withdrawn(of(facts, Withdrawn { reviewer })),
            State::Expired => Self::Expired(of(facts, Expired { pooled_until })),
            State::Placed => Self::Placed(of(facts, Placed)),
        })
    }

    pub fn name(&self) -> State {
        match self {
            Self::Released(_) => State::Released,
            Self::InReview(_) => State::InReview,
            Self::ChangesRequested(_) => State::ChangesRequested,
            Self::Pooled(_) => State::Pooled,
            Self::NotSelected(_) => State::NotSelected,
            Self::Withdrawn(_) => State::Withdrawn,
            Self::Expired(_) => State::Expired,
            Self::Placed(_) => State::Placed,
        }
    }

    pub fn released(self) -> Result<Application<Released>, MovedOn> {
        if let Self::Released(it) = self { Ok(it) } else { Err(MovedOn) }
    }

    pub fn in_review(self) -> Result<Application<InReview>, MovedOn> {
        if let Self::InReview(it) = self { Ok(it) } else { Err(MovedOn) }
    }

    pub fn pooled(self) -> Result<Application<Pooled>, MovedOn> {
        if let Self::Pooled(it) = self { Ok(it) } else { Err(MovedOn) }
    }

    pub fn withdrawn(self) -> Result<Application<Withdrawn>, MovedOn> {
        if let Self::Withdrawn(it) = self { Ok(it) } else { Err(MovedOn) }
    }

    pub fn not_selected(self) -> Result<Application<NotSelected>, MovedOn> {
        if let Self::NotSelected(it) = self { Ok(it) } else { Err(MovedOn) }
    }

    /// A new version of the profile. The state stays, except that requested changes are answered by it.
    pub fn re_release(&self, number: i32) -> Result<Step, MovedOn> {
        let told = |step: Step, reviewer: Option<PersonId>| match reviewer {
            Some(reviewer) => step.tell(reviewer, Letter::NewerVersion),
            None => step,
        };
        let step = match self {
            Self::Released(it) => it.step("re_release", "released"),
            Self::ChangesRequested(it) => told(it.step("re_release", "released"), it.state.reviewer),
            Self::InReview(it) => told(it.step("re_release", "in_review"), Some(it.state.reviewer)),
            Self::Pooled(it) => told(it.step("re_release", "pooled"), it.state.reviewer),
            Self::NotSelected(_) | Self::Withdrawn(_) | Self::Expired(_) | Self::Placed(_) => {
                return Err(MovedOn);
            }
        };
        Ok(step.with(serde_json::json!({ "number": number })).tell(self.candidate(), Letter::Released))
    }

    pub fn id(&self) -> ApplicationId {
        match self {
            Self::Released(it) => it.id,
            Self::InReview(it) => it.id,
            Self::ChangesRequested(it) => it.id,
            Self::Pooled(it) => it.id,
            Self::NotSelected(it) => it.id,
            Self::Withdrawn(it) => it.id,
            Self::Expired(it) => it.id,
            Self::Placed(it) => it.id,
        }
    }

    fn candidate(&self) -> PersonId {
        match self {
            Self::Released(it) => it.candidate,
            Self::InReview(it) => it.candidate,
            Self::ChangesRequested(it) => it.candidate,
            Self::Pooled(it) => it.candidate,
            Self::NotSelected(it) => it.candidate,
            Self::Withdrawn(it) => it.candidate,
            Self::Expired(it) => it.candidate,
            Self::Placed(it) => it.candidate,
        }
    }
}

/// How long a profile stays in the pool (`pool`, `renew`).
pub const POOL_MONTHS: u32 = 6;
/// How long a decision to decline can be taken back.
pub const REOPEN_MONTHS: u32 = 12;

fn pool_end(today: NaiveDate) -> NaiveDate {
    calendar::months_later(today, POOL_MONTHS)
}

/// Somebody was faster: the case is no longer in the state the actor saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MovedOn;

/// Why a reviewer may not decide.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotYours {
    /// Nobody acts on their own application.
    OwnApplication,
    /// Another reviewer has claimed it.
    ClaimedBy(PersonId),
}

/// Why an application cannot go into the pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PoolProblem {
    NotYours(NotYours),
    /// A rule is not met: nobody can override it.
    RuleNotMet,
    /// Something is still unknown: it must be resolved first.
    InformationMissing,
    /// A rule needs review and no reason was written why it counts as met.
    ReasonMissing,
}

impl<S> Application<S> {
    fn step(&self, action: &'static str, to: &'static str) -> Step {
        Step::new(Subject::Application(self.id), self.version, action, to)
    }

    fn assigned(&self, by: PersonId, to: PersonId) -> Result<Step, NotYours> {
        self.not_own(by)?;
        self.not_own(to)?;
        let step = self.step("assign", "in_review").reviewer(Some(to));
        Ok(if by == to { step } else { step.tell(to, Letter::CaseAssigned) })
    }

    fn not_own(&self, by: PersonId) -> Result<(), NotYours> {
        if by == self.candidate { Err(NotYours::OwnApplication) } else { Ok(()) }
    }
}

impl Application<Released> {
    /// Given to a colleague, who is told.
    pub fn assign(&self, by: PersonId, to: PersonId) -> Result<Step, NotYours> {
        self.assigned(by, to)
    }

    /// A reviewer takes it. One at a time: the loser of a race is told who has it.
    pub fn claim(&self, by: PersonId) -> Result<Step, NotYours> {
        self.not_own(by)?;
        Ok(self.step("claim", "in_review").reviewer(Some(by)))
    }
}

impl Application<InReview> {
    /// From one reviewer to another, who is told.
    pub fn assign(&self, by: PersonId, to: PersonId) -> Result<Step, NotYours> {
        self.assigned(by, to)
    }

    /// Back into the queue: by the claimer, or by another reviewer with a reason.
    pub fn unclaim(&self, by: PersonId, reason: Option<String>) -> Result<Step, NotYours> {
        self.not_own(by)?;
        let step = self.step("unclaim", "released").reviewer(None);
        match reason {
            Some(reason) => Ok(step.because(reason)),
            None if by == self.state.reviewer => Ok(step),
            None => Err(NotYours::ClaimedBy(self.state.reviewer)),
        }
    }

    /// Asks the candidate to change the named sections.
    pub fn request_changes(
        &self,
        by: PersonId,
        sections: &[&'static str],
        message: String,
    ) -> Result<Step, NotYours> {
        self.decided_by(by)?;
        Ok(self
            .step("request_changes", "changes_requested")
            .because(message)
            .with(serde_json::json!({ "sections": sections }))
            .tell(self.candidate, Letter::ChangesRequested))
    }

    /// Into the pool for six months, if every rule is met, or needs review and is decided as met in writing.
    pub fn pool(
        &self,
        by: PersonId,
        rules: &[RuleResult],
        reason: Option<String>,
        today: NaiveDate,
    ) -> Result<Step, PoolProblem> {
        self.decided_by(by).map_err(PoolProblem::NotYours)?;
        let worst = rules.iter().map(|rule| rule.outcome).max().unwrap_or(Outcome::NeedsInformation);
        let step = self.step("pool", "pooled").until(pool_end(today)).tell(self.candidate, Letter::Pooled);
        match (worst, reason) {
            (Outcome::NotMet, _) => Err(PoolProblem::RuleNotMet),
            (Outcome::NeedsReview, None) => Err(PoolProblem::ReasonMissing),
            // review outranks information: look for a missing fact beside the rule under review
            _ if rules.iter().any(|rule| rule.outcome == Outcome::NeedsInformation) => {
                Err(PoolProblem::InformationMissing)
            }
            (_, Some(reason)) => Ok(step.because(reason)),
            (_, None) => Ok(step),
        }
    }

    /// Not selected, for a reason from the list and with a message, both shown to the candidate.
    pub fn decline(&self, by: PersonId, why: &DeclineReason, message: String) -> Result<Step, NotYours> {
        self.decided_by(by)?;
        Ok(self
            .step("decline", "not_selected")
            .because(message)
            .with(serde_json::json!({ "reason": why.code() }))
            .tell(self.candidate, Letter::NotSelected))
    }

    fn decided_by(&self, by: PersonId) -> Result<(), NotYours> {
        self.not_own(by)?;
        if by == self.state.reviewer { Ok(()) } else { Err(NotYours::ClaimedBy(self.state.reviewer)) }
    }
}

impl Application<NotSelected> {
    /// Takes a decision back, with a reason, within 12 months. `None`: too late.
    pub fn reopen(&self, by: PersonId, reason: String, today: NaiveDate) -> Result<Option<Step>, NotYours> {
        self.not_own(by)?;
        let in_time = today <= calendar::months_later(self.state.since, REOPEN_MONTHS);
        Ok(in_time.then(|| {
            self.step("reopen", "in_review")
                .reviewer(Some(by))
                .because(reason)
                .tell(self.candidate, Letter::Reopened)
        }))
    }
}

impl Application<Pooled> {
    /// By the system, when the candidate accepts an offer.
    pub fn place(&self) -> Step {
        self.step("place", "placed")
    }
}

impl Application<Placed> {
    /// By the system, when an accepted placement is cancelled: six months from `today`.
    pub fn return_to_pool(&self, today: NaiveDate) -> Step {
        self.step("return_to_pool", "pooled").until(pool_end(today))
    }
}
