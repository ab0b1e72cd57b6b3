//! What has happened to a made-up application since its release: steps that the lifecycle allows, and no others.

use super::chance::Chance;
use super::words;
use crate::domain::PersonId;
use crate::domain::application::{AnyApplication, DeclineReason, Facts, State};
use crate::domain::eligibility::{Assessment, Verdict};
use crate::domain::step::Step;
use crate::text::Lang;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// One step, by somebody, at a moment.
pub struct Taken {
    pub step: Step,
    pub at: DateTime<Utc>,
    /// `None`: the system.
    pub by: Option<PersonId>,
    pub role: &'static str,
}

#[derive(Clone, Copy)]
enum Act {
    Claim,
    Unclaim,
    RequestChanges,
    Pool,
    Decline,
    Withdraw,
    Expire,
}

/// Who and when.
pub struct Setting<'a> {
    pub reviewer: PersonId,
    pub assessment: &'a Assessment,
    pub lang: Lang,
    pub released_at: DateTime<Utc>,
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

/// Half of all applications wait; the others are somewhere on their way.
pub fn tell(chance: &mut Chance, mut facts: Facts, setting: &Setting<'_>) -> Vec<Taken> {
    use Act::{Claim, Decline, Expire, Pool, RequestChanges, Unclaim, Withdraw};
    let verdict = setting.assessment.verdict;
    let plan: &[Act] = match chance.below(100) {
        0..=47 => &[],
        48..=60 => &[Claim],
        61..=66 => &[Claim, RequestChanges],
        67..=84 if verdict == Verdict::Eligible => &[Claim, Pool],
        67..=84 if verdict == Verdict::NotEligible => &[Claim, Decline],
        67..=84 => &[Claim],
        85..=92 => &[Claim, Decline],
        93..=94 => &[Withdraw],
        95 => &[Claim, Withdraw],
        96..=97 => &[Claim, Unclaim],
        _ => &[Claim, RequestChanges, Expire],
    };
    let mut story = Vec::new();
    let span = setting.now - setting.released_at;
    for (n, act) in (1i32..).zip(plan) {
        let parts = i32::try_from(plan.len()).unwrap_or(0) + 1;
        let at = setting.released_at + span * n / parts;
        let today = at.with_timezone(&setting.zone).date_naive();
        let Some(step) = step(*act, facts, setting, today) else { break };
        let (by, role) = match act {
            Withdraw => (Some(facts.candidate), "candidate"),
            Expire => (None, "system"),
            _ => (Some(setting.reviewer), "hr_reviewer"),
        };
        facts.version += 1;
        facts.state = State::from_code(step.to).unwrap_or(facts.state);
        facts.since = today;
        facts.reviewer = step.effects.reviewer.unwrap_or(facts.reviewer);
        facts.pooled_until = step.effects.pooled_until.or(facts.pooled_until);
        story.push(Taken { step, at, by, role });
    }
    story
}

/// `None`: the lifecycle does not allow it.
fn step(act: Act, facts: Facts, it: &Setting<'_>, today: NaiveDate) -> Option<Step> {
    let case = AnyApplication::from_facts(facts)?;
    match act {
        Act::Claim => case.released().ok()?.claim(it.reviewer).ok(),
        Act::Unclaim => case.in_review().ok()?.unclaim(it.reviewer, None).ok(),
        Act::RequestChanges => {
            let message = words::changes(it.lang).to_owned();
            case.in_review().ok()?.request_changes(it.reviewer, &["education", "documents"], message).ok()
        }
        Act::Pool => case.in_review().ok()?.pool(it.reviewer, &it.assessment.rules, None, today).ok(),
        Act::Decline => {
            let (why, message) = match it.assessment.verdict {
                Verdict::NotEligible => ("rules_not_met", words::not_met(it.lang)),
                _ => ("no_matching_place", words::declined(it.lang)),
            };
            let why = DeclineReason::from_code(why)?;
            case.in_review().ok()?.decline(it.reviewer, &why, message.to_owned()).ok()
        }
        Act::Withdraw => case.withdraw(Some(words::taken_back(it.lang).to_owned())).ok(),
        Act::Expire => case.expire(today).ok(),
    }
}
