//! One binary, one folder per slice, mirroring src/ and templates/.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_types,
    reason = "a test that cannot go on fails; only tests hold the pool"
)]

mod absences;
mod access;
mod account;
mod accounts;
mod administration;
mod api;
mod application;
mod browser;
mod commands;
mod database;
mod device;
mod direction;
mod domain;
mod home;
mod hostile;
mod house;
mod identity_provider;
mod internship;
mod interviews;
mod invariants;
mod jobs;
mod killed;
mod matching;
mod messages;
mod model;
mod moments;
mod offer;
mod onboarding;
mod openings;
mod pages;
mod placements;
mod post;
mod profile;
mod public;
mod questions;
mod races;
mod record;
mod reports;
mod retention;
mod review;
#[path = "../../src/spoilt.rs"]
mod spoilt;
mod supervision;
mod support;
mod sweep;
mod weight;
mod whole;
