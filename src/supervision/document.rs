//! A document of the profile that a placement of mine is about, as a download. Opening it is recorded.

use super::case;
use crate::db::Note;
use crate::explain::profile::{Reader, may_open};
use crate::scan::access;
use crate::web::{App, Error, Path, Result, Supervisor, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/documents/{document}", get(open))
}

async fn open(me: Supervisor, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let readable = now.may_read_profile();
    let mine = now
        .profile
        .documents
        .into_iter()
        .find(|one| one.id.0 == document && readable && may_open(Reader::Supervisor, one.kind));
    let wanted = mine.ok_or(Error::NotFound)?;
    let known = access::of_documents(&mut tx, me.scanner(), &[document]).await?;
    download::is_open(known.get(&document).copied().ok_or(Error::NotFound)?)?;
    let file = me.files().sealed(&mut tx, document).await?;
    let done = tx.note(Note::DocumentOpened, document, &[]).await?;
    tx.commit(done).await?;
    download::attachment(me.files(), &file, &wanted.media_type, &wanted.file_name, wanted.bytes).await
}
