//! Supervisors decide on placements.
mod approve;
mod decline;
mod show;
mod start;
