//! Human Resources proposes placements.
mod cancel;
mod list;
mod offer;
mod end_early;
mod list;
mod no_show;
mod propose;
mod rescind;
