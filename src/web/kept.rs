//! A form that arrives after its sender's session has ended is kept for a day, and is theirs again once they have
//! signed in: in the same browser, told by a cookie, and as the same person, told by the session that ended. Files that
//! came with it are not kept: what was typed beside them is.

use super::form::{LARGEST_FORM, pairs, wants_json};
use super::parcel::MOST_PARTS;
use super::session::{self, cookie, hash, new_token};
use super::{App, Error, Result, error, language, throttle};
use crate::domain::PersonId;
use crate::explain::typed;
use crate::text::{Lang, texts};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request, State};
use axum::http::{Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// How long such a form is kept.
pub const STAYS: TimeDelta = TimeDelta::days(1);
/// Forms kept of one person in that time.
const MOST: i32 = 20;
const UPLOAD: &str = "multipart/form-data";
/// A field of the form that sends a kept one at last …
const AT_LAST: &str = "kept";
/// … or the end of its address, where the form has files.
const UPLOADED_AT_LAST: &str = "kept=true";
/// What says of a file what it is, and means nothing without it.
const OF_A_FILE: &str = "kind";

fn cookie_name(app: &App) -> &'static str {
    if app.settings.https { "__Host-kept" } else { "kept" }
}

/// Who sent what where, as far as it is needed if it cannot be taken.
struct Parcel {
    session: Vec<u8>,
    /// The token of this browser, if it holds one already.
    browser: Option<String>,
    path: String,
    /// What was typed. Of an upload only if its sender is signed in no more: else it passes by unread.
    answers: Vec<(String, String)>,
    is_upload: bool,
    has_files: bool,
    /// It was kept, and is sent at last.
    is_at_last: bool,
}

/// Lets every request pass; a form that nobody was signed in for is kept, and its sender asked to sign in.
pub async fn catch(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let by_script = wants_json(&parts.headers);
    let lang = language::chosen(&parts).or_else(|| language::of_browser(&parts)).unwrap_or_default();
    let is_upload = is_of_type(&parts, UPLOAD);
    let (body, parcel) = match open(&app, &parts, body).await {
        Ok(opened) => opened,
        Err(error) => return error.into_response(),
    };
    let response = next.run(Request::from_parts(parts, body)).await;

    let asked = response.extensions().get::<error::AskedToSignIn>().copied();
    let done = match (asked, parcel) {
        (Some(_), _) if by_script => Ok(Some(told(lang))),
        (Some(error::AskedToSignIn(page)), Some(parcel)) => keep(&app, &parcel, page)
            .await
            .map(|kept| kept.or_else(|| upload_lost(&response).filter(|_| parcel.is_upload))),
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
    let Some(session) = session::token_hash(parts, app) else { return Ok((body, None)) };
    let parcel = Parcel {
        session,
        browser: cookie(&parts.headers, cookie_name(app)).filter(|token| !token.is_empty()),
        path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        answers: Vec::new(),
        is_upload: is_of_type(parts, UPLOAD),
        has_files: false,
        is_at_last: false,
    };
    if parcel.is_upload {
        return open_upload(app, parts, body, parcel).await;
    }
    let length =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let small = length.is_none_or(|bytes: usize| bytes <= LARGEST_FORM);
    if !small || !is_of_type(parts, "application/x-www-form-urlencoded") {
        return Ok((body, None));
    }
    let body = to_bytes(body, LARGEST_FORM).await.map_err(|_| Error::Unreadable)?;
    let Ok(answers) = pairs(&body) else { return Ok((Body::from(body), None)) };
    let is_at_last = answers.iter().any(|(name, _)| name == AT_LAST);
    Ok((Body::from(body), Some(Parcel { answers, is_at_last, ..parcel })))
}

/// An upload of somebody who is signed in no more is read here, for nobody else will: what is sent by nobody is refused
/// before its first byte.
async fn open_upload(app: &App, parts: &Parts, body: Body, parcel: Parcel) -> Result<(Body, Option<Parcel>)> {
    let sent_again = parcel.path.strip_suffix(UPLOADED_AT_LAST);
    let path = sent_again.and_then(|path| path.strip_suffix(['?', '&'])).map(str::to_owned);
    let is_at_last = path.is_some();
    let parcel = Parcel { path: path.unwrap_or_else(|| parcel.path.clone()), is_at_last, ..parcel };
    if session::of_request(parts, app).await?.is_some() {
        return Ok((body, is_at_last.then_some(parcel)));
    }
    let (answers, has_files) = beside_files(Request::from_parts(parts.clone(), body)).await;
    Ok((Body::empty(), Some(Parcel { answers, has_files, ..parcel })))
}

/// What was typed beside the files of a form, as far as it arrived, and whether there were files.
async fn beside_files(request: Request) -> (Vec<(String, String)>, bool) {
    let (mut answers, mut size, mut has_files) = (Vec::new(), 0, false);
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return (answers, has_files) };
    for _ in 0..MOST_PARTS {
        let Ok(Some(field)) = form.next_field().await else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name() {
            has_files |= !file.is_empty();
            continue;
        }
        let Ok(value) = field.text().await else { break };
        size += name.len() + value.len();
        if size > LARGEST_FORM {
            break;
        }
        answers.push((name, value));
    }
    (answers, has_files)
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
    let mut answers = parcel.answers.clone();
    answers.retain(|(name, _)| name != AT_LAST);
    let secret = answers.iter().any(|(name, _)| name.contains("password"));
    let of_itself: Vec<_> =
        answers.iter().filter(|(name, _)| !parcel.is_upload || name != OF_A_FILE).cloned().collect();
    let read = typed::answers(&of_itself, &HashMap::new(), Lang::default());
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
        "insert into kept_form (token_hash, person_id, path, locked, kept_at, is_upload)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (token_hash, person_id, path) do update set locked = $4, kept_at = $5, is_upload = $6",
        hash(&token),
        person.0,
        parcel.path,
        locked,
        now,
        parcel.is_upload
    )
    .execute(&mut *app.db.conn().await?)
    .await?;
    let cookie = session::set_cookie(cookie_name(app), &token, STAYS, app.settings.https)?;
    let after = if parcel.has_files { "&after=upload" } else { "" };
    let back = Redirect::to(&format!("{page}?next=/kept{after}"));
    Ok(Some(([(header::SET_COOKIE, cookie)], back).into_response()))
}

/// A kept form that was sent again, and taken, is kept no longer.
async fn sent_at_last(app: &App, parcel: &Parcel) -> Result<Option<Response>> {
    let Some(token) = &parcel.browser else { return Ok(None) };
    if parcel.is_at_last
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
    /// It has files, or could have: they are to be chosen again.
    pub is_upload: bool,
    pub kept_at: DateTime<Utc>,
}

impl KeptForm {
    /// Where it is sent at last.
    pub fn address(&self) -> String {
        match (self.is_upload, self.path.contains('?')) {
            (false, _) => self.path.clone(),
            (true, true) => format!("{}&{UPLOADED_AT_LAST}", self.path),
            (true, false) => format!("{}?{UPLOADED_AT_LAST}", self.path),
        }
    }
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
            "select path, locked, is_upload, kept_at from kept_form
             where token_hash = $1 and person_id = $2 and kept_at > $3 order by kept_at desc, path",
            token_hash,
            person.0,
            app.clock.now() - STAYS
        )
        .fetch_all(&mut *app.db.conn().await?)
        .await?;
        let mut forms = Vec::with_capacity(rows.len());
        for row in rows {
            // nothing is left of it where its key was taken away within the day
            let Ok(answers) = app.files.vault().unlock(person.0, &row.locked) else { continue };
            let Ok(answers) = serde_json::from_slice(&answers) else { continue };
            forms.push(KeptForm { path: row.path, answers, is_upload: row.is_upload, kept_at: row.kept_at });
        }
        Ok(Kept { forms, person, token_hash, app: app.clone() })
    }
}

texts!(Text {
    signed_out: "You are signed out. What you typed is still on this page: press the button to save it, then sign in.",
        "Votre session est fermée. Ce que vous avez saisi est toujours sur cette page : choisissez le bouton pour l’enregistrer, puis connectez-vous.",
        "Su sesión ha terminado. Lo que escribió sigue en esta página: pulse el botón para guardarlo y después inicie sesión.";
});
