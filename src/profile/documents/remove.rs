//! A candidate takes a document out of the profile. What was released with it keeps it.

use crate::db::{Note, Tx};
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
    let (owner, now) = (tx.actor(), tx.now());
    crate::profile::touch(&mut tx).await?;
    let removed = sqlx::query_scalar!(
        r#"update document d set removed_at = $3 where id = $1 and person_id = $2 and removed_at is null
           returning exists (select from snapshot_document s where s.document_id = d.id) as "released!""#,
        id,
        owner.0,
        now
    );
    let Some(released) = removed.fetch_optional(&mut *tx).await? else {
        // twice is once; what was never mine is not there
        return match was_mine(&mut tx, id).await? {
            true => see_other("/profile/documents"),
            false => Err(Error::NotFound),
        };
    };
    if !released {
        sqlx::query!("delete from document where id = $1", id).execute(&mut *tx).await?;
    }
    let done = tx.note(Note::DocumentRemoved, id, &[]).await?;
    tx.commit(done).await?;
    if !released && let Err(error) = me.files().remove(id).await {
        // removed all the same: nothing points to the file any more, and nobody can read it
        tracing::warn!(%error, %id, "the file of a removed document stays in the store");
    }
    see_other("/profile/documents")
}

async fn was_mine(tx: &mut Tx<Candidate>, id: Uuid) -> Result<bool> {
    let me = tx.actor();
    let mine = sqlx::query_scalar!(
        r#"select exists (select from audit_event where subject = 'document' and subject_id = $1
               and action = 'remove_document' and actor_id = $2) as "mine!""#,
        id,
        me.0
    );
    Ok(mine.fetch_one(&mut **tx).await?)
}
