//! Human Resources proposes placements, offers them, and sees what becomes of them.
mod cancel;
mod end_early;
mod list;
mod no_show;
mod offer;
mod periods;
mod propose;
mod rescind;
mod waiver;
