//! The letters the product owes people. What each says is written in `post::letters`.

macro_rules! letters {
    ($($(#[$meaning:meta])+ $name:ident = $code:literal;)+) => {
        /// A kind of letter; its code is what the outbox keeps.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Letter {
            $($(#[$meaning])+ $name),+
        }

        impl Letter {
            pub const ALL: &[Letter] = &[$(Letter::$name),+];

            pub fn code(self) -> &'static str {
                match self {
                    $(Letter::$name => $code),+
                }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|letter| letter.code() == code)
            }
        }
    };
}

letters! {
    /// Somebody registered: open this link to confirm that the address is yours.
    ConfirmEmail = "confirm_email";
    /// Somebody registered with an address that already has an account.
    AlreadyRegistered = "already_registered";
    /// Somebody asked for a new password.
    ResetPassword = "reset_password";
    /// The password was changed.
    PasswordChanged = "password_changed";
    /// A second factor is asked for from now on.
    SecondFactorAdded = "second_factor_added";
    /// The second factor was taken away.
    SecondFactorRemoved = "second_factor_removed";
    /// A device can prove from now on who signs in.
    PasskeyAdded = "passkey_added";
    /// A device cannot any more.
    PasskeyRemoved = "passkey_removed";
    /// An administrator took the second factor away.
    SecondFactorReset = "second_factor_reset";
    /// A recovery code stood in for the second factor.
    RecoveryCodeUsed = "recovery_code_used";
    /// An administrator made you a member of staff.
    Invitation = "invitation";
    /// To the candidate: the receipt of a release, with its version number.
    Released = "released";
    /// To the reviewer: the candidate has released a newer version.
    NewerVersion = "newer_version";
    /// To the candidate: your profile has been taken back.
    Withdrawn = "withdrawn";
    /// To the candidate: Human Resources needs changes.
    ChangesRequested = "changes_requested";
    /// To the candidate: you are in the pool.
    Pooled = "pooled";
    /// To the candidate: not selected, with the reason.
    NotSelected = "not_selected";
    /// To the candidate: the decision has been taken back and your profile is reviewed again.
    Reopened = "reopened";
    /// To the candidate: malware was found in a document, which is gone; another copy is needed.
    DocumentInfected = "document_infected";
    /// To the candidate: Human Resources wrote a message.
    MessageFromStaff = "message_from_staff";
    /// To the reviewer: the candidate wrote a message.
    MessageFromCandidate = "message_from_candidate";
    /// To the candidate: malware was found in a file that came with a message, whoever sent it.
    MessageFileInfected = "message_file_infected";
    /// To the reviewer: malware was found in a file that came with a message, whoever sent it.
    StaffFileInfected = "staff_file_infected";
    /// To the supervisor: a placement waits for your approval.
    PlacementProposed = "placement_proposed";
    /// To the proposer: the supervisor has approved.
    PlacementApproved = "placement_approved";
    /// To the proposer: the supervisor has declined.
    PlacementDeclined = "placement_declined";
    /// To the supervisor: the placement is off.
    PlacementCancelled = "placement_cancelled";
    /// To an address that somebody wants to use from now on: open this link to confirm it.
    NewEmail = "new_email";
    /// To the address used so far: another one is going to be used, and this link undoes it.
    EmailChanging = "email_changing";
    /// Somebody wanted to use an address that already has an account.
    AddressInUse = "address_in_use";
    /// To an address that we are forgetting: the account and all it held are gone.
    AccountErased = "account_erased";
    /// To the owner of an account that nobody has used for long: unless you sign in, it is deleted soon.
    AccountUnused = "account_unused";
    /// To Human Resources: the candidate has deleted the account.
    CandidateGone = "candidate_gone";
    /// To candidates who asked for it: a new opening fits your wishes.
    OpeningFits = "opening_fits";
    /// To the candidate: you have an offer, to be answered by a day.
    OfferMade = "offer_made";
    /// To the candidate: the offer is still to be answered.
    OfferReminder = "offer_reminder";
    /// To the candidate: the answer date has passed.
    OfferLapsed = "offer_lapsed";
    /// To the candidate: Human Resources has taken the offer back.
    OfferRescinded = "offer_rescinded";
    /// To the candidate: the placement that was accepted is off.
    PlacementOff = "placement_off";
    /// To the proposer: the candidate has accepted.
    OfferAccepted = "offer_accepted";
    /// To the supervisor: the candidate has accepted and comes.
    InternExpected = "intern_expected";
    /// To the proposer: the candidate has refused.
    OfferRefused = "offer_refused";
    /// To the proposer: the candidate did not answer in time.
    OfferUnanswered = "offer_unanswered";
    /// To the proposer: the candidate asks for other dates.
    DatesAsked = "dates_asked";
    /// To the candidate: times for an interview are proposed, one is to be chosen.
    InterviewProposed = "interview_proposed";
    /// To the candidate: the interview does not take place.
    InterviewCancelled = "interview_cancelled";
    /// To the candidate: the interview is tomorrow.
    InterviewReminder = "interview_reminder";
    /// To the supervisor: the candidate has chosen a time.
    InterviewChosen = "interview_chosen";
    /// To the supervisor: none of the times suits the candidate.
    InterviewRefused = "interview_refused";
    /// To the supervisor: the interview is tomorrow.
    InterviewToHold = "interview_to_hold";
    /// To the supervisor: Human Resources has called the interview off.
    InterviewOff = "interview_off";
    /// To the candidate: a document for the first day has to be sent again.
    DocumentReturned = "document_returned";
    /// To the candidate: everything for the first day is settled.
    ReadyToStart = "ready_to_start";
    /// To the supervisor: the intern may start.
    InternReady = "intern_ready";
    /// To the supervisor: something that was settled is open again.
    InternNotReady = "intern_not_ready";
    /// To the proposer: everything for the first day is verified.
    PlacementReady = "placement_ready";
    /// To the candidate: the internship has begun.
    InternshipBegun = "internship_begun";
    /// To the supervisor: the internship has begun.
    SupervisionBegun = "supervision_begun";
    /// To the candidate: Human Resources has recorded that you did not come.
    AbsenceRecorded = "absence_recorded";
    /// To the supervisor: Human Resources has recorded that the intern did not come.
    InternAbsent = "intern_absent";
    /// To the candidate: the supervisor has written an evaluation.
    EvaluationWritten = "evaluation_written";
    /// To the supervisor: the intern has commented on an evaluation.
    EvaluationCommented = "evaluation_commented";
    /// To the candidate: the supervisor would like you to stay longer.
    ExtensionAsked = "extension_asked";
    /// To the proposer: supervisor and intern agree on a longer stay.
    ExtensionAgreed = "extension_agreed";
    /// To the supervisor: the longer stay you asked for was answered.
    ExtensionAnswered = "extension_answered";
    /// To the candidate: Human Resources has decided on the longer stay.
    ExtensionDecided = "extension_decided";
    /// To the candidate: the internship is completed, and here is the certificate.
    InternshipCompleted = "internship_completed";
    /// To the candidate: your profile is complete and nobody can see it until you release it.
    Unreleased = "unreleased";
    /// To the candidate: you are back where you were before you took your profile back.
    WithdrawalUndone = "withdrawal_undone";
    /// To the reviewer: a candidate who had taken the profile back is with you again.
    BackWithYou = "back_with_you";
    /// To the candidate: your time in the pool ends soon.
    PoolEnding = "pool_ending";
    /// To the candidate: Human Resources still waits for your changes, not for long.
    AnswerDue = "answer_due";
    /// To the candidate: the time of your application has run out.
    Expired = "expired";
    /// To the candidate: six more months in the pool.
    Renewed = "renewed";
    /// To the candidate: the rules will soon allow no start any more.
    StartCloses = "start_closes";
    /// To Human Resources: people in the pool can soon start no more.
    StartsClose = "starts_close";
    /// To the candidate: the internship ends before its time.
    EndedEarly = "ended_early";
    /// To a reviewer: a colleague has given you a case.
    CaseAssigned = "case_assigned";
    /// To the supervisor: an internship ends before its time.
    SupervisionEnded = "supervision_ended";
    /// To the supervisor, or a deputy: an approval is due soon.
    ApprovalDue = "approval_due";
    /// To the directors: a decision on a waiver is due soon.
    WaiverDue = "waiver_due";
    /// To the supervisor, or a deputy: the mid-term evaluation is due soon …
    MidTermDue = "mid_term_due";
    /// … and the final one.
    FinalDue = "final_due";
    /// To the intern: documents for the first day are still missing.
    PapersDue = "papers_due";
    /// To Human Resources: documents for a first day wait to be verified.
    VerificationDue = "verification_due";
    /// To the medical officers: documents for a first day wait to be examined.
    ExaminationDue = "examination_due";
    /// To Human Resources: a first day has passed and is not confirmed.
    StartDue = "start_due";
    /// To the intern: the answer about a longer stay is due before the last day …
    ExtensionAnswerDue = "extension_answer_due";
    /// … and to Human Resources: so is its decision.
    ExtensionDecisionDue = "extension_decision_due";
    /// To the supervisor, or a deputy: an internship is over and not completed.
    CompletionDue = "completion_due";
    /// To the intern: the insurance ends before the internship does.
    InsuranceEnding = "insurance_ending";
    /// To a deputy: you stand in for a colleague.
    DeputyNamed = "deputy_named";
    /// To whoever is away: your deputy is named, or changed.
    DeputyArranged = "deputy_arranged";
    /// To a deputy: you no longer stand in for a colleague.
    DeputyEnded = "deputy_ended";
    /// To whoever was away: nobody stands in for you any more.
    DeputyOver = "deputy_over";
    /// To the directors: Human Resources asks for a waiver of an allowance.
    WaiverRequested = "waiver_requested";
    /// To whoever asked for a waiver: it is decided.
    WaiverDecided = "waiver_decided";
    /// To a reviewer: a colleague has named you in a note.
    NamedInNote = "named_in_note";
    /// To whoever has one of two cases: a colleague proposes to close one as a duplicate.
    DuplicateProposed = "duplicate_proposed";
    /// To the proposer: a colleague has decided on it.
    DuplicateDecided = "duplicate_decided";
}

impl Letter {
    /// Whether it tells a supervisor of a placement: then whoever stands in for the supervisor gets it, too.
    pub fn reaches_deputies(self) -> bool {
        matches!(
            self,
            Letter::PlacementProposed
                | Letter::PlacementCancelled
                | Letter::InternExpected
                | Letter::InternReady
                | Letter::InternNotReady
                | Letter::EvaluationCommented
                | Letter::ExtensionAnswered
                | Letter::SupervisionBegun
                | Letter::SupervisionEnded
                | Letter::InternAbsent
                | Letter::InterviewChosen
                | Letter::InterviewRefused
                | Letter::InterviewToHold
                | Letter::InterviewOff
        )
    }
}
