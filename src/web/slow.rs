//! A form arrives within a time, however it trickles; a file may take as long as a request may (OWASP ASVS 5.0, 15.2.2).

use super::kept::is_of_type;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use std::io;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The largest form on a line of 20 kbit/s.
const FORM: Duration = Duration::from_secs(120);

/// Cuts off whoever takes longer.
pub async fn cut_off(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_a_form = !body.is_end_stream() && !is_of_type(&parts, "multipart/form-data");
    let body = if is_a_form { within(body, FORM) } else { body };
    next.run(Request::from_parts(parts, body)).await
}

/// A body that breaks off if its end has not come in time.
fn within(body: Body, time: Duration) -> Body {
    let until = Instant::now() + time;
    let pieces = stream::try_unfold(body.into_data_stream(), move |mut rest| async move {
        match timeout_at(until, rest.next()).await {
            Ok(Some(piece)) => Ok(Some((piece.map_err(io::Error::other)?, rest))),
            Ok(None) => Ok(None),
            Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut)),
        }
    });
    Body::from_stream(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Bytes, to_bytes};

    #[tokio::test]
    async fn what_arrives_in_time_is_read_and_what_trickles_is_cut_off() {
        let whole = within(Body::from("name=Ana"), FORM);
        assert_eq!(to_bytes(whole, 100).await.unwrap(), "name=Ana");

        let byte = |n: u32| async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Some((io::Result::Ok(Bytes::from_static(b"a")), n + 1))
        };
        let trickle = within(Body::from_stream(stream::unfold(0, byte)), Duration::from_millis(200));
        let broken = tokio::time::timeout(Duration::from_secs(10), to_bytes(trickle, 1_000_000)).await;
        assert!(broken.unwrap().is_err(), "although it is never silent for long");
    }
}
