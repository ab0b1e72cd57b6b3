//! Which buttons are pressed at once. Each transition of the specification is here, as a side or as an effect.

use super::scene::Stage::{self, *};
use Who::{Calendar, Candidate, Colleague, Director, OtherDirector, Reviewer, Supervisor};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Calendar,
    Candidate,
    Reviewer,
    Colleague,
    Supervisor,
    Director,
    OtherDirector,
}

pub struct Side {
    pub who: Who,
    /// What is recorded if this side wins.
    pub step: &'static str,
    pub path: &'static str,
    /// Beside the hidden fields of the page at `path`.
    pub answers: &'static str,
}

pub struct Race {
    pub stage: Stage,
    /// The day.
    pub on: &'static str,
    pub sides: [Side; 2],
    /// What is recorded along with the step of whoever wins.
    pub effects: &'static [&'static str],
}

const fn race(stage: Stage, on: &'static str, one: Side, two: Side) -> Race {
    Race { stage, on, sides: [one, two], effects: &[] }
}

impl Race {
    const fn and(self, effects: &'static [&'static str]) -> Race {
        let Race { stage, on, sides, .. } = self;
        Race { stage, on, sides, effects }
    }
}

const fn side(who: Who, step: &'static str, path: &'static str, answers: &'static str) -> Side {
    Side { who, step, path, answers }
}

/// In place of answers: a file is sent.
pub const FILE: &str = "the agreement";
const RELEASE: &str = "acknowledged=true&truth=true&privacy=true";
const PROPOSED: &str = "supervisor=geneva:{supervisor}&area=data\
                        &start_day=1&start_month=2&start_year=2027&end_day=31&end_month=7&end_year=2027";
const APPROVAL: &str =
    "terms_of_reference={word}&tasks=Draw+the+maps&learning_goals=Work+alone&no_conflict=true";
const EVALUATION: &str =
    "work={word}&strengths=Careful&improve=Ask+earlier&goals=Works+alone&advice=Stay+in+touch";

pub const APPLICATION: &[Race] = &[
    race(
        Ready,
        "2026-11-25",
        side(Candidate, "release: new -> released", "/profile/release", RELEASE),
        side(Candidate, "release: new -> released", "/profile/release", RELEASE),
    ),
    race(
        Released,
        "2026-11-25",
        side(Candidate, "re_release: released -> released", "/profile/release", RELEASE),
        side(Candidate, "withdraw: released -> withdrawn", "/application/withdraw", "why="),
    ),
    race(
        ChangesRequested,
        "2026-11-25",
        side(Candidate, "re_release: changes_requested -> released", "/profile/release", RELEASE),
        side(Candidate, "withdraw: changes_requested -> withdrawn", "/application/withdraw", "why="),
    ),
    race(
        InReview,
        "2026-11-25",
        side(Candidate, "re_release: in_review -> in_review", "/profile/release", RELEASE),
        side(Candidate, "withdraw: in_review -> withdrawn", "/application/withdraw", "why="),
    ),
    race(
        Pooled,
        "2026-11-25",
        side(Candidate, "re_release: pooled -> pooled", "/profile/release", RELEASE),
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
    ),
    race(
        Released,
        "2026-11-25",
        side(Reviewer, "claim: released -> in_review", "/review/{a}/claim", ""),
        side(Colleague, "claim: released -> in_review", "/review/{a}/claim", ""),
    ),
    race(
        Released,
        "2026-11-25",
        side(Reviewer, "assign: released -> in_review", "/review/bulk", "do={colleague}&pick={a}:1"),
        side(Reviewer, "claim: released -> in_review", "/review/{a}/claim", ""),
    ),
    race(
        InReview,
        "2026-11-25",
        side(Reviewer, "assign: in_review -> in_review", "/review/bulk", "do={colleague}&pick={a}:2"),
        side(Reviewer, "unclaim: in_review -> released", "/review/{a}/unclaim", ""),
    ),
    race(
        InReview,
        "2026-11-25",
        side(
            Reviewer,
            "request_changes: in_review -> changes_requested",
            "/review/{a}/changes",
            "sections=letter&message={word}",
        ),
        side(Reviewer, "pool: in_review -> pooled", "/review/{a}/pool", ""),
    ),
    race(
        InReview,
        "2026-11-25",
        side(
            Reviewer,
            "decline: in_review -> not_selected",
            "/review/{a}/decline",
            "why=no_matching_place&message={word}",
        ),
        side(Colleague, "unclaim: in_review -> released", "/review/{a}/unclaim", "reason={word}"),
    ),
    race(
        NotSelected,
        "2026-11-25",
        side(Reviewer, "reopen: not_selected -> in_review", "/review/{a}/reopen", "reason={word}"),
        side(Colleague, "reopen: not_selected -> in_review", "/review/{a}/reopen", "reason={word}"),
    ),
    race(
        Pooled,
        "2027-05-25",
        side(Candidate, "renew: pooled -> pooled", "/application/renew", ""),
        side(Calendar, "expire: pooled -> expired", "", ""),
    ),
    race(
        Expired,
        "2027-05-25",
        side(Candidate, "renew: expired -> pooled", "/application/renew", ""),
        side(Candidate, "renew: expired -> pooled", "/application/renew", ""),
    ),
    race(
        ChangesRequested,
        "2027-02-01",
        side(Candidate, "withdraw: changes_requested -> withdrawn", "/application/withdraw", "why="),
        side(Calendar, "expire: changes_requested -> expired", "", ""),
    ),
    race(
        WithdrawnReleased,
        "2026-11-24",
        side(Candidate, "undo_withdraw: withdrawn -> released", "/application/withdraw/undo", ""),
        side(Candidate, "release: new -> released", "/profile/release", RELEASE),
    ),
    race(
        WithdrawnAsked,
        "2026-11-24",
        side(Candidate, "undo_withdraw: withdrawn -> changes_requested", "/application/withdraw/undo", ""),
        side(Candidate, "undo_withdraw: withdrawn -> changes_requested", "/application/withdraw/undo", ""),
    ),
    race(
        WithdrawnInReview,
        "2026-11-24",
        side(Candidate, "undo_withdraw: withdrawn -> in_review", "/application/withdraw/undo", ""),
        side(Candidate, "undo_withdraw: withdrawn -> in_review", "/application/withdraw/undo", ""),
    ),
    race(
        WithdrawnPooled,
        "2026-11-24",
        side(Candidate, "undo_withdraw: withdrawn -> pooled", "/application/withdraw/undo", ""),
        side(Candidate, "undo_withdraw: withdrawn -> pooled", "/application/withdraw/undo", ""),
    ),
];
pub const PROPOSAL: &[Race] = &[
    race(
        Pooled,
        "2026-11-25",
        side(Reviewer, "propose: new -> proposed", "/review/{a}/propose", PROPOSED),
        side(Colleague, "propose: new -> proposed", "/review/{a}/propose", PROPOSED),
    ),
    race(
        Proposed,
        "2026-11-25",
        side(Supervisor, "approve: proposed -> approved", "/supervision/{p}/approve", APPROVAL),
        side(Supervisor, "decline: proposed -> declined", "/supervision/{p}/decline", "reason={word}"),
    ),
    race(
        Proposed,
        "2026-11-25",
        side(Supervisor, "approve: proposed -> approved", "/supervision/{p}/approve", APPROVAL),
        side(Reviewer, "cancel: proposed -> cancelled", "/placements/{p}/cancel", "reason={word}"),
    ),
    race(
        ApprovedLocal,
        "2026-11-25",
        side(Reviewer, "request_waiver: approved -> approved", "/placements/{p}/waiver", "reason={word}"),
        side(Colleague, "request_waiver: approved -> approved", "/placements/{p}/waiver", "reason={word}"),
    ),
    race(
        WaiverAsked,
        "2026-11-25",
        side(
            Director,
            "decide_waiver: approved -> approved",
            "/direction/{p}",
            "decision=grant&reason={word}",
        ),
        side(
            OtherDirector,
            "decide_waiver: approved -> approved",
            "/direction/{p}",
            "decision=refuse&reason={word}",
        ),
    ),
    race(
        Approved,
        "2026-11-25",
        side(
            Reviewer,
            "offer: approved -> offered",
            "/placements/{p}/offer",
            "answer_day=1&answer_month=12&answer_year=2026",
        ),
        side(
            Colleague,
            "offer: approved -> offered",
            "/placements/{p}/offer",
            "answer_day=2&answer_month=12&answer_year=2026",
        ),
    ),
    race(
        Approved,
        "2026-11-25",
        side(
            Reviewer,
            "offer: approved -> offered",
            "/placements/{p}/offer",
            "answer_day=1&answer_month=12&answer_year=2026",
        ),
        side(Colleague, "cancel: approved -> cancelled", "/placements/{p}/cancel", "reason={word}"),
    ),
    race(
        Proposed,
        "2026-11-25",
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
    )
    .and(&["close: proposed -> cancelled"]),
    race(
        Approved,
        "2026-11-25",
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
    )
    .and(&["close: approved -> cancelled"]),
];
pub const OFFER: &[Race] = &[
    race(
        Offered,
        "2026-11-25",
        side(Candidate, "accept: offered -> accepted", "/offer/{p}/accept", "agreed=true"),
        side(Candidate, "refuse: offered -> refused", "/offer/{p}/refuse", "reason={word}"),
    )
    .and(&["place: pooled -> placed"]),
    race(
        Offered,
        "2026-11-25",
        side(Candidate, "accept: offered -> accepted", "/offer/{p}/accept", "agreed=true"),
        side(Reviewer, "rescind: offered -> rescinded", "/placements/{p}/rescind", "reason={word}"),
    )
    .and(&["place: pooled -> placed"]),
    race(
        Offered,
        "2026-11-25",
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
        side(Candidate, "withdraw: pooled -> withdrawn", "/application/withdraw", "why="),
    )
    .and(&["close: offered -> cancelled"]),
    race(
        Offered,
        "2026-12-02",
        side(Reviewer, "rescind: offered -> rescinded", "/placements/{p}/rescind", "reason={word}"),
        side(Calendar, "lapse: offered -> lapsed", "", ""),
    ),
    race(
        Accepted,
        "2026-11-25",
        side(Reviewer, "cancel: accepted -> cancelled", "/placements/{p}/cancel", "reason={word}"),
        side(Colleague, "cancel: accepted -> cancelled", "/placements/{p}/cancel", "reason={word}"),
    )
    .and(&["return_to_pool: placed -> pooled"]),
    race(
        Accepted,
        "2027-02-02",
        side(Reviewer, "no_show: accepted -> no_show", "/placements/{p}/no-show", ""),
        side(Colleague, "cancel: accepted -> cancelled", "/placements/{p}/cancel", "reason={word}"),
    )
    .and(&["return_to_pool: placed -> pooled"]),
    race(
        Accepted,
        "2026-11-25",
        side(Candidate, "submit_document: accepted -> accepted", "/onboarding/{p}/agreement", FILE),
        side(Candidate, "submit_document: accepted -> accepted", "/onboarding/{p}/agreement", FILE),
    ),
    race(
        AllButOne,
        "2026-11-25",
        side(
            Reviewer,
            "verify_document: accepted -> accepted",
            "/placements/{p}/documents/{document}",
            "decision=verified",
        ),
        side(
            Colleague,
            "return_document: accepted -> accepted",
            "/placements/{p}/documents/{document}",
            "decision=returned&reason={word}",
        ),
    )
    .and(&["ready: accepted -> ready"]),
];
pub const INTERNSHIP: &[Race] = &[
    race(
        AllChecked,
        "2027-02-01",
        side(
            Reviewer,
            "return_document: accepted -> accepted",
            "/placements/{p}/documents/{document}",
            "decision=returned&reason={word}",
        ),
        side(
            Supervisor,
            "start: ready -> started",
            "/supervision/{p}/start",
            "first_day=1&first_month=2&first_year=2027",
        ),
    )
    .and(&["unready: ready -> accepted"]),
    race(
        AllChecked,
        "2027-02-02",
        side(Reviewer, "no_show: ready -> no_show", "/placements/{p}/no-show", ""),
        side(
            Supervisor,
            "start: ready -> started",
            "/supervision/{p}/start",
            "first_day=2&first_month=2&first_year=2027",
        ),
    ),
    race(
        AllChecked,
        "2027-02-01",
        side(Reviewer, "cancel: ready -> cancelled", "/placements/{p}/cancel", "reason={word}"),
        side(
            Supervisor,
            "start: ready -> started",
            "/supervision/{p}/start",
            "first_day=1&first_month=2&first_year=2027",
        ),
    )
    .and(&["return_to_pool: placed -> pooled"]),
    race(
        Begun,
        "2027-05-03",
        side(Supervisor, "evaluate: started -> started", "/supervision/{p}/evaluate/mid_term", EVALUATION),
        side(Supervisor, "evaluate: started -> started", "/supervision/{p}/evaluate/mid_term", EVALUATION),
    ),
    race(
        ExtensionAgreed,
        "2026-11-25",
        side(Reviewer, "extend: started -> started", "/placements/{p}/extension", "decision=confirm"),
        side(Colleague, "extend: started -> started", "/placements/{p}/extension", "decision=confirm"),
    ),
    race(
        Evaluated,
        "2027-07-30",
        side(Supervisor, "complete: started -> completed", "/supervision/{p}/complete", ""),
        side(
            Reviewer,
            "end_early: started -> ended_early",
            "/placements/{p}/end-early",
            "last_day=30&last_month=7&last_year=2027&both_agree=true&reason={word}",
        ),
    ),
];
