//! What reports count, and what they keep to themselves.

use chrono::{Datelike, NaiveDate};

/// Breakdowns show no number of people below this one: they might be recognised.
pub const SMALLEST_SHOWN: i64 = 5;

/// Where a case gets to, in the order of the way; the last four end it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stage {
    Released,
    Claimed,
    Pooled,
    Proposed,
    Offered,
    Accepted,
    Started,
    Completed,
    Declined,
    Withdrawn,
    Expired,
}

impl Stage {
    pub const ALL: [Stage; 11] = [
        Stage::Released,
        Stage::Claimed,
        Stage::Pooled,
        Stage::Proposed,
        Stage::Offered,
        Stage::Accepted,
        Stage::Started,
        Stage::Completed,
        Stage::Declined,
        Stage::Withdrawn,
        Stage::Expired,
    ];
    /// From the release to the last day.
    pub const WAY: [Stage; 8] = [
        Stage::Released,
        Stage::Claimed,
        Stage::Pooled,
        Stage::Proposed,
        Stage::Offered,
        Stage::Accepted,
        Stage::Started,
        Stage::Completed,
    ];
    /// What becomes of applications.
    pub const OUTCOMES: [Stage; 5] =
        [Stage::Pooled, Stage::Accepted, Stage::Declined, Stage::Withdrawn, Stage::Expired];

    /// As the reports keep it.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Released => "released",
            Stage::Claimed => "claimed",
            Stage::Pooled => "pooled",
            Stage::Proposed => "proposed",
            Stage::Offered => "offered",
            Stage::Accepted => "accepted",
            Stage::Started => "started",
            Stage::Completed => "completed",
            Stage::Declined => "declined",
            Stage::Withdrawn => "withdrawn",
            Stage::Expired => "expired",
        }
    }

    /// The actions of the record that lead there …
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Stage::Released => &["release"],
            Stage::Claimed => &["claim", "assign"],
            Stage::Pooled => &["pool"],
            Stage::Proposed => &["propose"],
            Stage::Offered => &["offer"],
            Stage::Accepted => &["accept"],
            Stage::Started => &["start"],
            Stage::Completed => &["complete"],
            Stage::Declined => &["decline"],
            Stage::Withdrawn => &["withdraw"],
            Stage::Expired => &["expire"],
        }
    }

    /// … and what it happens to.
    pub fn subject(self) -> &'static str {
        match self {
            Stage::Proposed | Stage::Offered | Stage::Accepted | Stage::Started | Stage::Completed => {
                "placement"
            }
            _ => "application",
        }
    }
}

/// The first day of a day's month.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Hides small numbers of a breakdown: `None` is a number from 1 to [`SMALLEST_SHOWN`] - 1, or one that would give such
/// a number away. Where one part alone is hidden, what is missing to the whole would tell it, so the next smallest goes
/// with it. Nobody is behind a nought.
pub fn without_small(numbers: &[i64]) -> Vec<Option<i64>> {
    let is_small = |n: i64| (1..SMALLEST_SHOWN).contains(&n);
    let mut shown: Vec<Option<i64>> = numbers.iter().map(|n| Some(*n).filter(|n| !is_small(*n))).collect();
    if shown.iter().filter(|n| n.is_none()).count() == 1 {
        let next = shown.iter_mut().filter(|n| n.is_some_and(|n| n > 0)).min_by_key(|n| **n);
        if let Some(next) = next {
            *next = None;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_hidden_and_cannot_be_worked_out() {
        for (numbers, shown) in [
            (&[] as &[i64], &[] as &[Option<i64>]),
            (&[0, 5, 70], &[Some(0), Some(5), Some(70)]),
            (&[4, 5, 70, 0], &[None, None, Some(70), Some(0)]),
            (&[1, 2, 70], &[None, None, Some(70)]),
            (&[3], &[None]),
            (&[3, 0], &[None, Some(0)]),
        ] {
            assert_eq!(without_small(numbers), shown, "{numbers:?}");
        }
    }

    #[test]
    fn no_hidden_number_is_the_rest_of_a_sum() {
        for a in 0..12 {
            for b in 0..12 {
                for c in 0..12 {
                    let shown = without_small(&[a, b, c]);
                    let hidden = shown.iter().filter(|n| n.is_none()).count();
                    let others = [a, b, c].iter().filter(|n| **n > 0).count() > 1;
                    assert!(hidden != 1 || !others, "{a} {b} {c}: {shown:?}");
                    assert!(shown.iter().flatten().all(|n| *n == 0 || *n >= SMALLEST_SHOWN));
                }
            }
        }
    }
}
