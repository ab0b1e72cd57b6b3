//! Human Resources proposes placements.
mod cancel;
mod list;
mod offer;
mod propose;
mod rescind;
