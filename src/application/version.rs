//! What I released, word for word: one version, to read or to print.

use super::mine;
use crate::domain::profile::{Profile, Section};
use crate::explain;
use crate::explain::profile::{DocumentLine, Part, Reader};
use crate::offices;
use crate::text::texts;
use crate::web::{App, Candidate, Error, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};

pub fn routes() -> Router<App> {
    Router::new().route("/application/version/{number}", get(show))
}

#[derive(askama::Template)]
#[template(path = "application/version.html")]
struct View {
    page: Page<Text>,
    reference: String,
    number: i32,
    latest: i32,
    released_at: DateTime<Utc>,
    parts: Vec<Part>,
    letter_title: String,
    letter: String,
    documents_title: String,
    documents: Vec<DocumentLine>,
}

async fn show(me: Candidate, Path(number): Path<i32>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = mine(&mut tx).await?.ok_or(Error::NotFound)?;
    let row = sqlx::query!(
        "select released_at, profile from snapshot where application_id = $1 and number = $2",
        mine.id(),
        number
    )
    .fetch_one(&mut *tx)
    .await?;
    let profile: Profile = serde_json::from_value(row.profile)?;
    let offices = offices::names(&mut tx, me.lang).await?;
    html(
        StatusCode::OK,
        &View {
            page: me.page(Text),
            reference: mine.reference.clone(),
            number,
            latest: mine.latest,
            released_at: row.released_at,
            parts: explain::profile::parts(&profile, &offices, Reader::Candidate, me.lang),
            letter_title: explain::profile::section_name(Section::Letter, me.lang),
            documents_title: explain::profile::section_name(Section::Documents, me.lang),
            documents: explain::profile::document_lines(
                &profile,
                "/profile/documents",
                Reader::Candidate,
                me.lang,
            ),
            letter: profile.letter,
        },
    )
}

texts!(Text {
    back: "Where it stands", "Où j’en suis", "Estado";
    title(n): "What you released, version {n}", "Ce que vous avez transmis, version {n}", "Lo que envió, versión {n}";
    released(reference, at): "{reference}, released on {at}", "{reference}, transmis le {at}", "{reference}, enviado el {at}";
    newer: "There is a newer version.", "Il existe une version plus récente.", "Existe una versión más reciente.";
    read_newest: "Read the newest", "Lire la plus récente", "Leer la más reciente";
});
