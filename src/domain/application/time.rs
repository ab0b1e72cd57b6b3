//! What the calendar does to an application: it ends on a day, is warned of it, and may be renewed around it.

use super::{AnyApplication, MovedOn, pool_end};
use crate::domain::eligibility::Verdict;
use crate::domain::letter::Letter;
use crate::domain::step::Step;
use chrono::{Days, NaiveDate};

/// How near the end of the pool a candidate may renew, in days before and after (`renew`).
pub const RENEWABLE_DAYS: i64 = 30;
/// How long a candidate has to answer a request for changes, in days.
pub const ANSWER_DAYS: u64 = 60;
/// How many days before the end a candidate is warned (`expire`), the first time first.
pub const WARNING_DAYS: [i64; 2] = [30, 7];

/// Why a candidate cannot stay in the pool for longer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RenewProblem {
    /// It is not in the pool, and has not left it by the calendar.
    MovedOn,
    /// The end is more than [`RENEWABLE_DAYS`] away.
    NotNow,
    /// A rule is not met any more, whatever the dates.
    NotEligible,
}

impl AnyApplication {
    /// The last day before it expires, in the two states that do.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Pooled(it) => Some(it.state.until),
            Self::ChangesRequested(it) => {
                Some(it.state.since.checked_add_days(Days::new(ANSWER_DAYS)).unwrap_or(NaiveDate::MAX))
            }
            _ => None,
        }
    }

    /// Six more months in the pool, within 30 days of its end; whoever expired without having been there cannot get
    /// there this way. `today` is the organisation's day, `verdict` that of the rules on it.
    pub fn renew(&self, today: NaiveDate, verdict: Verdict) -> Result<Step, RenewProblem> {
        let (step, end) = match self {
            Self::Pooled(it) => (it.step("renew", "pooled"), it.state.until),
            Self::Expired(it) => {
                (it.step("renew", "pooled"), it.state.pooled_until.ok_or(RenewProblem::MovedOn)?)
            }
            _ => return Err(RenewProblem::MovedOn),
        };
        if (end - today).num_days().abs() > RENEWABLE_DAYS {
            return Err(RenewProblem::NotNow);
        }
        if verdict == Verdict::NotEligible {
            return Err(RenewProblem::NotEligible);
        }
        let facts = serde_json::json!({ "verdict": verdict.code() });
        Ok(step.with(facts).until(pool_end(end.max(today))).tell(self.candidate(), Letter::Renewed))
    }

    /// By the system, once the last day is over.
    pub fn expire(&self, today: NaiveDate) -> Result<Step, MovedOn> {
        let step = match self {
            Self::Pooled(it) => it.step("expire", "expired"),
            Self::ChangesRequested(it) => it.step("expire", "expired"),
            _ => return Err(MovedOn),
        };
        match self.last_day() {
            Some(last) if last < today => Ok(step.tell(self.candidate(), Letter::Expired)),
            _ => Err(MovedOn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::application::{Facts, State};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::default() + chrono::TimeDelta::days(n)
    }

    /// Asked for changes on the day `since`, or in the pool until `until`.
    fn case(state: State, since: i64, until: Option<i64>) -> AnyApplication {
        AnyApplication::from_facts(Facts {
            id: Uuid::nil().into(),
            candidate: Uuid::nil().into(),
            version: 4,
            state,
            since: day(since),
            reviewer: None,
            pooled_until: until.map(day),
        })
        .unwrap()
    }

    #[test]
    fn it_expires_the_day_after_its_last() {
        for (case, today, expires) in [
            (case(State::Pooled, 0, Some(180)), 180, false),
            (case(State::Pooled, 0, Some(180)), 181, true),
            (case(State::ChangesRequested, 100, None), 160, false),
            (case(State::ChangesRequested, 100, None), 161, true),
            (case(State::ChangesRequested, 100, Some(120)), 130, false),
            (case(State::Released, 0, Some(1)), 400, false),
            (case(State::Expired, 0, Some(1)), 400, false),
        ] {
            assert_eq!(case.expire(day(today)).is_ok(), expires, "{case:?} on {today}");
        }
    }

    #[test]
    fn it_is_renewed_around_its_end_and_nowhere_else() {
        use RenewProblem::{MovedOn, NotEligible, NotNow};
        for (case, today, verdict, outcome) in [
            (case(State::Pooled, 0, Some(180)), 149, Verdict::Eligible, Err(NotNow)),
            (case(State::Pooled, 0, Some(180)), 150, Verdict::Eligible, Ok(180)),
            (case(State::Pooled, 0, Some(180)), 180, Verdict::OtherDates, Ok(180)),
            (case(State::Pooled, 0, Some(180)), 180, Verdict::NotEligible, Err(NotEligible)),
            (case(State::Expired, 181, Some(180)), 200, Verdict::NeedsReview, Ok(200)),
            (case(State::Expired, 181, Some(180)), 210, Verdict::NeedsInformation, Ok(210)),
            (case(State::Expired, 181, Some(180)), 211, Verdict::Eligible, Err(NotNow)),
            // it expired because a request for changes was not answered: a review comes first
            (case(State::Expired, 181, None), 181, Verdict::Eligible, Err(MovedOn)),
            (case(State::Withdrawn, 181, Some(180)), 181, Verdict::Eligible, Err(MovedOn)),
            (case(State::Placed, 181, Some(180)), 181, Verdict::Eligible, Err(MovedOn)),
        ] {
            let until = case.renew(day(today), verdict).map(|step| step.effects.pooled_until);
            assert_eq!(until, outcome.map(|from| Some(pool_end(day(from)))), "{case:?} on {today}");
        }
    }

    proptest! {
        #[test]
        fn nobody_loses_a_day_by_renewing(until in -2000i64..2000, today in -2000i64..2000) {
            for state in [State::Pooled, State::Expired] {
                if let Ok(step) = case(state, 0, Some(until)).renew(day(today), Verdict::Eligible) {
                    let renewed = step.effects.pooled_until.unwrap();
                    prop_assert!(renewed > day(until) && renewed > day(today));
                    prop_assert!((until - today).abs() <= RENEWABLE_DAYS);
                }
            }
        }

        #[test]
        fn what_expires_today_would_have_expired_on_every_later_day(until in -500i64..500, today in -500i64..500, more in 0i64..500) {
            for case in [case(State::Pooled, 0, Some(until)), case(State::ChangesRequested, until, None)] {
                prop_assert!(case.expire(day(today)).is_err() || case.expire(day(today + more)).is_ok());
            }
        }
    }
}
