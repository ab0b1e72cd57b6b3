//! What I released, word for word: one version, to read or to print.

use super::{Mine, mine};
use crate::db::Tx;
use crate::domain::profile::{Profile, Section};
use crate::explain;
use crate::explain::changes::{Changed, compare};
use crate::explain::profile::{DocumentLine, Part, Reader};
use crate::offices;
use crate::text::texts;
use crate::web::{App, Candidate, Error, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use std::collections::HashMap;

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
    /// Against the version before; `None`: there is none.
    changes: Option<Vec<Changed>>,
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
    let before = version_before(&mut tx, &mine, number).await?;
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
                &HashMap::new(),
                me.lang,
            ),
            changes: before.map(|before| compare(&before, &profile, &offices, Reader::Candidate, me.lang)),
            letter: profile.letter,
        },
    )
}

/// `None`: it is the first, or the one before is of an older shape.
async fn version_before(tx: &mut Tx<Candidate>, mine: &Mine, number: i32) -> Result<Option<Profile>> {
    let before = sqlx::query_scalar!(
        "select profile from snapshot where application_id = $1 and number < $2 order by number desc limit 1",
        mine.id(),
        number
    );
    let before = before.fetch_optional(&mut **tx).await?;
    Ok(before.and_then(|profile| serde_json::from_value(profile).ok()))
}

texts!(Text {
    back: "Where it stands", "Où j’en suis", "Estado";
    title(n): "What you released, version {n}", "Ce que vous avez transmis, version {n}", "Lo que envió, versión {n}";
    released(reference, at): "{reference}, released on {at}", "{reference}, transmis le {at}", "{reference}, enviado el {at}";
    newer: "There is a newer version.", "Il existe une version plus récente.", "Existe una versión más reciente.";
    changes(n): "What has changed since version {n}", "Ce qui a changé depuis la version {n}", "Lo que ha cambiado desde la versión {n}";
    no_changes: "Nothing: both versions say the same.", "Rien : les deux versions disent la même chose.", "Nada: ambas versiones dicen lo mismo.";
    read_newest: "Read the newest", "Lire la plus récente", "Leer la más reciente";
});
