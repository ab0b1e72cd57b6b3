//! Which day it is: the organisation's, wherever its people are.

use super::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

impl<R> Tx<R> {
    /// The organisation's day.
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now())
    }

    /// The organisation's day of a moment.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The organisation's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }
}
