#![expect(clippy::disallowed_types, reason = "wraps axum::extract::Path")]

use super::Error;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// `axum::extract::Path`, answering nonsense with our own 404. No name of ours holds a NUL, and the database takes none.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if parts.uri.path().contains("%00") {
            return Err(Error::NotFound);
        }
        let axum::extract::Path(named) = axum::extract::Path::from_request_parts(parts, state).await?;
        Ok(Path(named))
    }
}
