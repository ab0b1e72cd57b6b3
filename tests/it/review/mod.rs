//! Human Resources reviews released profiles.
mod read;
