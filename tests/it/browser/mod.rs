//! The main journeys in a real browser, every page of them checked for accessibility.
mod autosave;
mod chromium;
mod documents;
mod journey;
mod messages;
mod openings;
mod organisation;
mod pages;
mod passkeys;
mod public;
mod review;
mod walk;
mod without_scripts;
