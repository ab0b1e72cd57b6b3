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
    /// By the supervisor, at half-time …
    MidTerm,
    /// … and by the last day.
    Final,
    /// The intern's insurance ends before the internship does.
    Insurance,
}

impl What {
    pub const ALL: [What; 5] = [What::Approval, What::Waiver, What::MidTerm, What::Final, What::Insurance];

    pub fn code(self) -> &'static str {
        match self {
            What::Approval => "approval",
            What::Waiver => "waiver",
            What::MidTerm => "mid_term",
            What::Final => "final",
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
            What::MidTerm => Letter::MidTermDue,
            What::Final => Letter::FinalDue,
            What::Insurance => Letter::InsuranceEnding,
        }
    }
}
