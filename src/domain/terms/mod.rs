//! On which terms an internship is possible: length, insurance, allowance (`terms.md`).

mod allowance;
mod insurance;
mod length;

pub use allowance::{
    Allowance, AllowanceDecision, AllowanceTerms, Deductions, Funding, Mode, MonthAmount, Waiver,
};
pub use insurance::{Cover, Gap, InsuranceTerms, MedicalPolicy, gaps};
pub use length::{Length, Stay, stay_end};

use super::eligibility::Outcome;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The numbers of the terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Policy {
    /// Shorter stays are refused.
    pub shortest_months: u32,
    /// An initial agreement is no longer.
    pub initial_months: u32,
    /// All internships of a person together are no longer.
    pub total_months: u32,
    /// Left-over days of several internships that count as one more month.
    pub days_as_month: u32,
    /// From here on a stay is preferred; never a condition.
    pub preferred_months: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Initial,
    /// Keeps the original start; only the total limits it.
    Extension,
}

/// What is proposed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    pub stay: Stay,
    pub stage: Stage,
    /// The person's other internships with the organisation.
    pub earlier: Vec<Stay>,
    /// ISO 3166-1 alpha-2.
    pub host_country: Option<String>,
    /// Empty for a stateless person.
    pub nationalities: Vec<String>,
    pub recruited_in: Option<String>,
    pub medical_insurance: Vec<MedicalPolicy>,
    pub offered_on: Option<NaiveDate>,
    pub allowance: Option<Allowance>,
}

/// What the terms are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    pub end: NaiveDate,
    pub duration: Length,
    pub total: Length,
    /// The last end for this start that keeps the total; `None`: there is none.
    pub latest_end: Option<NaiveDate>,
    /// What stands against it, in alphabetical order.
    pub codes: Vec<Code>,
    pub preferred_length: bool,
    /// The intern is a national of the host country …
    pub national: bool,
    /// … and was recruited there.
    pub local: bool,
    pub insurance: InsuranceTerms,
    pub allowance: Option<AllowanceTerms>,
}

/// What stands against a proposal. In alphabetical order, as answers list them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    InitialTooLong,
    Overlap,
    TooShort,
    TotalTooLong,
    WaiverAfterOffer,
    WaiverNotDirector,
    WaiverNotLocal,
}

impl Code {
    /// Whether it forbids the dates; a void waiver only leaves the allowance as it is.
    pub fn forbids(self) -> bool {
        matches!(self, Code::InitialTooLong | Code::Overlap | Code::TooShort | Code::TotalTooLong)
    }
}

/// The first day of a stay in the nth calendar month it touches.
fn first_day(stay: Stay, nth: u32) -> NaiveDate {
    let month = super::calendar::months_later(stay.start, nth);
    if nth == 0 { stay.start } else { month.with_day(1).unwrap_or(month) }
}

impl Terms {
    /// Length, total and overlap hold (the guard of `propose` and `offer`).
    pub fn hold(&self) -> bool {
        !self.codes.iter().any(|code| code.forbids())
    }

    pub fn is_insured(&self) -> bool {
        self.insurance.outcome == Outcome::Met
    }
}

/// What a month at a duty station is worth, until the next rate begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rate {
    pub from: NaiveDate,
    pub monthly: Decimal,
    /// ISO 4217.
    pub currency: String,
}

impl Policy {
    /// The terms at a duty station's rates, in the order of their first days: every month is paid at its own,
    /// the one in force on the first day of the stay in that month. No rate: no allowance is computed.
    /// A `waiver` that is valid leaves nothing to pay.
    pub fn terms_at(
        &self,
        proposal: &Proposal,
        rates: &[Rate],
        deductions: &Deductions,
        waiver: Option<&Waiver>,
    ) -> Terms {
        let on = |day| rates.iter().rev().find(|rate| rate.from <= day).or(rates.first());
        let priced = |day| {
            let allowance = on(day).map(|rate| Allowance {
                monthly_rate: rate.monthly,
                currency: Some(rate.currency.clone()),
                deductions: deductions.clone(),
                waiver: waiver.cloned(),
            });
            self.terms(&Proposal { allowance, ..proposal.clone() })
        };
        let mut terms = priced(proposal.stay.start);
        if let Some(allowance) = &mut terms.allowance {
            for (nth, month) in allowance.schedule.iter_mut().enumerate() {
                let first = u32::try_from(nth).map_or(proposal.stay.start, |n| first_day(proposal.stay, n));
                if let Some(own) = priced(first).allowance.and_then(|a| a.schedule.into_iter().nth(nth)) {
                    *month = own;
                }
            }
            allowance.total = allowance.schedule.iter().map(|month| month.amount).sum();
            // a later rate may leave something where the first one leaves nothing
            if allowance.decision == AllowanceDecision::None && !allowance.total.is_zero() {
                allowance.decision = AllowanceDecision::TopUp;
            }
        }
        terms
    }

    /// Computes the terms of a proposal whose dates are possible (see `api::terms`).
    pub fn terms(&self, proposal: &Proposal) -> Terms {
        let (stay, host) = (proposal.stay, proposal.host_country.as_deref());
        let duration = stay.length();
        let total = self.total(stay, &proposal.earlier);
        let national = host.is_some_and(|host| proposal.nationalities.iter().any(|country| country == host));
        let local = national && proposal.recruited_in.as_deref() == host;

        let mut codes = self.length_codes(proposal.stage, duration, total);
        if proposal.earlier.iter().any(|earlier| stay.overlaps(earlier)) {
            codes.push(Code::Overlap);
        }
        let waiver = proposal.allowance.as_ref().and_then(|allowance| allowance.waiver.as_ref());
        codes.extend(waiver.into_iter().flat_map(|waiver| waiver.faults(local, proposal.offered_on)));
        codes.sort();

        Terms {
            end: stay.end,
            duration,
            total,
            latest_end: self.latest_end(stay.start, &proposal.earlier),
            preferred_length: duration.months >= self.preferred_months,
            national,
            local,
            insurance: insurance::judge(stay, national, &proposal.nationalities, &proposal.medical_insurance),
            allowance: proposal.allowance.as_ref().map(|a| a.terms(stay, local, proposal.offered_on)),
            codes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_is_paid_at_its_own_rate() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        let rate = |from, monthly| Rate { from: day(from), monthly, currency: "CHF".into() };
        let policy = Policy {
            shortest_months: 2,
            initial_months: 6,
            total_months: 9,
            days_as_month: 30,
            preferred_months: 6,
        };
        let proposal = Proposal {
            stay: Stay { start: day("2026-12-16"), end: day("2027-02-28") },
            stage: Stage::Initial,
            earlier: Vec::new(),
            host_country: Some("CH".into()),
            nationalities: vec!["PE".into()],
            recruited_in: None,
            medical_insurance: Vec::new(),
            offered_on: None,
            allowance: None,
        };
        let rates = [rate("2026-01-01", Decimal::from(2190)), rate("2027-01-01", Decimal::from(2230))];
        let allowance = policy.terms_at(&proposal, &rates, &Deductions::default(), None).allowance.unwrap();
        let amounts: Vec<String> = allowance.schedule.iter().map(|m| m.amount.to_string()).collect();
        assert_eq!(amounts, ["1168.00", "2230.00", "2230.00"]);
        assert_eq!(allowance.total.to_string(), "5628.00");
        assert_eq!(policy.terms_at(&proposal, &[], &Deductions::default(), None).allowance, None);

        let proposal = Proposal {
            nationalities: vec!["CH".into()],
            recruited_in: Some("CH".into()),
            offered_on: Some(day("2026-11-25")),
            ..proposal
        };
        let signed = |on| Waiver { role: "hr_director".into(), signed_on: day(on) };
        let waived = policy.terms_at(&proposal, &rates, &Deductions::default(), Some(&signed("2026-11-25")));
        let late = policy.terms_at(&proposal, &rates, &Deductions::default(), Some(&signed("2026-11-26")));
        let decided =
            |terms: &Terms| terms.allowance.as_ref().map(|a| (a.decision, a.total.normalize().to_string()));
        assert_eq!(decided(&waived), Some((AllowanceDecision::Waived, "0".into())));
        assert_eq!(
            (decided(&late), late.codes),
            (Some((AllowanceDecision::Full, "5628".into())), vec![Code::WaiverAfterOffer])
        );
    }
}
