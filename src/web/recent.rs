//! Proof that whoever asks has proved who they are a moment ago: for what opens the most private files, takes data out of
//! the house, or decides on money and on rights. A browser left open on a desk is not enough.

use super::{App, Error, Result};
use axum::extract::FromRequestParts;
use axum::http::{Method, request::Parts};
use chrono::{DateTime, TimeDelta, Utc};

/// So long after a sign-in nobody is asked again.
const LASTS: TimeDelta = TimeDelta::minutes(15);
/// And so long is left to fill in a form that was opened in time.
const TO_FILL_IN: TimeDelta = TimeDelta::minutes(30);

/// Whoever can tell when they last proved who they are: by signing in, or since.
pub trait Proved {
    fn proved_at(&self) -> DateTime<Utc>;
}

/// Somebody who has proved it of late.
pub struct Recent<A>(pub A);

impl<A: FromRequestParts<App, Rejection = Error> + Proved> FromRequestParts<App> for Recent<A> {
    type Rejection = Error;

    /// [`Error::ProveAgain`] if it was too long ago; a form that was sent is kept meanwhile.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let me = A::from_request_parts(parts, app).await?;
        let lasts = if parts.method == Method::POST { TO_FILL_IN } else { LASTS };
        match app.clock.now() < me.proved_at() + lasts {
            true => Ok(Recent(me)),
            false => Err(Error::prove_again(&parts.uri)),
        }
    }
}
