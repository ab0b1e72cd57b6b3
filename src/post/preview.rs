//! The administrator reads what each letter says, in three languages, as its reader would get it.

use super::{letters, link};
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
    versions: Vec<Version>,
}

/// The letter in one language: paragraphs of lines.
struct Version {
    lang: Lang,
    subject: String,
    text: Vec<Vec<String>>,
}

async fn list(me: Administrator) -> Result<Response> {
    let subject = |letter: &Letter| Ok((letter.code(), example(&me, *letter, me.lang)?.subject));
    let letters = Letter::ALL.iter().map(subject).collect::<Result<_>>()?;
    html(StatusCode::OK, &List { page: me.page(Text), letters })
}

async fn show(me: Administrator, Path(code): Path<String>) -> Result<Response> {
    let letter = Letter::from_code(&code).ok_or(Error::NotFound)?;
    let version = |lang: Lang| {
        let written = example(&me, letter, lang)?;
        let paragraphs = written.plain.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
        let lines = |paragraph: &str| paragraph.trim().lines().map(str::to_owned).collect();
        Ok(Version { lang, subject: written.subject, text: paragraphs.map(lines).collect() })
    };
    let versions = Lang::ALL.into_iter().map(version).collect::<Result<Vec<_>>>()?;
    html(
        StatusCode::OK,
        &View { page: me.page(Text), subject: example(&me, letter, me.lang)?.subject, versions },
    )
}

/// To nobody, about a case that is none, with links that open nothing.
fn example(me: &Administrator, letter: Letter, lang: Lang) -> Result<letters::Written> {
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
    };
    Ok(letters::write(letter, lang, &facts)?)
}

texts!(Text {
    title: "Letters", "Courriels", "Mensajes";
    lead: "Every letter the product sends, with a made-up reader and case.",
        "Tous les courriels envoyés, avec une personne et un dossier fictifs.",
        "Todos los mensajes que se envían, con una persona y un caso ficticios.";
    letter: "Subject", "Objet", "Asunto";
    code: "Name in the record", "Nom dans le registre", "Nombre en el registro";
});
