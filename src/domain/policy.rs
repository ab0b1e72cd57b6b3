//! The numbers of the programme. They are data with a date from which they are in force, never constants.

use super::{eligibility, terms};
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
