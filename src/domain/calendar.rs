// stub by the lead, to be overwritten
use chrono::{Months, NaiveDate};
pub fn months_later(d: NaiveDate, m: u32) -> NaiveDate {
    d.checked_add_months(Months::new(m)).unwrap_or(d)
}
