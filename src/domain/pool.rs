//! What the rules say of somebody who waits in the pool, day after day.

use super::calendar::Windows;
use super::eligibility::Verdict;
use super::policy::{Policies, question};
use super::profile::Profile;
use super::terms::Stay;
use chrono::NaiveDate;

/// How many days before the last possible start a warning goes out.
pub const CLOSING_DAYS: u64 = 30;

/// How somebody stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// For a start on the wished day, or on the day of judgement once that has passed.
    pub verdict: Verdict,
    /// The last day a start is possible, be it past. `None`: no end is known, or no start is possible at all.
    pub last_start: Option<NaiveDate>,
}

impl Policies {
    /// Judges a profile, as it was released on a day, anew for `today`, by the rules of the offices wished for.
    pub fn standing(&self, profile: &Profile, released_on: NaiveDate, today: NaiveDate) -> Standing {
        let start = profile.dates.start.max(today);
        let stay = Stay { start, end: profile.dates.end.max(start) };
        let assessment = self.answer(&profile.wishes.offices, &question(profile, released_on, stay));
        let last_start = last_day(&assessment.possible_start);
        Standing { verdict: assessment.verdict, last_start }
    }
}

fn last_day(days: &Windows) -> Option<NaiveDate> {
    days.as_slice().last().and_then(|window| window.to)
}
