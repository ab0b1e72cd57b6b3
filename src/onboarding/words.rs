//! Words for what is shown before the first day, shared by everybody who sees it.

use crate::domain::onboarding::{Kind, State};
use crate::text::{Lang, texts};

pub fn kind(kind: Kind, lang: Lang) -> String {
    let t = Words(lang);
    match kind {
        Kind::Insurance => t.insurance(),
        Kind::MedicalCertificate => t.medical_certificate(),
        Kind::VaccinationRecord => t.vaccination_record(),
        Kind::Passport => t.passport(),
        Kind::Agreement => t.agreement(),
    }
}

/// Tone, icon and word of a document's state to the candidate, `None` being: nothing sent yet. The tone says whose turn
/// it is.
pub fn look(state: Option<State>, lang: Lang) -> (&'static str, &'static str, String) {
    let t = Words(lang);
    match state {
        None => ("you", "half", t.to_upload()),
        Some(State::Submitted) => ("them", "eye", t.being_checked()),
        Some(State::Verified) => ("ok", "ok", t.accepted()),
        Some(State::Returned) => ("bad", "bad", t.sent_back()),
        Some(State::Unfit) => ("bad", "bad", t.not_fit()),
    }
}

/// The same to those who check.
pub fn look_to_staff(state: Option<State>, lang: Lang) -> (&'static str, &'static str, String) {
    let t = Words(lang);
    match state {
        None => ("off", "clock", t.not_yet()),
        Some(State::Submitted) => ("you", "half", t.to_check()),
        Some(State::Returned) => ("them", "clock", t.sent_back()),
        settled => look(settled, lang),
    }
}

texts!(Words {
    insurance: "Medical insurance", "Assurance maladie", "Seguro médico";
    medical_certificate: "Medical certificate of good health", "Certificat médical de bonne santé", "Certificado médico de buena salud";
    vaccination_record: "Vaccination record", "Carnet de vaccination", "Cartilla de vacunación";
    passport: "Passport", "Passeport", "Pasaporte";
    agreement: "Signed agreement", "Convention signée", "Acuerdo firmado";
    to_upload: "To upload", "À déposer", "Por subir";
    not_yet: "Not yet", "Pas encore", "Todavía no";
    to_check: "To check", "À vérifier", "Por verificar";
    being_checked: "Being checked", "En cours de vérification", "En verificación";
    accepted: "Accepted", "Accepté", "Aceptado";
    sent_back: "Sent back", "Renvoyé", "Devuelto";
    not_fit: "Not fit", "Inaptitude", "No apto";
});
