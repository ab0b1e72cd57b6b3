//! What each letter says: a subject, a few short paragraphs, one link, and why its reader gets it.
//!
//! Nothing about a person but the name: the rest is read in the product, behind a sign-in.

mod account;
mod after_release;
mod assigned;
mod candidate;
mod deputy;
mod documents;
mod due;
mod internship;
mod interviews;
mod messages;
mod offer;
mod onboarding;
mod opening;
mod own_account;
mod pool;
mod review;
mod second_factor;
mod staff;
mod waiver;

use crate::domain::letter::Letter;
use crate::text::{Lang, texts};
use askama::Template;

/// What a letter knows of its reader and its case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    pub name: &'a str,
    /// Of the application or placement, such as `ST-2026-04817`; empty where the letter is about neither.
    pub reference: &'a str,
    /// Of the version released.
    pub number: &'a str,
    /// Of the opening the letter is about; empty for every other letter.
    pub title: &'a str,
    /// In full.
    pub link: &'a str,
    /// In full, where one click ends such letters.
    pub unsubscribe: Option<&'a str>,
    /// Where the organisation has its own. `None`: the standard ones.
    pub own: Option<Own<'a>>,
}

/// What the organisation says in a letter. Facts of the case stand in braces, see [`places`].
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    pub subject: &'a str,
    /// Paragraphs, with an empty line between them.
    pub body: &'a str,
}

/// A letter ready for its envelope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

impl Written {
    /// The plain text for a page: paragraphs of lines.
    pub fn paragraphs(&self) -> Vec<Vec<String>> {
        let lines = |paragraph: &str| paragraph.trim().lines().map(str::to_owned).collect();
        self.plain.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).map(lines).collect()
    }
}

/// What is particular to one letter.
struct Content {
    subject: String,
    before: Vec<String>,
    /// On the button.
    action: String,
    /// After the button.
    after: Option<String>,
    why: String,
}

/// Writes a letter in its reader's language.
///
/// # Errors
/// If a template cannot be rendered.
pub fn write(letter: Letter, lang: Lang, facts: &Facts<'_>) -> Result<Written, askama::Error> {
    let mut content = content(letter, lang, facts);
    if let Some(own) = facts.own {
        let paragraphs = own.body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        content.before = paragraphs.map(|paragraph| filled(&paragraph.replace('\n', " "), facts)).collect();
        content.subject = filled(own.subject, facts);
    }
    let t = Frame(lang);
    let name = facts.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let greeting = if is_greetable(&name) { t.dear(&name) } else { t.hello() };
    let plain = Plain { t, content: &content, greeting: &greeting, facts }.render()?;
    let html = Html { lang, t, content: &content, greeting: &greeting, facts }.render()?;
    Ok(Written { subject: content.subject, plain, html })
}

/// What can stand in a letter in braces, and what it is there.
fn known<'a>(facts: &Facts<'a>) -> [(&'static str, &'a str); 3] {
    [("{reference}", facts.reference), ("{number}", facts.number), ("{title}", facts.title)]
}

const PLACES: Facts<'static> = Facts {
    name: "",
    reference: "{reference}",
    number: "{number}",
    title: "{title}",
    link: "",
    unsubscribe: None,
    own: None,
};

fn filled(text: &str, facts: &Facts<'_>) -> String {
    known(facts).into_iter().fold(text.to_owned(), |text, (place, fact)| text.replace(place, fact))
}

/// Subject and text that come with the product, with facts of the case in braces.
pub fn standard(letter: Letter, lang: Lang) -> (String, String) {
    let content = content(letter, lang, &PLACES);
    (content.subject, content.before.join("\n\n"))
}

/// The facts that this letter knows: those that its standard words have.
pub fn places(letter: Letter, lang: Lang) -> Vec<&'static str> {
    let (subject, body) = standard(letter, lang);
    let is_there = |place: &&str| subject.contains(*place) || body.contains(*place);
    known(&PLACES).into_iter().map(|(place, _)| place).filter(is_there).collect()
}

/// Whether something stands in braces that is not one of `places`.
pub fn unknown_place(text: &str, places: &[&str]) -> bool {
    let rest = places.iter().fold(text.to_owned(), |text, place| text.replace(place, ""));
    rest.contains(['{', '}'])
}

fn content(letter: Letter, lang: Lang, facts: &Facts<'_>) -> Content {
    match letter {
        Letter::ConfirmEmail
        | Letter::AlreadyRegistered
        | Letter::ResetPassword
        | Letter::PasswordChanged
        | Letter::Invitation => account::content(letter, lang),
        Letter::SecondFactorAdded
        | Letter::SecondFactorRemoved
        | Letter::PasskeyAdded
        | Letter::PasskeyRemoved
        | Letter::SecondFactorReset
        | Letter::RecoveryCodeUsed => second_factor::content(letter, lang),
        Letter::Released
        | Letter::Withdrawn
        | Letter::ChangesRequested
        | Letter::Pooled
        | Letter::NotSelected
        | Letter::Reopened => candidate::content(letter, lang, facts.number),
        Letter::CaseAssigned => assigned::content(lang, facts.reference),
        Letter::DocumentInfected => documents::content(lang),
        Letter::Unreleased
        | Letter::WithdrawalUndone
        | Letter::BackWithYou
        | Letter::PoolEnding
        | Letter::AnswerDue
        | Letter::Expired
        | Letter::Renewed => after_release::content(letter, lang, facts.reference),
        Letter::ApprovalDue
        | Letter::WaiverDue
        | Letter::MidTermDue
        | Letter::FinalDue
        | Letter::PapersDue
        | Letter::VerificationDue
        | Letter::ExaminationDue
        | Letter::StartDue
        | Letter::ExtensionAnswerDue
        | Letter::ExtensionDecisionDue
        | Letter::CompletionDue
        | Letter::InsuranceEnding => due::content(letter, lang, facts.reference),
        Letter::DeputyNamed | Letter::DeputyArranged | Letter::DeputyEnded | Letter::DeputyOver => {
            deputy::content(letter, lang)
        }
        Letter::WaiverRequested | Letter::WaiverDecided => waiver::content(letter, lang, facts.reference),
        Letter::StartCloses => pool::to_candidate(lang),
        Letter::StartsClose => pool::to_reviewer(lang),
        Letter::MessageFromStaff => messages::to_candidate(lang),
        Letter::MessageFileInfected => messages::infected_to_candidate(lang),
        Letter::StaffFileInfected => messages::infected_to_reviewer(lang, facts.reference),
        Letter::MessageFromCandidate => messages::to_reviewer(lang, facts.reference),
        Letter::NewerVersion
        | Letter::PlacementProposed
        | Letter::PlacementApproved
        | Letter::PlacementDeclined
        | Letter::PlacementCancelled => staff::content(letter, lang, facts.reference),
        Letter::NewEmail
        | Letter::EmailChanging
        | Letter::AddressInUse
        | Letter::AccountErased
        | Letter::AccountUnused
        | Letter::CandidateGone => own_account::content(letter, lang, facts.reference),
        Letter::OpeningFits => opening::fits(lang, facts.title),
        Letter::OfferMade
        | Letter::OfferReminder
        | Letter::OfferLapsed
        | Letter::OfferRescinded
        | Letter::PlacementOff
        | Letter::OfferAccepted
        | Letter::InternExpected
        | Letter::OfferRefused
        | Letter::OfferUnanswered
        | Letter::DatesAsked => offer::content(letter, lang, facts.reference),
        Letter::InterviewProposed
        | Letter::InterviewCancelled
        | Letter::InterviewReminder
        | Letter::InterviewChosen
        | Letter::InterviewRefused
        | Letter::InterviewToHold
        | Letter::InterviewOff => interviews::content(letter, lang, facts.reference),
        Letter::DocumentReturned
        | Letter::ReadyToStart
        | Letter::InternReady
        | Letter::InternNotReady
        | Letter::PlacementReady => onboarding::content(letter, lang, facts.reference),
        Letter::InternshipBegun
        | Letter::SupervisionBegun
        | Letter::AbsenceRecorded
        | Letter::InternAbsent
        | Letter::EvaluationWritten
        | Letter::EvaluationCommented
        | Letter::ExtensionAsked
        | Letter::ExtensionAgreed
        | Letter::ExtensionAnswered
        | Letter::ExtensionDecided
        | Letter::InternshipCompleted
        | Letter::EndedEarly
        | Letter::SupervisionEnded => internship::content(letter, lang, facts.reference),
        Letter::NamedInNote | Letter::DuplicateProposed | Letter::DuplicateDecided => {
            review::content(letter, lang, facts.reference)
        }
    }
}

/// Anybody may register anybody's address under any name: a name that mail programs would turn into a link,
/// or that is a message of its own, is left out of the letter.
fn is_greetable(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let like_a_site = letters
        .windows(4)
        .any(|w| w[0].is_alphanumeric() && w[1] == '.' && w[2].is_alphanumeric() && w[3].is_alphanumeric());
    !name.is_empty()
        && letters.len() <= 100
        && !like_a_site
        && !name.contains(['/', ':', '@', '\\', '<', '>'])
        && !name.chars().any(|c| c.is_control() || turns_the_text(c))
}

/// Characters that make what follows read backwards. Names need none of them.
fn turns_the_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Template)]
#[template(path = "letters/letter.txt", escape = "none")]
struct Plain<'a> {
    t: Frame,
    content: &'a Content,
    greeting: &'a str,
    facts: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct Html<'a> {
    lang: Lang,
    t: Frame,
    content: &'a Content,
    greeting: &'a str,
    facts: &'a Facts<'a>,
}

impl Plain<'_> {
    /// Lines of at most 72 characters, broken at spaces.
    fn wrapped(&self, paragraph: &str) -> String {
        let (mut text, mut width) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 72 {
                text.push('\n');
                width = 0;
            } else if width > 0 {
                text.push(' ');
                width += 1;
            }
            text.push_str(word);
            width += length;
        }
        text
    }
}

texts!(Frame {
    dear(name): "Dear {name},", "Bonjour {name},", "Hola, {name}:";
    hello: "Hello,", "Bonjour,", "Hola:";
    sign_off: "The internship programme", "Le programme de stages", "El programa de pasantías";
    action_and_link(action): "{action}:", "{action} :", "{action}:";
    if_not: "If the button does not work, open this address:", "Si le bouton ne fonctionne pas, ouvrez cette adresse :",
        "Si el botón no funciona, abra esta dirección:";
    unsubscribe: "To get no more letters about openings:", "Pour ne plus recevoir de courriels sur les annonces :",
        "Para dejar de recibir mensajes sobre vacantes:";
    reference_is(reference): "Reference {reference}.", "Référence {reference}.", "Referencia {reference}.";
    safe: "We never ask for your password or for money by email.",
        "Nous ne demandons jamais votre mot de passe ni d’argent par courriel.",
        "Nunca le pediremos su contraseña ni dinero por correo electrónico.";
});

#[cfg(test)]
mod tests {
    use super::is_greetable;

    #[test]
    fn names_are_greeted_and_messages_are_not() {
        for name in
            ["Inés Carvajal", "J.R.R. Tolkien", "Dr. O’Neill-Smith", "李 小龙", "María de los Ángeles"]
        {
            assert!(is_greetable(name), "{name}");
        }
        for name in ["", "win at evil.com", "http //x", "https://x", "a@b", "x\u{7}y", &"n".repeat(101)] {
            assert!(!is_greetable(name), "{name}");
        }
    }
}
