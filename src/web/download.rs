//! A stored file on its way out: streamed, and saved rather than shown, whatever it holds. Only its owner may look at
//! a file in the browser, and a reviewer at one that was released, within the review page.

use super::{Error, Result};
use crate::files::{Files, Sealed};
use crate::scan::access::Access;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio_util::io::ReaderStream;

/// Whether somebody else than its owner may open a file.
///
/// # Errors
/// [`Error::NotScanned`] where the organisation wants it scanned first, [`Error::Infected`] or [`Error::Past`] if it
/// is gone.
pub fn is_open(access: Access) -> Result<()> {
    match access {
        Access::Open | Access::Unseen => Ok(()),
        Access::Waits => Err(Error::NotScanned),
        Access::Gone => Err(Error::Infected),
        Access::Past => Err(Error::Past),
    }
}

/// The file as an attachment under the name it came with. Whether the reader may have it is decided before.
///
/// # Errors
/// [`Error::Files`](super::Error::Files) if the store has lost it: something we owe, so no 404.
pub async fn attachment(
    files: &Files,
    file: &Sealed,
    media_type: &str,
    file_name: &str,
    bytes: i64,
) -> Result<Response> {
    let mut response = bare(files, file, media_type, bytes).await?;
    place(&mut response, "attachment", file_name);
    Ok(response)
}

/// The file to be looked at in the browser, for its owner.
///
/// Why this is safe: its type was told from its content, never by whoever sent it, and `nosniff` keeps the browser to
/// it, so it is never read as a page. A picture cannot act, and `sandbox` would stop it. Browsers show a PDF in a
/// viewer apart from our pages, where its scripts reach neither them nor cookies; `sandbox` would stop the viewer
/// itself, so a PDF goes without, but may load nothing. And nobody gets to see here what somebody else uploaded.
///
/// # Errors
/// As [`attachment`].
pub async fn inline(
    files: &Files,
    file: &Sealed,
    media_type: &str,
    file_name: &str,
    bytes: i64,
) -> Result<Response> {
    let mut response = bare(files, file, media_type, bytes).await?;
    place(&mut response, "inline", file_name);
    let policy = if media_type == "application/pdf" { PDF_CSP } else { PHOTO_CSP };
    let policy = HeaderValue::from_static(policy);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// The same within a page of ours, for a reviewer.
///
/// What [`inline`] says holds here too, but the file is somebody else's. So only our own pages may frame it, a picture
/// is sandboxed, and a PDF, which Chromium refuses to show in a sandbox at all, may load and send nothing: its viewer
/// runs it in a process and an origin of its own.
///
/// # Errors
/// As [`attachment`].
pub async fn framed(
    files: &Files,
    file: &Sealed,
    media_type: &str,
    file_name: &str,
    bytes: i64,
) -> Result<Response> {
    let mut response = inline(files, file, media_type, file_name, bytes).await?;
    let headers = response.headers_mut();
    let policy = if media_type == "application/pdf" { FRAMED_PDF_CSP } else { CSP };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

const CSP: &str = "sandbox; default-src 'none'";
/// Browsers style the page that a picture becomes, to fit it to the window.
const PHOTO_CSP: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
/// Chromium's viewer is a plug-in of the page that the PDF becomes, and styles that page.
const PDF_CSP: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                       form-action 'none'; frame-ancestors 'none'";
const FRAMED_PDF_CSP: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                              form-action 'none'; frame-ancestors 'self'";

async fn bare(files: &Files, file: &Sealed, media_type: &str, bytes: i64) -> Result<Response> {
    let file = files.read(file).await?;
    let mut response = typed(Body::from_stream(ReaderStream::new(file)), media_type);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
    Ok(response)
}

/// A file made for this very request, under a name of ours.
pub fn made(bytes: Vec<u8>, media_type: &str, file_name: &str) -> Response {
    let mut response = typed(Body::from(bytes), media_type);
    place(&mut response, "attachment", file_name);
    response
}

fn typed(body: Body, media_type: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(media_type).unwrap_or(unknown));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

/// A picture that the database holds, to be part of a page.
pub fn picture(jpeg: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (headers, jpeg).into_response()
}

fn place(response: &mut Response, how: &'static str, file_name: &str) {
    let unnamed = HeaderValue::from_static(how);
    let named = HeaderValue::from_str(&disposition(how, file_name)).unwrap_or(unnamed);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
}

/// The name twice (RFC 6266): plain for old programs, and in full for all others (RFC 8187).
fn disposition(how: &str, file_name: &str) -> String {
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
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_quotes_or_its_line() {
        assert_eq!(
            disposition("attachment", "CV Inés.pdf"),
            "attachment; filename=\"CV In_s.pdf\"; filename*=UTF-8''CV%20In%C3%A9s.pdf"
        );
        assert_eq!(
            disposition("attachment", "a\"; x=\r\n%41/b"),
            "attachment; filename=\"a_; x=___41_b\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%2541%2Fb"
        );
    }

    /// As browsers read `filename*` (RFC 8187).
    fn read(disposition: &str) -> String {
        let coded = disposition.rsplit_once("''").unwrap().1;
        let mut pieces = coded.split('%');
        let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
        for piece in pieces {
            bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
            bytes.extend(piece[2..].bytes());
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest::proptest! {
        #[test]
        fn every_name_is_read_as_it_is_and_ends_where_it_ends(name in ".{0,20}|[\"\\\\%/;=\r\n' a]{0,12}") {
            let written = disposition("attachment", &name);
            assert_eq!(read(&written), name);
            assert!(axum::http::HeaderValue::from_str(&written).is_ok() && written.is_ascii(), "{written:?}");
            assert_eq!((written.matches('"').count(), written.contains('\\')), (2, false), "{written:?}");
        }
    }
}
