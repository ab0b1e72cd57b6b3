//! The stylesheet, the scripts and the icon: served from memory, under a name that holds their content.

use super::App;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const FOREVER: &str = "public, max-age=31536000, immutable";

const CSS: &str = include_str!("../../static/stagiaire.css");
const SCRIPT: &str = include_str!("../../static/stagiaire.js");
const UPLOAD_JS: &str = include_str!("../../static/upload.js");
const PASSKEY_JS: &str = include_str!("../../static/passkey.js");
const ICON: &str = include_str!("../../static/favicon.svg");

/// The address of the stylesheet; changes with its content.
pub static CSS_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/static/stagiaire.{}.css", fingerprint(CSS)));

/// The address of the script, which no page needs.
pub static SCRIPT_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/static/stagiaire.{}.js", fingerprint(SCRIPT)));

/// The address of the script that shows how far an upload is.
pub static UPLOAD_JS_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/static/upload.{}.js", fingerprint(UPLOAD_JS)));

/// The address of the script that asks the browser for a passkey.
pub static PASSKEY_JS_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/static/passkey.{}.js", fingerprint(PASSKEY_JS)));

fn fingerprint(content: &str) -> String {
    Sha256::digest(content).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

pub fn routes() -> Router<App> {
    Router::new()
        .route(&CSS_PATH, get(css))
        .route(&SCRIPT_PATH, get(script))
        .route(&UPLOAD_JS_PATH, get(upload_js))
        .route(&PASSKEY_JS_PATH, get(passkey_js))
        .route("/favicon.svg", get(icon))
}

async fn css() -> Response {
    file("text/css; charset=utf-8", FOREVER, CSS)
}

async fn script() -> Response {
    file("text/javascript; charset=utf-8", FOREVER, SCRIPT)
}

async fn upload_js() -> Response {
    file("text/javascript; charset=utf-8", FOREVER, UPLOAD_JS)
}

async fn passkey_js() -> Response {
    file("text/javascript; charset=utf-8", FOREVER, PASSKEY_JS)
}

async fn icon() -> Response {
    file("image/svg+xml", "public, max-age=86400", ICON)
}

fn file(kind: &'static str, cache: &'static str, content: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)];
    (headers.map(|(name, value)| (name, HeaderValue::from_static(value))), content).into_response()
}
