//! The answers of the self-check, carried into a new account: nobody types them twice. They travel inside the pages
//! themselves, never in an address, and become drafts of the profile's sections for the candidate to finish.

use crate::db::{Result, Tx};
use crate::domain::PersonId;
use crate::domain::profile::Section;
use crate::web::form::unpacked;
use serde_json::{Value, json};

/// The longest text that is read as carried answers, in characters.
pub const LONGEST: u64 = 1000;

/// What was answered, as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Answers {
    pub born: TypedDay,
    /// How somebody qualifies, in the codes of the self-check.
    pub way: String,
    pub degree: TypedDay,
    /// ISO 639-1, several.
    pub languages: Vec<String>,
    /// How long a stay, in months, as typed.
    pub months: String,
}

/// The three boxes of a date.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TypedDay {
    pub day: String,
    pub month: String,
    pub year: String,
}

impl Answers {
    /// One line of text that a hidden field carries.
    pub fn packed(&self) -> String {
        json!(self).to_string()
    }

    /// What a hidden field carried; `None` for anything else.
    pub fn unpacked(text: &str) -> Option<Answers> {
        unpacked(text)
    }

    /// The sections that begin with these answers, in the shape of their forms. Only what was said is filled in: whoever
    /// has graduated did not say from which level.
    fn sections(&self, (given_names, family_names): (&str, &str)) -> Vec<(Section, Value)> {
        let TypedDay { day, month, year } = &self.born;
        let about = json!({ "given_names": given_names, "family_names": family_names,
            "born_day": day, "born_month": month, "born_year": year });
        let mut sections = vec![(Section::About, about)];
        let study = match self.way.as_str() {
            "final_year" => Some(("bachelor", "enrolled")),
            "graduate_student" => Some(("", "enrolled")),
            "recent_graduate" => Some(("", "awarded")),
            _ => None,
        };
        if let Some((level, state)) = study {
            let TypedDay { day, month, year } = &self.degree;
            let education = json!({ "level": [level], "state": [state],
                "degree_day": [day], "degree_month": [month], "degree_year": [year] });
            sections.push((Section::Education, education));
        }
        if self.way == "sponsored" {
            sections.push((Section::Funding, json!({ "sponsor": "yes" })));
        }
        if !self.languages.is_empty() {
            sections.push((Section::Languages, json!({ "language": self.languages })));
        }
        if !self.months.is_empty() {
            sections.push((Section::Dates, json!({ "months": self.months })));
        }
        sections
    }
}

/// Begins the profile of a person made in this same transaction, who has none yet.
pub async fn begin_profile<R>(
    tx: &mut Tx<R>,
    person: PersonId,
    names: (&str, &str),
    answers: &Answers,
) -> Result<()> {
    let now = tx.now();
    let (sections, drafts): (Vec<String>, Vec<Value>) = answers
        .sections(names)
        .into_iter()
        .map(|(section, draft)| (section.code().to_owned(), draft))
        .unzip();
    sqlx::query!("insert into profile (person_id, updated_at) values ($1, $2)", person.0, now)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "insert into profile_section (person_id, section, answers, saved_at)
         select $1, section, draft, $4 from unnest($2::text[], $3::jsonb[]) as begun (section, draft)",
        person.0,
        &sections,
        &drafts,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_packed_is_unpacked_without_what_nobody_types(day in "\\PC{0,6}|[\u{0}-\u{1f}]{0,3}", code in ".{0,4}", months in ".{0,6}") {
            let born = TypedDay { day, ..TypedDay::default() };
            let packed = Answers { born, languages: vec![code], months, ..Answers::default() }.packed();
            let once = Answers::unpacked(&packed).unwrap();
            assert_eq!(Answers::unpacked(&once.packed()).as_ref(), Some(&once));
            assert!(once.sections(("", "")).iter().all(|(_, draft)| !draft.to_string().contains("\\u0000")));
        }

        #[test]
        fn no_text_is_too_strange(text in "([\\[\\]{}\":,0-9eu\\\\]|born|day|\\PC){0,60}") {
            if let Some(read) = Answers::unpacked(&text) {
                let _ = read.sections(("Ana", "Lima"));
            }
        }
    }
}
