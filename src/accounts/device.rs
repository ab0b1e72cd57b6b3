//! A browser in which somebody has signed in keeps a mark of that, though they sign out: strangers who guess that
//! person's password use up none of its tries (OWASP ASVS 5.0, 6.3.1).

use crate::domain::PersonId;
use crate::web::{Anyone, Result, session};
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use uuid::Uuid;

/// A browser that nobody signs in with for so long is a stranger's again.
const LASTS: TimeDelta = TimeDelta::days(180);
/// What is locked for the person: no other secret of theirs opens as this one.
const MARK: &[u8] = b"has signed in here";

/// The `Set-Cookie` of the mark.
pub fn cookie(me: &Anyone, person: PersonId) -> Result<HeaderValue> {
    let mark = [person.0.as_bytes(), me.vault().lock(person.0, MARK).as_slice()].concat();
    session::set_cookie(name(me), &URL_SAFE_NO_PAD.encode(mark), LASTS, me.settings().https)
}

/// Who has signed in with this browser, if we have marked it, and the mark.
pub fn of(me: &Anyone, headers: &HeaderMap) -> Option<(Uuid, String)> {
    let written = session::cookie(headers, name(me))?;
    let mark = URL_SAFE_NO_PAD.decode(&written).ok()?;
    let (person, locked) = mark.split_at_checked(16)?;
    let person = Uuid::from_slice(person).ok()?;
    me.vault().unlock(person, locked).ok().filter(|opened| opened == MARK).map(|_| (person, written))
}

fn name(me: &Anyone) -> &'static str {
    if me.settings().https { "__Host-known" } else { "known" }
}
