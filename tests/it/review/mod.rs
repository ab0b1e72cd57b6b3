//! Human Resources reviews released profiles.
mod claim;
mod decline;
mod document;
mod export;
mod pool;
mod queue;
mod read;
mod reopen;
mod request_changes;
mod unclaim;
