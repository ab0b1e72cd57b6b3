//! The kinds of entry that a page of the record can be narrowed to.

use crate::text::{Lang, texts};

/// What happened, roughly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    Decisions,
    Opened,
    SignIns,
    Accounts,
    Settings,
}

impl Group {
    pub const ALL: [Group; 5] =
        [Group::Decisions, Group::Opened, Group::SignIns, Group::Accounts, Group::Settings];

    pub fn code(self) -> &'static str {
        match self {
            Group::Decisions => "decisions",
            Group::Opened => "opened",
            Group::SignIns => "sign_ins",
            Group::Accounts => "accounts",
            Group::Settings => "settings",
        }
    }

    pub fn from_code(code: &str) -> Option<Group> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    pub fn name(self, lang: Lang) -> String {
        let t = Text(lang);
        match self {
            Group::Decisions => t.decisions(),
            Group::Opened => t.documents_opened(),
            Group::SignIns => t.sign_ins(),
            Group::Accounts => t.accounts(),
            Group::Settings => t.settings(),
        }
    }

    pub fn actions(self) -> Vec<String> {
        let actions: &[&str] = match self {
            Group::Decisions => &[
                "pool",
                "decline",
                "confirm_duplicate",
                "declare_conflict",
                "request_changes",
                "reopen",
                "propose",
                "approve",
                "cancel",
                "offer",
                "rescind",
                "request_waiver",
                "decide_waiver",
                "verify_document",
                "return_document",
                "verify_policy",
                "return_policy",
                "extend",
                "decline_extension",
                "complete",
                "end_early",
                "no_show",
            ],
            Group::Opened => &["open_document", "open_medical_file", "take_data", "export", "export_record"],
            Group::SignIns => &[
                "sign_in",
                "ask_code",
                "prove_again",
                "use_recovery_code",
                "link_identity",
                "sign_out",
                "end_session",
                "forget_password",
                "change_password",
            ],
            Group::Accounts => &[
                "register",
                "confirm_email",
                "invite",
                "open_account",
                "disable",
                "enable",
                "change_roles",
                "end_sessions",
                "begin_second_factor",
                "add_second_factor",
                "remove_second_factor",
                "add_passkey",
                "remove_passkey",
                "reset_second_factor",
                "make_recovery_codes",
                "change_email",
                "undo_email_change",
                "ask_erasure",
                "call_off_erasure",
                "erase",
                "tell_unused",
                "erase_unused",
                "hold",
                "release_hold",
            ],
            Group::Settings => &[
                "change_office",
                "set_rate",
                "propose_policy",
                "try_policy",
                "confirm_policy",
                "drop_policy",
                "change_reason",
                "change_retention",
                "change_workload",
                "remove_medical_files",
                "remove_papers",
                "renew_keys",
            ],
        };
        actions.iter().map(|action| (*action).to_owned()).collect()
    }
}

texts!(Text {
    decisions: "Decisions", "Décisions", "Decisiones";
    documents_opened: "Documents opened", "Documents ouverts", "Documentos abiertos";
    sign_ins: "Sign-ins", "Connexions", "Inicios de sesión";
    accounts: "Accounts and roles", "Comptes et rôles", "Cuentas y funciones";
    settings: "Settings", "Paramètres", "Configuración";
});
