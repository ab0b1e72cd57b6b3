//! Taking a profile back, and taking that back.

use super::{AnyApplication, Application, MovedOn, State, Withdrawn};
use crate::domain::letter::Letter;
use crate::domain::step::Step;
use chrono::{DateTime, TimeDelta, Utc};

/// How long a withdrawal can be taken back, in hours.
pub const UNDO_HOURS: i64 = 24;

/// How an application was withdrawn, as its row remembers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Withdrawal {
    pub at: DateTime<Utc>,
    /// The state it came from.
    pub from: State,
}

impl Withdrawal {
    /// The last moment at which it can be taken back.
    pub fn undoable_until(&self) -> DateTime<Utc> {
        self.at + TimeDelta::hours(UNDO_HOURS)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UndoProblem {
    /// More than a day has passed.
    TooLate,
    /// There is no such state to go back to.
    Nowhere,
}

impl AnyApplication {
    /// Taken back by the candidate, at any time until an offer is accepted. The row keeps its reviewer, in case the
    /// withdrawal is taken back.
    pub fn withdraw(&self, reason: Option<String>) -> Result<Step, MovedOn> {
        let step = match self {
            Self::Released(it) => it.step("withdraw", "withdrawn"),
            Self::InReview(it) => it.step("withdraw", "withdrawn"),
            Self::ChangesRequested(it) => it.step("withdraw", "withdrawn"),
            Self::Pooled(it) => it.step("withdraw", "withdrawn"),
            Self::NotSelected(_) | Self::Withdrawn(_) | Self::Expired(_) | Self::Placed(_) => {
                return Err(MovedOn);
            }
        };
        let step = step.tell(self.candidate(), Letter::Withdrawn);
        Ok(match reason {
            Some(reason) => step.because(reason),
            None => step,
        })
    }
}

impl Application<Withdrawn> {
    /// Back to the very state it was in, with the same reviewer and at the same place in the queue, within a day.
    /// Placements that the withdrawal cancelled stay cancelled.
    pub fn undo_withdraw(&self, of: Withdrawal, now: DateTime<Utc>) -> Result<Step, UndoProblem> {
        if now > of.undoable_until() {
            return Err(UndoProblem::TooLate);
        }
        let reviewer = self.state.reviewer;
        match (of.from, reviewer) {
            (State::Released | State::ChangesRequested | State::Pooled, _) | (State::InReview, Some(_)) => {}
            _ => return Err(UndoProblem::Nowhere),
        }
        let step = self.step("undo_withdraw", of.from.code()).tell(self.candidate, Letter::WithdrawalUndone);
        Ok(match reviewer {
            Some(reviewer) => step.tell(reviewer, Letter::BackWithYou),
            None => step,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonId;
    use crate::domain::application::Facts;
    use uuid::Uuid;

    fn withdrawn(reviewer: Option<PersonId>) -> Application<Withdrawn> {
        let facts = Facts {
            id: Uuid::nil().into(),
            candidate: Uuid::nil().into(),
            version: 2,
            state: State::Withdrawn,
            since: Default::default(),
            reviewer,
            pooled_until: None,
        };
        AnyApplication::from_facts(facts).unwrap().withdrawn().unwrap()
    }

    #[test]
    fn a_withdrawal_can_be_taken_back_for_a_day_and_leads_to_where_it_came_from() {
        let at = DateTime::UNIX_EPOCH;
        let nobody = withdrawn(None);
        for (hours, seconds, outcome) in [
            (0, 0, Ok("pooled")),
            (24, 0, Ok("pooled")),
            (24, 1, Err(UndoProblem::TooLate)),
            (48, 0, Err(UndoProblem::TooLate)),
        ] {
            let now = at + TimeDelta::hours(hours) + TimeDelta::seconds(seconds);
            let undone = nobody.undo_withdraw(Withdrawal { at, from: State::Pooled }, now);
            assert_eq!(undone.map(|step| step.to), outcome, "{hours} h {seconds} s");
        }
        for from in State::ALL {
            let undone = withdrawn(Some(Uuid::max().into())).undo_withdraw(Withdrawal { at, from }, at);
            let can_be_withdrawn = from.is_open() && from != State::Placed;
            assert_eq!(undone.map(|step| step.to).ok(), can_be_withdrawn.then(|| from.code()));
        }
        let of = Withdrawal { at, from: State::InReview };
        assert_eq!(nobody.undo_withdraw(of, at), Err(UndoProblem::Nowhere), "in review by nobody");
    }

    #[test]
    fn whoever_had_it_is_told() {
        let reviewer = Uuid::max().into();
        let of = Withdrawal { at: DateTime::UNIX_EPOCH, from: State::Released };
        let told = |step: Step| {
            step.letters.into_iter().map(|(who, what)| (who == reviewer, what)).collect::<Vec<_>>()
        };
        let with = withdrawn(Some(reviewer)).undo_withdraw(of, of.at).map(told);
        assert_eq!(with, Ok(vec![(false, Letter::WithdrawalUndone), (true, Letter::BackWithYou)]));
        assert_eq!(withdrawn(None).undo_withdraw(of, of.at).map(|step| step.letters.len()), Ok(1));
    }
}
