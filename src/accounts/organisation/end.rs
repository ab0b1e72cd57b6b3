//! Somebody has left at the identity provider, which says so itself: their sessions here end, too (OpenID Connect
//! Back-Channel Logout 1.0).

use crate::db::Note;
use crate::provider::{Leaving, Refusal};
use crate::web::{Anyone, App, Error, Posted, Result};
use axum::http::StatusCode;
use axum::{Router, routing::post};

pub fn routes() -> Router<App> {
    Router::new().route("/sign-in/organisation/end", post(end))
}

/// Messages from one address in a minute. One that does not hold may make us ask the provider for its keys.
const MESSAGES: i32 = 300;
const WINDOW_SECONDS: i64 = 60;

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 20_000))]
    logout_token: String,
}

/// 200, or 400 for a message that does not hold: what the standard asks for (2.8).
async fn end(me: Anyone, form: Posted<Form>) -> Result<StatusCode> {
    let provider = me.provider().ok_or(Error::NotFound)?;
    let Ok(form) = form.judge(|form| Ok(form.clone())) else { return Ok(StatusCode::BAD_REQUEST) };
    if !me.may_try(&format!("leaving from {}", me.address), MESSAGES, WINDOW_SECONDS).await? {
        return Err(Error::TooMany);
    }
    match provider.leaving(me.now(), &form.logout_token).await {
        Ok(leaving) => end_sessions(&me, provider.settings().issuer.as_str(), &leaving).await,
        Err(refusal) => {
            tracing::warn!(why = ?refusal.to_string(), "a message about somebody who left was refused");
            match refusal {
                Refusal::Unreachable(_) => Ok(StatusCode::SERVICE_UNAVAILABLE),
                _ => Ok(StatusCode::BAD_REQUEST),
            }
        }
    }
}

/// Those that began before it was said; the clocks of two houses differ a little.
async fn end_sessions(me: &Anyone, issuer: &str, leaving: &Leaving) -> Result<StatusCode> {
    let mut tx = me.begin().await?;
    let ended = sqlx::query_scalar!(
        "delete from session s using organisation_session o
         where o.token_hash = s.token_hash and (o.issuer, o.subject) = ($1, $2)
             and ($3::text is null or o.sid = $3) and s.created_at < $4::timestamptz + interval '1 minute' returning s.person_id",
        issuer,
        leaving.subject,
        leaving.session,
        leaving.at
    );
    if let Some(person) = ended.fetch_all(&mut *tx).await?.first() {
        let done = tx.note(Note::SessionEnded, *person, &[]).await?;
        tx.commit(done).await?;
    }
    Ok(StatusCode::OK)
}
