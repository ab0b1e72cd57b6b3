//! Scoring sheets: criteria with weights, what each mark means, and what several assessors come to.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Marks are 1, the lowest, to 5.
pub const MARKS: usize = 5;
pub const MOST_CRITERIA: usize = 12;
/// A criterion weighs between 1 and so much.
pub const MOST_WEIGHT: u32 = 100;

/// The same words in up to three languages, by language code.
pub type Words = BTreeMap<String, String>;

/// One thing that is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Criterion {
    pub names: Words,
    pub weight: u32,
    /// What each mark means, the lowest first.
    pub anchors: [Words; MARKS],
}

/// The words in a language; else in English, or in whatever language there are some.
pub fn say<'w>(words: &'w Words, lang: &str) -> &'w str {
    words.get(lang).or_else(|| words.get("en")).or_else(|| words.values().next()).map_or("", String::as_str)
}

/// The weighted mean of an assessor's marks, with two decimals. `None`: they are not those of this sheet.
pub fn result(criteria: &[Criterion], marks: &[i16]) -> Option<Decimal> {
    let is_mark = |mark: &i16| usize::try_from(*mark).is_ok_and(|mark| (1..=MARKS).contains(&mark));
    if criteria.is_empty() || criteria.len() != marks.len() || !marks.iter().all(is_mark) {
        return None;
    }
    let weight: u32 = criteria.iter().map(|criterion| criterion.weight).sum();
    let weighted =
        |(criterion, mark): (&Criterion, &i16)| Decimal::from(criterion.weight) * Decimal::from(*mark);
    let sum: Decimal = criteria.iter().zip(marks).map(weighted).sum();
    sum.checked_div(Decimal::from(weight)).map(|mean| mean.round_dp(2).normalize())
}

/// What several assessors come to, and how far they are apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spread {
    pub mean: Decimal,
    pub lowest: Decimal,
    pub highest: Decimal,
}

/// `None`: nobody has given anything.
pub fn spread(results: &[Decimal]) -> Option<Spread> {
    let (lowest, highest) = (*results.iter().min()?, *results.iter().max()?);
    let mean =
        results.iter().sum::<Decimal>().checked_div(Decimal::from(results.len()))?.round_dp(2).normalize();
    Some(Spread { mean, lowest, highest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(weights: &[u32]) -> Vec<Criterion> {
        let one =
            |weight: &u32| Criterion { names: Words::new(), weight: *weight, anchors: Default::default() };
        weights.iter().map(one).collect()
    }

    #[test]
    fn heavier_criteria_count_for_more() {
        for (weights, marks, expected) in [
            (&[1, 1][..], &[2, 4][..], Some("3")),
            (&[3, 1], &[5, 1], Some("4")),
            (&[1, 1, 1], &[1, 1, 2], Some("1.33")),
            (&[1], &[6], None),
            (&[1], &[0], None),
            (&[1, 1], &[3], None),
            (&[], &[], None),
        ] {
            let result = result(&sheet(weights), marks).map(|result| result.normalize().to_string());
            assert_eq!(result.as_deref(), expected, "{weights:?} {marks:?}");
        }
        assert_eq!(spread(&[]), None);
    }

    proptest! {
        #[test]
        fn the_result_lies_between_the_marks(pairs in prop::collection::vec((1u32..=100, 1i16..=5), 1..=12)) {
            let (weights, marks): (Vec<u32>, Vec<i16>) = pairs.into_iter().unzip();
            let result = result(&sheet(&weights), &marks).unwrap();
            let (low, high) = (marks.iter().min().unwrap(), marks.iter().max().unwrap());
            prop_assert!(Decimal::from(*low) <= result && result <= Decimal::from(*high));
            let twice = spread(&[result, Decimal::ONE]).unwrap();
            prop_assert!(twice.lowest <= twice.mean && twice.mean <= twice.highest);
        }
    }
}
