//! What a CV file says, as far as our sections ask for it. What it does not say clearly is left empty: the candidate
//! fills it in, nobody guesses.

use super::codes::Day;
use super::{europass, json_resume};
use crate::domain::profile::Section;
use crate::web::form::unpacked;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Entries of one kind that are kept; the sections take no more.
const MOST: usize = 8;
/// Entries of one kind that are looked at: some say nothing.
pub const LOOKED_AT: usize = 100;
const LONGEST_NAME: usize = 120;
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 2000;

/// Why a file tells us nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    NoFile,
    Empty,
    TooLarge,
    /// The line broke.
    CutOff,
    /// In neither of the two formats.
    Neither,
    /// In one of them by its first character, and not to its end.
    Damaged,
    /// A CV that says nothing our sections ask for.
    NothingFound,
}

/// Reads a CV in either format, told by its content: a browser's word on the type says little.
///
/// # Errors
/// If there is nothing in it to take over, with the reason.
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<Imported, Wrong> {
    let text = std::str::from_utf8(bytes).map_err(|_| Wrong::Neither)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let imported = match text.chars().next() {
        None => Err(Wrong::Empty),
        Some('{') => json_resume::read(text, today),
        Some('<') => europass::read(text, today),
        Some(_) => Err(Wrong::Neither),
    }?;
    if imported.is_empty() { Err(Wrong::NothingFound) } else { Ok(imported) }
}

/// A CV, read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imported {
    pub about: About,
    pub education: Vec<Study>,
    pub languages: Vec<Language>,
    pub experience: Vec<Work>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    pub given_names: String,
    pub family_names: String,
    pub born: Day,
    /// ISO 3166-1 alpha-2.
    pub nationality: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub residence: String,
    pub phone: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Study {
    /// A code of the education section.
    pub level: String,
    /// `enrolled` or `awarded`.
    pub state: String,
    pub institution: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub subject: String,
    pub started: Day,
    pub degree: Day,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Language {
    /// ISO 639-1.
    pub language: String,
    /// `yes` or `no`.
    pub mother: String,
    /// Levels of the Common European Framework, `A1` to `C2`.
    pub listening: String,
    pub reading: String,
    pub speaking: String,
    pub writing: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    pub role: String,
    pub organisation: String,
    pub from: Day,
    /// `yes` or `no`.
    pub still: String,
    pub to: Day,
    pub description: String,
}

impl Imported {
    /// One line of text that a hidden field carries.
    pub fn packed(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// What a hidden field carried; `None` for anything else.
    pub fn unpacked(text: &str) -> Option<Imported> {
        let imported: Imported = unpacked(text)?;
        Some(imported.tidied()).filter(|imported| !imported.is_empty())
    }

    /// What a section becomes, in the shape of its form, over the answers saved so far; `None` if the file says nothing
    /// for it.
    pub fn answers(&self, section: Section, saved: Value) -> Option<Value> {
        match section {
            Section::About if self.about != About::default() => Some(self.about_over(saved)),
            Section::Education if !self.education.is_empty() => Some(self.education()),
            Section::Languages if !self.languages.is_empty() => Some(self.languages()),
            Section::Experience if !self.experience.is_empty() => Some(self.experience()),
            _ => None,
        }
    }

    /// Whether there is anything to take over.
    fn is_empty(&self) -> bool {
        self.about == About::default()
            && self.education.is_empty()
            && self.languages.is_empty()
            && self.experience.is_empty()
    }

    /// Without empty entries, with no more of anything than a section takes, and nothing endless.
    pub fn tidied(mut self) -> Imported {
        let About { given_names, family_names, phone, .. } = &mut self.about;
        [given_names, family_names].into_iter().for_each(|name| shorten(name, LONGEST_NAME));
        shorten(phone, 40);
        self.about.nationality.truncate(4);
        self.education.retain(|study| *study != Study::default());
        self.languages.retain(|known| !known.language.is_empty());
        self.experience.retain(|work| *work != Work::default());
        self.education.truncate(MOST);
        self.languages.truncate(MOST);
        self.experience.truncate(MOST);
        for study in &mut self.education {
            [&mut study.institution, &mut study.subject].into_iter().for_each(|t| shorten(t, LONGEST_LINE));
        }
        for work in &mut self.experience {
            [&mut work.role, &mut work.organisation].into_iter().for_each(|t| shorten(t, LONGEST_LINE));
            shorten(&mut work.description, LONGEST_TEXT);
        }
        self
    }

    /// The answers of the section about the person, over those already there: what the file does not say stays.
    fn about_over(&self, saved: Value) -> Value {
        let About { given_names, family_names, born, nationality, residence, phone } = &self.about;
        let mut answers = match saved {
            Value::Object(answers) => answers,
            _ => Map::new(),
        };
        let texts = [
            ("given_names", given_names),
            ("family_names", family_names),
            ("born_day", &born.day),
            ("born_month", &born.month),
            ("born_year", &born.year),
            ("residence", residence),
            ("phone", phone),
        ];
        let said = texts.into_iter().filter(|(_, text)| !text.is_empty());
        answers.extend(said.map(|(field, text)| (field.to_owned(), text.as_str().into())));
        if !nationality.is_empty() {
            answers.insert("nationality".to_owned(), nationality.clone().into());
        }
        Value::Object(answers)
    }

    fn education(&self) -> Value {
        lists(&self.education, |e| {
            vec![
                ("level", &e.level),
                ("state", &e.state),
                ("institution", &e.institution),
                ("country", &e.country),
                ("subject", &e.subject),
                ("started_day", &e.started.day),
                ("started_month", &e.started.month),
                ("started_year", &e.started.year),
                ("degree_day", &e.degree.day),
                ("degree_month", &e.degree.month),
                ("degree_year", &e.degree.year),
            ]
        })
    }

    fn languages(&self) -> Value {
        lists(&self.languages, |l| {
            vec![
                ("language", &l.language),
                ("mother", &l.mother),
                ("listening", &l.listening),
                ("reading", &l.reading),
                ("speaking", &l.speaking),
                ("writing", &l.writing),
            ]
        })
    }

    fn experience(&self) -> Value {
        lists(&self.experience, |w| {
            vec![
                ("role", &w.role),
                ("organisation", &w.organisation),
                ("from_day", &w.from.day),
                ("from_month", &w.from.month),
                ("from_year", &w.from.year),
                ("still", &w.still),
                ("to_day", &w.to.day),
                ("to_month", &w.to.month),
                ("to_year", &w.to.year),
                ("description", &w.description),
            ]
        })
    }
}

/// Entries as a section's form keeps them: one list per field, the nth of each belonging together.
fn lists<E>(entries: &[E], fields: impl Fn(&E) -> Vec<(&'static str, &String)>) -> Value {
    let mut lists: Map<String, Value> = Map::new();
    for (field, text) in entries.iter().flat_map(fields) {
        let list = lists.entry(field).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(text.as_str().into());
        }
    }
    Value::Object(lists)
}

fn shorten(text: &mut String, most: usize) {
    *text = text.trim().chars().take(most).collect();
}

#[cfg(test)]
mod tests {
    use super::super::LARGEST;
    use super::*;
    use crate::spoilt::spoilt;

    const RESUME: &str = r#"{"basics": {"name": "Ana María Lima", "phone": "+51 1 000", "location": {"countryCode": "PE"}},
        "work": [{"name": "Archive", "position": "Clerk", "startDate": "2025-02", "summary": "Sorted", "highlights": ["Fast"]}],
        "volunteer": [{"organization": "Red Cross", "position": "Helper", "startDate": "2023-01-01", "endDate": "2023-06-30"}],
        "education": [{"institution": "UNMSM", "area": "Law", "studyType": "Bachelor", "endDate": "2027-06-30"}, {}],
        "languages": [{"language": "Spanish", "fluency": "Native speaker"}, {"language": "en", "fluency": "B2"},
                      {"language": "French", "fluency": "Fluent"}, {"language": "Klingon"}]}"#;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
    }

    #[test]
    fn a_json_resume_is_read() {
        let cv = read(RESUME.as_bytes(), today()).unwrap();
        assert_eq!(
            (&*cv.about.given_names, &*cv.about.family_names, &*cv.about.residence),
            ("Ana María", "Lima", "PE")
        );
        let studies: Vec<_> = cv.education.iter().map(|e| (&*e.level, &*e.state, &*e.subject)).collect();
        assert_eq!(studies, [("bachelor", "enrolled", "Bachelor, Law")]);
        let known: Vec<_> = cv.languages.iter().map(|l| (&*l.language, &*l.mother, &*l.reading)).collect();
        assert_eq!(known, [("es", "yes", ""), ("en", "no", "B2"), ("fr", "", "")]);
        let work: Vec<_> = cv.experience.iter().map(|w| (&*w.role, &*w.still, &*w.description)).collect();
        assert_eq!(work, [("Clerk", "yes", "Sorted\nFast"), ("Helper", "no", "")]);
        assert_eq!(Imported::unpacked(&cv.packed()), Some(cv));
    }

    #[test]
    fn what_is_no_cv_is_refused_for_its_reason() {
        for (file, expected) in [
            (&b""[..], Wrong::Empty),
            (b"\xef\xbb\xbf \n", Wrong::Empty),
            (b"%PDF-1.7", Wrong::Neither),
            (b"\xff\xfe<", Wrong::Neither),
            (b"{\"name\": 1}", Wrong::Neither),
            (b"{\"basics\": {", Wrong::Damaged),
            (b"<Candidate>", Wrong::Damaged),
            (b"{\"basics\": {\"name\": 7}, \"work\": [3], \"languages\": \"all\"}", Wrong::NothingFound),
        ] {
            let read = read(file, today());
            assert_eq!(read, Err(expected), "{}", String::from_utf8_lossy(file));
        }
    }

    /// A mebibyte of them takes no longer than the few that a section takes.
    #[test]
    fn of_entries_without_end_a_few_are_read() {
        let many = |entry: &str| entry.repeat(LARGEST / entry.len() / 2);
        let within = |open: &str, close: &str| format!("{}{}", many(open), many(close));
        for entries in ["{},", "{\"language\": \"Klingon\"},", "{\"language\": \"en\", \"name\": \"a\"},"] {
            let list = format!("[{}{{}}]", many(entries));
            let cv = format!(
                "{{\"basics\": {{\"name\": \"Ana\"}}, \"languages\": {list}, \"education\": {list}, \"work\": {list}}}"
            );
            let cv = read(cv.as_bytes(), today()).unwrap();
            assert!(cv.languages.len() <= MOST && cv.experience.len() <= MOST && cv.education.len() <= MOST);
        }
        for inner in [
            many("<Nationality/><Education><Title>Law</Title></Education>"),
            within("<Education>", "</Education>"),
            many("<EmployerHistory><PositionHistory/></EmployerHistory>"),
            within("<EmployerHistory><PositionHistory>", "</PositionHistory></EmployerHistory>"),
            many("<ForeignLanguage><Code>xx</Code></ForeignLanguage>"),
        ] {
            for root in ["SkillsPassport", "Candidate"] {
                let _ = read(format!("<{root}>{inner}</{root}>").as_bytes(), today());
            }
        }
    }

    const CVS: [&str; 3] = [
        RESUME,
        include_str!("../../../tests/it/profile/cvs/passport.xml"),
        include_str!("../../../tests/it/profile/cvs/candidate.xml"),
    ];

    #[test]
    fn all_that_is_spoilt_below_is_a_cv() {
        assert!(CVS.iter().all(|cv| read(cv.as_bytes(), today()).is_ok()));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in spoilt(&CVS), start in proptest::sample::select(vec!["", "{", "<"])) {
            let file = [start.as_bytes(), &bytes].concat();
            if let Ok(cv) = read(&file, today()) {
                assert_eq!(Imported::unpacked(&cv.packed()), Some(cv.clone()), "carried on as it was read");
                assert!(cv.education.len() <= MOST && cv.languages.len() <= MOST && cv.experience.len() <= MOST);
                assert!(cv.experience.iter().all(|work| work.description.chars().count() <= LONGEST_TEXT));
                assert!(!cv.packed().contains("\\u0000"));
            }
        }
    }
}
