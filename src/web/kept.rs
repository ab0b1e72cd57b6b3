//! A form that arrives after its sender's session has ended is kept for a day, and is theirs again once they have
//! signed in: in the same browser, told by a cookie, and as the same person, told by the session that ended.

use super::form::{LARGEST_FORM, pairs, wants_json};
use super::session::{self, cookie, hash, new_token};
use super::{App, Error, Result, error, language, throttle};
use crate::domain::PersonId;
use crate::explain::typed;
use crate::text::{Lang, texts};
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// How long such a form is kept.
pub const STAYS: TimeDelta = TimeDelta::days(1);
/// Forms kept of one person in that time.
const MOST: i32 = 20;
/// A field of the form that sends a kept one at last.
const AT_LAST: &str = "kept";

fn cookie_name(app: &App) -> &'static str {
    if app.settings.https { "__Host-kept" } else { "kept" }
}

/// Who sent what where, as far as it is needed if it cannot be taken.
struct Parcel {
    session: Vec<u8>,
    /// The token of this browser, if it holds one already.
    browser: Option<String>,
    path: String,
    body: Bytes,
}

/// Lets every request pass; a form that nobody was signed in for is kept, and its sender asked to sign in.
pub async fn catch(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let by_script = wants_json(&parts.headers);
    let lang = language::chosen(&parts).or_else(|| language::of_browser(&parts)).unwrap_or_default();
    let is_upload = is_of_type(&parts, "multipart/form-data");
    let (body, parcel) = match open(&app, &parts, body).await {
        Ok(opened) => opened,
        Err(error) => return error.into_response(),
    };
    let response = next.run(Request::from_parts(parts, body)).await;

    let asked = response.extensions().get::<error::AskedToSignIn>().copied();
    let done = match (asked, parcel) {
        (Some(_), _) if by_script => Ok(Some(told(lang))),
        (Some(error::AskedToSignIn(page)), Some(parcel)) => keep(&app, &parcel, page).await,
        (Some(_), None) if is_upload => Ok(upload_lost(&response)),
        (None, Some(parcel)) if response.status().is_redirection() => sent_at_last(&app, &parcel).await,
        _ => Ok(None),
    };
    match done {
        Ok(instead) => instead.unwrap_or(response),
        Err(error) => error.into_response(),
    }
}

/// Whether the body says that it is of a type.
pub fn is_of_type(parts: &Parts, kind: &str) -> bool {
    parts.headers.get(header::CONTENT_TYPE).is_some_and(|given| given.as_bytes().starts_with(kind.as_bytes()))
}

/// Reads the form of somebody who has, or had, a session; everything else passes by unread.
async fn open(app: &App, parts: &Parts, body: Body) -> Result<(Body, Option<Parcel>)> {
    let length =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let small = length.is_none_or(|bytes: usize| bytes <= LARGEST_FORM);
    let session = session::token_hash(parts, app);
    let Some(session) = session.filter(|_| small && is_of_type(parts, "application/x-www-form-urlencoded"))
    else {
        return Ok((body, None));
    };
    let body = to_bytes(body, LARGEST_FORM).await.map_err(|_| Error::Unreadable)?;
    let browser = cookie(&parts.headers, cookie_name(app)).filter(|token| !token.is_empty());
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    Ok((Body::from(body.clone()), Some(Parcel { session, browser, path, body })))
}

/// What the page's script is told: it leaves the page as it is.
fn told(lang: Lang) -> Response {
    let message = serde_json::json!({ "message": Text(lang).signed_out() });
    (StatusCode::UNAUTHORIZED, Json(message)).into_response()
}

/// A file is not kept: the sign-in page says so.
fn upload_lost(response: &Response) -> Option<Response> {
    let to = response.headers().get(header::LOCATION)?.to_str().ok()?;
    Some(Redirect::to(&format!("{to}&after=upload")).into_response())
}

/// Keeps what was typed, if anything was, and if it is known by whom. A password is never kept.
async fn keep(app: &App, parcel: &Parcel, page: &str) -> Result<Option<Response>> {
    let Ok(mut answers) = pairs(&parcel.body) else { return Ok(None) };
    answers.retain(|(name, _)| name != AT_LAST);
    let secret = answers.iter().any(|(name, _)| name.contains("password"));
    let read = typed::answers(&answers, &HashMap::new(), Lang::default());
    if secret || typed::rows(&read, Lang::default()).is_empty() {
        return Ok(None);
    }
    let Some(person) = session::whose(app, &parcel.session).await? else { return Ok(None) };
    let now = app.clock.now();
    let what = format!("kept form of {}", person.0);
    if !throttle::count(&app.db, now, &what, MOST, STAYS.num_seconds()).await? {
        return Ok(None);
    }
    let token = parcel.browser.clone().unwrap_or_else(|| new_token().0);
    let locked = app.files.vault().lock(person.0, &serde_json::to_vec(&answers)?);
    sqlx::query!(
        "insert into kept_form (token_hash, person_id, path, locked, kept_at) values ($1, $2, $3, $4, $5)
         on conflict (token_hash, person_id, path) do update set locked = $4, kept_at = $5",
        hash(&token),
        person.0,
        parcel.path,
        locked,
        now
    )
    .execute(&mut *app.db.conn().await?)
    .await?;
    let cookie = session::set_cookie(cookie_name(app), &token, STAYS, app.settings.https)?;
    Ok(Some(([(header::SET_COOKIE, cookie)], Redirect::to(&format!("{page}?next=/kept"))).into_response()))
}

/// A kept form that was sent again, and taken, is kept no longer.
async fn sent_at_last(app: &App, parcel: &Parcel) -> Result<Option<Response>> {
    let Some(token) = &parcel.browser else { return Ok(None) };
    if pairs(&parcel.body)?.iter().any(|(name, _)| name == AT_LAST)
        && let Some(person) = session::whose(app, &parcel.session).await?
    {
        forget(app, &hash(token), person, &parcel.path).await?;
    }
    Ok(None)
}

async fn forget(app: &App, token_hash: &[u8], person: PersonId, path: &str) -> Result<()> {
    sqlx::query!(
        "delete from kept_form where token_hash = $1 and person_id = $2 and path = $3",
        token_hash,
        person.0,
        path
    )
    .execute(&mut *app.db.conn().await?)
    .await?;
    Ok(())
}

/// A form that was kept, as it was sent.
pub struct KeptForm {
    pub path: String,
    pub answers: Vec<(String, String)>,
    pub kept_at: DateTime<Utc>,
}

/// What was kept for the person who is signed in, in the browser that sent it.
pub struct Kept {
    /// The newest first.
    pub forms: Vec<KeptForm>,
    person: PersonId,
    token_hash: Vec<u8>,
    app: App,
}

impl Kept {
    /// Forgets one form: its sender does not want it any more.
    pub async fn discard(&self, path: &str) -> Result<()> {
        forget(&self.app, &self.token_hash, self.person, path).await
    }
}

impl FromRequestParts<App> for Kept {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let person = session::of_request(parts, app).await?.ok_or_else(|| Error::signed_out(&parts.uri))?.id;
        let token_hash = hash(&cookie(&parts.headers, cookie_name(app)).unwrap_or_default());
        let rows = sqlx::query!(
            "select path, locked, kept_at from kept_form
             where token_hash = $1 and person_id = $2 and kept_at > $3 order by kept_at desc, path",
            token_hash,
            person.0,
            app.clock.now() - STAYS
        )
        .fetch_all(&mut *app.db.conn().await?)
        .await?;
        let form = |path, locked: &[u8], kept_at| {
            // nothing is left of it where its key was taken away within the day
            let answers = app.files.vault().unlock(person.0, locked).ok()?;
            Some(KeptForm { path, answers: serde_json::from_slice(&answers).ok()?, kept_at })
        };
        let forms = rows.into_iter().filter_map(|row| form(row.path, &row.locked, row.kept_at)).collect();
        Ok(Kept { forms, person, token_hash, app: app.clone() })
    }
}

texts!(Text {
    signed_out: "You are signed out. What you typed is still on this page: press the button to save it, then sign in.",
        "Votre session est fermée. Ce que vous avez saisi est toujours sur cette page : choisissez le bouton pour l’enregistrer, puis connectez-vous.",
        "Su sesión ha terminado. Lo que escribió sigue en esta página: pulse el botón para guardarlo y después inicie sesión.";
});
