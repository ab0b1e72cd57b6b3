//! Who fits some work, point by point, and what can never count.

use crate::support::{day, profile};
use chrono::{Days, TimeZone, Utc};
use proptest::prelude::*;
use stagiaire::domain::eligibility::{Level, Outcome};
use stagiaire::domain::matching::{AREA, Area, DATES, LANGUAGES, LENGTH, NAMED, Stated, WISH, Wish, Work};
use stagiaire::domain::opening::Named;
use stagiaire::domain::profile::{Dates, Profile};
use stagiaire::domain::terms::Policy;
use uuid::Uuid;

const TERMS: Policy =
    Policy { shortest_months: 2, initial_months: 6, total_months: 9, days_as_month: 30, preferred_months: 6 };

/// Data in Geneva, in Spanish, from the first of February.
fn work() -> Work {
    Work {
        opening: Some(Uuid::nil().into()),
        office: "geneva".into(),
        kind: "headquarters",
        siblings: vec!["rome".into()],
        area: Some("data".into()),
        area_names: vec!["Data and research".into(), "Données et recherche".into()],
        languages: vec!["es".into()],
        start: day("2027-02-01"),
    }
}

fn somebody() -> Profile {
    profile(Uuid::nil(), Utc.timestamp_opt(0, 0).unwrap())
}

fn points(work: &Work, profile: &Profile) -> u32 {
    work.fit(&Stated::of(profile), &TERMS, Level::B2).points(work)
}

#[test]
fn each_thing_that_counts_counts_for_what_it_is_worth() {
    let whole = WISH + LANGUAGES + AREA + DATES + LENGTH;
    let (work, best) = (work(), somebody());
    let with = |change: &dyn Fn(&mut Profile)| {
        let mut other = best.clone();
        change(&mut other);
        points(&work, &other)
    };
    let named = Named {
        id: Uuid::nil().into(),
        reference: "OP".into(),
        titles: Default::default(),
        office: "geneva".into(),
        asked: vec![],
    };
    let offices = |ids: &'static [&str]| {
        move |p: &mut Profile| p.wishes.offices = ids.iter().map(|id| (*id).to_owned()).collect()
    };
    let dates = |start, end| move |p: &mut Profile| p.dates = Dates { start: day(start), end: day(end) };
    for (what, points, expected) in [
        ("everything but the naming", points(&work, &best), whole),
        ("names the opening", with(&|p| p.openings = vec![named.clone()]), whole + NAMED),
        ("second wish", with(&offices(&["juba", "geneva"])), whole - 5),
        ("anywhere", with(&offices(&[])), whole - WISH / 2),
        ("another headquarters", with(&offices(&["rome"])), whole - WISH + WISH / 3),
        ("elsewhere", with(&offices(&["juba"])), whole - WISH),
        ("no Spanish", with(&|p| p.languages.retain(|l| l.code != "es")), whole - LANGUAGES),
        (
            "Spanish, perhaps",
            with(&|p| {
                p.languages[0].mother_tongue = false;
                p.languages[0].writing = None;
            }),
            whole - LANGUAGES / 2,
        ),
        ("another area", with(&|p| p.wishes.areas = vec!["health".into()]), whole - AREA),
        (
            "studied it",
            with(&|p| {
                p.wishes.areas.clear();
                p.education[0].subject = "MSc Recherches sociales".into();
            }),
            whole - AREA / 2,
        ),
        ("free before", with(&dates("2026-12-01", "2027-07-31")), whole),
        ("three weeks later", with(&dates("2027-02-22", "2027-08-21")), whole - 4),
        ("a year later", with(&dates("2028-02-01", "2028-07-31")), whole - DATES + 1),
        ("three months only", with(&dates("2027-02-01", "2027-04-30")), whole - LENGTH + 3),
        ("gone by then", with(&dates("2026-06-01", "2027-03-01")), whole - DATES - LENGTH),
    ] {
        assert_eq!(points, expected, "{what}");
    }
}

#[test]
fn the_reasons_are_what_decided() {
    let (mut work, mut best) = (work(), somebody());
    work.languages = vec!["es".into(), "fr".into()];
    best.wishes.offices = vec!["juba".into(), "geneva".into()];
    best.education[0].subject = "Data Science".into();
    best.wishes.areas = vec!["health".into()];
    let fit = work.fit(&Stated::of(&best), &TERMS, Level::B2);
    assert_eq!((fit.wish, &fit.area), (Wish::Here(2), &Area::Studied("Data Science".into())));
    assert!(fit.languages.iter().map(|asked| asked.outcome).eq([Outcome::Met, Outcome::NotMet]));
    assert_eq!((fit.months, fit.preferred_length, fit.named), (6, true, false));
}

proptest! {
    /// Whoever differs in nothing but age, nationality, residence, names and papers, the photograph among them, ranks
    /// the same on any day.
    #[test]
    fn age_gender_nationality_and_photograph_never_count(
        born in 0u64..20_000, nationalities in proptest::collection::vec("[A-Z]{2}", 0..3), residence in "[A-Z]{2}",
        given in "[A-Za-z]{0,9}", family in "[A-Za-z]{1,9}", phone in "[0-9]{0,9}", papers in any::<bool>(),
        start in 0u64..400, wait in 0u64..400,
    ) {
        let (mut one, mut work) = (somebody(), work());
        one.dates.start = day("2027-01-01") + Days::new(start);
        one.dates.end = one.dates.start + Days::new(150);
        work.start = day("2027-01-01") + Days::new(wait);
        let mut other = one.clone();
        other.about.date_of_birth = day("1960-01-01") + Days::new(born);
        other.about.nationalities = nationalities;
        other.about.residence = residence;
        other.about.given_names = given;
        other.about.family_names = family;
        other.about.phone = phone;
        if papers {
            other.documents.clear();
        }
        prop_assert_eq!(points(&work, &one), points(&work, &other));
    }

    /// A later or shorter stay never ranks higher.
    #[test]
    fn coming_later_or_leaving_earlier_never_helps(start in 0u64..400, later in 0u64..200, earlier in 0u64..200) {
        let (mut one, work) = (somebody(), work());
        one.dates = Dates { start: work.start + Days::new(start), end: work.start + Days::new(start + 300) };
        let mut late = one.clone();
        late.dates = Dates { start: one.dates.start + Days::new(later), end: one.dates.end + Days::new(later) };
        let mut short = one.clone();
        short.dates.end = one.dates.end - Days::new(earlier);
        prop_assert!(points(&work, &late) <= points(&work, &one));
        prop_assert!(points(&work, &short) <= points(&work, &one));
    }
}
