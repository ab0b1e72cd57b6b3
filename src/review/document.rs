//! A document of a released profile, as a download. Only what the candidate released is reachable, and opening it
//! is recorded.

use super::case;
use crate::db::Note;
use crate::web::{App, HrReviewer, Path, Result};
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/documents/{document}", get(open))
}

async fn open(me: HrReviewer, Path((id, document)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    case(&mut tx, id).await?;
    let row = sqlx::query!(
        "select d.file_name, d.media_type, d.bytes from document d
         where d.id = $2 and exists (select from snapshot_document s
             where s.application_id = $1 and s.document_id = d.id)",
        id,
        document
    )
    .fetch_one(&mut *tx)
    .await?;
    let mut bytes = Vec::new();
    me.files().read(document).await?.read_to_end(&mut bytes).await?;
    let done = tx.note(Note::DocumentOpened, document, &[]).await?;
    tx.commit(done).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(&row.media_type)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition(&row.file_name))),
    ];
    let mut response = Body::from(bytes).into_response();
    for (name, value) in headers {
        if let Ok(value) = value {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// Never shown inside our own pages, whatever it is called (RFC 6266, RFC 8187).
fn disposition(file_name: &str) -> String {
    let mut encoded = String::new();
    for byte in file_name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => encoded.push(byte as char),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}
