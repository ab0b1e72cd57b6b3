//! The numbers of the programme. They are data with a date from which they are in force, never constants, and an office
//! may have some of its own (spec, "Eligibility": "a version, an effective date and an office override").

use super::eligibility::{self, Assessment, Question};
use super::profile::Profile;
use super::terms::{self, Stay};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The policy in force on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Such as `iom`.
    pub id: String,
    /// In force from this day: its version.
    pub effective_from: NaiveDate,
    /// Whose own numbers are among these; `None`: they are the programme's alone.
    pub office: Option<String>,
    pub eligibility: eligibility::Policy,
    pub terms: terms::Policy,
}

impl Policy {
    /// The three rules for a stay, by a profile as it was released on a day.
    pub fn assess(&self, profile: &Profile, released_on: NaiveDate, stay: Stay) -> Assessment {
        self.answer(&question(profile, released_on, stay))
    }

    /// The answer of the three rules, which says whose numbers they went by.
    pub fn answer(&self, question: &Question) -> Assessment {
        Assessment { office: self.office.clone(), ..self.eligibility.assess(question) }
    }
}

/// What is asked of the three rules about a stay.
pub fn question(profile: &Profile, released_on: NaiveDate, stay: Stay) -> Question {
    Question {
        as_of: released_on,
        start: Some(stay.start.max(released_on)),
        end: Some(stay.end),
        facts: profile.eligibility_facts(),
    }
}

/// Numbers of an office's own; what is absent is the programme's. How long all internships of a person may be together
/// is not an office's to say: they add up wherever they are.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnNumbers {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_age: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below_age: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_after_award: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_languages: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_level: Option<eligibility::Level>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortest_months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_months: Option<u32>,
}

impl OwnNumbers {
    /// What a policy says otherwise than the programme's.
    pub fn between(programme: &Policy, other: &Policy) -> OwnNumbers {
        fn own<T: PartialEq + Clone>(theirs: &T, own: &T) -> Option<T> {
            (own != theirs).then(|| own.clone())
        }
        let (rules, theirs) = (&programme.eligibility, &other.eligibility);
        let (terms, their_terms) = (&programme.terms, &other.terms);
        OwnNumbers {
            from_age: own(&rules.from_age, &theirs.from_age),
            below_age: own(&rules.below_age, &theirs.below_age),
            months_after_award: own(&rules.months_after_award, &theirs.months_after_award),
            working_languages: own(&rules.working_languages, &theirs.working_languages),
            working_level: own(&rules.working_level, &theirs.working_level),
            shortest_months: own(&terms.shortest_months, &their_terms.shortest_months),
            initial_months: own(&terms.initial_months, &their_terms.initial_months),
            preferred_months: own(&terms.preferred_months, &their_terms.preferred_months),
        }
    }
}

/// An office's own numbers, in force from a day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficePolicy {
    pub office: String,
    pub effective_from: NaiveDate,
    pub numbers: OwnNumbers,
}

impl OfficePolicy {
    /// The office's numbers on top of the programme's.
    fn over(&self, programme: &Policy) -> Policy {
        let (own, rules, terms) = (self.numbers.clone(), &programme.eligibility, &programme.terms);
        Policy {
            id: programme.id.clone(),
            effective_from: programme.effective_from.max(self.effective_from),
            office: Some(self.office.clone()),
            eligibility: eligibility::Policy {
                from_age: own.from_age.unwrap_or(rules.from_age),
                below_age: own.below_age.unwrap_or(rules.below_age),
                months_after_award: own.months_after_award.unwrap_or(rules.months_after_award),
                working_languages: own.working_languages.unwrap_or_else(|| rules.working_languages.clone()),
                working_level: own.working_level.unwrap_or(rules.working_level),
            },
            terms: terms::Policy {
                shortest_months: own.shortest_months.unwrap_or(terms.shortest_months),
                initial_months: own.initial_months.unwrap_or(terms.initial_months),
                preferred_months: own.preferred_months.unwrap_or(terms.preferred_months),
                ..*terms
            },
        }
    }
}

/// What a proposed version would put in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewPolicy {
    Programme(Policy),
    Office(OfficePolicy),
}

impl NewPolicy {
    pub fn effective_from(&self) -> NaiveDate {
        match self {
            NewPolicy::Programme(policy) => policy.effective_from,
            NewPolicy::Office(own) => own.effective_from,
        }
    }

    /// `None`: the programme's.
    pub fn office(&self) -> Option<&str> {
        match self {
            NewPolicy::Programme(_) => None,
            NewPolicy::Office(own) => Some(&own.office),
        }
    }
}

/// All policies in force on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policies {
    pub programme: Policy,
    /// The offices that have numbers of their own, by id.
    offices: BTreeMap<String, OfficePolicy>,
}

impl Policies {
    /// An office that has no number of its own any more has none.
    pub fn new(programme: Policy, offices: Vec<OfficePolicy>) -> Policies {
        let has_some = |own: &OfficePolicy| own.numbers != OwnNumbers::default();
        let by_id = |own: OfficePolicy| (own.office.clone(), own);
        Policies { programme, offices: offices.into_iter().filter(has_some).map(by_id).collect() }
    }

    /// What holds at an office.
    pub fn at(&self, office: &str) -> Policy {
        self.offices.get(office).map_or_else(|| self.programme.clone(), |own| own.over(&self.programme))
    }

    /// What holds for a proposal's office, or for the programme.
    pub fn of(&self, office: Option<&str>) -> Policy {
        office.map_or_else(|| self.programme.clone(), |office| self.at(office))
    }

    /// Those with numbers of their own, by their ids.
    pub fn offices(&self) -> impl Iterator<Item = &OfficePolicy> {
        self.offices.values()
    }

    /// As it would be.
    pub fn with(&self, new: &NewPolicy) -> Policies {
        let others = self.offices().filter(|own| new.office() != Some(&own.office)).cloned();
        match new {
            NewPolicy::Programme(policy) => Policies::new(policy.clone(), others.collect()),
            NewPolicy::Office(own) => {
                Policies::new(self.programme.clone(), others.chain([own.clone()]).collect())
            }
        }
    }

    /// How long a stay may be for whoever wishes for these offices: what any of them allows.
    pub fn terms(&self, wishes: &[String]) -> terms::Policy {
        let theirs = wishes.iter().map(|office| self.at(office).terms);
        let kinder = |one: terms::Policy, other: terms::Policy| terms::Policy {
            shortest_months: one.shortest_months.min(other.shortest_months),
            initial_months: one.initial_months.max(other.initial_months),
            ..one
        };
        theirs.reduce(kinder).unwrap_or(self.programme.terms)
    }

    /// The answer for whoever wishes for these offices: where the rules are kindest, the dearest wish first. Without a
    /// wish it is the programme's. A placement is judged again by the office that it is at.
    pub fn answer(&self, wishes: &[String], question: &Question) -> Assessment {
        let mut policies: Vec<Policy> = wishes.iter().map(|office| self.at(office)).collect();
        policies.dedup();
        let answers = policies.into_iter().map(|policy| policy.answer(question));
        answers.min_by_key(|answer| answer.verdict).unwrap_or_else(|| self.programme.answer(question))
    }
}

#[cfg(test)]
mod tests {
    use super::super::eligibility::{Facts, Level, Verdict};
    use super::*;

    fn day(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn programme() -> Policy {
        Policy {
            id: "iom".into(),
            effective_from: day("2026-01-01"),
            office: None,
            eligibility: eligibility::Policy {
                from_age: 19,
                below_age: 37,
                months_after_award: 12,
                working_languages: vec!["en".into()],
                working_level: Level::B2,
            },
            terms: terms::Policy {
                shortest_months: 2,
                initial_months: 6,
                total_months: 9,
                days_as_month: 30,
                preferred_months: 6,
            },
        }
    }

    fn own(office: &str, numbers: OwnNumbers) -> OfficePolicy {
        OfficePolicy { office: office.into(), effective_from: day("2026-05-01"), numbers }
    }

    fn policies() -> Policies {
        let ages =
            |from, below| OwnNumbers { from_age: Some(from), below_age: below, ..OwnNumbers::default() };
        let offices = vec![own("lima", ages(18, None)), own("dakar", ages(21, Some(30)))];
        Policies::new(programme(), offices)
    }

    #[test]
    fn an_office_says_what_differs_and_follows_the_programme_in_the_rest() {
        let now = policies();
        let lima = now.at("lima");
        assert_eq!((lima.eligibility.from_age, lima.eligibility.below_age), (18, 37));
        assert_eq!((lima.effective_from, lima.office.as_deref()), (day("2026-05-01"), Some("lima")));
        assert_eq!(now.at("geneva"), programme());

        let newer = Policy { effective_from: day("2027-01-01"), ..programme() };
        let eligibility = eligibility::Policy { below_age: 40, ..newer.eligibility };
        let then = now.with(&NewPolicy::Programme(Policy { eligibility, ..newer }));
        assert_eq!((then.at("lima").eligibility.below_age, then.at("dakar").eligibility.below_age), (40, 30));
        assert_eq!(then.at("lima").effective_from, day("2027-01-01"));

        let none = now.with(&NewPolicy::Office(own("lima", OwnNumbers::default())));
        assert_eq!((none.at("lima"), none.offices().count()), (programme(), 1));
    }

    #[test]
    fn own_numbers_are_what_differs() {
        for office in ["lima", "dakar"] {
            let policies = policies();
            let read = OwnNumbers::between(&policies.programme, &policies.at(office));
            assert_eq!(
                Some(read),
                policies.offices().find(|it| it.office == office).map(|it| it.numbers.clone())
            );
        }
    }

    /// Eighteen on the day asked about; nothing else is known.
    #[test]
    fn whoever_wishes_for_several_offices_is_judged_where_the_rules_are_kindest() {
        let facts = Facts { date_of_birth: Some(day("2008-03-10")), ..Facts::default() };
        let asked = Question { as_of: day("2026-06-01"), start: Some(day("2026-09-01")), end: None, facts };
        let cases: [(&[&str], Option<&str>, Verdict); 6] = [
            (&[], None, Verdict::OtherDates),
            (&["geneva"], None, Verdict::OtherDates),
            (&["dakar"], Some("dakar"), Verdict::OtherDates),
            (&["geneva", "dakar"], None, Verdict::OtherDates),
            (&["dakar", "lima"], Some("lima"), Verdict::NeedsInformation),
            (&["geneva", "dakar", "lima"], Some("lima"), Verdict::NeedsInformation),
        ];
        for (wishes, office, verdict) in cases {
            let owned: Vec<String> = wishes.iter().map(|it| (*it).to_owned()).collect();
            let answer = policies().answer(&owned, &asked);
            assert_eq!((answer.office.as_deref(), answer.verdict), (office, verdict), "{wishes:?}");
        }
    }
}
