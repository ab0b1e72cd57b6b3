//! Plain days: windows of them, birthdays, and months that end where months end.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A closed window of days; `to: None` never ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

impl Window {
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.last()
    }

    fn last(&self) -> NaiveDate {
        self.to.unwrap_or(NaiveDate::MAX)
    }

    fn until(from: NaiveDate, last: NaiveDate) -> Window {
        Window { from, to: (last < NaiveDate::MAX).then_some(last) }
    }
}

/// A set of days as windows in order, disjoint and never adjacent: equal sets are equal values.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Windows(Vec<Window>);

impl Windows {
    pub fn empty() -> Self {
        Windows(Vec::new())
    }

    /// Every day from `from` to and with `to`; no day at all if the end lies before the beginning.
    pub fn between(from: NaiveDate, to: Option<NaiveDate>) -> Self {
        [Window { from, to }].into_iter().collect()
    }

    pub fn union(&self, other: &Windows) -> Windows {
        self.0.iter().chain(&other.0).copied().collect()
    }

    pub fn intersect(&self, other: &Windows) -> Windows {
        let common = |a: &Window, b: &Window| Window::until(a.from.max(b.from), a.last().min(b.last()));
        self.0.iter().flat_map(|a| other.0.iter().map(move |b| common(a, b))).collect()
    }

    /// The days of this set that are not in the other.
    pub fn minus(&self, other: &Windows) -> Windows {
        let mut rest = self.clone();
        for hole in &other.0 {
            let before = hole.from.pred_opt().map(|last| Windows::between(NaiveDate::MIN, Some(last)));
            let after = hole.to.and_then(|to| to.succ_opt()).map(|from| Windows::between(from, None));
            let outside = before.unwrap_or_default().union(&after.unwrap_or_default());
            rest = rest.intersect(&outside);
        }
        rest
    }

    pub fn contains(&self, day: NaiveDate) -> bool {
        self.0.iter().any(|window| window.contains(day))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn first(&self) -> Option<NaiveDate> {
        self.0.first().map(|window| window.from)
    }

    pub fn as_slice(&self) -> &[Window] {
        &self.0
    }
}

impl From<Window> for Windows {
    fn from(window: Window) -> Self {
        [window].into_iter().collect()
    }
}

impl FromIterator<Window> for Windows {
    /// Drops empty windows, sorts, and joins what overlaps or touches.
    fn from_iter<I: IntoIterator<Item = Window>>(windows: I) -> Self {
        let mut windows: Vec<Window> = windows.into_iter().filter(|w| w.from <= w.last()).collect();
        windows.sort_by_key(|w| w.from);
        let mut joined: Vec<Window> = Vec::with_capacity(windows.len());
        for window in windows {
            match joined.last_mut() {
                Some(last) if last.last().succ_opt().is_none_or(|next| window.from <= next) => {
                    *last = Window::until(last.from, last.last().max(window.last()));
                }
                _ => joined.push(window),
            }
        }
        Windows(joined)
    }
}

/// The day somebody reaches an age in years; born on 29 February, it is 1 March in common years.
pub fn birthday(born: NaiveDate, age: u32) -> NaiveDate {
    let year = born.year().saturating_add(i32::try_from(age).unwrap_or(i32::MAX));
    born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap_or(NaiveDate::MAX)
}

/// The same day of the month so many months later, or the last day of a shorter month.
pub fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    fn windows(list: &[(&str, &str)]) -> Windows {
        list.iter().map(|(from, to)| Window { from: day(from), to: (!to.is_empty()).then(|| day(to)) }).collect()
    }

    #[test]
    fn windows_that_touch_become_one() {
        let joined = windows(&[("2027-02-01", "2027-02-28"), ("2027-01-01", "2027-01-31"), ("2027-03-02", "")]);
        assert_eq!(joined, windows(&[("2027-01-01", "2027-02-28"), ("2027-03-02", "")]));
        assert!(windows(&[("2027-02-02", "2027-02-01")]).is_empty());
    }

    #[test]
    fn sets_of_days_follow_the_rules_of_sets() {
        let a = windows(&[("2027-01-01", "2027-06-30")]);
        let b = windows(&[("2027-03-01", "2027-03-31"), ("2027-06-30", "")]);
        assert_eq!(a.intersect(&b), windows(&[("2027-03-01", "2027-03-31"), ("2027-06-30", "2027-06-30")]));
        assert_eq!(a.minus(&b), windows(&[("2027-01-01", "2027-02-28"), ("2027-04-01", "2027-06-29")]));
        assert_eq!(a.minus(&b).union(&a.intersect(&b)), a);
    }

    #[test]
    fn born_on_29_february_one_is_older_on_1_march() {
        assert_eq!(birthday(day("2008-02-29"), 19), day("2027-03-01"));
        assert_eq!(birthday(day("2008-02-29"), 20), day("2028-02-29"));
    }

    #[test]
    fn months_end_where_shorter_months_end() {
        assert_eq!(months_later(day("2028-02-29"), 12), day("2029-02-28"));
        assert_eq!(months_later(day("2026-08-31"), 6), day("2027-02-28"));
    }
}
