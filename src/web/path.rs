#![expect(clippy::disallowed_types, reason = "wraps axum::extract::Path")]

use super::Error;

/// `axum::extract::Path`, answering nonsense with our own 404.
#[derive(axum::extract::FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Error))]
pub struct Path<T>(pub T);
