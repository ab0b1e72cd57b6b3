//! Who may do what, from where to where: the two tables of `lifecycle.md`, written down once more.

use super::cast::Role::{self, Candidate, Director, MedicalOfficer, Reviewer, Supervisor};

pub struct Line {
    /// As `Step::name` has it.
    pub step: &'static str,
    pub by: Role,
    pub from: &'static [&'static str],
    pub to: &'static str,
}

const fn line(step: &'static str, by: Role, from: &'static [&'static str], to: &'static str) -> Line {
    Line { step, by, from, to }
}

pub const APPLICATION: &[Line] = &[
    // anew, after whatever came to an end
    line("release", Candidate, &["none", "not_selected", "withdrawn", "expired"], "released"),
    // anew, once the internship is over
    line("release", Candidate, &["placed"], "released"),
    line("release", Candidate, &["released", "changes_requested"], "released"),
    line("release", Candidate, &["in_review"], "in_review"),
    line("release", Candidate, &["pooled"], "pooled"),
    line("withdraw", Candidate, &["released", "changes_requested", "in_review", "pooled"], "withdrawn"),
    // to where it came from
    line("undo_withdraw", Candidate, &["withdrawn"], "…"),
    line("renew", Candidate, &["pooled", "expired"], "pooled"),
    line("claim", Reviewer, &["released"], "in_review"),
    line("assign", Reviewer, &["released", "in_review"], "in_review"),
    line("unclaim", Reviewer, &["in_review"], "released"),
    line("request_changes", Reviewer, &["in_review"], "changes_requested"),
    line("pool", Reviewer, &["in_review"], "pooled"),
    line("decline", Reviewer, &["in_review"], "not_selected"),
    line("reopen", Reviewer, &["not_selected"], "in_review"),
    line("propose", Reviewer, &["pooled"], "pooled"),
];

pub const PLACEMENT: &[Line] = &[
    line("approve", Supervisor, &["proposed"], "approved"),
    line("decline_placement", Supervisor, &["proposed"], "declined"),
    line("request_waiver", Reviewer, &["approved"], "approved"),
    line("decide_waiver", Director, &["approved"], "approved"),
    line("offer", Reviewer, &["approved"], "offered"),
    line("accept", Candidate, &["offered"], "accepted"),
    line("refuse", Candidate, &["offered"], "refused"),
    line("rescind", Reviewer, &["offered"], "rescinded"),
    line("cancel", Reviewer, &["proposed", "approved", "accepted", "ready"], "cancelled"),
    line("submit", Candidate, &["accepted"], "accepted"),
    // insurance for a longer stay
    line("submit", Candidate, &["started"], "started"),
    line("check", Reviewer, &["accepted", "ready"], "accepted"),
    line("check", Reviewer, &["started"], "started"),
    line("examine", MedicalOfficer, &["accepted", "ready"], "accepted"),
    line("no_show", Reviewer, &["accepted", "ready"], "no_show"),
    line("start", Supervisor, &["ready"], "started"),
    line("start_by_reviewer", Reviewer, &["ready"], "started"),
    line("ask_extension", Supervisor, &["started"], "started"),
    line("answer_extension", Candidate, &["started"], "started"),
    line("confirm_extension", Reviewer, &["started"], "started"),
    line("decline_extension", Reviewer, &["started"], "started"),
    line("evaluate", Supervisor, &["started"], "started"),
    line("evaluate_at_the_end", Supervisor, &["started"], "started"),
    line("comment", Candidate, &["started"], "started"),
    line("comment", Candidate, &["completed"], "completed"),
    line("comment", Candidate, &["ended_early"], "ended_early"),
    line("complete", Supervisor, &["started"], "completed"),
    line("end_early", Reviewer, &["started"], "ended_early"),
];

/// The line of a step from a state, if there is one.
pub fn find(table: &'static [Line], step: &str, from: &str) -> Option<&'static Line> {
    table.iter().find(|line| line.step == step && line.from.contains(&from))
}

/// Who takes a step, as a rule.
pub fn role(step: &str) -> Option<Role> {
    APPLICATION.iter().chain(PLACEMENT).find(|line| line.step == step).map(|line| line.by)
}

/// Whoever comes too late or too early with these lands on the page that says so; the others are told where they are.
pub const LANDS: &[&str] = &[
    "release",
    "withdraw",
    "undo_withdraw",
    "renew",
    "claim",
    "accept",
    "refuse",
    "submit",
    "check",
    "examine",
    "no_show",
    "start",
    "start_by_reviewer",
    "answer_extension",
    "confirm_extension",
    "complete",
    "end_early",
];
