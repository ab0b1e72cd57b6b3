//! A candidate's profile: its sections, and what it says once everything in it can be read.
//!
//! While it is being filled in, answers are kept as typed (`profile/`). A release turns them into this typed
//! form, which is what a snapshot stores and what Human Resources reads.

use super::DocumentId;
use super::eligibility::{self, DegreeLevel, LanguageSkills, Sponsor, Study, StudyState};
use super::opening::Named;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The sections of the task list, in its order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Section {
    About,
    Education,
    Languages,
    Funding,
    Wishes,
    Dates,
    Experience,
    Letter,
    Documents,
}

impl Section {
    pub const ALL: [Section; 9] = [
        Section::About,
        Section::Education,
        Section::Languages,
        Section::Funding,
        Section::Wishes,
        Section::Dates,
        Section::Experience,
        Section::Letter,
        Section::Documents,
    ];

    /// Used in addresses, in the database and in the audit trail.
    pub fn code(self) -> &'static str {
        match self {
            Section::About => "about",
            Section::Education => "education",
            Section::Languages => "languages",
            Section::Funding => "funding",
            Section::Wishes => "wishes",
            Section::Dates => "dates",
            Section::Experience => "experience",
            Section::Letter => "letter",
            Section::Documents => "documents",
        }
    }

    pub fn from_code(code: &str) -> Option<Section> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// Its place in the list, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|s| *s == self).map_or(0, |i| i + 1)
    }
}

/// A whole profile, as released.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub about: About,
    pub education: Vec<Education>,
    pub languages: Vec<LanguageSkills>,
    pub funding: Funding,
    pub wishes: Wishes,
    pub dates: Dates,
    pub experience: Vec<Experience>,
    pub letter: String,
    pub documents: Vec<Document>,
    /// Openings the candidate names beside the wishes, in the order of naming. Older snapshots have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Named>,
}

impl Profile {
    /// What the rules of eligibility ask for. An uploaded letter counts, whatever was said of it.
    pub fn eligibility_facts(&self) -> eligibility::Facts {
        let letter = self.documents.iter().any(|document| document.kind == DocumentKind::SponsorLetter);
        let sponsor = self.funding.sponsor.as_ref();
        eligibility::Facts {
            date_of_birth: Some(self.about.date_of_birth),
            studies: Some(self.education.iter().map(|education| education.study.clone()).collect()),
            sponsor: sponsor.map(|it| Sponsor { letter: it.sponsor.letter || letter, ..it.sponsor }),
            languages: Some(self.languages.clone()),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct About {
    /// Empty for people with one name only.
    pub given_names: String,
    pub family_names: String,
    pub date_of_birth: NaiveDate,
    /// ISO 3166-1 alpha-2; empty for a stateless person.
    pub nationalities: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub residence: String,
    /// As typed; empty if none was given.
    pub phone: String,
}

impl About {
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_names, self.family_names).trim().to_owned()
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Education {
    #[serde(flatten)]
    pub study: Study,
    pub institution: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Degree and subject, in the candidate's words.
    pub subject: String,
}

impl Education {
    /// Whether a proof of enrolment or degree can be asked for it.
    pub fn is_degree(&self) -> bool {
        matches!(self.study.level, DegreeLevel::Bachelor | DegreeLevel::Master | DegreeLevel::Doctorate)
    }

    pub fn is_awarded(&self) -> bool {
        self.study.state == StudyState::Awarded
    }
}

/// Who else pays, or insists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Funding {
    /// Who gives the scholarship, if there is one.
    pub scholarship: Option<String>,
    /// The degree requires an internship.
    pub compulsory: bool,
    /// An institution that sponsors the candidate's work here.
    pub sponsor: Option<SponsorDetails>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SponsorDetails {
    pub name: String,
    #[serde(flatten)]
    pub sponsor: Sponsor,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wishes {
    /// Codes of areas of work.
    pub areas: Vec<String>,
    /// Duty stations, the dearest first.
    pub offices: Vec<String>,
}

/// When the candidate proposes to come; both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Dates {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Experience {
    pub role: String,
    pub organisation: String,
    pub from: NaiveDate,
    /// `None`: still there.
    pub to: Option<NaiveDate>,
    pub description: String,
}

/// What a document proves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    Cv,
    /// Of enrolment, or of a degree.
    StudyProof,
    SponsorLetter,
    UniversityLetter,
}

impl DocumentKind {
    pub const ALL: [DocumentKind; 4] = [
        DocumentKind::Cv,
        DocumentKind::StudyProof,
        DocumentKind::SponsorLetter,
        DocumentKind::UniversityLetter,
    ];

    pub fn code(self) -> &'static str {
        match self {
            DocumentKind::Cv => "cv",
            DocumentKind::StudyProof => "study_proof",
            DocumentKind::SponsorLetter => "sponsor_letter",
            DocumentKind::UniversityLetter => "university_letter",
        }
    }

    pub fn from_code(code: &str) -> Option<DocumentKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An uploaded file, without its bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Document {
    pub id: DocumentId,
    pub kind: DocumentKind,
    pub file_name: String,
    pub media_type: String,
    pub bytes: i64,
    pub uploaded_at: DateTime<Utc>,
}

/// The documents a profile must hold before it is released (issue and programme rules): a CV always; proof of
/// enrolment or degree for a degree; the letter that goes with a scholarship, a sponsor or a compulsory internship.
pub fn required_documents(education: &[Education], funding: Option<&Funding>) -> Vec<DocumentKind> {
    let mut required = vec![DocumentKind::Cv];
    if education.iter().any(Education::is_degree) {
        required.push(DocumentKind::StudyProof);
    }
    if let Some(funding) = funding {
        if funding.scholarship.is_some() || funding.sponsor.is_some() {
            required.push(DocumentKind::SponsorLetter);
        }
        if funding.compulsory {
            required.push(DocumentKind::UniversityLetter);
        }
    }
    required
}

/// Letters and digits of a name without accents and case: what a search compares (`é` finds `E`).
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same in Latin letters, whatever script it was written in: `Иван` is found by `ivan`, and the other way round.
fn latin(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let letters = deunicode::deunicode(&folded).to_lowercase();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a search looks through: names and institutions, folded, every word behind a space.
pub fn search_key(words: &[&str]) -> String {
    format!(" {}", latin(&words.join(" ")))
}

/// What a search key has to be like to hold a word, or words that follow each other; `None` if nothing is left of
/// them. A word is found by three letters in a row, so a shorter one, like a phrase, is looked for where a word
/// begins: behind a space.
pub fn search_pattern(text: &str) -> Option<String> {
    let text = latin(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    match (text.chars().count(), text.contains(' ')) {
        (0, _) => None,
        (3.., false) => Some(format!("%{text}%")),
        _ => Some(format!("% {text}%")),
    }
}

/// A word as a search for something alike takes it; `None` if it is too short to be mistyped.
pub fn search_alike(word: &str) -> Option<String> {
    Some(latin(word)).filter(|word| word.chars().count() >= 4)
}

/// What a search key has to be like, for a query of some words: every word has to occur somewhere, and the four
/// longest tell things apart. A word is found by three letters in a row, so a shorter one is looked for where a word
/// begins: behind a space.
pub fn search_patterns(q: &str) -> [Option<String>; 4] {
    let latin = latin(q);
    let mut words: Vec<&str> = latin.split_whitespace().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut words = words.into_iter().filter_map(search_pattern);
    [words.next(), words.next(), words.next(), words.next()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_accents() {
        for (name, folded) in [
            ("Inés Carvajal Ríos", "ines carvajal rios"),
            ("Nguyễn  Thị Hương", "nguyen thi huong"),
            ("Łukasz Müßig", "lukasz mussig"),
            ("Ceren Yıldız", "ceren yildiz"),
            ("Бахыт", "бахыт"),
        ] {
            assert_eq!(fold(name), folded);
        }
    }

    #[test]
    fn every_script_is_searched_in_latin_letters() {
        for (name, asked) in [
            ("Иван Петров", "ivan petrov"),
            ("Иван Петров", "Петров"),
            ("Γιώργος Παπαδόπουλος", "giorgos"),
            ("王伟", "wang"),
            ("محمد", "محمد"),
            ("Nguyễn Thị", "nguyen thi"),
        ] {
            let key = search_key(&[name]);
            for word in asked.split(' ') {
                let pattern = search_pattern(word).unwrap();
                assert!(key.contains(pattern.trim_matches('%')), "{pattern} in {key}");
            }
        }
        assert_eq!(search_pattern("100%_\\").unwrap(), "%100\\%\\_\\\\%");
        assert_eq!(search_pattern("li").unwrap(), "% li%");
        assert_eq!(search_pattern("a phrase").unwrap(), "% a phrase%");
        assert_eq!(search_pattern(" "), None);
    }

    #[test]
    fn letters_are_asked_for_by_what_is_stated() {
        let nothing = Funding { scholarship: None, compulsory: false, sponsor: None };
        assert_eq!(required_documents(&[], Some(&nothing)), [DocumentKind::Cv]);
        let scholar =
            Funding { scholarship: Some("Fundación Horizonte".into()), compulsory: true, ..nothing };
        assert_eq!(
            required_documents(&[], Some(&scholar)),
            [DocumentKind::Cv, DocumentKind::SponsorLetter, DocumentKind::UniversityLetter]
        );
    }
}
