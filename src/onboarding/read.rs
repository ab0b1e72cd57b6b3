//! The intern opens one of their own documents.

use super::show::mine;
use crate::scan::Scan;
use crate::web::{App, Candidate, Error, Path, Result, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/onboarding/{id}/documents/{document}", get(open))
}

async fn open(me: Candidate, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    mine(&mut tx, id).await?;
    let wanted = sqlx::query!(
        "select file_name, media_type, bytes, scan, removed_at
         from onboarding_document where id = $1 and placement_id = $2",
        document,
        id
    )
    .fetch_one(&mut *tx)
    .await?;
    if wanted.removed_at.is_some() {
        return Err(Error::Past);
    }
    let file = me.files().sealed(&mut tx, document).await?;
    drop(tx);
    if Scan::from_code(&wanted.scan) == Scan::Infected {
        return Err(Error::Infected);
    }
    download::attachment(me.files(), &file, &wanted.media_type, &wanted.file_name, wanted.bytes).await
}
