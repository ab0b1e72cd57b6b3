//! The intern's own pages.

mod calendar;
mod evaluation;
mod extension;
mod journey;
mod show;
