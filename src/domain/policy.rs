//! The numbers of the programme. They are data with a date from which they are in force, never constants.

use super::eligibility::{self, Assessment, Question};
use super::profile::Profile;
use super::terms::{self, Stay};
use chrono::NaiveDate;

/// The policy in force on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Such as `iom`.
    pub id: String,
    /// In force from this day: its version.
    pub effective_from: NaiveDate,
    pub eligibility: eligibility::Policy,
    pub terms: terms::Policy,
}

impl Policy {
    /// The three rules for a stay, by a profile as it was released on a day.
    pub fn assess(&self, profile: &Profile, released_on: NaiveDate, stay: Stay) -> Assessment {
        self.eligibility.assess(&Question {
            as_of: released_on,
            start: Some(stay.start.max(released_on)),
            end: Some(stay.end),
            facts: profile.eligibility_facts(),
        })
    }
}
