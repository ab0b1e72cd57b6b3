//! A document of a released profile, as a download. Only what the candidate released is reachable, and opening it
//! is recorded.

use super::case;
use crate::db::Note;
use crate::web::{App, HrReviewer, Path, Result, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/documents/{document}", get(open))
}

async fn open(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    case(&mut tx, id).await?;
    let wanted = sqlx::query!(
        "select d.file_name, d.media_type, d.bytes, d.scan from document d
         where d.id = $2 and exists (select from snapshot_document s
             where s.application_id = $1 and s.document_id = d.id)",
        id,
        document
    )
    .fetch_one(&mut *tx)
    .await?;
    download::is_open(me.scanner(), &wanted.scan)?;
    let done = tx.note(Note::DocumentOpened, document, &[]).await?;
    tx.commit(done).await?;
    download::attachment(me.files(), document, &wanted.media_type, &wanted.file_name, wanted.bytes).await
}
