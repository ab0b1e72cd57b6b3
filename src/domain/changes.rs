//! What a profile says, statement by statement, and what differs between two versions of it.

use super::eligibility::LanguageSkills;
use super::opening::Named;
use super::profile::{About, Document, Education, Experience, Profile, Section, SponsorDetails};
use chrono::NaiveDate;
use std::mem::{Discriminant, discriminant};

/// The smallest part of a profile that is read, and changes, on its own.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Statement<'p> {
    Name { given: &'p str, family: &'p str },
    Birth(NaiveDate),
    Nationalities(&'p [String]),
    Residence(&'p str),
    Phone(&'p str),
    Study(&'p Education),
    Language(&'p LanguageSkills),
    Scholarship(Option<&'p str>),
    Compulsory(bool),
    Sponsor(Option<&'p SponsorDetails>),
    Areas(&'p [String]),
    Offices(&'p [String]),
    Opening(&'p Named),
    FirstDay(NaiveDate),
    LastDay(NaiveDate),
    Experience(&'p Experience),
    Letter(&'p str),
    Document(&'p Document),
}

impl Statement<'_> {
    pub fn section(&self) -> Section {
        match self {
            Self::Name { .. }
            | Self::Birth(_)
            | Self::Nationalities(_)
            | Self::Residence(_)
            | Self::Phone(_) => Section::About,
            Self::Study(_) => Section::Education,
            Self::Language(_) => Section::Languages,
            Self::Scholarship(_) | Self::Compulsory(_) | Self::Sponsor(_) => Section::Funding,
            Self::Areas(_) | Self::Offices(_) | Self::Opening(_) => Section::Wishes,
            Self::FirstDay(_) | Self::LastDay(_) => Section::Dates,
            Self::Experience(_) => Section::Experience,
            Self::Letter(_) => Section::Letter,
            Self::Document(_) => Section::Documents,
        }
    }

    /// What the statement is about: two that answer the same question are a change, others come and go.
    fn question(&self) -> (Discriminant<Self>, &str) {
        let which = match self {
            Self::Language(skills) => skills.code.as_str(),
            Self::Document(document) => document.kind.code(),
            Self::Opening(named) => named.reference.as_str(),
            _ => "",
        };
        (discriminant(self), which)
    }
}

impl Profile {
    /// Everything it says, in the order of the task list. What was left empty is not said.
    pub fn statements(&self) -> Vec<Statement<'_>> {
        let About { given_names, family_names, date_of_birth, nationalities, residence, phone } = &self.about;
        let mut all = vec![
            Statement::Name { given: given_names, family: family_names },
            Statement::Birth(*date_of_birth),
            Statement::Nationalities(nationalities),
            Statement::Residence(residence),
        ];
        all.extend((!phone.is_empty()).then_some(Statement::Phone(phone)));
        all.extend(self.education.iter().map(Statement::Study));
        all.extend(self.languages.iter().map(Statement::Language));
        all.extend([
            Statement::Scholarship(self.funding.scholarship.as_deref()),
            Statement::Compulsory(self.funding.compulsory),
            Statement::Sponsor(self.funding.sponsor.as_ref()),
            Statement::Areas(&self.wishes.areas),
            Statement::Offices(&self.wishes.offices),
        ]);
        all.extend(self.openings.iter().map(Statement::Opening));
        all.extend([Statement::FirstDay(self.dates.start), Statement::LastDay(self.dates.end)]);
        all.extend(self.experience.iter().map(Statement::Experience));
        all.push(Statement::Letter(&self.letter));
        all.extend(self.documents.iter().map(Statement::Document));
        all
    }
}

/// One difference; at least one side is there.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Change<'p> {
    pub section: Section,
    pub before: Option<Statement<'p>>,
    pub after: Option<Statement<'p>>,
}

/// What `after` says otherwise than `before`, in the order of the task list. The order of studies, languages,
/// experiences and documents says nothing; that of duty stations does.
pub fn changes<'p>(before: &'p Profile, after: &'p Profile) -> Vec<Change<'p>> {
    let (mut gone, mut come) = (before.statements(), Vec::new());
    for statement in after.statements() {
        match gone.iter().position(|other| *other == statement) {
            Some(same) => drop(gone.remove(same)),
            None => come.push(statement),
        }
    }
    let mut changes = Vec::new();
    for after in come {
        let before = gone.iter().position(|before| before.question() == after.question());
        let before = before.map(|at| gone.remove(at));
        changes.push(Change { section: after.section(), before, after: Some(after) });
    }
    let removed =
        |before: Statement<'p>| Change { section: before.section(), before: Some(before), after: None };
    changes.extend(gone.into_iter().map(removed));
    changes.sort_by_key(|change| change.section.number()); // stable: within a section they stay in order
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::eligibility::{DegreeLevel, Level, Study, StudyState};
    use crate::domain::profile::{Dates, DocumentKind, Funding, Wishes};
    use uuid::Uuid;

    fn study(institution: &str) -> Education {
        Education {
            study: Study {
                level: DegreeLevel::Master,
                state: StudyState::Enrolled,
                started_on: None,
                final_year_starts_on: None,
                ends_on: None,
                awarded_on: None,
            },
            institution: institution.into(),
            country: "PE".into(),
            subject: "Law".into(),
        }
    }

    fn language(code: &str, level: Level) -> LanguageSkills {
        let level = Some(level);
        LanguageSkills {
            code: code.into(),
            mother_tongue: false,
            listening: level,
            reading: level,
            speaking: level,
            writing: level,
        }
    }

    fn document(id: u128, kind: DocumentKind) -> Document {
        Document {
            id: Uuid::from_u128(id).into(),
            kind,
            file_name: format!("{id}.pdf"),
            media_type: "application/pdf".into(),
            bytes: 1,
            uploaded_at: Default::default(),
        }
    }

    fn profile() -> Profile {
        Profile {
            about: About {
                given_names: "Inés".into(),
                family_names: "Carvajal".into(),
                date_of_birth: Default::default(),
                nationalities: vec!["CO".into()],
                residence: "FR".into(),
                phone: String::new(),
            },
            education: vec![study("Lima"), study("Lyon")],
            languages: vec![language("es", Level::C2), language("en", Level::B2)],
            funding: Funding { scholarship: None, compulsory: false, sponsor: None },
            wishes: Wishes { areas: vec!["data".into()], offices: vec!["geneva".into(), "nairobi".into()] },
            dates: Dates { start: Default::default(), end: NaiveDate::MAX },
            experience: Vec::new(),
            letter: "I would like to come.".into(),
            documents: vec![document(1, DocumentKind::Cv), document(2, DocumentKind::StudyProof)],
            openings: Vec::new(),
        }
    }

    /// Each change in a word: `~` changed, `+` came, `-` went.
    fn told(change: impl Fn(&mut Profile)) -> Vec<String> {
        let (before, mut after) = (profile(), profile());
        change(&mut after);
        let sign = |change: &Change<'_>| match (change.before, change.after) {
            (Some(_), Some(_)) => '~',
            (None, _) => '+',
            (_, None) => '-',
        };
        changes(&before, &after).iter().map(|c| format!("{}{}", sign(c), c.section.code())).collect()
    }

    #[test]
    fn what_is_said_otherwise_is_a_change_and_nothing_else_is() {
        type Edit = fn(&mut Profile);
        let table: [(&str, Edit, &[&str]); 14] = [
            ("nothing", |_| {}, &[]),
            ("a name", |p| p.about.given_names = "Ines".into(), &["~about"]),
            ("a phone", |p| p.about.phone = "+51 1".into(), &["+about"]),
            (
                "both days",
                |p| p.dates = Dates { start: NaiveDate::MAX, end: NaiveDate::MIN },
                &["~dates", "~dates"],
            ),
            ("a level", |p| p.languages[1] = language("en", Level::C1), &["~languages"]),
            (
                "another language",
                |p| p.languages[1] = language("fr", Level::B2),
                &["+languages", "-languages"],
            ),
            ("languages in another order", |p| p.languages.reverse(), &[]),
            ("offices in another order", |p| p.wishes.offices.reverse(), &["~wishes"]),
            ("a study", |p| p.education[0].subject = "Data".into(), &["~education"]),
            ("one study less", |p| drop(p.education.remove(0)), &["-education"]),
            ("the same study twice", |p| p.education.push(study("Lyon")), &["+education"]),
            ("a new file", |p| p.documents[0] = document(3, DocumentKind::Cv), &["~documents"]),
            ("another file", |p| p.documents.push(document(3, DocumentKind::SponsorLetter)), &["+documents"]),
            (
                "much",
                |p| {
                    p.documents.remove(1);
                    p.letter.push('!');
                    p.funding.compulsory = true;
                },
                &["~funding", "~letter", "-documents"],
            ),
        ];
        for (what, edit, expected) in table {
            assert_eq!(told(edit), expected, "{what}");
        }
    }

    #[test]
    fn every_section_says_something_and_the_way_back_is_the_same_change() {
        let (one, mut other) = (profile(), profile());
        other.languages.push(language("fr", Level::A1));
        other.about.residence = "PE".into();
        let there: Vec<_> = changes(&one, &other).iter().map(|c| (c.before, c.after)).collect();
        let back: Vec<_> = changes(&other, &one).iter().map(|c| (c.after, c.before)).collect();
        assert_eq!(format!("{there:?}"), format!("{back:?}"));
        assert_eq!(there.len(), 2);
    }
}
