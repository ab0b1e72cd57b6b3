//! Openings: announced work beside the pool, and what one asks of a candidate who names it.
//!
//! An opening's languages are its own. They never change the programme's verdict, and nobody is kept from naming it.

use super::OpeningId;
use super::eligibility::{LanguageSkills, Level, Outcome};
use serde::{Deserialize, Serialize};

/// A candidate names no more than so many: who wants everything wants nothing.
pub const MOST_NAMED: usize = 5;

/// Where an opening stands. What leads from one state to another is in the table `opening_transition`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Seen by Human Resources alone.
    Draft,
    Published,
    /// Still at its address, for whoever kept it; nobody can name it any more.
    Closed,
}

impl State {
    pub const ALL: [State; 3] = [State::Draft, State::Published, State::Closed];

    pub fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Published => "published",
            State::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One language that an opening asks for, and whether the candidate has a working knowledge of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// ISO 639-1.
    pub language: String,
    pub outcome: Outcome,
}

/// Compares what an opening asks for with what is stated: one answer per language, in the opening's order.
pub fn ask(languages: &[String], stated: &[LanguageSkills], working_level: Level) -> Vec<Asked> {
    let one = |language: &String| Asked {
        language: language.clone(),
        outcome: stated
            .iter()
            .find(|skills| skills.code == *language)
            .map_or(Outcome::NotMet, |skills| skills.at_level(working_level)),
    };
    languages.iter().map(one).collect()
}

/// An opening named in a profile, with the words it had then: a snapshot stays readable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Named {
    pub id: OpeningId,
    pub reference: String,
    /// English, French, Spanish; empty where it was not announced in that language.
    pub titles: [String; 3],
    /// Id of the duty station.
    pub office: String,
    pub asked: Vec<Asked>,
}

/// Two profiles that name the same opening say the same, however its words are corrected meanwhile.
impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl Eq for Named {}

#[cfg(test)]
mod tests {
    use super::*;

    fn skills(code: &str, [l, r, s, w]: [Option<Level>; 4]) -> LanguageSkills {
        LanguageSkills {
            code: code.into(),
            mother_tongue: false,
            listening: l,
            reading: r,
            speaking: s,
            writing: w,
        }
    }

    #[test]
    fn each_language_of_an_opening_has_its_own_answer() {
        use Level::{B1, B2, C2};
        let stated = [
            LanguageSkills { mother_tongue: true, ..skills("es", [None; 4]) },
            skills("fr", [Some(B2), Some(C2), Some(B2), Some(B2)]),
            skills("en", [Some(C2), Some(C2), Some(B1), Some(C2)]),
            skills("ar", [Some(B2), Some(B2), None, Some(B2)]),
        ];
        for (asked, outcomes) in [
            (&[] as &[&str], &[] as &[Outcome]),
            (&["es"], &[Outcome::Met]),
            (&["fr"], &[Outcome::Met]),
            (&["en"], &[Outcome::NotMet]),
            (&["ar"], &[Outcome::NeedsInformation]),
            (&["sw"], &[Outcome::NotMet]),
            (&["fr", "en", "es"], &[Outcome::Met, Outcome::NotMet, Outcome::Met]),
        ] {
            let languages: Vec<String> = asked.iter().map(|code| (*code).to_owned()).collect();
            let answers = ask(&languages, &stated, B2);
            assert!(answers.iter().map(|a| &a.language).eq(&languages), "{asked:?}: in the opening's order");
            assert!(answers.iter().map(|a| &a.outcome).eq(outcomes), "{asked:?}: {answers:?}");
        }
        let strict = ask(&["fr".to_owned()], &stated, Level::C1);
        assert_eq!(strict[0].outcome, Outcome::NotMet, "by the policy's level");
    }

    #[test]
    fn a_state_is_known_by_its_code() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_code("Draft"), None);
    }
}
