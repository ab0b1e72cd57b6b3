//! How long somebody stays, and how long all their stays may be (`terms.md`, "Length").

use super::cases::{Model, Placement, last_day};
use chrono::NaiveDate;

/// Nobody stays longer, whole months and days left over, in all internships together.
const LONGEST: (u32, i64) = (9, 0);
/// So many days left over count as a month.
const DAYS_AS_MONTH: i64 = 30;

/// Both days are part of it.
#[derive(Clone, Copy)]
pub struct Stay {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Stay {
    /// The most whole months that end on or before its last day, and the days left over.
    fn length(self) -> (u32, i64) {
        let fits = |months: &u32| last_day(self.first, *months) <= self.last;
        let months = (1..).take_while(fits).last().unwrap_or(0);
        (months, (self.last - last_day(self.first, months)).num_days())
    }

    fn overlaps(self, other: Stay) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl Placement {
    pub fn stay(&self) -> Stay {
        Stay { first: self.first_day, last: self.last_day }
    }

    /// It is agreed, and nobody stayed away.
    fn counts(&self) -> bool {
        matches!(self.state, "accepted" | "ready" | "started" | "completed" | "ended_early")
    }
}

impl Model {
    /// Whether somebody may stay so long, beside all their other internships: `but` is the one that is meant.
    pub fn is_within_all(&self, candidate: usize, stay: Stay, but: Option<usize>) -> bool {
        let others = self.stays(candidate, but);
        let all = others.iter().chain([&stay]).map(|stay| stay.length());
        let (months, days) = all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let in_all = (months + u32::try_from(days / DAYS_AS_MONTH).unwrap(), days % DAYS_AS_MONTH);
        in_all <= LONGEST && !others.iter().any(|other| other.overlaps(stay))
    }

    /// The internships of somebody that took place, or are agreed to.
    pub fn stays(&self, candidate: usize, but: Option<usize>) -> Vec<Stay> {
        let theirs = |nth: &usize| Some(*nth) != but && self.candidate_of(*nth) == candidate;
        let all = (0..self.placements.len()).filter(theirs).map(|nth| &self.placements[nth]);
        all.filter(|it| it.counts()).map(Placement::stay).collect()
    }
}
