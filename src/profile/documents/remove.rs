//! A candidate takes a document out of the profile. What was released with it keeps it.

use crate::db::Note;
use crate::web::{App, Candidate, Path, Result, see_other};
use axum::{Router, response::Response, routing::post};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/documents/{id}/remove", post(remove))
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
    // twice is once; somebody else's is not there
    let Some(released) = removed.fetch_optional(&mut *tx).await? else {
        return see_other("/profile/documents");
    };
    if !released {
        sqlx::query!("delete from document where id = $1", id).execute(&mut *tx).await?;
    }
    let done = tx.note(Note::DocumentRemoved, id, &[]).await?;
    tx.commit(done).await?;
    if !released {
        me.files().remove(id).await?;
    }
    see_other("/profile/documents")
}
