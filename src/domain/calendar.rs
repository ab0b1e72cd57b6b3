//! Days, and sets of days: the arithmetic under every rule that speaks of dates.
//!
//! Everything here is total. What would lie beyond the calendar is its last day, which means "open-ended".

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The days from `from` to `to`, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    pub from: NaiveDate,
    /// `None`: open-ended.
    pub to: Option<NaiveDate>,
}

impl Window {
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.last()
    }

    fn last(&self) -> NaiveDate {
        self.to.unwrap_or(NaiveDate::MAX)
    }
}

/// A set of days as windows: in order, disjoint and not adjacent, so that equal sets are equal values.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Window>")]
pub struct Windows(Vec<Window>);

impl Windows {
    pub fn empty() -> Windows {
        Windows(Vec::new())
    }

    /// Every day there is.
    pub fn always() -> Windows {
        Windows::between(NaiveDate::MIN, None)
    }

    /// The days `from..=to`: none if `to` is before `from`, no end if it is `None`.
    pub fn between(from: NaiveDate, to: Option<NaiveDate>) -> Windows {
        Windows::from(Window { from, to })
    }

    /// `day` and every day before it.
    pub fn until(day: NaiveDate) -> Windows {
        Windows::between(NaiveDate::MIN, Some(day))
    }

    /// The days of either set.
    pub fn union(&self, other: &Windows) -> Windows {
        self.iter().chain(other.iter()).copied().collect()
    }

    /// The days of both sets.
    pub fn intersect(&self, other: &Windows) -> Windows {
        let pairs = self.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| closed(a.from.max(b.from), a.last().min(b.last()))).collect()
    }

    /// The days of this set that are not in the other.
    pub fn minus(&self, other: &Windows) -> Windows {
        other.iter().fold(self.clone(), |rest, hole| {
            let before = hole.from.pred_opt().map_or_else(Windows::empty, Windows::until);
            let after = hole.last().succ_opt().map_or_else(Windows::empty, |day| Windows::between(day, None));
            rest.intersect(&before.union(&after))
        })
    }

    pub fn contains(&self, day: NaiveDate) -> bool {
        self.iter().any(|window| window.contains(day))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The latest day of the set; `None` if there is none, or no end.
    pub fn last(&self) -> Option<NaiveDate> {
        self.0.last().and_then(|window| window.to)
    }

    /// The earliest day of the set.
    pub fn first(&self) -> Option<NaiveDate> {
        self.0.first().map(|window| window.from)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Window> {
        self.0.iter()
    }

    pub fn as_slice(&self) -> &[Window] {
        &self.0
    }
}

/// `from..=to` with the calendar's last day read as "no end".
fn closed(from: NaiveDate, to: NaiveDate) -> Window {
    Window { from, to: Some(to).filter(|day| *day < NaiveDate::MAX) }
}

impl From<Window> for Windows {
    fn from(window: Window) -> Windows {
        std::iter::once(window).collect()
    }
}

impl From<Vec<Window>> for Windows {
    fn from(windows: Vec<Window>) -> Windows {
        windows.into_iter().collect()
    }
}

impl FromIterator<Window> for Windows {
    fn from_iter<I: IntoIterator<Item = Window>>(windows: I) -> Windows {
        let mut windows: Vec<Window> = windows.into_iter().filter(|w| w.from <= w.last()).collect();
        windows.sort_by_key(|window| window.from);
        let mut merged: Vec<Window> = Vec::with_capacity(windows.len());
        for next in windows {
            match merged.last_mut() {
                Some(last) if next.from <= day_after(last.last()) => {
                    *last = closed(last.from, last.last().max(next.last()));
                }
                _ => merged.push(closed(next.from, next.last())),
            }
        }
        Windows(merged)
    }
}

impl<'a> IntoIterator for &'a Windows {
    type Item = &'a Window;
    type IntoIter = std::slice::Iter<'a, Window>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The next day.
pub fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(NaiveDate::MAX)
}

/// The previous day.
pub fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}

/// The day somebody born on `born` turns `age`; born on 29 February, it is 1 March in common years.
pub fn birthday(born: NaiveDate, age: u32) -> NaiveDate {
    let year = born.year().saturating_add_unsigned(age);
    NaiveDate::from_ymd_opt(year, born.month(), born.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        .unwrap_or(NaiveDate::MAX)
}

/// The same day of the month `months` later, or the last day of a shorter month. "One year later" is 12.
pub fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn birthdays() {
        for (born, age, on) in [
            ("2007-03-10", 19, "2026-03-10"),
            ("2008-02-29", 19, "2027-03-01"),
            ("2008-02-29", 20, "2028-02-29"),
            ("2064-02-29", 36, "2100-03-01"),
            ("1990-12-31", 37, "2027-12-31"),
        ] {
            assert_eq!(birthday(day(born), age), day(on), "{born} {age}");
        }
        assert_eq!(birthday(day("2000-01-01"), u32::MAX), NaiveDate::MAX);
    }

    #[test]
    fn months_keep_the_day_or_end_with_the_month() {
        for (from, months, to) in [
            ("2025-06-30", 12, "2026-06-30"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2023-02-28", 12, "2024-02-28"),
            ("2027-03-01", 12, "2028-03-01"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2026-12-31", 2, "2027-02-28"),
            ("2026-01-31", 0, "2026-01-31"),
        ] {
            assert_eq!(months_later(day(from), months), day(to), "{from} {months}");
        }
        assert_eq!(months_later(day("2000-01-01"), u32::MAX), NaiveDate::MAX);
    }

    #[test]
    fn windows_that_touch_are_one() {
        let days = |from, to| Windows::between(day(from), Some(day(to)));
        let january = days("2026-01-01", "2026-01-31");
        let february = days("2026-02-01", "2026-02-28");
        assert_eq!(january.union(&february), days("2026-01-01", "2026-02-28"));
        assert_eq!(january.union(&february).minus(&january), february);
        assert_eq!(days("2026-01-02", "2026-01-01"), Windows::empty());
        assert_eq!(Windows::always().minus(&Windows::until(day("2026-01-31"))).first(), february.first());
    }

    #[test]
    fn stored_windows_come_back_in_order() {
        let stored = r#"[{"from":"2026-03-01","to":null},{"from":"2026-01-01","to":"2026-01-31"}]"#;
        let windows: Windows = serde_json::from_str(stored).unwrap();
        let expected = r#"[{"from":"2026-01-01","to":"2026-01-31"},{"from":"2026-03-01","to":null}]"#;
        assert_eq!(serde_json::to_string(&windows).unwrap(), expected);
    }

    /// Days close enough together for their windows to meet, overlap and nest.
    fn some_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..40).prop_map(|n| day("2027-12-20") + chrono::Days::new(n))
    }

    fn some_windows() -> impl Strategy<Value = Windows> {
        let window = (some_day(), proptest::option::weighted(0.9, some_day()))
            .prop_map(|(from, to)| Window { from, to });
        proptest::collection::vec(window, 0..5).prop_map(|windows| windows.into_iter().collect())
    }

    proptest! {
        #[test]
        fn sets_of_days_behave_as_sets(a in some_windows(), b in some_windows(), day in some_day()) {
            let (in_a, in_b) = (a.contains(day), b.contains(day));
            prop_assert_eq!(a.union(&b).contains(day), in_a || in_b);
            prop_assert_eq!(a.intersect(&b).contains(day), in_a && in_b);
            prop_assert_eq!(a.minus(&b).contains(day), in_a && !in_b);
        }

        #[test]
        fn equal_sets_are_equal_values(a in some_windows(), b in some_windows()) {
            prop_assert_eq!(a.minus(&b).union(&a.intersect(&b)), a);
        }

        #[test]
        fn windows_are_in_order_and_apart(a in some_windows(), b in some_windows()) {
            for set in [a.union(&b), a.intersect(&b), a.minus(&b)] {
                for pair in set.as_slice().windows(2) {
                    prop_assert!(day_after(pair[0].last()) < pair[1].from);
                }
            }
        }

        #[test]
        fn no_day_in_reach_breaks_the_calendar(
            year in 1900i32..=2299, ordinal in 1u32..=366, n in 0u32..=3600,
        ) {
            if let Some(day) = NaiveDate::from_yo_opt(year, ordinal) {
                prop_assert!(birthday(day, n) >= day);
                prop_assert!(months_later(day, n) >= day);
            }
        }
    }
}
