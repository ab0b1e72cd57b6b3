//! Supervisors decide on placements.
mod approve;
mod decline;
mod interns;
mod show;
mod start;
