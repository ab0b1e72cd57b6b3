//! A release: one version of a profile that Human Resources may read, with what was computed and consented to.

use super::application::{AnyApplication, MovedOn};
use super::eligibility::{Assessment, Verdict};
use super::letter::Letter;
use super::profile::Profile;
use super::step::{Birth, Step, Subject};
use super::{ApplicationId, PersonId};
use chrono::NaiveDate;

/// How many days after a profile became complete its owner is told that it is not released, letter by letter.
pub const REMINDER_DAYS: [i64; 3] = [2, 7, 21];

/// A profile with nothing missing and nothing impossible in it: the only kind that can be released.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finished {
    pub owner: PersonId,
    /// Counts every saved answer; see [`Finished::seal`].
    pub revision: i32,
    pub profile: Profile,
    pub assessment: Assessment,
    /// Of the policy the assessment was made under.
    pub policy_version: NaiveDate,
}

/// What the candidate ticked on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Consent {
    /// Read and agreed to the privacy notice of the current version.
    pub privacy: bool,
    /// Everything is true, and the documents are the candidate's own.
    pub truth: bool,
    /// Goes on although the verdict is not "eligible".
    pub acknowledged: bool,
}

/// Why a profile is not released.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReleaseProblem {
    /// The profile, or its verdict, is no longer what the page showed.
    Changed,
    PrivacyNotAgreed,
    TruthNotDeclared,
    /// The verdict is not "eligible" and was not acknowledged.
    NotAcknowledged,
}

/// A release that was earned: nothing but [`Finished::release`] makes one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Released {
    pub owner: PersonId,
    pub profile: Profile,
    pub assessment: Assessment,
    pub policy_version: NaiveDate,
    pub acknowledged: bool,
    _by: Judged,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Judged;

impl Finished {
    /// What this page shows, in one word: it comes back with the form and must still hold.
    pub fn seal(&self) -> String {
        format!("{}-{}", self.revision, self.assessment.verdict.code())
    }

    /// With any verdict, but never with one the candidate has not seen.
    ///
    /// # Errors
    /// Everything that stands in the way, not only the first thing.
    pub fn release(self, seen: &str, consent: Consent) -> Result<Released, Vec<ReleaseProblem>> {
        let mut problems = Vec::new();
        if seen != self.seal() {
            problems.push(ReleaseProblem::Changed);
        }
        if self.assessment.verdict != Verdict::Eligible && !consent.acknowledged {
            problems.push(ReleaseProblem::NotAcknowledged);
        }
        if !consent.truth {
            problems.push(ReleaseProblem::TruthNotDeclared);
        }
        if !consent.privacy {
            problems.push(ReleaseProblem::PrivacyNotAgreed);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Released {
            owner: self.owner,
            profile: self.profile,
            assessment: self.assessment,
            policy_version: self.policy_version,
            acknowledged: consent.acknowledged,
            _by: Judged,
        })
    }
}

impl Released {
    /// The first version: a new application.
    pub fn open(&self, id: ApplicationId) -> Birth {
        let facts = serde_json::json!({ "number": 1 });
        Birth::new(Subject::Application(id), facts).tell(self.owner, Letter::Released)
    }

    /// A further version of an open application.
    ///
    /// # Errors
    /// If the application is not open any more.
    pub fn again(&self, application: &AnyApplication, number: i32) -> Result<Step, MovedOn> {
        application.re_release(number)
    }
}
