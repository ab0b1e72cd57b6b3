//! The public API: stateless questions about the rules, answered in JSON. Nothing is stored.

pub mod eligibility;
pub mod parse;
pub mod terms;

use crate::policies;
use crate::text::{Lang, Say, texts};
use crate::web::{Anyone, App, Error, Result};
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::post};
use parse::Fault;
use serde_json::{Value, json};

/// Questions of one address in a minute: more than a person or a page asks, and enough for a class behind one line.
/// Whoever tries the product out may ask as much as they like.
const QUESTIONS_A_MINUTE: i32 = 1200;

/// Larger requests are answered with 413.
const LARGEST_REQUEST: usize = 64 * 1024;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/eligibility", post(eligibility_of))
        .route("/api/v1/terms", post(terms_of))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
}

async fn may_ask(anyone: &Anyone) -> Result<()> {
    let what = format!("questions from {}", anyone.address);
    match anyone.settings().try_out || anyone.may_try(&what, QUESTIONS_A_MINUTE, 60).await? {
        true => Ok(()),
        false => Err(Error::TooMany),
    }
}

async fn eligibility_of(
    anyone: Anyone,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response> {
    may_ask(&anyone).await?;
    let lang = language(&headers);
    let request = match read(body, lang) {
        Ok(request) => request,
        Err(problem) => return Ok(*problem),
    };
    let mut tx = anyone.begin().await?;
    let today = tx.today();
    let question = match eligibility::parse(&request, today) {
        Ok(question) => question,
        Err(faults) => return Ok(unprocessable(&faults, lang)),
    };
    let policy = policies::in_force(&mut tx, today).await?;
    let assessment = policy.eligibility.assess(&question);
    Ok(answer(&eligibility::answer(&policy.id, policy.effective_from, &assessment, lang), lang))
}

async fn terms_of(
    anyone: Anyone,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response> {
    may_ask(&anyone).await?;
    let lang = language(&headers);
    let request = match read(body, lang) {
        Ok(request) => request,
        Err(problem) => return Ok(*problem),
    };
    let proposal = match terms::parse(&request) {
        Ok(proposal) => proposal,
        Err(faults) => return Ok(unprocessable(&faults, lang)),
    };
    let mut tx = anyone.begin().await?;
    let today = tx.today();
    let policy = policies::in_force(&mut tx, today).await?;
    Ok(answer(&terms::answer(&policy.terms.terms(&proposal)), lang))
}

/// Programs say their language with every request; a cookie is not asked.
fn language(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .and_then(Lang::preferred)
        .unwrap_or_default()
}

fn read(body: Result<Bytes, BytesRejection>, lang: Lang) -> Result<Value, Box<Response>> {
    let t = Words(lang);
    let refuse = |status, title: String| Box::new(problem(status, &title, &[], lang));
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => refuse(StatusCode::PAYLOAD_TOO_LARGE, t.too_large()),
        status => refuse(status, t.malformed()),
    })?;
    serde_json::from_slice(&body).map_err(|_| refuse(StatusCode::BAD_REQUEST, t.malformed()))
}

fn answer(value: &Value, lang: Lang) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_LANGUAGE, lang.code())];
    (headers, value.to_string()).into_response()
}

fn unprocessable(faults: &[Fault], lang: Lang) -> Response {
    problem(StatusCode::UNPROCESSABLE_ENTITY, &Words(lang).faulty(), faults, lang)
}

/// A problem document (RFC 9457) that lists every faulty field by JSON Pointer.
fn problem(status: StatusCode, title: &str, faults: &[Fault], lang: Lang) -> Response {
    let errors: Vec<Value> = faults
        .iter()
        .map(|fault| json!({ "pointer": fault.pointer, "code": fault.kind.code(), "message": fault.say(lang) }))
        .collect();
    let mut document = json!({ "type": "about:blank", "title": title, "status": status.as_u16() });
    if !errors.is_empty() {
        document["errors"] = json!(errors);
    }
    let headers =
        [(header::CONTENT_TYPE, "application/problem+json"), (header::CONTENT_LANGUAGE, lang.code())];
    (status, headers, document.to_string()).into_response()
}

texts!(Words {
    malformed: "The request is not well-formed JSON", "La requête n’est pas du JSON bien formé", "La solicitud no es JSON bien formado";
    too_large: "The request is larger than 64 KiB", "La requête dépasse 64 Kio", "La solicitud supera los 64 KiB";
    faulty: "Some fields cannot be used as they are", "Certains champs ne peuvent pas être utilisés tels quels",
        "Algunos campos no se pueden usar tal como están";
});
