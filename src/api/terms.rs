//! `POST /api/v1/terms`: what a request means, and what its answer looks like (`terms.md`).

use super::parse::{Fault, FaultKind, Faults, Object};
use crate::domain::terms::{
    Allowance, Deductions, Funding, MedicalPolicy, Mode, Proposal, Stage, Stay, Terms, Waiver, stay_end,
};
use crate::reference::countries;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// More than any person has; keeps the work for one request bounded.
const MOST_ENTRIES: usize = 200;
const MOST_MONTHS: u64 = 24;

/// What a request proposes.
///
/// # Errors
/// Every faulty field.
pub fn parse(body: &Value) -> Result<Proposal, Vec<Fault>> {
    let faults = Faults::default();
    let root = faults.root(body);
    let start = root.needed("start", root.date("start"));
    let end = root.date("end");
    let months = root.whole("months", 1..=MOST_MONTHS);
    if root.is_there() && root.get("end").is_some() == root.get("months").is_some() {
        root.fault("end", FaultKind::ExactlyOne);
    }
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        root.fault("end", FaultKind::EndBeforeStart);
    }
    let end = end.or_else(|| Some(stay_end(start?, u32::try_from(months?).ok()?)));
    let stage = root.one_of("stage", |name| match name {
        "initial" => Some(Stage::Initial),
        "extension" => Some(Stage::Extension),
        _ => None,
    });
    let earlier = root.list("earlier", MOST_ENTRIES).unwrap_or_default();
    let earlier: Vec<Stay> = earlier
        .iter()
        .filter_map(|stay| period(stay, "start", "end").map(|(start, end)| Stay { start, end }))
        .collect();
    let nationalities = root.items("nationalities", MOST_ENTRIES).unwrap_or_default();
    let mut countries_held = Vec::new();
    for (i, item) in nationalities.iter().enumerate() {
        match item.as_str() {
            Some(code) if countries::country(code).is_some() => countries_held.push(code.to_owned()),
            Some(_) => faults.add(format!("/nationalities/{i}"), FaultKind::NotACountry),
            None => faults.add(format!("/nationalities/{i}"), FaultKind::WrongType),
        }
    }
    let medical = root.list("medical_insurance", MOST_ENTRIES).unwrap_or_default();
    let medical_insurance = medical.iter().filter_map(medical_policy).collect();
    let (host_country, recruited_in) = (country(&root, "host_country"), country(&root, "recruited_in"));
    let offered_on = root.date("offered_on");
    let allowance = root.object("allowance").and_then(|object| allowance(&object));
    // without these two the request has a fault already; the stay is then never looked at
    let stay = Stay { start: start.unwrap_or_default(), end: end.or(start).unwrap_or_default() };
    faults.or(Proposal {
        stay,
        stage: stage.unwrap_or_default(),
        earlier,
        host_country,
        nationalities: countries_held,
        recruited_in,
        medical_insurance,
        offered_on,
        allowance,
    })
}

fn period(object: &Object, from: &str, to: &str) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let start = object.needed(from, object.date(from));
    let end = object.needed(to, object.date(to));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        object.fault(to, FaultKind::EndBeforeStart);
    }
    Some((start?, end?))
}

fn medical_policy(object: &Object) -> Option<MedicalPolicy> {
    let evacuation = object.flag("evacuation").unwrap_or(false);
    let repatriation = object.flag("repatriation").unwrap_or(false);
    let host_covered = object.flag("host_covered").unwrap_or(true);
    let (from, to) = period(object, "from", "to")?;
    Some(MedicalPolicy { from, to, evacuation, repatriation, host_covered })
}

fn country(object: &Object, field: &str) -> Option<String> {
    let code = object.text(field)?;
    if countries::country(code).is_none() {
        object.fault(field, FaultKind::NotACountry);
        return None;
    }
    Some(code.to_owned())
}

fn allowance(object: &Object) -> Option<Allowance> {
    let monthly_rate = object.needed("monthly_rate", amount(object, "monthly_rate"));
    let currency = object.text("currency").map(str::to_owned);
    if currency.as_ref().is_some_and(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
        object.fault("currency", FaultKind::NotACurrency);
    }
    let mode = object.one_of("mode", Mode::from_code);
    let agreement = object.flag("agreement").unwrap_or(false);
    let funding = object.list("funding", MOST_ENTRIES).unwrap_or_default();
    let funding = funding
        .iter()
        .filter_map(|one| {
            let monthly = one.needed("monthly", amount(one, "monthly"));
            let (from, to) = period(one, "from", "to")?;
            Some(Funding { monthly: monthly?, from, to })
        })
        .collect();
    let waiver = object.object("waiver").and_then(|waiver| {
        let role = waiver.needed("role", waiver.text("role")).map(str::to_owned);
        let signed_on = waiver.needed("signed_on", waiver.date("signed_on"));
        Some(Waiver { role: role?, signed_on: signed_on? })
    });
    Some(Allowance {
        monthly_rate: monthly_rate?,
        currency,
        deductions: Deductions { mode: mode.unwrap_or_default(), agreement, funding },
        waiver,
    })
}

/// A decimal string, 0 or more and under 1,000,000,000, at most two decimals.
fn amount(object: &Object, field: &str) -> Option<Decimal> {
    let text = object.text(field)?;
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let value = text.parse::<Decimal>().ok().filter(|_| digits(whole, 9) && digits(cents, 2));
    if value.is_none() {
        object.fault(field, FaultKind::NotAnAmount);
    }
    value
}

/// The answer in the specification's JSON.
pub fn answer(terms: &Terms) -> Value {
    json!(terms)
}
