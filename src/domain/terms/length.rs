//! How long a stay is, in whole months and left-over days.

use super::{Code, Policy, Stage};
use crate::domain::calendar::months_later;
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// First and last day, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stay {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Length {
    pub months: u32,
    pub days: u32,
}

/// The last day of a stay of so many months: the day before the corresponding date, or the last day of a shorter
/// month. From 15 September six months end on 14 March; from 31 August on 28 February.
pub fn stay_end(start: NaiveDate, months: u32) -> NaiveDate {
    let corresponding = months_later(start, months);
    if corresponding.day() == start.day() {
        corresponding.pred_opt().unwrap_or(corresponding)
    } else {
        corresponding
    }
}

impl Stay {
    /// The largest number of whole months that end on or before the last day, and the days left over.
    pub fn length(&self) -> Length {
        let mut months = 0;
        while stay_end(self.start, months + 1) <= self.end {
            months += 1;
        }
        let counted = stay_end(self.start, months);
        let days = u32::try_from((self.end - counted).num_days()).unwrap_or(0);
        Length { months, days }
    }

    pub fn overlaps(&self, other: &Stay) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

impl Policy {
    /// Months and left-over days summed separately; each 30 left-over days count as a month.
    pub(super) fn total(&self, stay: Stay, earlier: &[Stay]) -> Length {
        let (mut months, mut days) = (0u32, 0u32);
        for one in earlier.iter().chain([&stay]) {
            let length = one.length();
            months += length.months;
            days += length.days;
        }
        Length { months: months + days / self.days_as_month, days: days % self.days_as_month }
    }

    pub(super) fn length_codes(&self, stage: Stage, duration: Length, total: Length) -> Vec<Code> {
        let longer = |length: Length, months| length > Length { months, days: 0 };
        let mut codes = Vec::new();
        if duration.months < self.shortest_months {
            codes.push(Code::TooShort);
        }
        if stage == Stage::Initial && longer(duration, self.initial_months) {
            codes.push(Code::InitialTooLong);
        }
        if longer(total, self.total_months) {
            codes.push(Code::TotalTooLong);
        }
        codes
    }

    /// The total never shrinks as the end moves on, so the last end that keeps it is found by halving.
    pub(super) fn latest_end(&self, start: NaiveDate, earlier: &[Stay]) -> Option<NaiveDate> {
        let fits = |days: u64| {
            start.checked_add_days(Days::new(days)).is_some_and(|end| {
                self.total(Stay { start, end }, earlier) <= Length { months: self.total_months, days: 0 }
            })
        };
        let (mut good, mut bad) = (0u64, u64::from(self.total_months + 1) * 31);
        if !fits(good) {
            return None;
        }
        while bad - good > 1 {
            let middle = good.midpoint(bad);
            if fits(middle) { good = middle } else { bad = middle }
        }
        start.checked_add_days(Days::new(good))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn months_end_on_the_day_before_or_at_the_end_of_a_shorter_month() {
        for (start, months, end) in [
            ("2026-09-15", 6, "2027-03-14"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2026-12-31", 2, "2027-02-28"),
            ("2027-01-01", 1, "2027-01-31"),
        ] {
            assert_eq!(stay_end(day(start), months), day(end), "{start} + {months}");
        }
    }

    #[test]
    fn a_length_is_whole_months_and_the_rest() {
        let length = |start, end| Stay { start: day(start), end: day(end) }.length();
        assert_eq!(length("2027-01-01", "2027-02-28"), Length { months: 2, days: 0 });
        assert_eq!(length("2027-07-01", "2027-08-30"), Length { months: 1, days: 30 });
        assert_eq!(length("2027-07-01", "2027-07-01"), Length { months: 0, days: 1 });
    }
}
