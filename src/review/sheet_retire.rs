//! A scoring sheet is used no longer. What was given by it stays, and a next version can be taken into use.

use crate::db::Note;
use crate::web::{App, HrReviewer, Path, Result, see_other};
use axum::{Router, response::Response, routing::post};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/sheets/{sheet}/retire", post(retire))
}

async fn retire(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let retired = sqlx::query!(
        "update scoring_sheet set retired_at = $2 where id = $1 and in_use_since is not null and retired_at is null",
        id,
        now
    );
    // a double click, or a colleague was faster: it is used no longer either way
    if retired.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::SheetRetired, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/review/sheets")
}
