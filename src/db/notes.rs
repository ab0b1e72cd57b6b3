//! What the record tells of that is no transition of a case.

use crate::domain::deputy::Absence;

macro_rules! notes {
    ($($(#[$meaning:meta])* $name:ident $(($detail:ty))? on $subject:literal = $action:literal;)+) => {
        /// A change that is no transition of a case.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Note {
            $($(#[$meaning])* $name $(($detail))?),+
        }

        impl Note {
            /// What each is about, and what the record calls it.
            pub const ALL: &[(&str, &str)] = &[$(($subject, $action)),+];

            pub(super) fn action(self) -> &'static str {
                match self {
                    $(Note::$name { .. } => $action),+
                }
            }

            pub(super) fn subject(self) -> &'static str {
                match self {
                    $(Note::$name { .. } => $subject),+
                }
            }
        }
    };
}

notes! {
    Registered on "person" = "register";
    EmailConfirmed on "person" = "confirm_email";
    PasswordChanged on "person" = "change_password";
    PasswordForgotten on "person" = "forget_password";
    SignedIn on "person" = "sign_in";
    /// The password was right, and the second factor was asked for.
    CodeAsked on "person" = "ask_code";
    /// In a session that goes on, before something grave.
    ProvedAgain on "person" = "prove_again";
    /// At the organisation's identity provider, from now on.
    IdentityLinked on "person" = "link_identity";
    /// Because the groups of somebody who signed in there are worth a role here.
    AccountOpened on "person" = "open_account";
    SignedOut on "person" = "sign_out";
    Invited on "person" = "invite";
    Disabled on "person" = "disable";
    Enabled on "person" = "enable";
    /// Of staff, or the offices of a supervisor.
    RolesChanged on "person" = "change_roles";
    /// All of somebody else's.
    SessionsEnded on "person" = "end_sessions";
    /// One session, or all but the one that says so.
    SessionEnded on "person" = "end_session";
    /// A secret was made for an authenticator app, or a browser was asked for a passkey …
    SecondFactorBegun on "person" = "begin_second_factor";
    /// … and the app counts.
    SecondFactorAdded on "person" = "add_second_factor";
    SecondFactorRemoved on "person" = "remove_second_factor";
    PasskeyAdded on "person" = "add_passkey";
    PasskeyRemoved on "person" = "remove_passkey";
    /// By an administrator.
    SecondFactorReset on "person" = "reset_second_factor";
    RecoveryCodesMade on "person" = "make_recovery_codes";
    RecoveryCodeUsed on "person" = "use_recovery_code";
    LetterLanguageChosen on "person" = "choose_letter_language";
    EmailChangeAsked on "person" = "ask_email_change";
    EmailChanged on "person" = "change_email";
    EmailChangeUndone on "person" = "undo_email_change";
    /// Somebody took a copy of everything we hold about them.
    DataTaken on "person" = "take_data";
    ConsentGiven on "person" = "give_consent";
    ConsentWithdrawn on "person" = "withdraw_consent";
    /// An erasure that waits for the end of an internship.
    ErasureAsked on "person" = "ask_erasure";
    ErasureCalledOff on "person" = "call_off_erasure";
    /// Whoever is away has named somebody, or changed whom or when.
    DeputyNamed(Absence) on "person" = "name_deputy";
    /// By whoever had named the deputy, or after the last day.
    DeputyEnded on "person" = "end_deputy";
    Erased on "person" = "erase";
    /// An account that nobody has used for long is about to go: its owner was told …
    UnusedTold on "person" = "tell_unused";
    /// … and it went, an account of this class.
    ErasedUnused(&'static str) on "person" = "erase_unused";
    /// Files, some time after the internship: medical ones …
    MedicalFilesRemoved on "placement" = "remove_medical_files";
    /// … and passports and policies.
    PapersRemoved on "placement" = "remove_papers";
    /// A section of the profile was saved.
    Saved(&'static str) on "profile" = "save";
    DocumentAdded on "document" = "add_document";
    DocumentRemoved on "document" = "remove_document";
    /// Malware was found in it: it was not taken, or taken away.
    DocumentInfected on "document" = "remove_infected_document";
    DocumentOpened on "document" = "open_document";
    OpeningWritten on "opening" = "write_opening";
    OpeningPublished on "opening" = "publish_opening";
    OpeningClosed on "opening" = "close_opening";
    OpeningNamed on "profile" = "name_opening";
    OpeningRemoved on "profile" = "remove_opening";
    /// Consent to letters about openings was given …
    LettersBegun on "person" = "begin_letters";
    /// … and withdrawn.
    LettersEnded on "person" = "end_letters";
    /// By the medical officer: every look at a medical file is on record.
    MedicalFileOpened on "document" = "open_medical_file";
    /// The candidate was reminded of an offer so many days before its answer date.
    OfferReminded(i64) on "placement" = "remind_offer";
    /// Whoever has to do something was reminded so many days before it is due.
    Chased(i64) on "placement" = "chase";
    DatesAsked on "placement" = "ask_dates";
    InterviewProposed on "placement" = "propose_interview";
    InterviewChosen on "placement" = "choose_interview";
    InterviewRefused on "placement" = "refuse_interview";
    InterviewCancelled on "placement" = "cancel_interview";
    InterviewReminded on "placement" = "remind_interview";
    TimeZoneChosen on "person" = "choose_time_zone";
    AbsenceRecorded on "placement" = "record_absence";
    EvaluationCommented on "placement" = "comment_evaluation";
    ExtensionAsked on "placement" = "ask_extension";
    ExtensionAgreed on "placement" = "agree_extension";
    ExtensionRefused on "placement" = "refuse_extension";
    /// Insurance for a longer stay was shown, checked or sent back.
    PolicySubmitted on "placement" = "submit_policy";
    PolicyVerified on "placement" = "verify_policy";
    PolicyReturned on "placement" = "return_policy";
    ExtensionDeclined on "placement" = "decline_extension";
    /// A candidate was told that a complete profile is not released.
    Reminded on "profile" = "remind";
    /// A candidate was told that an application expires soon.
    Warned on "application" = "warn";
    /// Malware was found later in a file that came with a message.
    MessageFileInfected on "application" = "remove_infected_file";
    MessageWritten on "application" = "write_message";
    /// One side has read what the other wrote.
    MessagesRead on "application" = "read_messages";
    /// It was opened, renamed, moved or closed.
    OfficeChanged on "setting" = "change_office";
    /// What a month at an office is worth from a day on.
    RateSet on "setting" = "set_rate";
    /// Another administrator has to confirm it.
    PolicyProposed on "setting" = "propose_policy";
    /// Whom it would change was looked at again.
    PolicyTried on "setting" = "try_policy";
    PolicyConfirmed on "setting" = "confirm_policy";
    PolicyDropped on "setting" = "drop_policy";
    /// One was added, withdrawn or offered again.
    ReasonChanged on "setting" = "change_reason";
    /// What a letter says, in one language.
    LetterRewritten on "setting" = "rewrite_letter";
    /// How many cases one reviewer may be given.
    WorkloadChanged on "setting" = "change_workload";
    /// How long a class of record is kept.
    RetentionChanged on "setting" = "change_retention";
    /// A legal hold: nothing that leads to the person goes.
    HoldPlaced on "person" = "hold";
    HoldLifted on "person" = "release_hold";
    /// A part of the record was downloaded.
    RecordExported on "person" = "export_record";
    /// A candidate was told that the rules will soon allow no start any more …
    ClosingWarned on "application" = "warn_closing";
    /// … and a reviewer that there are such candidates in the pool.
    ClosingTold on "person" = "tell_closing";
    /// A member of staff took this list out as a file.
    Exported(&'static str) on "person" = "export";
    /// A view of the queue was kept under a name …
    ViewKept on "person" = "keep_view";
    /// … and removed.
    ViewRemoved on "person" = "remove_view";
    /// A reviewer passed over a case for now.
    CaseSkipped on "application" = "skip";
    /// A reviewer decided, and tells the candidate later …
    DecisionDrafted on "application" = "draft_decision";
    /// … or not.
    DecisionTakenBack on "application" = "take_decision_back";
    /// A reviewer said not to be impartial: the case is closed to them.
    ConflictDeclared on "application" = "declare_conflict";
    /// By a reviewer, for colleagues.
    NoteWritten on "application" = "write_note";
    /// A rule that needs review was judged by a reviewer.
    RuleJudged(&'static str) on "application" = "judge_rule";
    DuplicateProposed on "application" = "propose_duplicate";
    DuplicateConfirmed on "application" = "confirm_duplicate";
    DuplicateRefused on "application" = "refuse_duplicate";
    ScoreGiven on "application" = "give_score";
    ScoreCorrected on "application" = "correct_score";
    SheetWritten on "scoring_sheet" = "write_scoring_sheet";
    SheetTakenIntoUse on "scoring_sheet" = "use_scoring_sheet";
    SheetRetired on "scoring_sheet" = "retire_scoring_sheet";
    /// Made-up people were added, this one first.
    Seeded on "person" = "seed";
    /// The key that locks the keys of files is another one.
    KeysRenewed on "setting" = "renew_keys";
}

impl Note {
    /// What else the record keeps of it.
    pub(super) fn facts(self) -> serde_json::Value {
        match self {
            Note::Saved(section) => serde_json::json!({ "section": section }),
            Note::DeputyNamed(it) => {
                serde_json::json!({ "deputy": it.deputy, "from": it.from, "until": it.until })
            }
            Note::ErasedUnused(class) => serde_json::json!({ "class": class }),
            Note::Exported(list) => serde_json::json!({ "list": list }),
            Note::OfferReminded(days) | Note::Chased(days) => serde_json::json!({ "days_before": days }),
            Note::RuleJudged(rule) => serde_json::json!({ "rule": rule }),
            _ => serde_json::json!({}),
        }
    }
}
