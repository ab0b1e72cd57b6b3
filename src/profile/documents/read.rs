//! A candidate opens one of their own documents, also one that only an earlier release still holds.

use crate::web::{App, Candidate, Path, Result, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/documents/{id}", get(open))
}

async fn open(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let owner = tx.actor();
    let document = sqlx::query!(
        "select file_name, media_type, bytes from document where id = $1 and person_id = $2",
        id,
        owner.0
    )
    .fetch_one(&mut *tx)
    .await?;
    drop(tx);
    download::attachment(me.files(), id, &document.media_type, &document.file_name, document.bytes).await
}
