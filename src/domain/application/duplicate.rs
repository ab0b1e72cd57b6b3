//! One of two applications of the same person is closed: by the steps that any reviewer may take, so that it can be
//! reopened like every decision, and never from a state in which a profile is not under review.

use super::{AnyApplication, Application, DeclineReason, InReview, MovedOn, Released};
use crate::domain::PersonId;
use crate::domain::step::Step;

impl AnyApplication {
    /// Whether it can be closed as a duplicate. What is in the pool, or with the candidate, is theirs to take back.
    pub fn can_be_duplicate(&self) -> bool {
        matches!(self, Self::Released(_) | Self::InReview(_))
    }

    /// Closes it by the reviewer who confirms the proposal of another: taken over from whoever has it, for `why`, and
    /// not selected, with a message to the candidate.
    ///
    /// # Errors
    /// [`MovedOn`] if it is not under review, or their own.
    pub fn close_as_duplicate(&self, by: PersonId, why: &str, message: &str) -> Result<Vec<Step>, MovedOn> {
        let mut steps = Vec::new();
        let free = match self {
            Self::InReview(it) if it.state.reviewer == by => return closed(steps, it, by, message),
            Self::InReview(it) => {
                steps.push(it.unclaim(by, Some(why.to_owned())).map_err(|_| MovedOn)?);
                next(it, Released { reviewer: None })
            }
            Self::Released(it) => *it,
            _ => return Err(MovedOn),
        };
        steps.push(free.claim(by).map_err(|_| MovedOn)?);
        closed(steps, &next(&free, InReview { reviewer: by }), by, message)
    }
}

fn next<S, T>(of: &Application<S>, state: T) -> Application<T> {
    Application { id: of.id, candidate: of.candidate, version: of.version.saturating_add(1), state }
}

fn closed(
    mut steps: Vec<Step>,
    it: &Application<InReview>,
    by: PersonId,
    message: &str,
) -> Result<Vec<Step>, MovedOn> {
    steps.push(it.decline(by, &DeclineReason::duplicate(), message.to_owned()).map_err(|_| MovedOn)?);
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, State};
    use super::*;
    use uuid::Uuid;

    #[test]
    fn it_is_closed_only_from_review_and_by_steps_that_exist() {
        let person = |n: u128| PersonId(Uuid::from_u128(n));
        let case = |state, reviewer: Option<u128>| {
            AnyApplication::from_facts(Facts {
                id: Uuid::nil().into(),
                candidate: person(1),
                version: 7,
                state,
                since: Default::default(),
                reviewer: reviewer.map(person),
                pooled_until: Some(Default::default()),
            })
            .unwrap()
        };
        let told = |case: AnyApplication, by: u128| {
            let steps = case.close_as_duplicate(person(by), "Two accounts", "One stays")?;
            assert!(steps.iter().enumerate().all(|(n, step)| step.seen == 7 + n as i32));
            Ok(steps.iter().map(|step| step.action).collect::<Vec<_>>().join(" "))
        };
        for (state, reviewer, by, steps) in [
            (State::Released, None, 2, Ok("claim decline")),
            (State::InReview, Some(2), 2, Ok("decline")),
            (State::InReview, Some(3), 2, Ok("unclaim claim decline")),
            (State::Released, None, 1, Err(MovedOn)),
            (State::Pooled, Some(2), 2, Err(MovedOn)),
            (State::ChangesRequested, Some(2), 2, Err(MovedOn)),
            (State::Placed, None, 2, Err(MovedOn)),
        ] {
            assert_eq!(told(case(state, reviewer), by), steps.map(str::to_owned), "{state:?} by {by}");
        }
    }
}
