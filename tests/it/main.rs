//! One binary, one folder per slice, mirroring src/ and templates/.
mod accounts;
mod domain;
mod post;
mod profile;
mod support;
