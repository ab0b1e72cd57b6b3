//! Human Resources reviews released profiles.
mod along;
mod bulk;
mod claim;
mod conflict;
mod decline;
mod document;
mod export;
mod pool;
mod queue;
mod read;
mod reopen;
mod request_changes;
mod sight;
mod unclaim;
mod views;
