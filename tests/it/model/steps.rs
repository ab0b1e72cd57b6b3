//! What somebody may try, and how a step is chosen by chance.

use super::cases::{KINDS, Model, is_medical};
use super::cast::{CAST, Role, is};
use super::chance::Chance;
use super::table;

#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// A number in the cast.
    pub by: usize,
    pub what: What,
    /// The form was opened before the last thing happened to the case.
    pub is_stale: bool,
}

/// Cases by their numbers in the model, people by theirs in the cast.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// Changes the letter, or the dates, in one's own profile.
    Rewrite,
    NewDates {
        in_days: i64,
    },
    Release,
    Withdraw,
    UndoWithdraw,
    Renew,
    Claim {
        application: usize,
    },
    Assign {
        application: usize,
        to: usize,
    },
    Unclaim {
        application: usize,
        with_reason: bool,
    },
    RequestChanges {
        application: usize,
    },
    Pool {
        application: usize,
        with_reason: bool,
    },
    Decline {
        application: usize,
    },
    Reopen {
        application: usize,
    },
    /// So many months, and days more or less.
    Propose {
        application: usize,
        office: &'static str,
        supervisor: usize,
        in_days: i64,
        months: u32,
        more: i64,
    },
    Approve {
        placement: usize,
        no_conflict: bool,
    },
    DeclinePlacement {
        placement: usize,
    },
    RequestWaiver {
        placement: usize,
    },
    DecideWaiver {
        placement: usize,
        granted: bool,
    },
    Offer {
        placement: usize,
        days: i64,
    },
    Accept {
        placement: usize,
    },
    Refuse {
        placement: usize,
    },
    Rescind {
        placement: usize,
    },
    Cancel {
        placement: usize,
    },
    /// A policy may end a day too early.
    Submit {
        placement: usize,
        kind: &'static str,
        is_whole: bool,
    },
    Check {
        placement: usize,
        kind: &'static str,
        decision: &'static str,
    },
    NoShow {
        placement: usize,
    },
    /// So many days after the day agreed.
    Start {
        placement: usize,
        by_reviewer: bool,
        late: i64,
    },
    AskExtension {
        placement: usize,
        days: i64,
    },
    AnswerExtension {
        placement: usize,
        yes: bool,
    },
    DecideExtension {
        placement: usize,
        confirm: bool,
    },
    Evaluate {
        placement: usize,
        which: usize,
    },
    Comment {
        placement: usize,
        which: usize,
    },
    Complete {
        placement: usize,
    },
    EndEarly {
        placement: usize,
        in_days: i64,
        both_agree: bool,
    },
    /// Time goes by, and nobody looks.
    Wait {
        hours: i64,
    },
    /// The calendar does its work.
    Night,
}

impl What {
    pub fn name(self) -> &'static str {
        match self {
            What::Rewrite => "rewrite",
            What::NewDates { .. } => "new_dates",
            What::Release => "release",
            What::Withdraw => "withdraw",
            What::UndoWithdraw => "undo_withdraw",
            What::Renew => "renew",
            What::Claim { .. } => "claim",
            What::Assign { .. } => "assign",
            What::Unclaim { .. } => "unclaim",
            What::RequestChanges { .. } => "request_changes",
            What::Pool { .. } => "pool",
            What::Decline { .. } => "decline",
            What::Reopen { .. } => "reopen",
            What::Propose { .. } => "propose",
            What::Approve { .. } => "approve",
            What::DeclinePlacement { .. } => "decline_placement",
            What::RequestWaiver { .. } => "request_waiver",
            What::DecideWaiver { .. } => "decide_waiver",
            What::Offer { .. } => "offer",
            What::Accept { .. } => "accept",
            What::Refuse { .. } => "refuse",
            What::Rescind { .. } => "rescind",
            What::Cancel { .. } => "cancel",
            What::Submit { .. } => "submit",
            What::Check { kind, .. } if is_medical(kind) => "examine",
            What::Check { .. } => "check",
            What::NoShow { .. } => "no_show",
            What::Start { by_reviewer: true, .. } => "start_by_reviewer",
            What::Start { .. } => "start",
            What::AskExtension { .. } => "ask_extension",
            What::AnswerExtension { .. } => "answer_extension",
            What::DecideExtension { confirm: true, .. } => "confirm_extension",
            What::DecideExtension { .. } => "decline_extension",
            What::Evaluate { which: 0, .. } => "evaluate",
            What::Evaluate { .. } => "evaluate_at_the_end",
            What::Comment { .. } => "comment",
            What::Complete { .. } => "complete",
            What::EndEarly { .. } => "end_early",
            What::Wait { hours: 1 } => "wait_an_hour",
            What::Wait { hours: ..=24 } => "wait_a_day",
            What::Wait { .. } => "wait_for_weeks",
            What::Night => "night",
        }
    }

    /// How soon there is enough of it: what leads on is chosen more often than what ends a case or goes back.
    pub fn weight(self) -> u32 {
        match self {
            What::Submit { .. }
            | What::Check { decision: "verified", .. }
            | What::Evaluate { .. }
            | What::Complete { .. }
            | What::Renew
            | What::Reopen { .. }
            | What::RequestWaiver { .. }
            | What::DecideWaiver { .. } => 1,
            What::Propose { .. } | What::Approve { .. } | What::Offer { .. } | What::Accept { .. } => 2,
            What::Withdraw
            | What::Decline { .. }
            | What::Unclaim { .. }
            | What::RequestChanges { .. }
            | What::DeclinePlacement { .. }
            | What::Refuse { .. }
            | What::Rescind { .. }
            | What::Cancel { .. }
            | What::NoShow { .. }
            | What::EndEarly { .. }
            | What::Check { .. } => 40,
            // what is due comes only with time
            What::Wait { .. } => 3,
            _ => 6,
        }
    }

    /// The application it is about, if it is about one that is not the candidate's own.
    pub fn application(self) -> Option<usize> {
        match self {
            What::Claim { application }
            | What::Assign { application, .. }
            | What::Unclaim { application, .. }
            | What::RequestChanges { application }
            | What::Pool { application, .. }
            | What::Decline { application }
            | What::Reopen { application }
            | What::Propose { application, .. } => Some(application),
            _ => None,
        }
    }

    pub fn placement(self) -> Option<usize> {
        match self {
            What::Approve { placement, .. }
            | What::DeclinePlacement { placement }
            | What::RequestWaiver { placement }
            | What::DecideWaiver { placement, .. }
            | What::Offer { placement, .. }
            | What::Accept { placement }
            | What::Refuse { placement }
            | What::Rescind { placement }
            | What::Cancel { placement }
            | What::Submit { placement, .. }
            | What::Check { placement, .. }
            | What::NoShow { placement }
            | What::Start { placement, .. }
            | What::AskExtension { placement, .. }
            | What::AnswerExtension { placement, .. }
            | What::DecideExtension { placement, .. }
            | What::Evaluate { placement, .. }
            | What::Comment { placement, .. }
            | What::Complete { placement }
            | What::EndEarly { placement, .. } => Some(placement),
            _ => None,
        }
    }

    /// Whether its form tells which version of the case was seen.
    fn has_version(self) -> bool {
        !matches!(
            self,
            What::Rewrite
                | What::NewDates { .. }
                | What::Submit { .. }
                | What::Check { .. }
                | What::AnswerExtension { .. }
                | What::DecideExtension { confirm: false, .. }
                | What::Wait { .. }
                | What::Night
        )
    }
}

impl Step {
    /// Its name and the state it sets out from, as in a line of the table; nothing where no case moves.
    pub fn kind(&self, model: &Model) -> (&'static str, &'static str) {
        let own = || model.own(self.by).map_or("none", |nth| model.applications[nth].state);
        let from = match (self.what.application(), self.what.placement()) {
            (Some(nth), _) => model.applications[nth].state,
            (_, Some(nth)) => model.placements[nth].state,
            _ => match self.what {
                What::Rewrite | What::NewDates { .. } | What::Wait { .. } | What::Night => "",
                _ => own(),
            },
        };
        (self.what.name(), from)
    }
}

/// Any step at all, by anybody; every second time by somebody who might.
pub fn any(chance: &mut Chance, model: &Model) -> Step {
    let applications: Vec<bool> = model.applications.iter().map(|it| it.is_open()).collect();
    let placements: Vec<bool> = model.placements.iter().map(|it| it.is_open()).collect();
    let what = match (one_of(chance, &applications), one_of(chance, &placements)) {
        (Some(application), _) if chance.once_in(3) => about_application(chance, application),
        (_, Some(placement)) if !chance.once_in(3) => about_placement(chance, placement),
        _ => of_ones_own(chance),
    };
    let by = match chance.once_in(2) {
        true => likely(chance, model, what),
        false => chance.below(CAST.len()),
    };
    Step { by, what, is_stale: what.has_version() && chance.once_in(20) }
}

/// A case by chance, mostly one that is open: what is long over is of little interest.
fn one_of(chance: &mut Chance, are_open: &[bool]) -> Option<usize> {
    let any = chance.once_in(4);
    let some: Vec<usize> = (0..are_open.len()).filter(|nth| any || are_open[*nth]).collect();
    (!some.is_empty()).then(|| chance.pick(&some))
}

fn of_ones_own(chance: &mut Chance) -> What {
    match chance.below(18) {
        0 => What::Rewrite,
        1 => What::NewDates { in_days: chance.pick(&[10, 40, 120]) },
        2..=6 => What::Release,
        7 | 8 => What::Withdraw,
        9..=11 => What::UndoWithdraw,
        12..=15 => What::Renew,
        16 => What::Wait { hours: chance.pick(&[1, 24, 24 * 12, 24 * 33, 24 * 75]) },
        _ => What::Night,
    }
}

fn about_application(chance: &mut Chance, application: usize) -> What {
    match chance.below(10) {
        0 => What::Claim { application },
        1 => What::Assign { application, to: chance.below(CAST.len()) },
        2 => What::Unclaim { application, with_reason: chance.once_in(2) },
        3 => What::RequestChanges { application },
        4 | 5 => What::Pool { application, with_reason: chance.once_in(2) },
        6 => What::Decline { application },
        7 => What::Reopen { application },
        _ => What::Propose {
            application,
            office: chance.pick(&["geneva", "nairobi"]),
            supervisor: chance.below(CAST.len()),
            in_days: chance.pick(&[-2, 8, 20, 45, 90]),
            months: chance.pick(&[2, 3, 6]),
            more: chance.pick(&[0, 0, -1, 1]),
        },
    }
}

fn about_placement(chance: &mut Chance, placement: usize) -> What {
    match chance.below(24) {
        0 => What::Approve { placement, no_conflict: !chance.once_in(4) },
        1 => What::DeclinePlacement { placement },
        2 => What::RequestWaiver { placement },
        3 => What::DecideWaiver { placement, granted: chance.once_in(3) },
        4 => What::Offer { placement, days: chance.pick(&[1, 2, 7, 30, 31]) },
        5 => What::Accept { placement },
        6 => What::Refuse { placement },
        7 => What::Rescind { placement },
        8 => What::Cancel { placement },
        9..=11 => What::Submit { placement, kind: chance.pick(&KINDS), is_whole: !chance.once_in(4) },
        12..=14 => {
            let kind = chance.pick(&KINDS);
            // only of a certificate may be said that somebody is not fit
            let decisions: &[_] = match kind {
                "medical_certificate" => &["verified", "verified", "verified", "returned", "unfit"],
                _ => &["verified", "verified", "verified", "returned"],
            };
            What::Check { placement, kind, decision: chance.pick(decisions) }
        }
        15 => What::NoShow { placement },
        16 => {
            What::Start { placement, by_reviewer: chance.once_in(2), late: chance.pick(&[-1, 0, 0, 3, 40]) }
        }
        17 => What::AskExtension { placement, days: chance.pick(&[-1, 20, 60, 200]) },
        18 => What::AnswerExtension { placement, yes: !chance.once_in(3) },
        19 => What::DecideExtension { placement, confirm: !chance.once_in(3) },
        20 => What::Evaluate { placement, which: chance.below(2) },
        21 => What::Comment { placement, which: chance.below(2) },
        22 => What::Complete { placement },
        _ => What::EndEarly {
            placement,
            in_days: chance.pick(&[3, 13, 14, 40]),
            both_agree: chance.once_in(2),
        },
    }
}

/// Somebody whose step this could be.
fn likely(chance: &mut Chance, model: &Model, what: What) -> usize {
    let role = table::role(what.name()).unwrap_or(Role::Candidate);
    let holders: Vec<usize> = (0..CAST.len()).filter(|who| is(*who, role)).collect();
    let named = match (role, what.application(), what.placement()) {
        (Role::Candidate, _, Some(placement)) => Some(model.candidate_of(placement)),
        (Role::Supervisor, _, Some(placement)) => Some(model.placements[placement].supervisor),
        (Role::Reviewer, Some(application), _) => model.applications[application].reviewer,
        _ => None,
    };
    named.unwrap_or_else(|| chance.pick(&holders))
}
