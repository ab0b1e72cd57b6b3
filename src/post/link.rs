//! Where the one link of each letter leads.

use crate::domain::letter::Letter;
use chrono::TimeDelta;
use uuid::Uuid;

/// What a link that proves who opens it is good for, and how long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Purpose {
    /// As `link_token.purpose` keeps it.
    pub code: &'static str,
    pub lasts: TimeDelta,
}

/// `None`: the letter's link is an ordinary address, behind a sign-in.
pub fn purpose(letter: Letter) -> Option<Purpose> {
    let (code, lasts) = match letter {
        Letter::ConfirmEmail => ("confirm_email", TimeDelta::hours(48)),
        Letter::ResetPassword => ("reset_password", TimeDelta::hours(1)),
        Letter::Invitation => ("invitation", TimeDelta::days(7)),
        Letter::NewEmail => ("new_email", TimeDelta::hours(48)),
        Letter::EmailChanging => ("undo_email", TimeDelta::days(7)),
        _ => return None,
    };
    Some(Purpose { code, lasts })
}

/// The path of a letter's link; `None` if the letter lacks what it is about, or its token.
pub fn path(letter: Letter, about: Option<Uuid>, token: Option<&str>) -> Option<String> {
    Some(match letter {
        Letter::ConfirmEmail => format!("/confirm/{}", token?),
        Letter::ResetPassword => format!("/reset-password/{}", token?),
        Letter::Invitation => format!("/invitation/{}", token?),
        Letter::AlreadyRegistered | Letter::PasswordChanged => "/sign-in".to_owned(),
        Letter::SecondFactorAdded
        | Letter::SecondFactorRemoved
        | Letter::PasskeyAdded
        | Letter::PasskeyRemoved
        | Letter::SecondFactorReset
        | Letter::RecoveryCodeUsed => "/account/second-factor".to_owned(),
        Letter::Released
        | Letter::Withdrawn
        | Letter::ChangesRequested
        | Letter::Pooled
        | Letter::NotSelected
        | Letter::Reopened
        | Letter::WithdrawalUndone
        | Letter::PoolEnding
        | Letter::AnswerDue
        | Letter::Expired
        | Letter::Renewed
        | Letter::StartCloses => "/application".to_owned(),
        Letter::DocumentInfected => "/profile/documents".to_owned(),
        Letter::Unreleased => "/profile/release".to_owned(),
        Letter::MessageFromStaff | Letter::MessageFileInfected => "/application/messages".to_owned(),
        Letter::MessageFromCandidate | Letter::StaffFileInfected => format!("/review/{}/messages", about?),
        Letter::NewerVersion
        | Letter::BackWithYou
        | Letter::CaseAssigned
        | Letter::NamedInNote
        | Letter::DuplicateProposed
        | Letter::DuplicateDecided => format!("/review/{}", about?),
        Letter::PlacementProposed => format!("/supervision/{}", about?),
        Letter::PlacementApproved | Letter::PlacementDeclined => format!("/placements/{}", about?),
        Letter::PlacementCancelled => "/supervision/decided".to_owned(),
        Letter::NewEmail => format!("/account/email/confirm/{}", token?),
        Letter::EmailChanging => format!("/account/email/undo/{}", token?),
        Letter::AddressInUse | Letter::AccountUnused => "/sign-in".to_owned(),
        Letter::AccountErased => "/".to_owned(),
        Letter::CandidateGone => "/review".to_owned(),
        Letter::StartsClose => "/review/closing".to_owned(),
        Letter::OpeningFits => format!("/openings/{}", about?),
        Letter::OfferMade | Letter::OfferReminder | Letter::OfferRescinded | Letter::PlacementOff => {
            format!("/offer/{}", about?)
        }
        Letter::OfferLapsed => "/application".to_owned(),
        Letter::OfferAccepted | Letter::OfferRefused | Letter::OfferUnanswered | Letter::DatesAsked => {
            format!("/placements/{}", about?)
        }
        Letter::InternExpected | Letter::InternReady | Letter::InternNotReady => {
            format!("/supervision/{}", about?)
        }
        Letter::InterviewProposed | Letter::InterviewCancelled | Letter::InterviewReminder => {
            format!("/interview/{}", about?)
        }
        Letter::InterviewChosen | Letter::InterviewRefused | Letter::InterviewToHold => {
            format!("/supervision/{}/interview", about?)
        }
        Letter::InterviewOff => format!("/supervision/{}", about?),
        Letter::DocumentReturned | Letter::ReadyToStart => format!("/onboarding/{}", about?),
        Letter::PlacementReady => format!("/placements/{}", about?),
        Letter::AbsenceRecorded => "/application".to_owned(),
        Letter::InternAbsent => "/supervision/decided".to_owned(),
        Letter::InternshipBegun
        | Letter::EvaluationWritten
        | Letter::ExtensionDecided
        | Letter::InternshipCompleted
        | Letter::EndedEarly => format!("/internship/{}", about?),
        Letter::ExtensionAsked => format!("/internship/{}/extension", about?),
        Letter::SupervisionBegun
        | Letter::EvaluationCommented
        | Letter::ExtensionAnswered
        | Letter::SupervisionEnded => {
            format!("/supervision/{}", about?)
        }
        Letter::DeputyNamed | Letter::DeputyArranged | Letter::DeputyEnded | Letter::DeputyOver => {
            "/account/deputy".to_owned()
        }
        Letter::ApprovalDue => format!("/supervision/{}", about?),
        Letter::MidTermDue => format!("/supervision/{}/evaluate/mid_term", about?),
        Letter::FinalDue => format!("/supervision/{}/evaluate/final", about?),
        Letter::PapersDue => format!("/onboarding/{}", about?),
        Letter::VerificationDue => format!("/placements/{}/documents", about?),
        Letter::ExaminationDue => "/medical".to_owned(),
        Letter::StartDue => format!("/placements/{}", about?),
        Letter::ExtensionAnswerDue => format!("/internship/{}/extension", about?),
        Letter::ExtensionDecisionDue => format!("/placements/{}/extension", about?),
        Letter::CompletionDue => format!("/supervision/{}/complete", about?),
        Letter::InsuranceEnding => format!("/internship/{}", about?),
        Letter::WaiverDue | Letter::WaiverRequested => format!("/direction/{}", about?),
        Letter::WaiverDecided => format!("/placements/{}", about?),
        Letter::ExtensionAgreed => format!("/placements/{}/extension", about?),
    })
}

/// Whether its reader asked for letters like it, and ends them with one click (RFC 8058). No other letter may be
/// ended: it is about the reader's own application or account.
pub fn can_be_ended(letter: Letter) -> bool {
    letter == Letter::OpeningFits
}
