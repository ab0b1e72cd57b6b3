//! The main journeys in a real browser, every page of them checked for accessibility.
mod autosave;
mod chromium;
mod documents;
mod journey;
mod openings;
mod messages;
mod public;
mod review;
