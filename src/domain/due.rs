//! What somebody has to do by a day, and when they are reminded of it.

use super::letter::Letter;

/// Whoever has to do it is reminded so many days before, the earliest first.
pub const CHASE_DAYS: [i64; 3] = [7, 3, 1];

/// What is due of a placement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// By the supervisor.
    Approval,
    /// By the Director of Human Resources.
    Waiver,
    /// The intern has something to send before the first day …
    Papers,
    /// … Human Resources to verify it …
    Verification,
    /// … and the medical officers to examine their part.
    Examination,
    /// By Human Resources, within a week after the first day: whether the intern came.
    Start,
    /// By the supervisor, at half-time …
    MidTerm,
    /// … and by the last day.
    Final,
    /// A longer stay is agreed by the intern before the last day …
    Answer,
    /// … and confirmed by Human Resources, or it cannot be any more.
    Confirmation,
    /// By the supervisor, within a week after the last day.
    Completion,
    /// The intern's insurance ends before the internship does.
    Insurance,
}

impl What {
    pub const ALL: [What; 12] = [
        What::Approval,
        What::Waiver,
        What::Papers,
        What::Verification,
        What::Examination,
        What::Start,
        What::MidTerm,
        What::Final,
        What::Answer,
        What::Confirmation,
        What::Completion,
        What::Insurance,
    ];

    pub fn code(self) -> &'static str {
        match self {
            What::Approval => "approval",
            What::Waiver => "waiver",
            What::Papers => "papers",
            What::Verification => "verification",
            What::Examination => "examination",
            What::Start => "start",
            What::MidTerm => "mid_term",
            What::Final => "final",
            What::Answer => "answer",
            What::Confirmation => "confirmation",
            What::Completion => "completion",
            What::Insurance => "insurance",
        }
    }

    pub fn from_code(code: &str) -> Option<What> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }

    /// What reminds of it.
    pub fn letter(self) -> Letter {
        match self {
            What::Approval => Letter::ApprovalDue,
            What::Waiver => Letter::WaiverDue,
            What::Papers => Letter::PapersDue,
            What::Verification => Letter::VerificationDue,
            What::Examination => Letter::ExaminationDue,
            What::Start => Letter::StartDue,
            What::MidTerm => Letter::MidTermDue,
            What::Final => Letter::FinalDue,
            What::Answer => Letter::ExtensionAnswerDue,
            What::Confirmation => Letter::ExtensionDecisionDue,
            What::Completion => Letter::CompletionDue,
            What::Insurance => Letter::InsuranceEnding,
        }
    }
}
