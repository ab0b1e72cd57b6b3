//! Dates, levels, countries and languages as CV files write them, in the codes of our sections. What is not known for
//! certain is left empty.

use crate::reference::{countries, languages};
use crate::text::Lang;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day as far as it is known: CVs often name a month or a year only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Day {
    pub day: String,
    pub month: String,
    pub year: String,
}

impl Day {
    /// Of ISO 8601: `2026`, `2026-06` or `2026-06-30`, a time of day left aside. Anything else is no day.
    pub fn iso(text: &str) -> Day {
        let date = text.trim().split('T').next().unwrap_or_default();
        let mut parts = date.split('-');
        Day::of(
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        )
    }

    /// Of its parts, of which only numbers are taken; a part without the larger one before it says nothing.
    pub fn of(year: &str, month: &str, day: &str) -> Day {
        let number = |text: &str, range: std::ops::RangeInclusive<u32>| {
            text.trim_matches('-').parse::<u32>().ok().filter(|number| range.contains(number))
        };
        let year = number(year, 1900..=2200);
        let month = year.and_then(|_| number(month, 1..=12));
        let day = month.and_then(|_| number(day, 1..=31));
        let typed = |part: Option<u32>| part.map(|number| number.to_string()).unwrap_or_default();
        Day { day: typed(day), month: typed(month), year: typed(year) }
    }

    /// Whether it has passed; `None`: it is not known well enough to tell.
    pub fn has_passed(&self, today: NaiveDate) -> Option<bool> {
        let year: i32 = self.year.parse().ok()?;
        if year != today.year() {
            return Some(year < today.year());
        }
        let month: u32 = self.month.parse().ok()?;
        if month != today.month() {
            return Some(month < today.month());
        }
        Some(self.day.parse::<u32>().ok()? <= today.day())
    }
}

/// What the last day of studies says of their state.
pub fn state(ends: &Day, today: NaiveDate) -> String {
    match ends.has_passed(today) {
        Some(true) => "awarded",
        Some(false) => "enrolled",
        None => "",
    }
    .to_owned()
}

/// The level that a degree's name begins with or holds, in English, French or Spanish; empty if it tells none.
pub fn level(title: &str) -> String {
    let title = title.to_lowercase().replace("ph.d", "phd");
    let has = |starts: &[&str]| {
        title.split(|c: char| !c.is_alphanumeric()).any(|word| starts.iter().any(|s| word.starts_with(s)))
    };
    let is = |whole: &[&str]| title.split(|c: char| !c.is_alphanumeric()).any(|word| whole.contains(&word));
    match () {
        () if has(&["phd", "doctor"]) => "doctorate",
        () if has(&["master", "máster", "maestr", "maîtrise"]) || is(&["msc", "mba", "llm"]) => "master",
        () if has(&["bachelor", "licenci"]) || is(&["licence", "bsc", "grado"]) => "bachelor",
        () => "",
    }
    .to_owned()
}

/// The level of the European Qualifications Framework as ours: a short cycle is 5, a doctorate 8.
pub fn level_of_framework(number: &str) -> String {
    match number.trim() {
        "5" => "short_cycle",
        "6" => "bachelor",
        "7" => "master",
        "8" => "doctorate",
        _ => "",
    }
    .to_owned()
}

/// A level of the Common European Framework that stands in a text as a word; empty if none does.
pub fn grade(text: &str) -> String {
    let text = text.to_uppercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find(|word| ["A1", "A2", "B1", "B2", "C1", "C2"].contains(word)).unwrap_or_default().to_owned()
}

/// A country by its code or by its name in one of our languages; empty if it is not known.
pub fn country(text: &str) -> String {
    let text = text.trim();
    // Europass writes two countries as the European Union does
    let code = match text.to_uppercase().as_str() {
        "EL" => "GR".to_owned(),
        "UK" => "GB".to_owned(),
        code => code.to_owned(),
    };
    let named = || {
        let wanted = text.to_lowercase();
        let is = |c: &&countries::Country| Lang::ALL.iter().any(|l| c.name(*l).to_lowercase() == wanted);
        countries::COUNTRIES.iter().find(is)
    };
    countries::country(&code).or_else(named).map_or("", |country| country.code).to_owned()
}

/// The codes of ISO 639-2 and 639-3 that CVs use most, with those of ISO 639-1.
const LONG_CODES: [(&str, &str); 34] = [
    ("ara", "ar"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("ces", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("nld", "nl"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("swa", "sw"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("zho", "zh"),
];

/// A language by its code or by its name in one of our languages; empty if it is not known.
pub fn language(text: &str) -> String {
    let wanted = text.trim().to_lowercase();
    let short =
        LONG_CODES.iter().find(|(long, _)| *long == wanted).map_or(wanted.as_str(), |(_, short)| short);
    let named = || {
        let is =
            |l: &&languages::Language| Lang::ALL.iter().any(|lang| l.name(*lang).to_lowercase() == wanted);
        languages::LANGUAGES.iter().find(is)
    };
    languages::language(short).or_else(named).map_or("", |language| language.code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_clear_is_read() {
        let typed = |day: Day| [day.day, day.month, day.year];
        assert_eq!(typed(Day::iso("2026-06-30T00:00:00Z")), ["30", "6", "2026"]);
        assert_eq!(typed(Day::iso("2026-06")), ["", "6", "2026"]);
        assert_eq!(typed(Day::of("2026", "--02", "---13")), ["13", "2", "2026"]);
        assert_eq!(typed(Day::iso("summer 2026")), ["", "", ""]);
        for (title, expected) in [
            ("PhD in Law", "doctorate"),
            ("Maîtrise en droit", "master"),
            ("MSc", "master"),
            ("Licenciatura en Derecho", "bachelor"),
            ("Diploma", ""),
        ] {
            assert_eq!(level(title), expected, "{title}");
        }
        assert_eq!((grade("Working level (B2)"), grade("Fluent")), ("B2".to_owned(), String::new()));
        assert_eq!([country("el"), country("Suisse"), country("Atlantis")], ["GR", "CH", ""]);
        assert_eq!([language("spa"), language("Francés"), language("Klingon")], ["es", "fr", ""]);
    }
}
