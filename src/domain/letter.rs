//! The letters the product owes people. What each says is written in `post::letters`.

/// A kind of letter; its code is what the outbox keeps.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Letter {
    /// Somebody registered: open this link to confirm that the address is yours.
    ConfirmEmail,
    /// Somebody registered with an address that already has an account.
    AlreadyRegistered,
    /// Somebody asked for a new password.
    ResetPassword,
    /// The password was changed.
    PasswordChanged,
    /// An administrator made you a member of staff.
    Invitation,
    /// To the candidate: the receipt of a release, with its version number.
    Released,
    /// To the reviewer: the candidate has released a newer version.
    NewerVersion,
    /// To the candidate: your profile has been taken back.
    Withdrawn,
    /// To the candidate: Human Resources needs changes.
    ChangesRequested,
    /// To the candidate: you are in the pool.
    Pooled,
    /// To the candidate: not selected, with the reason.
    NotSelected,
    /// To the candidate: the decision has been taken back and your profile is reviewed again.
    Reopened,
    /// To the supervisor: a placement waits for your approval.
    PlacementProposed,
    /// To the proposer: the supervisor has approved.
    PlacementApproved,
    /// To the proposer: the supervisor has declined.
    PlacementDeclined,
    /// To the supervisor: the placement is off.
    PlacementCancelled,
}

impl Letter {
    pub const ALL: [Letter; 16] = [
        Letter::ConfirmEmail,
        Letter::AlreadyRegistered,
        Letter::ResetPassword,
        Letter::PasswordChanged,
        Letter::Invitation,
        Letter::Released,
        Letter::NewerVersion,
        Letter::Withdrawn,
        Letter::ChangesRequested,
        Letter::Pooled,
        Letter::NotSelected,
        Letter::Reopened,
        Letter::PlacementProposed,
        Letter::PlacementApproved,
        Letter::PlacementDeclined,
        Letter::PlacementCancelled,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Letter::ConfirmEmail => "confirm_email",
            Letter::AlreadyRegistered => "already_registered",
            Letter::ResetPassword => "reset_password",
            Letter::PasswordChanged => "password_changed",
            Letter::Invitation => "invitation",
            Letter::Released => "released",
            Letter::NewerVersion => "newer_version",
            Letter::Withdrawn => "withdrawn",
            Letter::ChangesRequested => "changes_requested",
            Letter::Pooled => "pooled",
            Letter::NotSelected => "not_selected",
            Letter::Reopened => "reopened",
            Letter::PlacementProposed => "placement_proposed",
            Letter::PlacementApproved => "placement_approved",
            Letter::PlacementDeclined => "placement_declined",
            Letter::PlacementCancelled => "placement_cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.code() == code)
    }
}
