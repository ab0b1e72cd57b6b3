//! Which language a page is in: the reader's choice, else the account's, else the browser's.

use super::App;
use crate::text::Lang;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const COOKIE: &str = "lang";
const A_YEAR: u32 = 31_536_000;

/// The choice made in the masthead: with this very request, or kept in a cookie.
pub fn chosen(parts: &Parts) -> Option<Lang> {
    let kept = || super::session::cookie(&parts.headers, COOKIE).and_then(|code| Lang::from_code(&code));
    asked(parts.uri.query()).or_else(kept)
}

/// `lang=fr` of an address.
fn asked(query: Option<&str>) -> Option<Lang> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_code)
}

/// What the browser asks for.
pub fn of_browser(parts: &Parts) -> Option<Lang> {
    parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Lang::preferred)
}

/// `?lang=fr` keeps the choice. A page is shown again at its address without it; a form that was sent there, because
/// the page holds what no address may, is answered in that language.
pub async fn choose(State(app): State<App>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    let (Some(lang), false) = (asked(uri.query()), uri.path().starts_with("/api/")) else {
        return next.run(request).await;
    };
    let secure = if app.settings.https { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={}; Path=/; Max-Age={A_YEAR}; SameSite=Lax; HttpOnly{secure}", lang.code());
    let Ok(cookie) = HeaderValue::from_str(&cookie) else { return next.run(request).await };
    if request.method() != Method::GET {
        let mut response = next.run(request).await;
        response.headers_mut().append(header::SET_COOKIE, cookie);
        return response;
    }
    let rest: Vec<&str> =
        query.split('&').filter(|pair| !pair.starts_with("lang=") && !pair.is_empty()).collect();
    // one slash only: "//host" would leave the site, and browsers take "\\" for "/"
    let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
    let to = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
    match HeaderValue::from_str(&to) {
        Ok(to) => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::SET_COOKIE, cookie)]).into_response()
        }
        Err(_) => next.run(request).await,
    }
}
