//! The administrator reads what each letter says, in three languages, as its reader would get it.

use super::letters::{self, Own};
use super::{link, own_words};
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};
use crate::web::{Administrator, App, Error, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/letters", get(list))
        .route("/administration/letters/{letter}", get(show))
}

#[derive(askama::Template)]
#[template(path = "post/letters.html")]
struct List {
    page: Page<Text>,
    /// Code and subject.
    letters: Vec<(&'static str, String)>,
}

#[derive(askama::Template)]
#[template(path = "post/preview.html")]
struct View {
    page: Page<Text>,
    subject: String,
    code: &'static str,
    versions: Vec<Version>,
}

/// The letter in one language: paragraphs of lines.
pub struct Version {
    pub lang: Lang,
    pub subject: String,
    pub text: Vec<Vec<String>>,
    /// In the organisation's own words.
    pub is_own: bool,
}

async fn list(me: Administrator) -> Result<Response> {
    let own = own_words::load(&mut *me.begin().await?, Letter::ALL).await?;
    let subject = |letter: &Letter| {
        Ok((letter.code(), example(&me, *letter, me.lang, own.of(*letter, me.lang))?.subject))
    };
    let letters = Letter::ALL.iter().map(subject).collect::<Result<_>>()?;
    html(StatusCode::OK, &List { page: me.page(Text), letters })
}

async fn show(me: Administrator, Path(code): Path<String>) -> Result<Response> {
    let letter = Letter::from_code(&code).ok_or(Error::NotFound)?;
    let own = own_words::load(&mut *me.begin().await?, &[letter]).await?;
    let version = |lang: Lang| version(&me, letter, lang, own.of(letter, lang));
    let versions = Lang::ALL.into_iter().map(version).collect::<Result<Vec<_>>>()?;
    let subject = example(&me, letter, me.lang, own.of(letter, me.lang))?.subject;
    html(StatusCode::OK, &View { page: me.page(Text), code: letter.code(), subject, versions })
}

/// The letter in one language, in these words or the standard ones.
pub fn version(me: &Administrator, letter: Letter, lang: Lang, own: Option<Own<'_>>) -> Result<Version> {
    let written = example(me, letter, lang, own)?;
    let text = written.paragraphs();
    Ok(Version { lang, is_own: own.is_some(), subject: written.subject, text })
}

/// To nobody, about a case that is none, with links that open nothing.
fn example(me: &Administrator, letter: Letter, lang: Lang, own: Option<Own<'_>>) -> Result<letters::Written> {
    let url = &me.settings().url;
    let path = link::path(letter, Some(Uuid::nil()), Some("…")).unwrap_or_default();
    let unsubscribe = format!("{url}/unsubscribe/…");
    let facts = letters::Facts {
        name: "Inés Carvajal Ríos",
        reference: "ST-2026-04817",
        number: "2",
        title: "Migration data",
        link: &format!("{url}{path}"),
        unsubscribe: link::can_be_ended(letter).then_some(unsubscribe.as_str()),
        own,
    };
    Ok(letters::write(letter, lang, &facts)?)
}

texts!(Text {
    title: "Letters", "Courriels", "Mensajes";
    lead: "Every letter the product sends, with a made-up reader and case.",
        "Tous les courriels envoyés, avec une personne et un dossier fictifs.",
        "Todos los mensajes que se envían, con una persona y un caso ficticios.";
    own: "Own words", "Texte propre", "Texto propio";
    rewrite: "Change the words", "Modifier le texte", "Cambiar el texto";
    letter: "Subject", "Objet", "Asunto";
    code: "Name in the record", "Nom dans le registre", "Nombre en el registro";
});
