//! A candidate adds documents of one kind: as many at once as they like, each judged on its own.

use super::keep::{MOST_OF_A_KIND, keep};
use super::{parcel, show};
use crate::web::{Candidate, Result, see_other};
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Response;

pub async fn add(me: Candidate, form: Result<Multipart, MultipartRejection>) -> Result<Response> {
    me.may_upload().await?;
    let mut parcel = parcel::receive((me.files(), me.scanner()), form, MOST_OF_A_KIND).await?;
    let mut tx = me.begin().await?;
    if let Some(done) = keep(&mut tx, me.files(), &mut parcel).await? {
        tx.commit(done).await?;
    } else {
        drop(tx);
    }
    let kind = parcel.kind.code();
    match parcel.refused.is_empty() {
        true => see_other(&format!("/profile/documents#{kind}-h")),
        false => show(&me, parcel::refused(kind.to_owned(), parcel.refused)).await,
    }
}
