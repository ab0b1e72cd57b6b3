//! Which language a page is in: the reader's choice, else the account's, else the browser's.

use super::App;
use crate::text::Lang;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const COOKIE: &str = "lang";
const A_YEAR: u32 = 31_536_000;

/// The choice made with the links in the masthead, kept in a cookie.
pub fn chosen(parts: &Parts) -> Option<Lang> {
    super::session::cookie(&parts.headers, COOKIE).and_then(|code| Lang::from_code(&code))
}

/// What the browser asks for.
pub fn of_browser(parts: &Parts) -> Option<Lang> {
    parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Lang::preferred)
}

/// `?lang=fr` keeps the choice and shows the same address again without it.
pub async fn choose(State(app): State<App>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_code);
    let (Some(lang), &Method::GET, false) = (asked, request.method(), uri.path().starts_with("/api/")) else {
        return next.run(request).await;
    };
    let rest: Vec<&str> =
        query.split('&').filter(|pair| !pair.starts_with("lang=") && !pair.is_empty()).collect();
    // one slash only: "//host" would leave the site, and browsers take "\\" for "/"
    let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
    let to = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
    let secure = if app.settings.https { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={}; Path=/; Max-Age={A_YEAR}; SameSite=Lax; HttpOnly{secure}", lang.code());
    match (HeaderValue::from_str(&to), HeaderValue::from_str(&cookie)) {
        (Ok(to), Ok(cookie)) => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::SET_COOKIE, cookie)]).into_response()
        }
        _ => next.run(request).await,
    }
}
