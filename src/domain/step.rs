//! A step: one transition that the rules allow, ready to be written down.

use super::letter::Letter;
use super::{ApplicationId, PersonId, PlacementId};
use chrono::NaiveDate;

/// Which case moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    Application(ApplicationId),
    Placement(PlacementId),
}

/// What else changes on the row together with its state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Effects {
    /// `Some(x)`: the reviewer becomes `x`.
    pub reviewer: Option<Option<PersonId>>,
    /// `Some(day)`: in the pool until and with that day.
    pub pooled_until: Option<NaiveDate>,
    /// What an approval says.
    pub approval: Option<Approval>,
    /// The first day becomes this one …
    pub starts_on: Option<NaiveDate>,
    /// … and the last day this one.
    pub ends_on: Option<NaiveDate>,
}

/// What a supervisor writes when approving a placement.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Approval {
    pub terms_of_reference: String,
    pub tasks: String,
    pub learning_goals: String,
}

/// A transition that was earned: only methods on a state make one, and only a step can be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub subject: Subject,
    /// The version the actor saw; the step makes it one more.
    pub seen: i32,
    pub action: &'static str,
    pub to: &'static str,
    pub reason: Option<String>,
    /// Details for the audit trail and the timeline: codes and dates, never free text about a person.
    pub facts: serde_json::Value,
    pub effects: Effects,
    /// Who is told what.
    pub letters: Vec<(PersonId, Letter)>,
    _by: Arrow,
}

/// Only this folder has one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Arrow;

impl Step {
    pub(super) fn new(subject: Subject, seen: i32, action: &'static str, to: &'static str) -> Step {
        Step {
            subject,
            seen,
            action,
            to,
            reason: None,
            facts: serde_json::json!({}),
            effects: Effects::default(),
            letters: Vec::new(),
            _by: Arrow,
        }
    }

    pub(super) fn because(mut self, reason: impl Into<String>) -> Step {
        self.reason = Some(reason.into());
        self
    }

    pub(super) fn with(mut self, facts: serde_json::Value) -> Step {
        self.facts = facts;
        self
    }

    pub(super) fn reviewer(mut self, reviewer: Option<PersonId>) -> Step {
        self.effects.reviewer = Some(reviewer);
        self
    }

    pub(super) fn until(mut self, day: NaiveDate) -> Step {
        self.effects.pooled_until = Some(day);
        self
    }

    pub(super) fn approval(mut self, approval: Approval) -> Step {
        self.effects.approval = Some(approval);
        self
    }

    pub(super) fn starting(mut self, day: NaiveDate) -> Step {
        self.effects.starts_on = Some(day);
        self
    }

    pub(super) fn ending(mut self, day: NaiveDate) -> Step {
        self.effects.ends_on = Some(day);
        self
    }

    pub(super) fn tell(mut self, person: PersonId, letter: Letter) -> Step {
        self.letters.push((person, letter));
        self
    }
}

/// The first step of a case: from nothing to its first state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Birth {
    pub subject: Subject,
    pub facts: serde_json::Value,
    pub letters: Vec<(PersonId, Letter)>,
    _by: Arrow,
}

impl Birth {
    pub(super) fn new(subject: Subject, facts: serde_json::Value) -> Birth {
        Birth { subject, facts, letters: Vec::new(), _by: Arrow }
    }

    pub(super) fn tell(mut self, person: PersonId, letter: Letter) -> Birth {
        self.letters.push((person, letter));
        self
    }
}
