//! Human Resources proposes placements.
mod list;
mod propose;
