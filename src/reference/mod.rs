//! What forms let people choose from: countries, languages, areas of work. Fixed, in the reader's words.
//!
//! Duty stations open, close and change their rates, so they live in the database.

pub mod areas;
pub mod countries;
pub mod languages;
pub mod zones;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::Lang;

fn in_lang([en, fr, es]: [&'static str; 3], lang: Lang) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
        Lang::Es => es,
    }
}

fn alphabetical<T>(table: &'static [T], name: impl Fn(&T) -> &'static str) -> Vec<&'static T> {
    let mut all: Vec<_> = table.iter().collect();
    all.sort_by_cached_key(|entry| sort_key(name(entry)));
    all
}

/// Where a reader looks for a name: `Égypte` under E, `árabe` under A, `Guinea-Bissau` as two words.
fn sort_key(name: &str) -> String {
    let bare = name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    bare.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_without_accents_capitals_or_signs() {
        for (name, key) in [
            ("Égypte", "egypte"),
            ("Åland Islands", "aland islands"),
            ("Guinea-Bissau", "guinea bissau"),
            ("Côte d’Ivoire", "cote d ivoire"),
            ("español", "espanol"),
        ] {
            assert_eq!(sort_key(name), key);
        }
    }
}
