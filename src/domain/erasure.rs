//! What an erasure makes of the cases of its person: whatever is open is closed first, by the steps there are.

use super::PersonId;
use super::application::{AnyApplication, Application, Pooled};
use super::letter::Letter;
use super::placement::AnyPlacement;
use super::step::Step;
use chrono::{Days, NaiveDate};

/// An internship that nobody completed holds an erasure up for so many days after its last one, and no longer.
pub const LONGEST_DELAY_DAYS: u64 = 30;

/// An internship is under way: the office and the insurers need to know whom they host until it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnderWay {
    /// Inclusive.
    pub until: NaiveDate,
}

/// The steps that close everything open, in order. `application` is the newest with its `reviewer`, `placements` are
/// its own; `today` is the organisation's day.
///
/// # Errors
/// [`UnderWay`] if the erasure has to wait.
pub fn closing(
    application: &AnyApplication,
    reviewer: Option<PersonId>,
    placements: &[AnyPlacement],
    today: NaiveDate,
) -> Result<Vec<Step>, UnderWay> {
    let waits = |placement: &&AnyPlacement| {
        let until = placement.facts().ends_on;
        matches!(placement, AnyPlacement::Started(_)) && today <= until + Days::new(LONGEST_DELAY_DAYS)
    };
    if let Some(started) = placements.iter().find(waits) {
        return Err(UnderWay { until: started.facts().ends_on });
    }
    let mut steps = Vec::new();
    let mut concerned: Vec<PersonId> = reviewer.into_iter().collect();
    for placement in placements {
        // an erased person's reasons are blanked, this one with them: the record keeps the fact
        let step = placement.close().or_else(|| placement.cancel("erased".to_owned()).ok());
        if let Some(step) = step {
            concerned.push(placement.facts().proposed_by);
            steps.push(step);
        }
    }
    let application = match application {
        // nothing was accepted any more, or the internship is over: it stays what it was
        AnyApplication::Placed(_) if steps.is_empty() => return Ok(steps),
        AnyApplication::Placed(placed) => {
            steps.push(placed.return_to_pool(today));
            AnyApplication::Pooled(Application {
                id: placed.id,
                candidate: placed.candidate,
                version: placed.version + 1,
                state: Pooled { reviewer, until: today },
            })
        }
        other => *other,
    };
    if let Ok(withdrawal) = application.withdraw(None) {
        concerned.sort_by_key(|person| person.0);
        concerned.dedup();
        let told = |step: Step, person: PersonId| step.tell(person, Letter::CandidateGone);
        steps.push(concerned.into_iter().fold(withdrawal, told));
    }
    Ok(steps)
}
