//! The whole of my profile: how far each section is, and what the rules say of it.

use super::{Answers, Draft, Progress};
use super::{about, dates, education, experience, funding, languages, letter, openings, wishes};
use crate::db::Tx;
use crate::domain::PersonId;
use crate::domain::eligibility::{Assessment, Facts, Question};
use crate::domain::policy::Policies;
use crate::domain::profile::{Document, DocumentKind, Profile, Section, required_documents};
use crate::domain::release::Finished;
use crate::explain::profile::document_name;
use crate::text::{Lang, texts};
use crate::web::{Candidate, Problem, Result};
use crate::{offices, policies};
use chrono::{DateTime, NaiveDate, Utc};
use validator::Validate;

/// Everything I have answered so far.
pub struct Whole {
    owner: PersonId,
    revision: i32,
    today: NaiveDate,
    pub policies: Policies,
    /// The offices wished for so far.
    offices: Vec<String>,
    facts: Facts,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    /// All nine, in the order of the task list.
    pub sections: Vec<Standing>,
    /// `None`: something is missing, or cannot be.
    profile: Option<Profile>,
}

/// How far one section is, and what stands in its way.
pub struct Standing {
    pub section: Section,
    pub progress: Progress,
    pub problems: Vec<Problem>,
    pub saved_at: Option<DateTime<Utc>>,
}

/// One section as it lies in the database.
struct Row {
    section: String,
    answers: serde_json::Value,
    revision: i32,
    saved_at: DateTime<Utc>,
}

impl Whole {
    /// The profile as it is now, judged by the rules of today.
    pub async fn load(tx: &mut Tx<Candidate>) -> Result<Whole> {
        let (owner, today) = (tx.actor(), tx.today());
        let policies = policies::all(&mut *tx, today).await?;
        let open = offices::open(&mut *tx, Lang::En, today).await?;
        let revision = revision(tx).await?;
        let rows = rows(tx).await?;
        let documents = super::documents(tx).await?;

        let mut sections = Vec::new();
        let about = drafted::<about::Form>(&rows);
        let education = drafted::<education::Form>(&rows);
        let languages = drafted::<languages::Form>(&rows);
        let funding = drafted::<funding::Form>(&rows);
        let dates = drafted::<dates::Form>(&rows);
        let facts = facts(&about, &education, &languages, &funding, &documents, today);
        let skills = facts.languages.as_deref().unwrap_or_default();
        let named = openings::named(tx, skills, policies.programme.eligibility.working_level).await?;
        let wishes = drafted::<wishes::Form>(&rows);
        let offices = wishes.answers.wished();
        let terms = policies.terms(&offices);

        let about = judged(&mut sections, &about, today, |_| None);
        let education = judged(&mut sections, &education, today, |_| None);
        let languages = judged(&mut sections, &languages, today, |_| None);
        let funding = judged(&mut sections, &funding, today, |_| None);
        let wishes = judged(&mut sections, &wishes, today, |w| wishes::against_offices(w, &open));
        let (start, end) = (dates.answers.start(), dates.answers.end());
        let dates = judged(&mut sections, &dates, today, |d| dates::against_policy(*d, &terms));
        let experience = judged(&mut sections, &drafted::<experience::Form>(&rows), today, |_| None);
        let letter = judged(&mut sections, &drafted::<letter::Form>(&rows), today, |_| None);
        let required = required_documents(education.as_deref().unwrap_or_default(), funding.as_ref());
        sections.push(of_documents(&documents, &required));

        let is_whole = sections.iter().all(|section| section.progress == Progress::Done);
        let profile = match (about, education, languages, funding, wishes, dates, experience, letter) {
            (
                Some(about),
                Some(education),
                Some(languages),
                Some(funding),
                Some(wishes),
                Some(dates),
                Some(experience),
                Some(letter),
            ) if is_whole => Some(Profile {
                about,
                education,
                languages,
                funding,
                wishes,
                dates,
                experience,
                letter,
                documents,
                openings: named.into_iter().map(|(opening, _)| opening).collect(),
            }),
            _ => None,
        };
        Ok(Whole { owner, revision, today, policies, offices, facts, start, end, sections, profile })
    }

    /// What a candidate states, as far as it is known.
    pub fn to_facts(&self) -> &Facts {
        &self.facts
    }

    /// The answer of the rules to what is known so far, for the proposed dates if they are possible.
    pub fn assess(&self) -> Assessment {
        let start = self.start.filter(|start| *start >= self.today);
        let end = self.end.filter(|end| start.is_some_and(|start| start < *end));
        let question = Question { as_of: self.today, start, end, facts: self.to_facts().clone() };
        self.policies.answer(&self.offices, &question)
    }

    /// How many sections are done.
    pub fn done(&self) -> usize {
        self.sections.iter().filter(|section| section.progress == Progress::Done).count()
    }

    /// The last day on which it is complete as it is: nobody can begin on a day that has passed. `None`: it is not.
    pub fn complete_until(&self) -> Option<NaiveDate> {
        self.profile.as_ref().map(|profile| profile.dates.start)
    }

    /// The profile as it can be released.
    ///
    /// # Errors
    /// The sections that are not done, in the order of the task list.
    pub fn finish(self) -> Result<Finished, Vec<Standing>> {
        let assessment = self.assess();
        let policy = self.policies.of(assessment.office.as_deref());
        match self.profile {
            Some(profile) => Ok(Finished {
                owner: self.owner,
                revision: self.revision,
                profile,
                assessment,
                policy_version: policy.effective_from,
            }),
            None => Err(self.sections.into_iter().filter(|s| s.progress != Progress::Done).collect()),
        }
    }
}

fn drafted<A: Answers>(rows: &[Row]) -> Draft<A> {
    match rows.iter().find(|row| row.section == A::SECTION.code()) {
        Some(row) => Draft {
            answers: serde_json::from_value(row.answers.clone()).unwrap_or_default(),
            revision: row.revision,
            saved_at: Some(row.saved_at),
        },
        None => Draft { answers: A::default(), revision: 0, saved_at: None },
    }
}

/// What the answers of a section say, if they are complete, possible and within `rule`; its standing is noted.
fn judged<A: Answers + Validate>(
    sections: &mut Vec<Standing>,
    draft: &Draft<A>,
    today: NaiveDate,
    rule: impl FnOnce(&A::Typed) -> Option<Problem>,
) -> Option<A::Typed> {
    let (typed, mut problems) = match draft.answers.read(today) {
        Ok(typed) => {
            let against = rule(&typed);
            (Some(typed), Vec::from_iter(against))
        }
        Err(problems) => (None, problems),
    };
    // answers are kept however long they are, but not released
    if problems.is_empty() && draft.answers.validate().is_err() {
        problems.push(Problem::at(A::SECTION.code(), |l| Text(l).check()));
    }
    let progress = match draft.revision {
        0 => Progress::NotStarted,
        _ if problems.is_empty() => Progress::Done,
        _ if problems.iter().all(Problem::is_missing) => Progress::InProgress,
        _ => Progress::NeedsChange,
    };
    sections.push(Standing { section: A::SECTION, progress, problems, saved_at: draft.saved_at });
    typed.filter(|_| progress == Progress::Done)
}

fn of_documents(documents: &[Document], required: &[DocumentKind]) -> Standing {
    let missing = required.iter().filter(|kind| !documents.iter().any(|document| document.kind == **kind));
    let upload =
        |kind: DocumentKind| Problem::missing("documents", move |l| Text(l).upload(document_name(kind, l)));
    let problems: Vec<Problem> = missing.map(|kind| upload(*kind)).collect();
    let progress = match (documents.is_empty(), problems.is_empty()) {
        (true, _) => Progress::NotStarted,
        (false, true) => Progress::Done,
        (false, false) => Progress::InProgress,
    };
    let saved_at = documents.iter().map(|document| document.uploaded_at).max();
    Standing { section: Section::Documents, progress, problems, saved_at }
}

fn facts(
    about: &Draft<about::Form>,
    education: &Draft<education::Form>,
    languages: &Draft<languages::Form>,
    funding: &Draft<funding::Form>,
    documents: &[Document],
    today: NaiveDate,
) -> Facts {
    let uploaded = documents.iter().any(|document| document.kind == DocumentKind::SponsorLetter);
    let sponsor = funding.answers.sponsor().map(|mut sponsor| {
        sponsor.letter |= uploaded;
        sponsor
    });
    // nothing that can be read yet is "not asked yet", never "none"
    Facts {
        date_of_birth: about.answers.date_of_birth(today),
        studies: Some(education.answers.studies(today)).filter(|studies| !studies.is_empty()),
        sponsor,
        languages: Some(languages.answers.skills()).filter(|skills| !skills.is_empty()),
    }
}

async fn rows(tx: &mut Tx<Candidate>) -> Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Row,
        "select section, answers, revision, saved_at from profile_section where person_id = $1",
        tx.actor().0
    );
    Ok(rows.fetch_all(&mut **tx).await?)
}

/// Counts every answer saved and every document added or removed: each holds the profile, see `touch`.
pub async fn revision(tx: &mut Tx<Candidate>) -> Result<i32> {
    let revision = sqlx::query_scalar!("select revision from profile where person_id = $1", tx.actor().0);
    Ok(revision.fetch_optional(&mut **tx).await?.unwrap_or_default())
}

texts!(Text {
    check: "An answer is too long: check this section", "Une réponse est trop longue : vérifiez cette section",
        "Una respuesta es demasiado larga: revise esta sección";
    upload(name): "Upload: {name}", "À déposer : {name}", "Por subir: {name}";
});
