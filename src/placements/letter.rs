//! The letter of offer as the candidate has it, on paper.

use super::case;
use crate::offer_letter;
use crate::web::{App, HrReviewer, Path, Result};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/letter.pdf", get(read))
}

async fn read(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let letter = offer_letter::read(&mut tx, now.id()).await?;
    drop(tx); // nobody waits for the database while a page is set
    letter.print().await
}
