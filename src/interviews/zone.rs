//! The candidate says in which time zone they are; it is kept for every interview.

use super::case;
use crate::db::Note;
use crate::web::{App, Candidate, Error, Path, Posted, Result, see_other};
use axum::{Router, response::Response, routing::post};
use chrono_tz::Tz;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/interview/{id}/zone", post(keep))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    zone: String,
}

/// Nothing chosen, nothing changed.
async fn keep(me: Candidate, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let Ok(zone) = form.judge(|f| Ok(f.zone.parse::<Tz>().ok())) else { return Err(Error::Unreadable) };
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    if let Some(zone) = zone.filter(|zone| *zone != now.candidate_zone) {
        sqlx::query!("update person set time_zone = $2 where id = $1", me.id.0, zone.name())
            .execute(&mut *tx)
            .await?;
        let done = tx.note(Note::TimeZoneChosen, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/interview/{id}"))
}
