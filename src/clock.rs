//! The only place that asks what time it is.

use chrono::{DateTime, Utc};

/// Time is a value we are handed, never a fact we look up.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    System,
    /// For tests: one frozen moment.
    Stopped(DateTime<Utc>),
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Stopped(at) => *at,
        }
    }
}
