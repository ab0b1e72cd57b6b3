//! Takes connections and gives them up again: whoever sends or reads too slowly is cut off, and no more are open at
//! once than the machine can hold (OWASP ASVS 5.0, 15.2.2).

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use socket2::SockRef;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::util::ServiceExt;

/// What a connection may cost.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The head of a request is here within this time, counted from the end of the answer before it.
    pub head: Duration,
    /// Something of an answer is taken within this time; while it trickles, it may take as long as a request may.
    pub answer: Duration,
    /// So many connections are open at once; the next ones wait in the system's queue.
    pub connections: usize,
    /// One address may hold so many of them, and is hung up on beyond: a proxy needs them all.
    pub from_one: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            answer: Duration::from_secs(60),
            connections: 4096,
            from_one: 1024,
        }
    }
}

/// A request's head is no larger: what a browser sends with our cookies is a tenth of it.
const LARGEST_HEAD: usize = 32 * 1024;
const MOST_HEADERS: usize = 64;
/// Out of file descriptors, say: nothing is gained by asking again at once.
const REST: Duration = Duration::from_secs(1);

/// Answers requests until `stop`, then finishes those in flight.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
) {
    let turns = Arc::new(Semaphore::new(patience.connections));
    let guests = Guests::default();
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            // the semaphore is never closed
            let turn = turns.clone().acquire_owned().await.ok();
            (turn, listener.accept().await)
        };
        let (turn, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        let Some(place) = guests.admit(peer.ip(), patience.from_one) else { continue };
        be_quick(&stream, patience);
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .max_header_size(LARGEST_HEAD)
            .max_headers(MOST_HEADERS)
            .serve_connection(TokioIo::new(stream), service);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // whoever hangs up in the middle, or is cut off, has only harmed themselves
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((turn, place));
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// How many connections each address holds.
#[derive(Clone, Default)]
struct Guests(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One of them; let go when dropped.
struct Place(Guests, IpAddr);

impl Guests {
    /// `None`: there are as many from this address as there may be.
    fn admit(&self, address: IpAddr, most: usize) -> Option<Place> {
        let mut held = self.held();
        let n = held.entry(address).or_default();
        (*n < most).then(|| {
            *n += 1;
            Place(self.clone(), address)
        })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.0.held();
        match held.get_mut(&self.1) {
            Some(n) if *n > 1 => *n -= 1,
            _ => {
                held.remove(&self.1);
            }
        }
    }
}

/// Small answers leave at once, and what nobody takes does not wait for ever.
fn be_quick(stream: &TcpStream, patience: Patience) {
    let told = stream
        .set_nodelay(true)
        .and_then(|()| SockRef::from(stream).set_tcp_user_timeout(Some(patience.answer)));
    if let Err(error) = told {
        tracing::debug!(%error, "a connection keeps the system's habits");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    async fn served(patience: Patience) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, told) = oneshot::channel();
        let router = Router::new().route("/", axum::routing::get(async || "here"));
        let stop = async { told.await.unwrap_or(()) };
        (address, tell, tokio::spawn(serve(listener, router, patience, stop)))
    }

    async fn rest(stream: &mut TcpStream) -> String {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn half_a_request_does_not_hold_a_connection() {
        let quick = Patience { head: Duration::from_millis(200), ..Patience::default() };
        let (address, _stop, _server) = served(quick).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
        assert!(!rest(&mut slow).await.contains("200 OK"));
    }

    #[tokio::test]
    async fn who_waits_for_a_place_is_answered_when_another_leaves() {
        let (address, _stop, _server) = served(Patience { connections: 1, ..Patience::default() }).await;
        let first = TcpStream::connect(address).await.unwrap();
        let mut second = TcpStream::connect(address).await.unwrap();
        second.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut byte = [0; 1];
        let early = tokio::time::timeout(Duration::from_millis(200), second.read(&mut byte)).await;
        assert!(early.is_err(), "answered beside the first");
        drop(first);
        assert!(rest(&mut second).await.ends_with("here"));
    }

    #[tokio::test]
    async fn one_address_holds_no_more_than_its_share() {
        let (address, _stop, _server) = served(Patience { from_one: 1, ..Patience::default() }).await;
        let first = TcpStream::connect(address).await.unwrap();
        let mut second = TcpStream::connect(address).await.unwrap();
        assert_eq!(second.read(&mut [0; 1]).await.unwrap_or_default(), 0, "hung up on");
        drop(first);
        let get = async || {
            let mut third = TcpStream::connect(address).await.unwrap();
            third.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.ok()?;
            let mut answer = String::new();
            third.read_to_string(&mut answer).await.ok()?;
            answer.ends_with("here").then_some(())
        };
        let again = async {
            while get().await.is_none() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), again).await.expect("its place is free again");
    }

    #[tokio::test]
    async fn a_request_in_flight_is_finished_before_the_server_stops() {
        let (address, stop, server) = served(Patience::default()).await;
        let mut late = TcpStream::connect(address).await.unwrap();
        late.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let mut start = [0; 12];
        late.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
        stop.send(()).unwrap();
        server.await.unwrap();
        assert!(rest(&mut late).await.ends_with("here"));
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn too_large_a_head_is_refused() {
        let (address, _stop, _server) = served(Patience::default()).await;
        let mut large = TcpStream::connect(address).await.unwrap();
        let head = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(2 * LARGEST_HEAD));
        large.write_all(head.as_bytes()).await.unwrap();
        let answer = rest(&mut large).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}
