//! A candidate takes a document out of the profile. What was released with it keeps it.

use crate::db::{Done, Note, Tx};
use crate::web::{App, Candidate, Error, Path, Result, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/documents/{id}/remove", get(back).post(remove))
}

/// Whoever had to sign in first comes back here, and decides again.
async fn back(_: Candidate) -> Result<Response> {
    see_other("/profile/documents")
}

async fn remove(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    if let Some(out) = take_out(&mut tx, id).await? {
        tx.commit(out.done).await?;
        forget(&me, id, out.is_released).await;
    }
    see_other("/profile/documents")
}

/// A document that is no longer part of the profile, as soon as this is committed.
pub struct Out {
    pub done: Done,
    /// An earlier release holds it still.
    pub is_released: bool,
}

/// `None`: it was out before.
///
/// # Errors
/// [`Error::NotFound`] if it was never mine.
pub async fn take_out(tx: &mut Tx<Candidate>, id: Uuid) -> Result<Option<Out>> {
    let (owner, now) = (tx.actor(), tx.now());
    crate::profile::touch(tx).await?;
    let removed = sqlx::query_scalar!(
        r#"update document d set removed_at = $3 where id = $1 and person_id = $2 and removed_at is null
           returning exists (select from snapshot_document s where s.document_id = d.id) as "released!""#,
        id,
        owner.0,
        now
    );
    let Some(is_released) = removed.fetch_optional(&mut **tx).await? else {
        // twice is once; what was never mine is not there
        return if was_mine(tx, id).await? { Ok(None) } else { Err(Error::NotFound) };
    };
    if !is_released {
        sqlx::query!("delete from document where id = $1", id).execute(&mut **tx).await?;
    }
    crate::profile::unreleased::remember(tx).await?;
    let done = tx.note(Note::DocumentRemoved, id, &[]).await?;
    Ok(Some(Out { done, is_released }))
}

/// Takes the file out of the store, once nothing points to it any more.
pub async fn forget(me: &Candidate, id: Uuid, is_released: bool) {
    if !is_released && let Err(error) = me.files().remove(id).await {
        // removed all the same: nothing points to the file, and nobody can read it
        tracing::warn!(%error, %id, "the file of a removed document stays in the store");
    }
}

async fn was_mine(tx: &mut Tx<Candidate>, id: Uuid) -> Result<bool> {
    let me = tx.actor();
    let mine = sqlx::query_scalar!(
        r#"select exists (select from document where id = $1 and person_id = $2)
               or exists (select from audit_event where subject = 'document' and subject_id = $1
                   and action = 'remove_document' and actor_id = $2) as "mine!""#,
        id,
        me.0
    );
    Ok(mine.fetch_one(&mut **tx).await?)
}
