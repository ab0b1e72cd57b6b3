//! The monthly subsistence allowance (MSA): thirtieths of a rate, less what others pay for living costs.

use super::{Code, Stay};
use crate::domain::calendar::months_later;
use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// What is known about the money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// The duty station's rate per month.
    pub monthly_rate: Decimal,
    /// ISO 4217.
    pub currency: Option<String>,
    pub deductions: Deductions,
    pub waiver: Option<Waiver>,
}

/// What leaves less than the rate, or nothing of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Deductions {
    pub mode: Mode,
    /// The university's agreement with the organisation leaves the internship without MSA.
    pub agreement: bool,
    /// Other living-cost funding; tuition is none.
    pub funding: Vec<Funding>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    TopUp,
    /// An office's override: any funding brings every month to zero.
    AllOrNothing,
}

impl Mode {
    pub const ALL: [Mode; 2] = [Mode::TopUp, Mode::AllOrNothing];

    /// As `terms.md` and the database write it.
    pub fn code(self) -> &'static str {
        match self {
            Mode::TopUp => "top_up",
            Mode::AllOrNothing => "all_or_nothing",
        }
    }

    pub fn from_code(code: &str) -> Option<Mode> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// Both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Funding {
    pub monthly: Decimal,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    /// The role of who signed it.
    pub role: String,
    pub signed_on: NaiveDate,
}

/// In the order in which they are tested.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowanceDecision {
    Waived,
    Agreement,
    Full,
    None,
    TopUp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MonthAmount {
    /// `2026-09`
    pub month: String,
    /// 30 for a whole month, else the days inside, 30 at most.
    pub thirtieths: u32,
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AllowanceTerms {
    pub decision: AllowanceDecision,
    pub schedule: Vec<MonthAmount>,
    /// The sum of the rounded months.
    #[serde(with = "rust_decimal::serde::str")]
    pub total: Decimal,
}

impl AllowanceTerms {
    /// The allowance when the first or the last day moves after the offer. `anew` is worked out at the rates alone, and
    /// stands where they alone decided. What was set off or waived in the offer goes on: months keep their amounts, and
    /// others are paid like the last month agreed, by the thirtieth.
    pub fn carried_to(&self, anew: AllowanceTerms) -> AllowanceTerms {
        if self.decision == AllowanceDecision::Full {
            return anew;
        }
        let per_thirtieth =
            self.schedule.last().map_or(Decimal::ZERO, |m| m.amount / Decimal::from(m.thirtieths.max(1)));
        let carry = |month: MonthAmount| {
            let agreed =
                self.schedule.iter().find(|m| m.month == month.month && m.thirtieths == month.thirtieths);
            match agreed {
                Some(agreed) => agreed.clone(),
                None => {
                    MonthAmount { amount: cents(per_thirtieth * Decimal::from(month.thirtieths)), ..month }
                }
            }
        };
        let schedule: Vec<MonthAmount> = anew.schedule.into_iter().map(carry).collect();
        let total = cents(schedule.iter().map(|month| month.amount).sum());
        AllowanceTerms { decision: self.decision, schedule, total }
    }
}

const THIRTY: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

impl Allowance {
    pub(super) fn terms(&self, stay: Stay, local: bool, offered_on: Option<NaiveDate>) -> AllowanceTerms {
        let waived = self.waiver.as_ref().is_some_and(|waiver| waiver.faults(local, offered_on).is_empty());
        let Deductions { mode, agreement, funding } = &self.deductions;
        let funded = funding.iter().any(|f| f.monthly > Decimal::ZERO && thirtieths_of(f, stay) > 0);
        let nothing = waived || *agreement || (*mode == Mode::AllOrNothing && funded);
        let schedule: Vec<MonthAmount> = months(stay)
            .into_iter()
            .map(|month| {
                let amount = if nothing { Decimal::ZERO } else { self.amount(stay, month) };
                MonthAmount {
                    month: format!("{:04}-{:02}", month.year(), month.month()),
                    thirtieths: thirtieths(month, stay),
                    amount: cents(amount),
                }
            })
            .collect();
        let total = cents(schedule.iter().map(|month| month.amount).sum());
        let decision = match () {
            () if waived => AllowanceDecision::Waived,
            () if *agreement => AllowanceDecision::Agreement,
            () if !funded => AllowanceDecision::Full,
            () if total == Decimal::ZERO => AllowanceDecision::None,
            () => AllowanceDecision::TopUp,
        };
        AllowanceTerms { decision, schedule, total }
    }

    /// Gross less support for one month, never below zero. Divided once, at the end, so that halves stay exact.
    fn amount(&self, stay: Stay, month: NaiveDate) -> Decimal {
        let gross = self.monthly_rate * Decimal::from(thirtieths(month, stay));
        let support: Decimal = self
            .deductions
            .funding
            .iter()
            .filter_map(|f| {
                let both = Stay { start: f.from.max(stay.start), end: f.to.min(stay.end) };
                (both.start <= both.end).then(|| f.monthly * Decimal::from(thirtieths(month, both)))
            })
            .sum();
        ((gross - support) / THIRTY).max(Decimal::ZERO)
    }
}

impl Waiver {
    /// Only the Director of Human Resources, only for a local intern, only up to the day of the offer.
    pub(super) fn faults(&self, local: bool, offered_on: Option<NaiveDate>) -> Vec<Code> {
        let mut faults = Vec::new();
        if self.role != "hr_director" {
            faults.push(Code::WaiverNotDirector);
        }
        if !local {
            faults.push(Code::WaiverNotLocal);
        }
        if offered_on.is_some_and(|day| self.signed_on > day) {
            faults.push(Code::WaiverAfterOffer);
        }
        faults
    }
}

/// The first day of each calendar month that the stay touches.
fn months(stay: Stay) -> Vec<NaiveDate> {
    let mut months = Vec::new();
    let mut month = stay.start.with_day(1).unwrap_or(stay.start);
    while month <= stay.end {
        months.push(month);
        month = months_later(month, 1);
    }
    months
}

/// How much of a calendar month, given by its first day, lies in a stay.
fn thirtieths(month: NaiveDate, stay: Stay) -> u32 {
    let last = months_later(month, 1).pred_opt().unwrap_or(month);
    if stay.start <= month && last <= stay.end {
        return 30;
    }
    let days = (last.min(stay.end) - month.max(stay.start)).num_days() + 1;
    u32::try_from(days).unwrap_or(0).min(30)
}

fn thirtieths_of(funding: &Funding, stay: Stay) -> u32 {
    let both = Stay { start: funding.from.max(stay.start), end: funding.to.min(stay.end) };
    if both.start > both.end {
        0
    } else {
        months(both).into_iter().map(|month| thirtieths(month, both)).sum()
    }
}

/// Rounded half up to two decimals, and written with both.
fn cents(amount: Decimal) -> Decimal {
    let mut rounded = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(2);
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(decision: AllowanceDecision, months: &[(&str, u32, i64)]) -> AllowanceTerms {
        let month = |(month, thirtieths, amount): &(&str, u32, i64)| MonthAmount {
            month: (*month).to_owned(),
            thirtieths: *thirtieths,
            amount: cents(Decimal::from(*amount)),
        };
        let schedule: Vec<MonthAmount> = months.iter().map(month).collect();
        AllowanceTerms { decision, total: schedule.iter().map(|m| m.amount).sum(), schedule }
    }

    #[test]
    fn what_was_set_off_or_waived_goes_on_and_the_rates_alone_decide_again() {
        let anew = terms(
            AllowanceDecision::Full,
            &[("2027-06", 30, 1500), ("2027-07", 30, 1500), ("2027-08", 15, 750)],
        );
        let carried =
            |decision, months: &[(&str, u32, i64)]| terms(decision, months).carried_to(anew.clone());

        let full = carried(AllowanceDecision::Full, &[("2027-06", 30, 1400)]);
        let topped = carried(AllowanceDecision::TopUp, &[("2027-06", 30, 1000), ("2027-07", 10, 300)]);
        let waived = carried(AllowanceDecision::Waived, &[("2027-06", 30, 0)]);

        assert_eq!(full, anew);
        let amounts: Vec<String> = topped.schedule.iter().map(|m| m.amount.to_string()).collect();
        assert_eq!(amounts, ["1000.00", "900.00", "450.00"]);
        assert_eq!(
            (topped.total.to_string().as_str(), topped.decision),
            ("2350.00", AllowanceDecision::TopUp)
        );
        assert!(waived.total.is_zero() && waived.schedule.len() == 3);
    }
}
