//! One binary, one folder per slice, mirroring src/ and templates/.
mod accounts;
mod api;
mod application;
mod browser;
mod domain;
mod placements;
mod post;
mod profile;
mod public;
mod review;
mod supervision;
mod support;
