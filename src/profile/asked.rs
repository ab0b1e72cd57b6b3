//! The sections that Human Resources asked to change, and whether they have been.

use super::newest::Newest;
use crate::domain::changes::changes;
use crate::domain::profile::{Profile, Section};
use crate::explain::profile::section_name;
use crate::text::{Lang, texts};

/// What is asked, and by when it expires.
pub struct Asked {
    pub title: String,
    pub lines: Vec<Line>,
    pub by: String,
    pub read_message: String,
}

pub struct Line {
    pub address: String,
    pub name: String,
    pub word: String,
    pub is_changed: bool,
}

/// `None`: nothing is asked. `profile` is what a release would send, if it is complete: an unfinished one has not
/// answered yet.
pub fn asked(newest: Option<&Newest>, profile: Option<&Profile>, lang: Lang) -> Option<Asked> {
    let (t, newest) = (Text(lang), newest?);
    if newest.asked.is_empty() {
        return None;
    }
    let changed: Vec<Section> = match (newest.released(), profile) {
        (Some(before), Some(after)) => changes(before, after).iter().map(|change| change.section).collect(),
        _ => Vec::new(),
    };
    let line = |section: &Section| {
        let is_changed = changed.contains(section);
        Line {
            address: format!("/profile/{}", section.code()),
            name: section_name(*section, lang),
            word: if is_changed { t.changed() } else { t.not_changed() },
            is_changed,
        }
    };
    Some(Asked {
        title: t.title(),
        lines: newest.asked.iter().map(line).collect(),
        by: newest.case.last_day().map(|day| t.by(lang.date(day))).unwrap_or_default(),
        read_message: t.read_message(),
    })
}

texts!(Text {
    title: "Human Resources asked you to change:", "Les Ressources humaines vous demandent de modifier :", "Recursos Humanos le pide que cambie:";
    changed: "changed", "modifié", "cambiado";
    not_changed: "not changed yet", "pas encore modifié", "aún sin cambiar";
    by(day): "Release a new version by {day}.", "Transmettez une nouvelle version d’ici au {day}.", "Envíe una nueva versión a más tardar el {day}.";
    read_message: "Read the message", "Lire le message", "Leer el mensaje";
});
