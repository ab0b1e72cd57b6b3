//! A stored file on its way out: streamed, always saved and never shown, whatever it holds.

use super::Result;
use crate::files::Files;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

/// The file as an attachment under the name it came with. Whether the reader may have it is decided before.
///
/// # Errors
/// [`Error::Files`](super::Error::Files) if the store has lost it: something we owe, so no 404.
pub async fn attachment(
    files: &Files,
    id: Uuid,
    media_type: &str,
    file_name: &str,
    bytes: i64,
) -> Result<Response> {
    let file = files.read(id).await?;
    let mut response = Body::from_stream(ReaderStream::new(file)).into_response();
    let headers = response.headers_mut();
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(media_type).unwrap_or(unknown));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
    let unnamed = HeaderValue::from_static("attachment");
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition(file_name)).unwrap_or(unnamed),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let sandbox = HeaderValue::from_static("sandbox; default-src 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, sandbox);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// The name twice (RFC 6266): plain for old programs, and in full for all others (RFC 8187).
fn disposition(file_name: &str) -> String {
    let plain: String = file_name
        .chars()
        .map(|c| match c {
            ' '..='~' if !matches!(c, '"' | '\\' | '%' | '/') => c,
            _ => '_',
        })
        .collect();
    let full: String = file_name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_quotes_or_its_line() {
        assert_eq!(
            disposition("CV Inés.pdf"),
            "attachment; filename=\"CV In_s.pdf\"; filename*=UTF-8''CV%20In%C3%A9s.pdf"
        );
        assert_eq!(
            disposition("a\"; x=\r\n%41/b"),
            "attachment; filename=\"a_; x=___41_b\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%2541%2Fb"
        );
    }
}
