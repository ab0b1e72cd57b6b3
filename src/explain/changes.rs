//! What differs between two versions of a profile, in words: section by section, before and after.

use super::profile::{Reader, in_words, title};
use crate::domain::changes::{Change, Statement, changes};
use crate::domain::profile::{Profile, Section};
use crate::text::{Lang, texts};
use std::collections::HashMap;

/// The differences within one section.
pub struct Changed {
    pub section: Section,
    pub title: String,
    pub rows: Vec<Compared>,
}

/// One statement before and after, as lines.
pub struct Compared {
    pub label: String,
    pub sides: Vec<Side>,
    /// Long text, to be unfolded.
    pub is_long: bool,
}

/// What one version said.
pub struct Side {
    /// "Before", "Now", "Added", "Removed".
    pub when: String,
    pub lines: Vec<String>,
}

/// What `after` says otherwise than `before`; empty if it says the same. `offices` gives the names of duty stations
/// in the reader's language.
pub fn compare(
    before: &Profile,
    after: &Profile,
    offices: &HashMap<String, String>,
    reader: Reader,
    lang: Lang,
) -> Vec<Changed> {
    let mut sections: Vec<Changed> = Vec::new();
    for change in changes(before, after) {
        let row = compared(change, offices, reader, lang);
        match sections.last_mut() {
            Some(last) if last.section == change.section => last.rows.push(row),
            _ => sections.push(Changed {
                section: change.section,
                title: title(change.section, reader, lang),
                rows: vec![row],
            }),
        }
    }
    sections
}

fn compared(change: Change<'_>, offices: &HashMap<String, String>, reader: Reader, lang: Lang) -> Compared {
    let t = Words(lang);
    let words = |statement: Statement<'_>| in_words(statement, offices, reader, lang);
    let is_long = change.section == Section::Letter;
    let (before, after) = (change.before.map(words), change.after.map(words));
    let (when_before, when_after) = match (&before, &after) {
        (Some(_), Some(_)) => (t.before(), t.now()),
        _ => (t.removed(), t.added()),
    };
    let label = after.as_ref().or(before.as_ref()).map(|row| row.label.clone()).unwrap_or_default();
    let before = before.map(|row| Side { when: when_before, lines: row.lines });
    let after = after.map(|row| Side { when: when_after, lines: row.lines });
    Compared { label, sides: before.into_iter().chain(after).collect(), is_long }
}

texts!(Words {
    before: "Before", "Avant", "Antes";
    now: "Now", "Maintenant", "Ahora";
    added: "Added", "Ajouté", "Añadido";
    removed: "Removed", "Retiré", "Quitado";
});
