//! What somebody types is read by whom it is for, and not by whoever reads the log.
//!
//! People go all the way here, from registration to the end of an account, and the tests' browser remembers whatever
//! they send: addresses, every answer of every form, names and contents of files, cookies and the tokens of links. Each
//! of these is looked for in the log, as a whole and, where it is made of words, word by word.
//!
//! What counts: texts and words of [`SHORTEST`] letters or more, unless they stand in the product's own source. So the
//! codes of choices do not count, nor words that the product says itself. Identifiers (UUIDs) are taken out of the log
//! first: it may name those.

mod journey;

use crate::house;
use crate::support::world_on;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use sqlx::PgPool;
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Dispatch;
use tracing::subscriber::{DefaultGuard, NoSubscriber, set_default};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

/// Shorter ones stand in any text.
const SHORTEST: usize = 5;
/// Without a space and so long, it is a token or an address: no words are in it.
const TOKEN: usize = 20;

/// What the product logs in this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;
    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

impl Log {
    fn said(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// From now on this thread logs into it: of our own code everything, of the rest what is logged by default.
fn listen() -> (Log, (Dispatch, DefaultGuard)) {
    let log = Log::default();
    let filter = EnvFilter::new(format!("{},stagiaire=trace", stagiaire::commands::LOGGED));
    let subscriber = tracing_subscriber::fmt().without_time().with_env_filter(filter).with_ansi(false);
    // see `Reader::queries`
    let beside = Dispatch::new(NoSubscriber::default());
    let listening = set_default(subscriber.with_writer(log.clone()).finish());
    (log, (beside, listening))
}

/// Everything of these texts that has to be looked for, in lower case.
fn sought(typed: &[String], product: &str) -> BTreeSet<String> {
    let typed: BTreeSet<String> = typed.iter().map(|text| text.trim().to_lowercase()).collect();
    let words = typed.iter().filter(|text| text.contains(' ') || text.chars().count() < TOKEN);
    let words = words.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).map(str::to_owned);
    let all: BTreeSet<String> = words.chain(typed.iter().cloned()).collect();
    let counts = |text: &String| {
        text.chars().count() >= SHORTEST
            && text.contains(char::is_alphabetic)
            && Uuid::parse_str(text).is_err()
            && !product.contains(text.as_str())
    };
    all.into_iter().filter(counts).collect()
}

/// The log in lower case, without identifiers.
fn without_ids(log: &str) -> String {
    let log = log.to_lowercase();
    let (mut kept, mut rest) = (String::new(), log.as_str());
    while let Some(next) = rest.chars().next() {
        let is_one = rest.get(..36).is_some_and(|start| Uuid::parse_str(start).is_ok());
        let length = if is_one { 36 } else { next.len_utf8() };
        kept.push(if is_one { '#' } else { next });
        rest = &rest[length..];
    }
    kept
}

fn leaks(log: &str, typed: &[String], product: &str) -> Vec<String> {
    let log = without_ids(log);
    sought(typed, product).into_iter().filter(|text| log.contains(text.as_str())).collect()
}

#[sqlx::test]
async fn nothing_that_anybody_typed_is_in_the_log(db: PgPool) {
    let (log, _listening) = listen();
    let world = world_on(db, "2026-11-24").await;
    world.remember_what_is_typed();
    journey::whole(&world).await;

    let said = log.said();
    for expected in
        ["sign-in refused", "refused: not for this role", "letter not sent", "done by the calendar"]
    {
        assert!(said.contains(expected), "the log is listened to: {expected} is not in\n{said}");
    }
    let (typed, product) = (world.typed(), house::product());
    let sought = sought(&typed, &product);
    for word in journey::WORDS {
        assert!(sought.contains(word), "{word} was typed, and is looked for");
    }
    assert!(sought.len() > 200, "{sought:?}");
    let found = leaks(&said, &typed, &product);
    assert!(found.is_empty(), "{found:#?} are in the log:\n{said}");
}

#[tokio::test]
async fn what_a_handler_stumbled_on_is_not_in_the_log() {
    let (log, _listening) = listen();
    let stumbles = async || {
        let name = "Zoraida";
        name.get(..99).unwrap_or_else(|| panic!("{name} is too short"))
    };
    let layer = CatchPanicLayer::custom(stagiaire::web::error::broke_off);
    let router = Router::new().route("/", get(stumbles)).layer(layer);
    let reply = router.oneshot(Request::new(Body::empty())).await.unwrap();
    assert_eq!(reply.status(), 500);
    let said = log.said();
    assert!(said.contains("request broke off") && !said.contains("Zoraida"), "{said}");
}

#[test]
fn a_leak_is_found_however_it_looks() {
    let typed =
        ["Zoraida", "I kept a Lighthouse", "0b9e3c5a-1111-4222-8333-944455556666", "geneva", "ab", "5550199"];
    let typed = typed.map(str::to_owned);
    let leaks = |log: &str| leaks(log, &typed, "offices: geneva");
    assert_eq!(leaks("WARN who=\"ZORAIDA\""), ["zoraida"]);
    assert_eq!(leaks("text: ...kept a lighthouse"), ["lighthouse"]);
    assert_eq!(leaks("i kept a lighthouse"), ["i kept a lighthouse", "lighthouse"]);
    for harmless in ["0b9e3c5a-1111-4222-8333-944455556666 in geneva", "ab", ""] {
        assert!(leaks(harmless).is_empty(), "{harmless}");
    }
    assert_eq!(without_ids("a 0B9E3C5A-1111-4222-8333-944455556666é"), "a #é");
}
