//! A letter before it leaves, word for word, for whoever is about to send it.

use crate::domain::letter::Letter;
pub use crate::post::own_words::{OwnWords, load as own_words};
use crate::post::{letters, link};
use crate::text::Lang;
use crate::web::Result;
use crate::web::app::Settings;
use uuid::Uuid;

/// What one reader will get.
pub struct Foretold {
    pub subject: String,
    /// Paragraphs of lines.
    pub text: Vec<Vec<String>>,
}

/// The letter about an application as it would leave now, in the words that count for it.
///
/// # Errors
/// If its template cannot be rendered.
pub fn letter(
    settings: &Settings,
    letter: Letter,
    lang: Lang,
    own: &OwnWords,
    name: &str,
    (about, reference): (Uuid, &str),
) -> Result<Foretold> {
    let path = link::path(letter, Some(about), None).unwrap_or_default();
    let link = format!("{}{path}", settings.url);
    let own = own.of(letter, lang);
    let facts = letters::Facts { name, reference, link: &link, own, ..letters::Facts::default() };
    let written = letters::write(letter, lang, &facts)?;
    let text = written.paragraphs();
    Ok(Foretold { subject: written.subject, text })
}
