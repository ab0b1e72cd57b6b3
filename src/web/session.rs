//! Sessions: 256 random bits in a cookie, their SHA-256 in the database (OWASP ASVS 5.0, 7.2).

use super::page::Asked;
use super::{App, Error, Result};
use crate::domain::PersonId;
use crate::domain::profile::Section;
use crate::domain::role::RoleName;
use crate::text::Lang;
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// A session is marked as used at most this often, so that reading pages does not write rows.
const TOUCH_SECONDS: f64 = 60.0;

/// An ended session is remembered so long, in the browser and here: it opens nothing any more, but tells whose form
/// it was that arrives too late.
pub const REMEMBERED: TimeDelta = TimeDelta::days(7);

/// Whom a session belongs to.
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub lang: Lang,
    pub roles: Vec<RoleName>,
    /// Has a second factor, and so has proved it.
    pub has_factor: bool,
    /// The session began at the organisation's identity provider.
    pub by_organisation: bool,
    /// When they last proved who they are: by signing in, or since.
    pub proved_at: DateTime<Utc>,
    /// Has a complete profile that nobody can see.
    pub unreleased: bool,
    /// Messages of Human Resources that were not read.
    pub unread: i64,
    /// What Human Resources waits for.
    pub asked: Option<Asked>,
}

/// A new secret: what the cookie or link holds, and what the database keeps.
pub fn new_token() -> (String, Vec<u8>) {
    let secret: [u8; 32] = rand::random();
    let token = URL_SAFE_NO_PAD.encode(secret);
    let hash = hash(&token);
    (token, hash)
}

/// What the database keeps of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn cookie_name(https: bool) -> &'static str {
    // the prefix makes browsers insist on Secure, no Domain and Path=/
    if https { "__Host-session" } else { "session" }
}

/// The `Set-Cookie` that starts a session; the browser forgets it when nothing is known of the session any more.
pub fn start_cookie(https: bool, token: &str, lasts: TimeDelta) -> Result<HeaderValue> {
    set_cookie(cookie_name(https), token, lasts + REMEMBERED, https)
}

/// The `Set-Cookie` of a secret: for this site alone, and for no script.
pub fn set_cookie(name: &str, token: &str, lasts: TimeDelta, https: bool) -> Result<HeaderValue> {
    let (seconds, secure) = (lasts.num_seconds(), if https { "; Secure" } else { "" });
    let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::try_from(cookie).map_err(|_| Error::Missing("a cookie that is text"))
}

/// The `Set-Cookie` that ends it.
pub fn end_cookie(https: bool) -> Result<HeaderValue> {
    set_cookie(cookie_name(https), "", TimeDelta::zero(), https)
}

/// The value of one cookie of a request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value: &HeaderValue| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value.to_owned())
}

/// SHA-256 of the token the request carries.
pub fn token_hash(parts: &Parts, app: &App) -> Option<Vec<u8>> {
    cookie(&parts.headers, cookie_name(app.settings.https))
        .filter(|token| !token.is_empty())
        .map(|token| hash(&token))
}

/// Whose session this is or was: no proof that they ask now.
pub async fn whose(app: &App, token_hash: &[u8]) -> Result<Option<PersonId>> {
    let person = sqlx::query_scalar!(
        "select s.person_id from session s join person p on p.id = s.person_id
         where s.token_hash = $1 and p.disabled_at is null",
        token_hash
    );
    Ok(person.fetch_optional(&mut *app.db.conn().await?).await?.map(PersonId))
}

/// Whom the request belongs to: a live session of an account that is not disabled.
pub async fn of_request(parts: &Parts, app: &App) -> Result<Option<Person>> {
    let Some(token_hash) = token_hash(parts, app) else { return Ok(None) };
    let now = app.clock.now();
    let today = now.with_timezone(&app.db.zone()).date_naive();
    let row = sqlx::query!(
        r#"with live as (
               select s.token_hash, s.person_id, s.last_seen_at,
                   coalesce(s.proved_at, s.created_at) as proved_at from session s
               where s.token_hash = $1 and s.expires_at > $2
                 and s.last_seen_at + make_interval(secs => s.idle_seconds) > $2),
           touched as (
               update session set last_seen_at = $2 from live
               where session.token_hash = live.token_hash
                 and live.last_seen_at < $2::timestamptz - make_interval(secs => $3))
           select p.id, p.lang, live.proved_at as "proved_at!", trim(p.given_names || ' ' || p.family_names) as "name!",
               array(select role from person_role r where r.person_id = p.id order by role) as "roles!",
               has_second_factor(p.id) or by.token_hash is not null as "has_factor!",
               by.token_hash is not null as "by_organisation!",
               exists (select from profile f where f.person_id = p.id and f.unreleased_since is not null
                   and f.complete_until >= $4
                   and not has_open_application(p.id)) as "unreleased!",
               (select count(*) from message m join application a on a.id = m.application_id
                where a.candidate_id = p.id and m.from_staff and m.read_at is null) as "unread!",
               asked.sections as "sections?", asked.reason as "message?"
           from live join person p on p.id = live.person_id
           left join organisation_session by on by.token_hash = live.token_hash
           left join lateral (
               select e.facts->'sections' as sections, e.reason from application a
               join audit_event e on e.subject = 'application' and e.subject_id = a.id and e.action = 'request_changes'
               where a.candidate_id = p.id and a.state = 'changes_requested'
               order by e.id desc limit 1) asked on true
           where p.disabled_at is null"#,
        token_hash,
        now,
        TOUCH_SECONDS,
        today
    )
    .fetch_optional(&mut *app.db.conn().await?)
    .await?;
    Ok(row.map(|row| Person {
        id: row.id.into(),
        name: row.name,
        lang: row.lang.into(),
        roles: row.roles.iter().filter_map(|code| RoleName::from_code(code)).collect(),
        has_factor: row.has_factor,
        by_organisation: row.by_organisation,
        proved_at: row.proved_at,
        unreleased: row.unreleased,
        unread: row.unread,
        asked: row.sections.map(|sections| Asked {
            sections: sections_of(&sections),
            message: row.message.unwrap_or_default(),
        }),
    }))
}

/// As the record keeps them.
fn sections_of(facts: &serde_json::Value) -> Vec<Section> {
    facts.as_array().into_iter().flatten().filter_map(|code| Section::from_code(code.as_str()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_cookie_is_too_strange(sent in proptest::collection::vec(proptest::collection::vec(0x20u8.., 0..40), 0..4)) {
            let mut headers = HeaderMap::new();
            let given = sent.iter().filter_map(|bytes| HeaderValue::from_bytes(bytes).ok());
            given.for_each(|value| {
                headers.append(header::COOKIE, value);
            });
            let _ = cookie(&headers, "session");
            let (token, kept) = new_token();
            headers.append(header::COOKIE, HeaderValue::from_str(&format!("a=b; session={token}; c")).unwrap());
            let found = cookie(&headers, "session").unwrap();
            assert!(hash(&found) == kept || sent.iter().any(|bytes| bytes.windows(8).any(|word| word == b"session=")));
        }
    }
}
