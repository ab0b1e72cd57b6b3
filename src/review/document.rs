//! A document of a released profile: to be saved, or shown beside the profile. Only what the candidate released is
//! reachable, and opening it is recorded.

use super::{Snapshot, case};
use crate::db::{Note, Tx};
use crate::explain;
use crate::explain::profile::{DocumentLine, Reader};
use crate::files::Sealed;
use crate::scan::Scan;
use crate::scan::access::{self, Access};
use crate::web::{App, HrReviewer, Path, Result, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/{id}/documents/{document}", get(save))
        .route("/review/{id}/documents/{document}/view", get(view))
}

async fn save(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (it, file) = open(&me, id, document).await?;
    download::attachment(me.files(), &file, &it.media_type, &it.file_name, it.bytes).await
}

async fn view(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (it, file) = open(&me, id, document).await?;
    download::framed(me.files(), &file, &it.media_type, &it.file_name, it.bytes).await
}

struct Opened {
    file_name: String,
    media_type: String,
    bytes: i64,
    scan: String,
}

async fn open(me: &HrReviewer, id: Uuid, document: Uuid) -> Result<(Opened, Sealed)> {
    let mut tx = me.begin().await?;
    case(&mut tx, id).await?;
    let wanted = sqlx::query_as!(
        Opened,
        "select d.file_name, d.media_type, d.bytes, d.scan from document d
         where d.id = $2 and exists (select from snapshot_document s
             where s.application_id = $1 and s.document_id = d.id)",
        id,
        document
    )
    .fetch_one(&mut *tx)
    .await?;
    download::is_open(Access::of(Scan::from_code(&wanted.scan), me.scanner()))?;
    let file = me.files().sealed(&mut tx, document).await?;
    let done = tx.note(Note::DocumentOpened, document, &[]).await?;
    tx.commit(done).await?;
    Ok((wanted, file))
}

/// The documents of one version of an application that [`case`] has let through.
pub async fn papers(
    me: &HrReviewer,
    tx: &mut Tx<HrReviewer>,
    id: Uuid,
    of: &Snapshot,
) -> Result<Vec<DocumentLine>> {
    let documents: Vec<Uuid> = of.profile.documents.iter().map(|document| document.id.0).collect();
    let known = access::of_documents(tx, me.scanner(), &documents).await?;
    let folder = format!("/review/{id}/documents");
    Ok(explain::profile::document_lines(&of.profile, &folder, Reader::HumanResources, &known, me.lang))
}
