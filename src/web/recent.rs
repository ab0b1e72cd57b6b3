//! Proof that whoever asks has proved who they are a moment ago: for what opens the most private files, takes data out of
//! the house, or decides on money and on rights. A browser left open on a desk is not enough.

use super::actor::{Actor, Role};
use super::{App, Error, Member, Result};
use axum::extract::FromRequestParts;
use axum::http::{Method, request::Parts};
use chrono::{DateTime, TimeDelta, Utc};

/// So long after a sign-in nobody is asked again.
const LASTS: TimeDelta = TimeDelta::minutes(15);
/// And so long is left to fill in a form that was opened in time.
const TO_FILL_IN: TimeDelta = TimeDelta::minutes(30);

/// Somebody who has proved it of late.
pub struct Recent<A>(pub A);

impl<R: Role> FromRequestParts<App> for Recent<Actor<R>> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let me = Actor::<R>::from_request_parts(parts, app).await?;
        check(me.proved_at, parts, app)?;
        Ok(Recent(me))
    }
}

impl FromRequestParts<App> for Recent<Member> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let me = Member::from_request_parts(parts, app).await?;
        check(me.proved_at, parts, app)?;
        Ok(Recent(me))
    }
}

impl Member {
    /// For an extractor that is a member and more.
    ///
    /// # Errors
    /// [`Error::ProveAgain`] if they proved who they are too long ago.
    pub fn check_recent(&self, parts: &Parts) -> Result<()> {
        check(self.proved_at, parts, self.app())
    }
}

/// # Errors
/// [`Error::ProveAgain`] if it was too long ago; a form that was sent is kept meanwhile.
fn check(proved_at: DateTime<Utc>, parts: &Parts, app: &App) -> Result<()> {
    let lasts = if parts.method == Method::POST { TO_FILL_IN } else { LASTS };
    match app.clock.now() < proved_at + lasts {
        true => Ok(()),
        false => Err(Error::prove_again(&parts.uri)),
    }
}
