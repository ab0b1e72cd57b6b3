//! Proof that whoever asks has proved who they are a moment ago: for what opens the most private files, takes data out of
//! the house, or decides on money and on rights. A browser left open on a desk is not enough.

use super::{App, Error, KeptHere, Member, Result};
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
        of_late(parts, app, me.proved_at())?;
        Ok(Recent(me))
    }
}

/// Somebody who may change how they sign in here. Their password they are asked for on the page; whoever has a second
/// factor has proved that of late, too (OWASP ASVS 5.0, 7.5.1).
pub struct SignsInHere(pub Member);

impl FromRequestParts<App> for SignsInHere {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let KeptHere(me) = KeptHere::from_request_parts(parts, app).await?;
        if me.has_factor() {
            of_late(parts, app, me.proved_at())?;
        }
        Ok(SignsInHere(me))
    }
}

fn of_late(parts: &Parts, app: &App, proved_at: DateTime<Utc>) -> Result<()> {
    let lasts = if parts.method == Method::POST { TO_FILL_IN } else { LASTS };
    match app.clock.now() < proved_at + lasts {
        true => Ok(()),
        false => Err(Error::prove_again(&parts.uri)),
    }
}
