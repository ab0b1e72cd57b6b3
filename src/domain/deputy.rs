//! Deputies: for which days one may be named.

use super::PersonId;
use chrono::{Days, NaiveDate};

/// Nobody is away for longer: after that, somebody else has the role.
pub const LONGEST_DAYS: u64 = 366;

/// Somebody stands in from one day to another, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Absence {
    pub deputy: PersonId,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// Why nobody can be named for these days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RangeProblem {
    /// It would begin before today.
    Past,
    /// It would end before it begins, or before today.
    EndsTooEarly,
    TooLong,
}

/// Judges the days, both included. `begun` is the first day of an absence that has begun and is only changed.
///
/// # Errors
/// What is wrong with them, the first thing first.
pub fn judge(
    from: NaiveDate,
    until: NaiveDate,
    today: NaiveDate,
    begun: Option<NaiveDate>,
) -> Result<(), RangeProblem> {
    if from < today && begun != Some(from) {
        return Err(RangeProblem::Past);
    }
    if until < from.max(today) {
        return Err(RangeProblem::EndsTooEarly);
    }
    match until > from + Days::new(LONGEST_DAYS) {
        true => Err(RangeProblem::TooLong),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_begins_today_or_later_and_ends_within_a_year() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        let judged = |from, until, begun: Option<&str>| {
            judge(day(from), day(until), day("2026-11-25"), begun.map(day))
        };
        assert_eq!(judged("2026-11-25", "2026-11-25", None), Ok(()));
        assert_eq!(judged("2026-11-24", "2026-12-01", None), Err(RangeProblem::Past));
        assert_eq!(judged("2026-11-20", "2026-12-01", Some("2026-11-20")), Ok(()), "begun before");
        assert_eq!(judged("2026-11-20", "2026-11-24", Some("2026-11-20")), Err(RangeProblem::EndsTooEarly));
        assert_eq!(judged("2026-12-02", "2026-12-01", None), Err(RangeProblem::EndsTooEarly));
        assert_eq!(judged("2026-12-01", "2027-12-03", None), Err(RangeProblem::TooLong));
    }
}
