//! Sections with several entries: parallel fields of one form, and buttons that add and remove an entry.

use crate::text::{Lang, texts};
use crate::web::{Problem, TypedDate, form};
use chrono::NaiveDate;

/// The id of a field of the nth entry, from 1; problems are pinned to it.
pub fn id(field: impl std::fmt::Display, nth: impl std::fmt::Display) -> String {
    format!("{field}_{nth}")
}

/// The entries of a `Form` that has these fields as lists of the same length, besides `add` and `remove`.
macro_rules! entries {
    ($most:expr; $($field:ident),+) => {
        /// One entry, as typed.
        #[derive(Clone, Debug, Default, PartialEq)]
        struct Entry {
            $($field: String),+
        }

        impl Entry {
            fn is_blank(&self) -> bool {
                *self == Entry::default()
            }
        }

        impl Form {
            /// What was typed, and one entry at least to type in. One too many is enough to say so.
            fn entries(&self) -> Vec<Entry> {
                let many = [$(self.$field.len()),+].into_iter().max().unwrap_or_default();
                let cell = |list: &[String], nth: usize| list.get(nth).cloned().unwrap_or_default();
                let entry = |nth| Entry { $($field: cell(&self.$field, nth)),+ };
                (0..many.clamp(1, $most + 1)).map(entry).collect()
            }

            fn with(self, entries: &[Entry]) -> Form {
                Form { $($field: entries.iter().map(|entry| entry.$field.clone()).collect(),)+ ..self }
            }

            /// What the button makes of the form: an entry more, or one less.
            fn rearranged(self) -> Form {
                let mut entries = self.entries();
                match self.remove.parse() {
                    _ if self.add && entries.len() < $most => entries.push(Entry::default()),
                    Ok(nth) if !self.add && (1..=entries.len()).contains(&nth) => drop(entries.remove(nth - 1)),
                    _ => {}
                }
                self.with(&entries)
            }

            /// An entry nobody typed in is none.
            fn without_blanks(self) -> Form {
                let mut entries = self.entries();
                entries.retain(|entry| !entry.is_blank());
                self.with(&entries)
            }
        }
    };
}

pub(super) use entries;

/// What such a `Form` answers besides; `first` is the field of an entry that a button brings the reader to.
macro_rules! entry_answers {
    ($first:literal) => {
        fn place(&self) -> Option<String> {
            let last = self.entries().len();
            let nth = match self.remove.parse() {
                _ if self.add => last,
                Ok(removed) => removed,
                Err(_) if self.remove.is_empty() => return None,
                Err(_) => last,
            };
            Some($crate::profile::entries::id($first, nth.clamp(1, last)))
        }

        fn tidied(self) -> Self {
            if self.place().is_some() { self.rearranged() } else { self.without_blanks() }
        }
    };
}

pub(super) use entry_answers;

/// Collects the problems of one entry, each pinned to its field and told with the entry's name if it has company.
pub struct Pins {
    nth: usize,
    among_several: bool,
    name: fn(Lang, usize) -> String,
    problems: Vec<Problem>,
}

impl Pins {
    pub fn new(nth: usize, of: usize, name: fn(Lang, usize) -> String) -> Pins {
        Pins { nth, among_several: of > 1, name, problems: Vec::new() }
    }

    pub fn wrong(&mut self, field: &str, why: impl Fn(Lang) -> String + Send + Sync + 'static) {
        self.problems.push(Problem::at(id(field, self.nth), self.named(why)));
    }

    pub fn missing(&mut self, field: &str, why: impl Fn(Lang) -> String + Send + Sync + 'static) {
        self.problems.push(Problem::missing(id(field, self.nth), self.named(why)));
    }

    /// The day, if one was typed.
    pub fn date(
        &mut self,
        field: &'static str,
        typed: TypedDate<'_>,
        label: fn(Lang) -> String,
    ) -> Option<NaiveDate> {
        typed.read(field, label).unwrap_or_else(|problem| {
            self.wrong(field, move |l| problem.say(l));
            None
        })
    }

    /// A line or a paragraph of at most `most` characters.
    pub fn text(&mut self, field: &str, typed: &str, most: usize, ask: fn(Lang) -> String) -> String {
        if typed.is_empty() {
            self.missing(field, ask);
        } else if typed.chars().count() > most {
            self.wrong(field, move |l| form::too_long(most, l));
        }
        typed.to_owned()
    }

    pub fn nothing_wrong(&self) -> bool {
        self.problems.iter().all(Problem::is_missing)
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    fn named(
        &self,
        why: impl Fn(Lang) -> String + Send + Sync + 'static,
    ) -> impl Fn(Lang) -> String + Send + Sync + 'static {
        let (nth, among_several, name) = (self.nth, self.among_several, self.name);
        move |l| match among_several {
            true => Words(l).of_entry(name(l, nth), why(l)),
            false => why(l),
        }
    }
}

texts!(pub Words {
    of_entry(entry, why): "{entry}: {why}", "{entry} : {why}", "{entry}: {why}";
    remove: "Remove", "Retirer", "Quitar";
});
