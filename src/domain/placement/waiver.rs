//! A waiver of the allowance: asked for by Human Resources, decided by the Director of Human Resources
//! (`lifecycle.md`, `request_waiver` and `decide_waiver`).

use super::{Approved, Placement, Refusal};
use crate::domain::PersonId;
use crate::domain::hand::Hand;
use crate::domain::letter::Letter;
use crate::domain::step::Step;

/// Days that the Director has to decide, counted from the request.
pub const DECIDE_DAYS: i64 = 10;

/// A waiver that somebody asked for and nobody has decided yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenWaiver {
    pub requested_by: PersonId,
}

/// What became of the last request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Open,
    Granted,
    Refused,
    /// The placement was called off first.
    Dropped,
}

/// Why a waiver cannot be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaiverProblem {
    /// Nobody acts on their own application.
    OwnApplication,
    /// Only the allowance of a local intern can be waived.
    NotLocal,
    /// One request at a time.
    AlreadyAsked,
    /// There is nothing left to waive.
    AlreadyGranted,
    /// Nobody holds the role who has no other part in the placement.
    NobodyDecides,
}

impl Placement<Approved> {
    /// Asked for by Human Resources, for a local intern. `directors` are those who may decide and are told.
    ///
    /// # Errors
    /// Everything that stands in the way.
    pub fn request_waiver(
        &self,
        by: PersonId,
        local: bool,
        last: Option<Standing>,
        directors: &[PersonId],
        reason: String,
    ) -> Result<Step, Vec<WaiverProblem>> {
        let others: Vec<PersonId> =
            directors.iter().copied().filter(|who| self.decides(*who, by).is_ok()).collect();
        let checks = [
            (by == self.facts.candidate, WaiverProblem::OwnApplication),
            (!local, WaiverProblem::NotLocal),
            (last == Some(Standing::Open), WaiverProblem::AlreadyAsked),
            (last == Some(Standing::Granted), WaiverProblem::AlreadyGranted),
            (others.is_empty(), WaiverProblem::NobodyDecides),
        ];
        let problems: Vec<_> = checks.into_iter().filter_map(|(bad, why)| bad.then_some(why)).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let step = self.step("request_waiver", "approved").because(reason);
        Ok(others.into_iter().fold(step, |step, director| step.tell(director, Letter::WaiverRequested)))
    }

    /// By the Director of Human Resources, or a deputy, with a reason.
    pub fn decide_waiver(
        &self,
        by: impl Into<Hand>,
        open: OpenWaiver,
        granted: bool,
        reason: String,
    ) -> Result<Step, Refusal> {
        self.decides(by, open.requested_by)?;
        let facts = serde_json::json!({ "granted": granted });
        Ok(self
            .step("decide_waiver", "approved")
            .because(reason)
            .with(facts)
            .tell(open.requested_by, Letter::WaiverDecided))
    }

    /// Neither whoever asked for it, nor the supervisor, nor the candidate.
    fn decides(&self, by: impl Into<Hand>, requested_by: PersonId) -> Result<(), Refusal> {
        let involved = [requested_by, self.facts.supervisor, self.facts.candidate];
        if by.into().is_among(&involved) { Err(Refusal::ActedAlready) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Facts;
    use super::*;
    use uuid::Uuid;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn approved() -> Placement<Approved> {
        let day = chrono::NaiveDate::default();
        let facts = Facts {
            id: Uuid::nil().into(),
            candidate: person(1),
            supervisor: person(2),
            proposed_by: person(3),
            version: 2,
            starts_on: day,
            ends_on: day,
        };
        Placement { facts, state: Approved }
    }

    #[test]
    fn whoever_has_a_part_in_the_case_does_not_decide_nor_through_a_deputy() {
        let open = OpenWaiver { requested_by: person(3) };
        let decide = |by: Hand| approved().decide_waiver(by, open, true, "Paid by the county".into());
        for involved in [1, 2, 3] {
            assert_eq!(decide(person(involved).into()), Err(Refusal::ActedAlready));
            let deputy = Hand { person: person(9), instead_of: Some(person(involved)) };
            assert_eq!(decide(deputy), Err(Refusal::ActedAlready));
        }
        assert_eq!(decide(person(9).into()).unwrap().letters, [(person(3), Letter::WaiverDecided)]);
    }

    #[test]
    fn a_request_needs_a_local_intern_and_somebody_to_decide() {
        let ask = |local, last, directors: &[PersonId]| {
            approved().request_waiver(person(3), local, last, directors, "Paid twice".into())
        };
        assert_eq!(ask(true, None, &[person(9)]).unwrap().letters, [(person(9), Letter::WaiverRequested)]);
        assert!(ask(true, Some(Standing::Refused), &[person(9)]).is_ok(), "asked for again");
        assert_eq!(ask(false, None, &[person(9)]), Err(vec![WaiverProblem::NotLocal]));
        assert_eq!(ask(true, None, &[person(2), person(3)]), Err(vec![WaiverProblem::NobodyDecides]));
        assert_eq!(ask(true, Some(Standing::Open), &[person(9)]), Err(vec![WaiverProblem::AlreadyAsked]));
        assert_eq!(
            ask(true, Some(Standing::Granted), &[person(9)]),
            Err(vec![WaiverProblem::AlreadyGranted])
        );
    }
}
