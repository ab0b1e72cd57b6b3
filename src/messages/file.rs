//! A file that came with a message: for the candidate of the thread and for reviewers, to save.

use super::Side;
use super::reviewer::case;
use crate::db::Note;
use crate::files::Sealed;
use crate::scan::Scan;
use crate::scan::access::Access;
use crate::web::actor::{Actor, Role};
use crate::web::{App, Candidate, Error, HrReviewer, Path, Result, download};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/application/messages/files/{id}", get(mine))
        .route("/review/{id}/messages/files/{document}", get(theirs))
}

async fn mine(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let candidate = tx.actor();
    let paper = sqlx::query_as!(
        Paper,
        "select d.file_name, d.media_type, d.bytes, d.scan, m.from_staff
         from message_document d join message m on m.id = d.message_id
         join application a on a.id = m.application_id
         where d.id = $1 and a.candidate_id = $2",
        id,
        candidate.0
    );
    let paper = paper.fetch_one(&mut *tx).await?;
    let file = me.files().sealed(&mut tx, id).await?;
    paper.hand_out(&me, &file, Side::Candidate).await
}

/// Opening it is recorded.
async fn theirs(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    case(&mut tx, id).await?;
    let paper = sqlx::query_as!(
        Paper,
        "select d.file_name, d.media_type, d.bytes, d.scan, m.from_staff
         from message_document d join message m on m.id = d.message_id
         where d.id = $2 and m.application_id = $1",
        id,
        document
    );
    let paper = paper.fetch_one(&mut *tx).await?;
    let file = me.files().sealed(&mut tx, document).await?;
    let response = paper.hand_out(&me, &file, Side::Staff).await?;
    let done = tx.note(Note::DocumentOpened, document, &[]).await?;
    tx.commit(done).await?;
    Ok(response)
}

struct Paper {
    file_name: String,
    media_type: String,
    bytes: i64,
    scan: String,
    from_staff: bool,
}

impl Paper {
    /// # Errors
    /// [`Error::Infected`] if it is gone; [`Error::NotScanned`] for the other side, where the organisation wants it
    /// scanned first.
    async fn hand_out<R: Role>(self, me: &Actor<R>, file: &Sealed, side: Side) -> Result<Response> {
        match Scan::from_code(&self.scan) {
            Scan::Infected => return Err(Error::Infected),
            _ if self.from_staff == side.is_staff() => {}
            _ => download::is_open(Access::of(Scan::from_code(&self.scan), me.scanner()))?,
        }
        download::attachment(me.files(), file, &self.media_type, &self.file_name, self.bytes).await
    }
}
