//! The four ways to qualify. A way is closed by what is known; what is unknown only leaves it open.

use super::super::calendar::{Windows, months_later};
use super::{
    DegreeLevel, Facts, Graded, Outcome, Policy, Reason, Rule, RuleResult, Sponsor, SponsorKind, Study,
    StudyState, Track, TrackGap, TrackReview,
};
use chrono::NaiveDate;

/// One way, graded, and what keeps it from being met.
struct Way {
    track: Track,
    days: Graded,
    reason: Reason,
    /// The last start it would allow.
    last: Option<NaiveDate>,
}

impl Way {
    /// Why it is only that far; a letter that does not cover the day asked about is the one reason that the day decides.
    fn why(&self, outcome: Outcome) -> Reason {
        match (outcome, &self.reason) {
            (Outcome::NeedsReview, Reason::TrackNeedsReview { .. }) => self.reason.clone(),
            (Outcome::NeedsReview, _) => Reason::TrackNeedsReview { what: TrackReview::SponsorPeriod },
            _ => self.reason.clone(),
        }
    }
}

pub(super) fn days(policy: &Policy, facts: &Facts, released: NaiveDate, end: Option<NaiveDate>) -> Graded {
    let any_day = Windows::between(released, None);
    if facts.studies.is_none() && facts.sponsor.is_none() {
        return Graded::on(&any_day, Outcome::NeedsInformation);
    }
    let closed = Graded::on(&any_day, Outcome::NotMet);
    ways(policy, facts, released, end).iter().fold(closed, |best, way| best.any_of(&way.days))
}

pub(super) fn judge(
    policy: &Policy,
    facts: &Facts,
    released: NaiveDate,
    start: NaiveDate,
    end: Option<NaiveDate>,
) -> RuleResult {
    let outcome = days(policy, facts, released, end).outcome(start);
    let ways = ways(policy, facts, released, end);
    let mut tracks: Vec<Track> =
        ways.iter().filter(|way| way.days.outcome(start) == Outcome::Met).map(|way| way.track).collect();
    tracks.sort();
    tracks.dedup();
    let reason = match outcome {
        Outcome::Met => Reason::TrackMet,
        _ if facts.studies.is_none() && facts.sponsor.is_none() => Reason::TrackUnknown,
        _ if ways.is_empty() => Reason::TrackNone,
        Outcome::NotMet => Reason::TrackNotMet { last: ways.iter().filter_map(|way| way.last).max() },
        open => ways
            .iter()
            .find(|way| way.days.outcome(start) == open)
            .map_or(Reason::TrackNone, |way| way.why(open)),
    };
    RuleResult { rule: Rule::Track, outcome, reason, tracks }
}

fn ways(policy: &Policy, facts: &Facts, released: NaiveDate, end: Option<NaiveDate>) -> Vec<Way> {
    let studies = facts.studies.as_deref().unwrap_or_default();
    let has_degree = studies.iter().any(|study| {
        is_degree(study)
            && study.state == StudyState::Awarded
            && study.awarded_on.is_some_and(|day| day <= released)
    });
    let mut ways = Vec::new();
    for study in studies.iter().filter(|study| is_degree(study)) {
        match study.state {
            StudyState::Awarded => ways.push(recent_graduate(policy, study, released)),
            StudyState::Enrolled => {
                let graduate = study.level > DegreeLevel::Bachelor;
                if !graduate || study.final_year_starts_on.is_some() {
                    ways.push(final_year(policy, study, released));
                }
                if graduate {
                    ways.push(graduate_student(policy, study, released, has_degree));
                }
            }
        }
    }
    ways.extend(facts.sponsor.iter().map(|sponsor| sponsored(sponsor, released, end)));
    ways
}

fn is_degree(study: &Study) -> bool {
    study.level >= DegreeLevel::Bachelor
}

fn final_year(policy: &Policy, study: &Study, released: NaiveDate) -> Way {
    let opens = study.final_year_starts_on.max(study.started_on);
    let gap = match (study.final_year_starts_on, study.ends_on) {
        (None, _) => Some(TrackGap::FinalYearStart),
        (_, None) => Some(TrackGap::StudyDates),
        _ => None,
    };
    let open = enrolled(policy, study, released, opens);
    let (outcome, reason) = match gap {
        Some(what) => (Outcome::NeedsInformation, Reason::TrackNeedsInformation { what }),
        None => (Outcome::Met, Reason::TrackMet),
    };
    Way {
        track: Track::FinalYear,
        days: Graded::on(&open, outcome),
        reason,
        last: last_start(policy, study.ends_on),
    }
}

fn graduate_student(policy: &Policy, study: &Study, released: NaiveDate, has_degree: bool) -> Way {
    let open = enrolled(policy, study, released, study.started_on);
    let (outcome, reason) = match (has_degree, study.started_on, study.ends_on) {
        (false, _, _) => {
            (Outcome::NeedsReview, Reason::TrackNeedsReview { what: TrackReview::NoEarlierDegree })
        }
        (true, Some(_), Some(_)) => (Outcome::Met, Reason::TrackMet),
        (true, _, _) => {
            (Outcome::NeedsInformation, Reason::TrackNeedsInformation { what: TrackGap::StudyDates })
        }
    };
    let last = last_start(policy, study.ends_on);
    Way { track: Track::GraduateStudent, days: Graded::on(&open, outcome), reason, last }
}

/// The starts that an enrolment leaves open: released while enrolled, and not too long after its end.
fn enrolled(policy: &Policy, study: &Study, released: NaiveDate, opens: Option<NaiveDate>) -> Windows {
    let too_early = opens.is_some_and(|day| released < day);
    let too_late = study.ends_on.is_some_and(|day| released > day);
    if too_early || too_late {
        return Windows::empty();
    }
    Windows::between(released, last_start(policy, study.ends_on))
}

fn recent_graduate(policy: &Policy, study: &Study, released: NaiveDate) -> Way {
    let last = last_start(policy, study.awarded_on);
    let open = Windows::between(released, last);
    let (outcome, reason) = match study.awarded_on {
        Some(awarded) if awarded <= released => (Outcome::Met, Reason::TrackMet),
        _ => (Outcome::NeedsInformation, Reason::TrackNeedsInformation { what: TrackGap::AwardDate }),
    };
    Way { track: Track::RecentGraduate, days: Graded::on(&open, outcome), reason, last }
}

fn sponsored(sponsor: &Sponsor, released: NaiveDate, end: Option<NaiveDate>) -> Way {
    let any_day = Windows::between(released, None);
    let closed = sponsor.kind == SponsorKind::Private || sponsor.relevant_area == Some(false);
    let covered = match sponsor.covers {
        Some(period) if end.is_some_and(|end| end < period.from || end > period.to) => Windows::empty(),
        Some(period) => Windows::between(period.from, Some(period.to)).intersect(&any_day),
        None => any_day.clone(),
    };
    let (outcome, reason) = match (closed, sponsor.relevant_area, sponsor.letter) {
        (true, _, _) => (Outcome::NotMet, Reason::TrackNotMet { last: None }),
        (_, None, _) => (Outcome::NeedsReview, Reason::TrackNeedsReview { what: TrackReview::SponsorArea }),
        (_, _, false) => {
            (Outcome::NeedsInformation, Reason::TrackNeedsInformation { what: TrackGap::SponsorLetter })
        }
        _ => (Outcome::Met, Reason::TrackMet),
    };
    // on days the letter does not cover, a person must look at it; the worst of all that applies counts
    let outside = if closed { Outcome::NotMet } else { Outcome::NeedsReview };
    let days = Graded::on(&covered, outcome).any_of(&Graded::on(&any_day.minus(&covered), outside));
    Way { track: Track::Sponsored, days, reason, last: None }
}

fn last_start(policy: &Policy, award: Option<NaiveDate>) -> Option<NaiveDate> {
    award.map(|day| months_later(day, policy.months_after_award))
}
