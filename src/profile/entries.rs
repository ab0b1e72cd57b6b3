//! Answers to the same questions about several things: each box is named after its question and its entry,
//! such as `institution-2`.

use crate::web::{Problem, TypedDate, form};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// As typed, box by box.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entries(BTreeMap<String, String>);

impl Entries {
    pub fn get(&self, question: &str, nth: usize) -> &str {
        self.0.get(&id(question, nth)).map_or("", String::as_str)
    }

    pub fn is_ticked(&self, question: &str, nth: usize) -> bool {
        self.get(question, nth) == "true"
    }

    pub fn date(&self, question: &str, nth: usize) -> TypedDate<'_> {
        let part = |name| self.0.get(&format!("{}_{name}", id(question, nth))).map_or("", String::as_str);
        TypedDate { day: part("day"), month: part("month"), year: part("year") }
    }

    /// How many entries there are, up to the last one with an answer.
    pub fn count(&self) -> usize {
        self.answered().max().map_or(0, |last| last + 1)
    }

    pub fn is_blank(&self, nth: usize) -> bool {
        !self.answered().any(|answered| answered == nth)
    }

    /// The entries somebody wrote something into.
    pub fn written(&self) -> impl Iterator<Item = usize> {
        (0..self.count()).filter(|nth| !self.is_blank(*nth))
    }

    /// Without one entry; those behind it move up.
    pub fn without(&self, nth: usize) -> Entries {
        let moved = self.0.iter().filter_map(|(name, answer)| {
            let (question, place, part) = taken_apart(name)?;
            let place = match place {
                place if place == nth => return None,
                place if place > nth => place - 1,
                place => place,
            };
            Some((format!("{}{part}", id(question, place)), answer.clone()))
        });
        Entries(moved.collect())
    }

    /// Without empty boxes, and without boxes that the page does not have.
    pub fn known(&self, questions: &[&str], most: usize) -> Entries {
        let known = self.0.iter().filter(|(name, answer)| {
            !answer.is_empty()
                && taken_apart(name)
                    .is_some_and(|(question, nth, _)| questions.contains(&question) && nth < most)
        });
        Entries(known.map(|(name, answer)| (name.clone(), answer.clone())).collect())
    }

    /// The text of a box that must be answered, in so many characters.
    pub fn text(&self, question: &str, nth: usize, most: usize, missing: Problem) -> Result<String, Problem> {
        match self.get(question, nth) {
            "" => Err(missing),
            text if text.chars().count() > most => Err(form::too_long(id(question, nth), most)),
            text => Ok(text.to_owned()),
        }
    }

    fn answered(&self) -> impl Iterator<Item = usize> {
        let answered = self.0.iter().filter(|(_, answer)| !answer.is_empty());
        answered.filter_map(|(name, _)| taken_apart(name).map(|(_, nth, _)| nth))
    }
}

/// The name of a box, and its id.
pub fn id(question: &str, nth: usize) -> String {
    format!("{question}-{nth}")
}

/// `started-2_day` is `("started", 2, "_day")`.
fn taken_apart(name: &str) -> Option<(&str, usize, &str)> {
    let (question, rest) = name.rsplit_once('-')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (nth, part) = rest.split_at_checked(digits)?;
    let known = ["", "_day", "_month", "_year"].contains(&part);
    Some((question, nth.parse().ok().filter(|nth| known && *nth < 100)?, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(answers: &[(&str, &str)]) -> Entries {
        Entries(answers.iter().map(|(name, answer)| (name.to_string(), answer.to_string())).collect())
    }

    #[test]
    fn an_entry_taken_out_leaves_no_gap() {
        let three = entries(&[
            ("role-0", "a"),
            ("role-1", "b"),
            ("from-1_day", "1"),
            ("role-2", "c"),
            ("from-2_day", "2"),
        ]);
        let two = three.without(1);
        assert_eq!((two.count(), two.get("role", 1), two.date("from", 1).day), (2, "c", "2"));
    }

    #[test]
    fn only_boxes_of_the_page_are_kept() {
        let sent = entries(&[
            ("role-0", "a"),
            ("role-1", ""),
            ("role-9", "z"),
            ("evil-0", "x"),
            ("role-0_hour", "1"),
            ("role", "y"),
        ]);
        assert_eq!(sent.known(&["role"], 8), entries(&[("role-0", "a")]));
    }

    #[test]
    fn blank_entries_are_passed_over() {
        let some = entries(&[("role-0", ""), ("role-1", "b")]);
        assert_eq!(some.written().collect::<Vec<_>>(), [1]);
    }
}
