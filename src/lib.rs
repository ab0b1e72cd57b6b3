//! Stagiaire: candidates release profiles, Human Resources reviews them, supervisors approve placements.
//! Read the modules from top to bottom and you have read the product.

pub mod domain; // what is true whatever the screen looks like; pure

pub mod absences; // supervisor and intern: days away
pub mod account; // anybody with an account: what they do with it
pub mod accounts; // who somebody is
pub mod administration; // administrator: people, offices, policies, texts
pub mod application; // candidate: where it stands, take it back
pub mod direction; // the director: waivers of the allowance
pub mod home; // everybody who works here: what needs them now
pub mod internship; // candidate: the internship, from its preparation to its certificate
pub mod interviews; // supervisor and candidate: talk before an offer
pub mod matching; // HR: who in the pool fits
pub mod messages; // candidate and HR: one thread about an application
pub mod offer; // candidate: accept, refuse, ask for other dates
pub mod onboarding; // candidate: what the first day needs; HR and the medical officer check it
pub mod openings; // HR: announce; anybody: find
pub mod placements; // HR: propose, offer, call off
pub mod profile; // candidate: fill in, release
pub mod public; // anybody: the programme, the self-check
pub mod reports; // HR and its director: how the programme goes
pub mod review; // HR: queue, claim, read, decide
pub mod supervision; // supervisor: approve, decline

pub mod record; // administrator and HR: who did what, and that nobody has changed it

pub mod api; // public questions about the rules

pub mod post; // letters

pub mod erasure; // people are forgotten
pub mod jobs; // what happens by the calendar
pub mod sweep; // what has had its time goes

pub mod commands; // what the binary does when told
pub mod seed; // applications by the thousand, made up
pub mod tryout; // demonstration people

pub mod explain; // decisions and answers in words
pub mod health; // for supervisors of processes

pub mod carried; // what the self-check was told, for a new account
pub mod cases; // cases that move together
pub mod clock; // the only place that asks what time it is
pub mod config; // the only place that reads the environment
pub mod consents; // what people agreed to
pub mod database; // the only place that starts and migrates PostgreSQL
pub mod db; // the only place that holds the pool
pub mod deputies; // who stands in for whom
pub mod disarm; // PDFs without what they do by themselves
pub mod factors; // the only place that knows second factors
pub mod files; // the only place that keeps files
pub mod foretold; // a letter before it leaves
pub mod offer_letter; // what was offered, on paper, for both sides
pub mod offices; // duty stations
pub mod papers; // what an intern has shown
pub mod passwords; // the only place that hashes passwords
pub mod pdf; // papers, typeset
pub mod photo; // photos from phones: upright, without places, not too large
pub mod policies; // the policy in force
pub mod provider; // the only place that talks to the organisation's identity provider
pub mod reasons; // why a profile is not selected
pub mod reference; // countries, languages, areas of work
pub mod retention; // how long what is kept, and legal holds
pub mod scan; // the only place that talks to the malware scanner
pub mod sheets; // tables as CSV and XLSX
pub mod sight; // who in Human Resources may see an application
pub mod staff; // who works here
pub mod system; // the product itself, as an actor
pub mod text; // the only place that knows languages
pub mod underway; // a placement that is agreed, for its three sides
pub mod vault; // the only place that knows the keys that lock others
pub mod waivers; // waivers of the allowance, for everybody who reads of one
pub mod web; // the only place that knows HTTP
pub mod words; // what a search finds an application by

use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::map_request_body::MapRequestBodyLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// A request takes no longer, whatever it waits for: ten mebibytes on a line of 100 kbit/s. What it asks of the
/// database is stopped much earlier, by the database.
const LONGEST_REQUEST: Duration = Duration::from_secs(15 * 60);
/// A line that says nothing for so long is dead.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);

/// The whole product as one router.
pub fn app(app: web::App) -> axum::Router {
    routes()
        .layer(from_fn_with_state(app.clone(), web::kept::catch))
        .layer(DefaultBodyLimit::max(256 * 1024))
        .layer(from_fn(web::slow::cut_off))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(web::error::broke_off))
        .layer(from_fn_with_state(app.clone(), web::language::choose))
        .layer(from_fn_with_state(app.clone(), web::error::dress))
        .layer(from_fn_with_state(app.clone(), web::headers::secure))
        .layer(CompressionLayer::new())
        .layer((RequestBodyTimeoutLayer::new(LONGEST_SILENCE), MapRequestBodyLayer::new(Body::new)))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .with_state(app)
}

fn routes() -> axum::Router<web::App> {
    axum::Router::new()
        .merge(web::assets::routes())
        .merge(health::routes())
        .merge(api::routes())
        .merge(public::routes())
        .merge(accounts::routes())
        .merge(account::routes())
        .merge(profile::routes())
        .merge(application::routes())
        .merge(home::routes())
        .merge(absences::routes())
        .merge(internship::routes())
        .merge(interviews::routes())
        .merge(messages::routes())
        .merge(review::routes())
        .merge(placements::routes())
        .merge(openings::routes())
        .merge(reports::routes())
        .merge(matching::routes())
        .merge(offer::routes())
        .merge(onboarding::routes())
        .merge(supervision::routes())
        .merge(direction::routes())
        .merge(administration::routes())
        .merge(record::routes())
        .merge(post::routes())
}

#[cfg(test)]
mod spoilt; // valid input with faults in it
