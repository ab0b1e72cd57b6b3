//! A candidate puts a better file in the place of a document, in one step: there is never neither of them.

use super::keep::keep;
use super::remove::{forget, take_out};
use super::{parcel, show};
use crate::web::{App, Candidate, Path, Result, see_other};
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile/documents/{id}/replace", get(back).post(replace))
        .layer(DefaultBodyLimit::max(parcel::LARGEST_REQUEST))
}

/// Whoever had to sign in first comes back here, and decides again.
async fn back(_: Candidate) -> Result<Response> {
    see_other("/profile/documents")
}

async fn replace(
    me: Candidate,
    Path(id): Path<Uuid>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response> {
    me.may_upload().await?;
    let mut parcel = parcel::receive((me.files(), me.scanner()), form, 1).await?;
    let mut tx = me.begin().await?;
    // before the new one comes: it gets the room of the old one. Twice is once: then the new one is there already
    let out = take_out(&mut tx, id).await?;
    let at = if out.is_some() { format!("replace-{id}") } else { parcel.kind.code().to_owned() };
    let kept = keep(&mut tx, me.files(), &mut parcel).await?;
    if !parcel.refused.is_empty() {
        // the old one stays
        drop(tx);
        return show(&me, parcel::refused(at, parcel.refused)).await;
    }
    match (out, kept) {
        (Some(out), Some(kept)) => {
            tx.commit(out.done.and(kept)).await?;
            forget(&me, id, out.is_released).await;
        }
        // the new one is another document that is there already: the old one makes way for it
        (Some(out), None) => {
            tx.commit(out.done).await?;
            forget(&me, id, out.is_released).await;
        }
        (None, Some(kept)) => tx.commit(kept).await?,
        (None, None) => {}
    }
    see_other(&format!("/profile/documents#{}-h", parcel.kind.code()))
}
