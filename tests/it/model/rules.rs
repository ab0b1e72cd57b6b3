//! Whether a step is allowed: its line in the table, and what else `lifecycle.md` asks for.

use super::cases::{Application, Model, Placement, last_day, months_later};
use super::cast::{CAST, Outcome, Role, is, outcome};
use super::stays::Stay;
use super::steps::{Step, What};
use super::table::{self, APPLICATION, PLACEMENT};
use chrono::{Datelike, NaiveDate, TimeDelta};

impl Model {
    pub fn allows(&self, step: &Step) -> bool {
        if step.is_stale {
            return false;
        }
        let (by, what) = (step.by, step.what);
        match (what.application(), what.placement()) {
            (Some(nth), _) => self.allows_reviewer(by, what, nth),
            (_, Some(nth)) => self.allows_on_placement(by, what, nth),
            _ => match what {
                What::Wait { .. } | What::Night => true,
                What::Rewrite | What::NewDates { .. } => is(by, Role::Candidate),
                _ => self.allows_candidate(by, what),
            },
        }
    }

    /// With one's own application.
    fn allows_candidate(&self, by: usize, what: What) -> bool {
        let nth = self.own(by);
        let own = nth.map(|nth| &self.applications[nth]);
        let state = own.map_or("none", |own| own.state);
        if !is(by, Role::Candidate) || table::find(APPLICATION, what.name(), state).is_none() {
            return false;
        }
        let today = self.today();
        match (what, own) {
            (What::Release, own) => {
                let draft = &self.drafts[by];
                let is_over = nth.is_some_and(|nth| self.is_over(nth));
                // what Human Resources has already is not sent again, unless it asked for changes
                let is_news = |own: &Application| {
                    !own.is_open()
                        || is_over
                        || own.state == "changes_requested"
                        || own.released.edition != draft.edition
                };
                draft.start >= today && own.is_none_or(is_news) && (state != "placed" || is_over)
            }
            (What::UndoWithdraw, Some(own)) => self.now <= own.since + TimeDelta::hours(24),
            (What::Renew, Some(own)) => {
                let near = |end: NaiveDate| (end - today).num_days().abs() <= 30;
                own.pooled_until.is_some_and(near) && outcome(by, today) != Outcome::NotMet
            }
            _ => true,
        }
    }

    /// With somebody's application.
    fn allows_reviewer(&self, by: usize, what: What, nth: usize) -> bool {
        let it = &self.applications[nth];
        // nobody acts on their own application
        if !is(by, Role::Reviewer)
            || by == it.candidate
            || table::find(APPLICATION, what.name(), it.state).is_none()
        {
            return false;
        }
        let is_mine = it.reviewer == Some(by);
        match what {
            What::Assign { to, .. } => is(to, Role::Reviewer) && to != it.candidate,
            What::Unclaim { with_reason, .. } => is_mine || with_reason,
            What::RequestChanges { .. } | What::Decline { .. } => is_mine,
            What::Pool { with_reason, .. } => {
                is_mine
                    && match outcome(it.candidate, it.released.start) {
                        Outcome::Met => true,
                        Outcome::NeedsReview => with_reason,
                        Outcome::NotMet => false,
                    }
            }
            What::Reopen { .. } => {
                let has_other = self.own(it.candidate).is_some_and(|own| self.applications[own].is_open());
                self.today() <= months_later(self.day_of(it.since), 12) && !has_other
            }
            What::Propose { office, supervisor, .. } => {
                let (first, last) = self.proposed_days(what);
                let is_there =
                    |other: &Placement| other.application == nth && other.office == office && other.is_open();
                is(supervisor, Role::Supervisor)
                    && supervisor != by
                    && CAST[supervisor].offices.contains(&office)
                    && CAST[it.candidate].offices.contains(&office)
                    && first >= self.today()
                    && last >= last_day(first, 2)
                    && last <= last_day(first, 6)
                    && self.is_within_all(it.candidate, Stay { first, last }, None)
                    && self.is_eligible(nth, first)
                    && self.is_settled(nth, first)
                    && !self.placements.iter().any(is_there)
            }
            _ => true,
        }
    }

    /// First and last day of a proposal. No month is shorter than the first day's number.
    pub fn proposed_days(&self, what: What) -> (NaiveDate, NaiveDate) {
        let What::Propose { in_days, months, more, .. } = what else { panic!("{what:?}") };
        let first = self.today() + TimeDelta::days(in_days);
        let first = first.with_day(first.day().min(28)).unwrap();
        (first, last_day(first, months) + TimeDelta::days(more))
    }

    /// What the rules leave to a person was found to be met, of the newest version.
    fn is_settled(&self, application: usize, first: NaiveDate) -> bool {
        let it = &self.applications[application];
        outcome(it.candidate, first) != Outcome::NeedsReview || it.judged == it.latest
    }

    /// The rules forbid this first day to nobody who released when they did.
    fn is_eligible(&self, application: usize, first: NaiveDate) -> bool {
        let it = &self.applications[application];
        outcome(it.candidate, first.max(it.released_on)) != Outcome::NotMet
    }

    fn allows_on_placement(&self, by: usize, what: What, nth: usize) -> bool {
        let it = &self.placements[nth];
        let candidate = self.candidate_of(nth);
        let Some(line) = table::find(PLACEMENT, what.name(), it.state) else { return false };
        let is_theirs = match line.by {
            Role::Candidate => by == candidate,
            Role::Supervisor => by == it.supervisor,
            role => is(by, role) && by != candidate,
        };
        let today = self.today();
        is_theirs
            && match what {
                What::Approve { no_conflict, .. } => no_conflict,
                What::RequestWaiver { .. } => {
                    let asked = it.waiver.as_ref().is_some_and(|it| it.standing != "refused");
                    CAST[candidate].is_local && it.office == "geneva" && !asked
                }
                What::DecideWaiver { .. } => {
                    let open = it.waiver.as_ref().filter(|it| it.standing == "open");
                    open.is_some_and(|open| open.asked_by != by) && by != it.supervisor
                }
                What::Offer { days, .. } => {
                    let answer_by = today + TimeDelta::days(days);
                    it.waiver.as_ref().is_none_or(|it| it.standing != "open")
                        && (2..=30).contains(&days)
                        && answer_by < it.first_day
                        && self.is_within_all(candidate, it.stay(), Some(nth))
                        && self.is_eligible(it.application, it.first_day)
                        && self.is_settled(it.application, it.first_day)
                }
                What::Accept { .. } => it.answer_by.is_some_and(|day| today <= day),
                What::Submit { kind, .. } => match (it.state, kind) {
                    ("started", "insurance") => it.open_wish().is_some() && has_room(it),
                    ("started", _) => false,
                    (_, "insurance") => has_room(it),
                    _ => it.paper(kind).is_none_or(|paper| paper.state != "verified"),
                },
                What::Check { kind, decision, .. } => {
                    // to send the same back once more is to give another reason
                    let is_news = |state| state != decision || decision == "returned";
                    it.paper(kind).is_some_and(|paper| is_news(paper.state))
                        && (it.state != "started" || kind == "insurance" && it.open_wish().is_some())
                }
                What::NoShow { .. } => today > it.first_day,
                What::Start { late, .. } => {
                    let first = it.first_day + TimeDelta::days(late);
                    let stay = Stay { first, ..it.stay() };
                    let holds = last_day(first, 2) <= it.last_day
                        && self.is_within_all(candidate, stay, Some(nth))
                        && self.is_eligible(it.application, first);
                    late >= 0 && first <= today && first <= it.last_day && (late == 0 || holds)
                }
                What::AskExtension { days, .. } => {
                    let stay = Stay { last: it.last_day + TimeDelta::days(days), ..it.stay() };
                    it.open_wish().is_none()
                        && (it.last_day - today).num_days() >= 14
                        && days > 0
                        && self.is_within_all(candidate, stay, Some(nth))
                }
                // what is over is not prolonged
                What::AnswerExtension { yes, .. } => {
                    let in_time = !yes || today <= it.last_day;
                    in_time && it.open_wish().is_some_and(|wish| wish.standing == "asked")
                }
                What::DecideExtension { confirm, .. } => it.open_wish().is_some_and(|wish| {
                    let stay = Stay { last: wish.new_end, ..it.stay() };
                    let agreed = wish.standing == "agreed"
                        && it.is_covered_until(wish.new_end)
                        && self.is_within_all(candidate, stay, Some(nth))
                        && today <= it.last_day;
                    by != wish.asked_by && (!confirm || agreed)
                }),
                What::Evaluate { which, .. } => {
                    let is_time = which == 0 || today >= it.last_day - TimeDelta::days(28);
                    let may_change = it.evaluations[which].as_ref().is_none_or(|written| {
                        !written.has_comment && self.now < written.written_at + TimeDelta::days(14)
                    });
                    is_time && may_change
                }
                What::Comment { which, .. } => {
                    it.evaluations[which].as_ref().is_some_and(|written| !written.has_comment)
                }
                What::Complete { .. } => {
                    it.evaluations[1].is_some() && today >= it.last_day - TimeDelta::days(7)
                }
                What::EndEarly { in_days, both_agree, .. } => {
                    let day = today + TimeDelta::days(in_days);
                    day >= it.first_day && day < it.last_day && (in_days >= 14 || both_agree)
                }
                _ => true,
            }
    }
}

/// Twelve policies are enough.
fn has_room(it: &Placement) -> bool {
    it.papers.iter().filter(|paper| paper.kind == "insurance").count() < 12
}
