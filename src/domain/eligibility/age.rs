//! Age: 19th birthday ≤ start < 37th birthday. Turning 37 later is fine.

use super::super::calendar::{Windows, birthday};
use super::{Facts, Graded, Outcome, Policy, Reason, Rule, RuleResult};
use chrono::{Datelike, NaiveDate};

pub(super) fn days(policy: &Policy, facts: &Facts, any_day: &Windows) -> Graded {
    match facts.date_of_birth {
        None => Graded::on(any_day, Outcome::NeedsInformation),
        Some(born) => {
            let first = birthday(born, policy.from_age);
            let last = birthday(born, policy.below_age).pred_opt();
            Graded::on(&Windows::between(first, last).intersect(any_day), Outcome::Met)
        }
    }
}

pub(super) fn judge(policy: &Policy, facts: &Facts, released: NaiveDate, start: NaiveDate) -> RuleResult {
    let outcome = days(policy, facts, &Windows::between(released, None)).outcome(start);
    let reason = match facts.date_of_birth {
        None => Reason::AgeUnknown,
        Some(born) => {
            let (first, end) = (birthday(born, policy.from_age), birthday(born, policy.below_age));
            match end.pred_opt() {
                _ if start < first => Reason::AgeTooYoung { from: first, needed: policy.from_age },
                Some(last) if start >= end => Reason::AgeTooOld { last, limit: policy.below_age - 1 },
                _ => Reason::AgeInRange { age: age_on(born, start) },
            }
        }
    };
    RuleResult { rule: Rule::Age, outcome, reason, tracks: Vec::new() }
}

fn age_on(born: NaiveDate, day: NaiveDate) -> u32 {
    let years = u32::try_from(day.year() - born.year()).unwrap_or(0);
    if birthday(born, years) <= day { years } else { years.saturating_sub(1) }
}
