//! What has to be shown before the first day, and when it is enough (`lifecycle.md`, `submit_document` to `ready`;
//! `terms.md`, "Insurance").

use super::calendar::{Window, Windows};
use super::letter::Letter;
use super::placement::{Accepted, Placement, Ready};
use super::step::Step;
use super::terms::{Cover, Gap, Stay, gaps};
use chrono::NaiveDate;

/// What a document shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A policy; several may add up.
    Insurance,
    /// Of good health.
    MedicalCertificate,
    VaccinationRecord,
    Passport,
    /// The internship agreement, signed.
    Agreement,
}

impl Kind {
    pub const ALL: [Kind; 5] =
        [Kind::Insurance, Kind::MedicalCertificate, Kind::VaccinationRecord, Kind::Passport, Kind::Agreement];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Insurance => "insurance",
            Kind::MedicalCertificate => "medical_certificate",
            Kind::VaccinationRecord => "vaccination_record",
            Kind::Passport => "passport",
            Kind::Agreement => "agreement",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// For the medical officer alone.
    pub fn is_medical(self) -> bool {
        matches!(self, Kind::MedicalCertificate | Kind::VaccinationRecord)
    }
}

/// How a document stands. One that another has taken the place of does not count at all.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    Submitted,
    Verified,
    /// A certificate that says: not fit.
    Unfit,
    Returned,
}

impl State {
    pub const ALL: [State; 4] = [State::Submitted, State::Verified, State::Unfit, State::Returned];

    pub fn code(self) -> &'static str {
        match self {
            State::Submitted => "submitted",
            State::Verified => "verified",
            State::Unfit => "unfit",
            State::Returned => "returned",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A document as far as the rules care.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    pub kind: Kind,
    pub state: State,
    /// Both days included; `None`: it does not say.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Of a policy.
    pub covers: Vec<Cover>,
}

impl Shown {
    /// Whether it holds on the first day at least.
    fn reaches(&self, stay: Stay) -> bool {
        self.until.is_none_or(|until| until >= stay.start)
    }

    /// Whether nothing more is to be done about it, so that no other takes its place.
    pub fn is_settled(&self, stay: Stay) -> bool {
        self.state == State::Verified && self.reaches(stay)
    }
}

/// Whose word is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    /// Only what was verified counts: this is what the start depends on.
    Verified,
    /// What waits to be checked counts too: the rest is still for the intern to bring.
    Submitted,
}

/// What is still missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lacking {
    /// In the order of [`Kind::ALL`]; insurance is told by its gaps.
    pub kinds: Vec<Kind>,
    pub gaps: Vec<Gap>,
}

impl Lacking {
    pub fn is_nothing(&self) -> bool {
        self.kinds.is_empty() && self.gaps.is_empty()
    }
}

/// What a stay still lacks: each required cover on every day, and one document of every other kind that is valid on
/// the first day at least.
pub fn lacking(stay: Stay, required: &[Cover], shown: &[Shown], trust: Trust) -> Lacking {
    let believed = |one: &&Shown| match trust {
        Trust::Verified => one.state == State::Verified,
        Trust::Submitted => matches!(one.state, State::Verified | State::Submitted),
    };
    let covered = |cover: Cover| -> Windows {
        let giving = shown.iter().filter(believed).filter(|one| one.covers.contains(&cover));
        giving.filter_map(|policy| Some(Window { from: policy.from?, to: Some(policy.until?) })).collect()
    };
    let is_there =
        |kind: &Kind| shown.iter().filter(believed).any(|one| one.kind == *kind && one.reaches(stay));
    let others = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Insurance);
    Lacking { kinds: others.filter(|kind| !is_there(kind)).collect(), gaps: gaps(stay, required, covered) }
}

/// Something happened to a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnDocument {
    Submit,
    /// Checked and kept, whatever it says.
    Verify,
    /// The candidate has to bring another.
    Return,
}

impl Placement<Accepted> {
    /// The record names the kind and nothing else: what a document says is nobody's business there.
    pub fn document(&self, what: OnDocument, kind: Kind) -> Step {
        let action = match what {
            OnDocument::Submit => "submit_document",
            OnDocument::Verify => "verify_document",
            OnDocument::Return => "return_document",
        };
        let step = self.step(action, "accepted").with(serde_json::json!({ "kind": kind.code() }));
        match what {
            OnDocument::Return => step.tell(self.facts.candidate, Letter::DocumentReturned),
            OnDocument::Submit | OnDocument::Verify => step,
        }
    }

    /// By the system, once nothing lacks that counts as verified.
    pub fn ready(&self, verified: &Lacking) -> Option<Step> {
        let step = self.step("ready", "ready");
        verified.is_nothing().then(|| {
            step.tell(self.facts.candidate, Letter::ReadyToStart)
                .tell(self.facts.supervisor, Letter::InternReady)
                .tell(self.facts.proposed_by, Letter::PlacementReady)
        })
    }
}

impl Placement<Ready> {
    /// By the system, when something that made it ready ceases to hold.
    pub fn unready(&self) -> Step {
        self.step("unready", "accepted").tell(self.facts.supervisor, Letter::InternNotReady)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    const ABROAD: [Cover; 3] = Cover::ALL;

    fn stay() -> Stay {
        Stay { start: day("2027-02-01"), end: day("2027-07-31") }
    }

    fn paper(kind: Kind, state: State) -> Shown {
        Shown { kind, state, from: None, until: None, covers: Vec::new() }
    }

    fn policy(state: State, from: &str, until: &str, covers: &[Cover]) -> Shown {
        let (from, until) = (Some(day(from)), Some(day(until)));
        Shown { kind: Kind::Insurance, state, from, until, covers: covers.to_vec() }
    }

    /// Everything but insurance, verified.
    fn papers() -> Vec<Shown> {
        Kind::ALL[1..].iter().map(|kind| paper(*kind, State::Verified)).collect()
    }

    fn with(more: Vec<Shown>) -> Vec<Shown> {
        papers().into_iter().chain(more).collect()
    }

    #[test]
    fn insurance_has_to_cover_every_day_with_every_cover() {
        use Cover::{Evacuation, Medical, Repatriation};
        use State::{Returned, Submitted, Verified};
        let whole = ("2027-01-15", "2027-08-15");
        type Gaps<'a> = &'a [(Cover, &'a str, &'a str)];
        let cases: [(&str, Vec<Shown>, Gaps<'_>); 6] = [
            ("one policy gives all", vec![policy(Verified, whole.0, whole.1, &ABROAD)], &[]),
            (
                "two that follow each other",
                vec![
                    policy(Verified, "2027-02-01", "2027-04-30", &ABROAD),
                    policy(Verified, "2027-05-01", "2027-07-31", &ABROAD),
                ],
                &[],
            ),
            (
                "a day between them is a gap",
                vec![
                    policy(Verified, "2027-02-01", "2027-04-30", &[Medical]),
                    policy(Verified, "2027-05-02", "2027-07-31", &[Medical]),
                    policy(Verified, whole.0, whole.1, &[Evacuation, Repatriation]),
                ],
                &[(Medical, "2027-05-01", "2027-05-01")],
            ),
            (
                "a cover from another insurer counts",
                vec![
                    policy(Verified, whole.0, whole.1, &[Medical]),
                    policy(Verified, whole.0, whole.1, &[Evacuation, Repatriation]),
                ],
                &[],
            ),
            (
                "what waits to be checked does not count yet",
                vec![
                    policy(Verified, whole.0, whole.1, &[Medical, Evacuation]),
                    policy(Submitted, whole.0, whole.1, &[Repatriation]),
                ],
                &[(Repatriation, "2027-02-01", "2027-07-31")],
            ),
            (
                "nor does what was sent back",
                vec![policy(Returned, whole.0, whole.1, &ABROAD)],
                &[
                    (Medical, "2027-02-01", "2027-07-31"),
                    (Evacuation, "2027-02-01", "2027-07-31"),
                    (Repatriation, "2027-02-01", "2027-07-31"),
                ],
            ),
        ];
        for (what, policies, expected) in cases {
            let lacks = lacking(stay(), &ABROAD, &with(policies), Trust::Verified);
            let gap =
                |(cover, from, to): &(Cover, &str, &str)| Gap { cover: *cover, from: day(from), to: day(to) };
            assert_eq!(lacks.gaps, expected.iter().map(gap).collect::<Vec<_>>(), "{what}");
            assert_eq!((lacks.kinds.is_empty(), lacks.is_nothing()), (true, expected.is_empty()), "{what}");
        }
    }

    #[test]
    fn each_paper_has_to_be_verified_and_valid_on_the_first_day() {
        let insured = policy(State::Verified, "2027-02-01", "2027-07-31", &ABROAD);
        let certificate = |state, until: Option<&str>| Shown {
            until: until.map(day),
            ..paper(Kind::MedicalCertificate, state)
        };
        for (state, until, verified, submitted) in [
            (State::Verified, None, true, true),
            (State::Verified, Some("2027-02-01"), true, true),
            (State::Verified, Some("2027-01-31"), false, false),
            (State::Submitted, None, false, true),
            (State::Unfit, None, false, false),
            (State::Returned, None, false, false),
        ] {
            let mut shown = with(vec![insured.clone()]);
            shown[0] = certificate(state, until);
            for (trust, holds) in [(Trust::Verified, verified), (Trust::Submitted, submitted)] {
                let lacks = lacking(stay(), &ABROAD, &shown, trust);
                assert_eq!(lacks.is_nothing(), holds, "{state:?} {until:?} {trust:?}");
                assert_eq!(lacks.kinds.is_empty(), holds);
            }
        }
    }

    fn some_state() -> impl Strategy<Value = State> {
        proptest::sample::select(State::ALL.to_vec())
    }

    fn some_policy() -> impl Strategy<Value = Shown> {
        let covers = proptest::sample::subsequence(Cover::ALL.to_vec(), 1..=3);
        (0u64..200, 0u64..200, some_state(), covers).prop_map(|(from, days, state, covers)| {
            let from = day("2027-01-15") + chrono::Days::new(from);
            let until = Some(from + chrono::Days::new(days));
            Shown { kind: Kind::Insurance, state, from: Some(from), until, covers }
        })
    }

    proptest! {
        #[test]
        fn a_day_is_a_gap_exactly_if_no_verified_policy_covers_it(
            policies in proptest::collection::vec(some_policy(), 0..6), nth in 0u64..181, cover in 0usize..3,
        ) {
            let (day, cover) = (stay().start + chrono::Days::new(nth), Cover::ALL[cover]);
            let lacks = lacking(stay(), &ABROAD, &policies, Trust::Verified);
            let covered = policies.iter().any(|p| p.state == State::Verified && p.covers.contains(&cover)
                && p.from.is_some_and(|from| from <= day) && p.until.is_some_and(|until| day <= until));
            let in_a_gap = lacks.gaps.iter().any(|g| g.cover == cover && g.from <= day && day <= g.to);
            prop_assert_eq!(in_a_gap, !covered);
        }

        #[test]
        fn one_more_verified_document_never_takes_readiness_away(
            policies in proptest::collection::vec(some_policy(), 0..6), more in some_policy(),
        ) {
            let before = lacking(stay(), &ABROAD, &with(policies.clone()), Trust::Verified);
            let more = Shown { state: State::Verified, ..more };
            let after = lacking(stay(), &ABROAD, &with([policies, vec![more]].concat()), Trust::Verified);
            prop_assert!(!before.is_nothing() || after.is_nothing());
        }

        #[test]
        fn who_has_nothing_to_bring_lacks_less_than_who_has_to_start(
            policies in proptest::collection::vec(some_policy(), 0..6),
        ) {
            let shown = with(policies);
            let verified = lacking(stay(), &ABROAD, &shown, Trust::Verified);
            let submitted = lacking(stay(), &ABROAD, &shown, Trust::Submitted);
            prop_assert!(!verified.is_nothing() || submitted.is_nothing());
        }
    }
}
