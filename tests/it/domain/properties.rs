//! What holds for every question about the rules, not only for the worked cases.

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;
use stagiaire::domain::calendar::{Windows, day_after};
use stagiaire::domain::eligibility::{
    DegreeLevel, Facts, LanguageSkills, Level, Outcome, Period, Policy, Question, Sponsor, SponsorKind,
    Study, StudyState, Verdict,
};
use stagiaire::domain::terms::{
    self, Allowance, Deductions, Funding, Length, MedicalPolicy, Mode, Proposal, Stage, Stay, Waiver,
};
use std::collections::HashMap;

fn policy() -> Policy {
    Policy {
        from_age: 19,
        below_age: 37,
        months_after_award: 12,
        working_languages: ["en", "fr", "es"].map(str::to_owned).to_vec(),
        working_level: Level::B2,
    }
}

fn terms_policy() -> terms::Policy {
    terms::Policy {
        shortest_months: 2,
        initial_months: 6,
        total_months: 9,
        days_as_month: 30,
        preferred_months: 6,
    }
}

/// So many days after the first of January 2024.
fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(n)
}

/// Days around the releases of [`question`], on both sides.
fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..1600).prop_map(day)
}

fn study() -> impl Strategy<Value = Study> {
    let level = prop_oneof![
        1 => Just(DegreeLevel::Secondary),
        4 => Just(DegreeLevel::Bachelor),
        4 => Just(DegreeLevel::Master),
        1 => Just(DegreeLevel::Doctorate),
    ];
    let state = prop_oneof![Just(StudyState::Enrolled), Just(StudyState::Awarded)];
    // in the order in which they happen, each known or not
    let dates = (0u64..1100, 1u64..700, 1u64..500, any::<[bool; 4]>(), any::<[bool; 4]>());
    (level, state, dates).prop_map(|(level, state, (start, to_final, to_end, known, sure))| {
        let on = |i: usize, n: u64| (known[i] || sure[i]).then(|| day(n));
        let (last_year, end) = (start + to_final, start + to_final + to_end);
        Study {
            level,
            state,
            started_on: on(0, start),
            final_year_starts_on: on(1, last_year),
            ends_on: on(2, end),
            awarded_on: if state == StudyState::Awarded { on(3, end) } else { None },
        }
    })
}

fn sponsor() -> impl Strategy<Value = Sponsor> {
    let kind = prop_oneof![
        Just(SponsorKind::Governmental),
        Just(SponsorKind::NonGovernmental),
        Just(SponsorKind::Academic),
        Just(SponsorKind::Private),
    ];
    let covers = weighted(0.6, (some_day(), 0u64..600))
        .prop_map(|covers| covers.map(|(from, length)| Period { from, to: from + Days::new(length) }));
    (kind, any::<bool>(), any::<Option<bool>>(), covers)
        .prop_map(|(kind, letter, relevant_area, covers)| Sponsor { kind, letter, relevant_area, covers })
}

fn language() -> impl Strategy<Value = LanguageSkills> {
    let level = || {
        let stated = prop_oneof![
            1 => Just(Level::A2),
            1 => Just(Level::B1),
            8 => Just(Level::B2),
            8 => Just(Level::C1),
        ];
        weighted(0.9, stated)
    };
    let code = prop_oneof![Just("en"), Just("fr"), Just("es"), Just("ar")];
    (code, proptest::bool::weighted(0.6), level(), level(), level(), level()).prop_map(
        |(code, mother_tongue, listening, reading, speaking, writing)| LanguageSkills {
            code: code.into(),
            mother_tongue,
            listening,
            reading,
            speaking,
            writing,
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    // mostly of the right age; both ends of the age window lie within reach of a start
    let year = prop_oneof![4 => 1991i32..=2004, 1 => 1985i32..=1990, 1 => 2005i32..=2011];
    let born = (year, 1u32..=366).prop_map(|(year, n)| {
        NaiveDate::from_yo_opt(year, n).unwrap_or(NaiveDate::from_ymd_opt(year, 12, 31).unwrap())
    });
    (
        weighted(0.9, born),
        weighted(0.85, vec(study(), 0..5)),
        weighted(0.3, sponsor()),
        weighted(0.9, vec(language(), 0..5)),
    )
        .prop_map(|(date_of_birth, studies, sponsor, languages)| Facts {
            date_of_birth,
            studies,
            sponsor,
            languages,
        })
}

fn question() -> impl Strategy<Value = Question> {
    ((300u64..900).prop_map(day), weighted(0.9, prop_oneof![3 => 0u64..250, 1 => 250u64..700]), facts())
        .prop_map(|(as_of, wait, facts)| Question {
            as_of,
            start: wait.map(|n| as_of + Days::new(n)),
            end: None,
            facts,
        })
}

/// From best to worst.
fn badness(verdict: Verdict) -> Option<usize> {
    Verdict::ALL.iter().position(|one| *one == verdict)
}

fn orderly(windows: &Windows, released: NaiveDate) -> Result<(), TestCaseError> {
    for window in windows {
        prop_assert!(window.from >= released, "{window:?} begins before the release");
        prop_assert!(window.to.is_none_or(|to| to >= window.from), "{window:?} is empty");
    }
    for pair in windows.as_slice().windows(2) {
        let end = pair[0].to;
        prop_assert!(end.is_some_and(|end| day_after(end) < pair[1].from), "{pair:?} touch");
    }
    Ok(())
}

fn insurance() -> impl Strategy<Value = MedicalPolicy> {
    (900u64..1200, 0u64..120, any::<[bool; 4]>()).prop_map(|(from, length, b)| MedicalPolicy {
        from: day(from),
        to: day(from + length),
        evacuation: b[0],
        repatriation: b[1],
        host_covered: b[2] || b[3],
    })
}

fn money() -> impl Strategy<Value = Decimal> {
    prop_oneof![1 => Just(0i64), 8 => 1i64..500_000, 1 => 0i64..100_000_000_000]
        .prop_map(|cents| Decimal::new(cents, 2))
}

fn allowance() -> impl Strategy<Value = Allowance> {
    let funding = (money(), 800u64..1200, 0u64..400).prop_map(|(monthly, from, length)| Funding {
        monthly,
        from: day(from),
        to: day(from + length),
    });
    let waiver = (any::<bool>(), 850u64..950).prop_map(|(director, signed)| Waiver {
        role: if director { "hr_director" } else { "hr_reviewer" }.into(),
        signed_on: day(signed),
    });
    let mode = prop_oneof![3 => Just(Mode::TopUp), 1 => Just(Mode::AllOrNothing)];
    (money(), mode, proptest::bool::weighted(0.1), vec(funding, 0..4), weighted(0.2, waiver)).prop_map(
        |(monthly_rate, mode, agreement, funding, waiver)| Allowance {
            monthly_rate,
            currency: Some("CHF".into()),
            deductions: Deductions { mode, agreement, funding },
            waiver,
        },
    )
}

fn proposal() -> impl Strategy<Value = Proposal> {
    let stay = |from: std::ops::Range<u64>| {
        (from, 0u64..290).prop_map(|(start, length)| Stay { start: day(start), end: day(start + length) })
    };
    let nationality = prop_oneof![Just("CH"), Just("PE")].prop_map(str::to_owned);
    (stay(900..1000), vec(stay(0..600), 0..2), vec(nationality, 0..3), vec(insurance(), 0..5), allowance())
        .prop_map(|(stay, earlier, nationalities, medical_insurance, allowance)| Proposal {
            stay,
            stage: Stage::Initial,
            earlier,
            host_country: Some("CH".into()),
            recruited_in: nationalities.first().cloned(),
            nationalities,
            medical_insurance,
            offered_on: Some(day(890)),
            allowance: Some(allowance),
        })
}

fn quietly() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(quietly())]

    #[test]
    fn the_windows_say_of_each_day_what_the_verdict_says(asked in question()) {
        let answer = policy().assess(&asked);
        let start = asked.start.unwrap_or(asked.as_of);
        prop_assert_eq!(answer.eligible_start.contains(start), answer.verdict == Verdict::Eligible);
        prop_assert_eq!(answer.possible_start.contains(start), answer.worst() != Outcome::NotMet);
    }

    #[test]
    fn at_the_edges_of_a_window_the_verdict_changes(asked in question()) {
        let answer = policy().assess(&asked);
        let on = |start| policy().assess(&Question { start: Some(start), ..asked.clone() });
        for window in &answer.eligible_start {
            prop_assert_eq!(on(window.from).verdict, Verdict::Eligible);
            if let Some(to) = window.to {
                prop_assert_eq!(on(to).verdict, Verdict::Eligible);
                prop_assert_ne!(on(day_after(to)).verdict, Verdict::Eligible);
            }
        }
        for window in &answer.possible_start {
            prop_assert_ne!(on(window.from).worst(), Outcome::NotMet);
            if let Some(to) = window.to {
                prop_assert_eq!(on(day_after(to)).worst(), Outcome::NotMet);
            }
        }
    }

    #[test]
    fn windows_are_in_order_apart_and_from_the_release_on(asked in question()) {
        let answer = policy().assess(&asked);
        orderly(&answer.eligible_start, asked.as_of)?;
        orderly(&answer.possible_start, asked.as_of)?;
        prop_assert!(answer.eligible_start.minus(&answer.possible_start).is_empty());
        if asked.facts.date_of_birth.is_some() {
            prop_assert!(answer.possible_start.iter().all(|window| window.to.is_some()));
        }
    }

    #[test]
    fn the_end_moves_no_window(asked in question(), length in 0u64..300) {
        let end = asked.start.map(|start| start + Days::new(length));
        let (without, with) = (policy().assess(&asked), policy().assess(&Question { end, ..asked.clone() }));
        prop_assert_eq!(without.eligible_start, with.eligible_start);
        prop_assert_eq!(without.possible_start, with.possible_start);
    }

    #[test]
    fn waiting_helps_from_the_day_it_says(asked in question(), wait in 0u64..1200) {
        let facts = asked.facts.clone();
        let possible = |as_of| {
            let later = Question { as_of, start: None, end: None, facts: facts.clone() };
            !policy().assess(&later).possible_start.is_empty()
        };
        let later = asked.as_of + Days::new(wait);
        match policy().assess(&asked).release_from {
            Some(first) => {
                prop_assert!(first >= asked.as_of && possible(first));
                prop_assert!(later >= first || !possible(later), "{later} would do, before {first}");
            }
            None => prop_assert!(!possible(later), "{later} would do"),
        }
    }

    // What is unknown counts as open: a list is made longer here, never made known.
    #[test]
    fn one_more_study_makes_nothing_worse(asked in question(), more in study()) {
        let mut with = asked.clone();
        with.facts.studies.get_or_insert_default().push(more);
        let mut without = asked;
        without.facts.studies.get_or_insert_default();
        prop_assert!(badness(policy().assess(&with).verdict) <= badness(policy().assess(&without).verdict));
    }

    #[test]
    fn one_more_language_makes_nothing_worse(asked in question(), more in language()) {
        let mut with = asked.clone();
        with.facts.languages.get_or_insert_default().push(more);
        let mut without = asked;
        without.facts.languages.get_or_insert_default();
        prop_assert!(badness(policy().assess(&with).verdict) <= badness(policy().assess(&without).verdict));
    }

    #[test]
    fn a_sponsor_makes_nothing_worse(asked in question(), more in sponsor()) {
        let mut without = asked;
        without.facts.sponsor = None;
        without.facts.studies.get_or_insert_default();
        let mut with = without.clone();
        with.facts.sponsor = Some(more);
        prop_assert!(badness(policy().assess(&with).verdict) <= badness(policy().assess(&without).verdict));
    }

    #[test]
    fn a_longer_insurance_opens_no_gap(
        before in proposal(), which in any::<prop::sample::Index>(), earlier in 0u64..60, later in 0u64..60,
    ) {
        let mut after = before.clone();
        if !after.medical_insurance.is_empty() {
            let policy = which.get(&before.medical_insurance);
            let longer = MedicalPolicy { from: policy.from - Days::new(earlier), to: policy.to + Days::new(later), ..*policy };
            after.medical_insurance[which.index(before.medical_insurance.len())] = longer;
        }
        let (old, new) = (terms_policy().terms(&before).insurance, terms_policy().terms(&after).insurance);
        for gap in &new.gaps {
            let was_there = old.gaps.iter().any(|o| o.cover == gap.cover && o.from <= gap.from && gap.to <= o.to);
            prop_assert!(was_there, "{gap:?} is new");
        }
        prop_assert!(new.outcome <= old.outcome);
    }

    #[test]
    fn the_allowance_is_never_negative_nor_above_the_rate(proposed in proposal()) {
        let rate = proposed.allowance.as_ref().unwrap().monthly_rate;
        let allowance = terms_policy().terms(&proposed).allowance.unwrap();
        for month in &allowance.schedule {
            prop_assert!(month.amount >= Decimal::ZERO && month.amount <= rate, "{month:?} at {rate}");
            prop_assert!((1..=30).contains(&month.thirtieths), "{month:?}");
        }
        prop_assert_eq!(allowance.total, allowance.schedule.iter().map(|month| month.amount).sum::<Decimal>());
    }

    #[test]
    fn the_latest_end_keeps_the_total_and_the_day_after_does_not(proposed in proposal()) {
        let total = |end| {
            let stay = Stay { end, ..proposed.stay };
            terms_policy().terms(&Proposal { stay, ..proposed.clone() }).total
        };
        let most = Length { months: 9, days: 0 };
        match terms_policy().terms(&proposed).latest_end {
            Some(end) => prop_assert!(total(end) <= most && total(day_after(end)) > most),
            None => prop_assert!(total(proposed.stay.start) > most),
        }
    }
}

/// The properties above mean little unless their questions have all kinds of answers.
#[test]
fn the_questions_reach_every_verdict() {
    let mut runner = TestRunner::deterministic();
    let mut seen: HashMap<Verdict, usize> = HashMap::new();
    for _ in 0..1000 {
        let asked = question().new_tree(&mut runner).unwrap().current();
        *seen.entry(policy().assess(&asked).verdict).or_default() += 1;
    }
    for verdict in Verdict::ALL {
        let times = seen.get(&verdict).copied().unwrap_or(0);
        assert!(times >= 30, "{verdict:?} only {times} times in 1000: {seen:?}");
    }
}
