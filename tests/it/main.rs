//! One binary, one folder per slice, mirroring src/ and templates/.
mod accounts;
mod api;
mod domain;
mod post;
mod profile;
mod support;
