//! My letter of offer, on paper.

use super::offer;
use crate::offer_letter;
use crate::web::{App, Candidate, Path, Result};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/offer/{id}/letter.pdf", get(read))
}

async fn read(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    let letter = offer_letter::read(&mut tx, mine.id()).await?;
    drop(tx); // nobody waits for the database while a page is set
    letter.print().await
}
