//! A candidate opens one of their own documents, also one that only an earlier release still holds: to save it, to
//! look at it in the browser, or as the small picture of a photo.

use crate::files::Sealed;
use crate::scan::Scan;
use crate::web::{App, Candidate, Error, Path, Result, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile/documents/{id}", get(save))
        .route("/profile/documents/{id}/view", get(view))
        .route("/profile/documents/{id}/thumbnail", get(thumbnail))
}

async fn save(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let (mine, file) = mine(&me, id).await?;
    download::attachment(me.files(), &file, &mine.media_type, &mine.file_name, mine.bytes).await
}

async fn view(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let (mine, file) = mine(&me, id).await?;
    download::inline(me.files(), &file, &mine.media_type, &mine.file_name, mine.bytes).await
}

async fn thumbnail(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let owner = tx.actor();
    let thumbnail = sqlx::query_scalar!(
        r#"select thumbnail as "thumbnail!" from document
           where id = $1 and person_id = $2 and thumbnail is not null"#,
        id,
        owner.0
    );
    let shut = thumbnail.fetch_one(&mut *tx).await?;
    let file = me.files().sealed(&mut tx, id).await?;
    Ok(download::picture(file.opened(&shut)?))
}

struct Mine {
    file_name: String,
    media_type: String,
    bytes: i64,
    scan: String,
}

/// # Errors
/// [`Error::NotFound`] if it is not mine, [`Error::Infected`] if it is gone. Before a scan, its owner may open it.
async fn mine(me: &Candidate, id: Uuid) -> Result<(Mine, Sealed)> {
    let mut tx = me.begin().await?;
    let owner = tx.actor();
    let mine = sqlx::query_as!(
        Mine,
        "select file_name, media_type, bytes, scan from document where id = $1 and person_id = $2",
        id,
        owner.0
    )
    .fetch_one(&mut *tx)
    .await?;
    match Scan::from_code(&mine.scan) {
        Scan::Infected => Err(Error::Infected),
        Scan::Clean | Scan::NotScanned => Ok((mine, me.files().sealed(&mut tx, id).await?)),
    }
}
