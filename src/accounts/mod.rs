//! Accounts: register, confirm, sign in and out, a forgotten password.
//! No answer tells whether an address is known, neither in its words nor in its time.

mod code;
mod confirm;
mod device;
mod forgot;
mod kept;
mod link;
mod organisation;
mod register;
mod reset;
mod sign_in;
mod sign_out;

use crate::domain::PersonId;
use crate::domain::role::RoleName;
use crate::passwords::strength as password;
use crate::web::fields::is_address;
use crate::web::{Anyone, App, Result, session};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(register::routes())
        .merge(confirm::routes())
        .merge(sign_in::routes())
        .merge(code::routes())
        .merge(organisation::routes())
        .merge(sign_out::routes())
        .merge(kept::routes())
        .merge(forgot::routes())
        .merge(reset::routes())
}

/// Longer than the work done for a known address and for an unknown one, so that both take the same time.
const EVEN: Duration = Duration::from_millis(400);

/// So many letters an hour leave for one address, whoever asks for them.
const LETTERS: i32 = 15;

/// Answers no sooner than [`EVEN`].
async fn evenly<T>(work: impl Future<Output = T>) -> T {
    tokio::join!(work, tokio::time::sleep(EVEN)).0
}

/// How long a session lasts: unused, and at most (OWASP ASVS 5.0, 7.3). Staff see other people's data.
fn lifetime(roles: &[RoleName]) -> (TimeDelta, TimeDelta) {
    match roles.iter().any(|role| role.is_staff()) {
        true => (TimeDelta::hours(2), TimeDelta::hours(12)),
        false => (TimeDelta::days(7), TimeDelta::days(30)),
    }
}

/// Starts a session with a token of its own, and ends the one the browser came with.
async fn start_session(
    me: &Anyone,
    connection: &mut sqlx::PgConnection,
    person: PersonId,
    roles: &[RoleName],
    now: DateTime<Utc>,
) -> Result<HeaderValue> {
    Ok(begin_session(me, connection, person, roles, now).await?.1)
}

/// As [`start_session`], with what the database knows the session by.
async fn begin_session(
    me: &Anyone,
    connection: &mut sqlx::PgConnection,
    person: PersonId,
    roles: &[RoleName],
    now: DateTime<Utc>,
) -> Result<(Vec<u8>, HeaderValue)> {
    let (token, hash) = session::new_token();
    let (idle, at_most) = lifetime(roles);
    sqlx::query!("delete from session where token_hash = $1", me.session).execute(&mut *connection).await?;
    sqlx::query!(
        "insert into session (token_hash, person_id, created_at, last_seen_at, idle_seconds, expires_at, agent)
         values ($1, $2, $3, $3, $4, $5, $6)",
        hash,
        person.0,
        now,
        i32::try_from(idle.num_seconds()).unwrap_or(i32::MAX),
        now + at_most,
        me.agent
    )
    .execute(connection)
    .await?;
    Ok((hash, session::start_cookie(me.settings().https, &token, at_most)?))
}

/// Signed in, and on to another page: with the cookie of the session, and the mark by which this browser is known.
fn signed_in(me: &Anyone, person: PersonId, to: &str, session: HeaderValue) -> Result<Response> {
    let mut response = see_other_with(to, session);
    response.headers_mut().append(header::SET_COOKIE, device::cookie(me, person)?);
    Ok(response)
}

/// On to another page, with a cookie.
fn see_other_with(to: &str, cookie: HeaderValue) -> Response {
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}
