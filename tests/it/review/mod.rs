//! Human Resources reviews released profiles.
mod decline;
mod pool;
mod read;
mod reopen;
mod request_changes;
