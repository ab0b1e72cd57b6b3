//! What a step leads to: the state it ends in, and what follows from it for other cases.

use super::cases::{Application, Draft, Evaluation, Model, Paper, Placement, Waiver, Wish, months_later};
use super::steps::{Step, What};
use super::table::{self, APPLICATION, PLACEMENT};
use chrono::TimeDelta;
use uuid::Uuid;

impl Model {
    /// Takes a step that is allowed; tells what is recorded of it, such as `claim: released -> in_review`.
    pub fn take(&mut self, step: &Step) -> Vec<String> {
        let (by, what) = (step.by, step.what);
        match what {
            What::Wait { hours } => {
                self.now += TimeDelta::hours(hours);
                Vec::new()
            }
            What::Night => self.night(),
            What::Rewrite => {
                self.drafts[by].edition += 1;
                Vec::new()
            }
            What::NewDates { in_days } => {
                let start = self.today() + TimeDelta::days(in_days);
                let draft = &mut self.drafts[by];
                // the same dates again are the same profile
                if draft.start != start {
                    *draft = Draft { edition: draft.edition + 1, start };
                }
                Vec::new()
            }
            What::Propose { .. } => vec![self.propose(by, what)],
            _ => match (what.application(), what.placement()) {
                (Some(nth), _) => vec![self.review(by, what, nth)],
                (_, Some(nth)) => self.place(by, what, nth),
                _ => self.apply(by, what),
            },
        }
    }

    fn apply(&mut self, by: usize, what: What) -> Vec<String> {
        let today = self.today();
        match (what, self.own(by)) {
            (What::Release, Some(nth)) if self.applications[nth].is_open() && !self.is_over(nth) => {
                let to = table::find(APPLICATION, "release", self.applications[nth].state).unwrap().to;
                let told = self.move_application(nth, "re_release", to);
                let it = &mut self.applications[nth];
                it.latest += 1;
                (it.released, it.released_on) = (self.drafts[by].clone(), today);
                vec![told]
            }
            (What::Release, own) => {
                if let Some(nth) = own {
                    self.applications[nth].is_past = self.is_over(nth);
                }
                // of two applications one is the newer
                self.now += TimeDelta::minutes(1);
                self.applications.push(Application {
                    id: Uuid::nil(),
                    candidate: by,
                    state: "released",
                    version: 1,
                    since: self.now,
                    came_from: "new",
                    reviewer: None,
                    pooled_until: None,
                    latest: 1,
                    judged: 0,
                    released: self.drafts[by].clone(),
                    released_on: today,
                    is_past: false,
                });
                vec!["release: new -> released".to_owned()]
            }
            (What::Withdraw, Some(nth)) => {
                let mut told = vec![self.move_application(nth, "withdraw", "withdrawn")];
                told.extend(self.close_all(nth));
                told
            }
            (What::UndoWithdraw, Some(nth)) => {
                vec![self.move_application(nth, "undo_withdraw", self.applications[nth].came_from)]
            }
            (What::Renew, Some(nth)) => {
                let it = &mut self.applications[nth];
                it.pooled_until = it.pooled_until.map(|end| months_later(end.max(today), 6));
                vec![self.move_application(nth, "renew", "pooled")]
            }
            _ => panic!("{what:?} by {by}"),
        }
    }

    fn review(&mut self, by: usize, what: What, nth: usize) -> String {
        let in_six_months = months_later(self.today(), 6);
        let it = &mut self.applications[nth];
        match what {
            What::Claim { .. } | What::Reopen { .. } => it.reviewer = Some(by),
            What::Assign { to, .. } => it.reviewer = Some(to),
            What::Unclaim { .. } => it.reviewer = None,
            What::Pool { with_reason, .. } => {
                it.pooled_until = Some(in_six_months);
                it.judged = if with_reason { it.latest } else { it.judged };
            }
            _ => {}
        }
        let to = table::find(APPLICATION, what.name(), it.state).unwrap().to;
        self.move_application(nth, what.name(), to)
    }

    fn propose(&mut self, by: usize, what: What) -> String {
        let What::Propose { application, office, supervisor, .. } = what else { panic!("{what:?} by {by}") };
        let (first_day, last_day) = self.proposed_days(what);
        self.placements.push(Placement {
            id: Uuid::nil(),
            application,
            office,
            supervisor,
            state: "proposed",
            version: 1,
            first_day,
            last_day,
            answer_by: None,
            waiver: None,
            papers: Vec::new(),
            wish: None,
            evaluations: [None, None],
        });
        "propose: new -> proposed".to_owned()
    }

    fn place(&mut self, by: usize, what: What, nth: usize) -> Vec<String> {
        let (today, now) = (self.today(), self.now);
        let application = self.placements[nth].application;
        let it = &mut self.placements[nth];
        let to = table::find(PLACEMENT, what.name(), it.state).unwrap().to;
        match what {
            What::RequestWaiver { .. } => it.waiver = Some(Waiver { asked_by: by, standing: "open" }),
            What::DecideWaiver { granted, .. } => {
                let standing = if granted { "granted" } else { "refused" };
                it.waiver.iter_mut().for_each(|waiver| waiver.standing = standing);
            }
            What::Offer { days, .. } => it.answer_by = Some(today + TimeDelta::days(days)),
            What::Start { late, .. } => it.first_day += TimeDelta::days(late),
            What::EndEarly { in_days, .. } => it.last_day = today + TimeDelta::days(in_days),
            What::Evaluate { which, .. } => {
                let first = Evaluation { written_at: now, revision: 0, has_comment: false };
                it.evaluations[which].get_or_insert(first).revision += 1;
            }
            What::DecideExtension { confirm: true, .. } => {
                let wish = it.wish.as_mut().unwrap();
                wish.standing = "confirmed";
                it.last_day = wish.new_end;
            }
            // these move no case
            What::AskExtension { days, .. } => {
                let new_end = it.last_day + TimeDelta::days(days);
                it.wish = Some(Wish { id: Uuid::nil(), new_end, asked_by: by, standing: "asked" });
                return Vec::new();
            }
            What::AnswerExtension { yes, .. } => {
                let standing = if yes { "agreed" } else { "refused" };
                it.wish.iter_mut().for_each(|wish| wish.standing = standing);
                return Vec::new();
            }
            What::DecideExtension { .. } => {
                it.wish.iter_mut().for_each(|wish| wish.standing = "declined");
                return Vec::new();
            }
            What::Comment { which, .. } => {
                it.evaluations[which].iter_mut().for_each(|written| written.has_comment = true);
                return Vec::new();
            }
            // before the first day, these may move it twice
            What::Submit { kind, is_whole, .. } => {
                let end = it.open_wish().map_or(it.last_day, |wish| wish.new_end);
                let covers_until = if is_whole { end } else { end - TimeDelta::days(1) };
                // policies add up, anything else takes the place of what there was
                it.papers.retain(|paper| kind == "insurance" || paper.kind != kind);
                it.papers.push(Paper { id: Uuid::nil(), kind, state: "submitted", covers_until });
                return self.on_paper(nth, "submit_document");
            }
            What::Check { kind, decision, .. } => {
                let paper = it.papers.iter_mut().rev().find(|paper| paper.kind == kind).unwrap();
                paper.state = decision;
                let is_kept = decision == "verified";
                return self.on_paper(nth, if is_kept { "verify_document" } else { "return_document" });
            }
            _ => {}
        }
        let mut told = vec![self.move_placement(nth, recorded(what), to)];
        match what {
            What::Accept { .. } => {
                told.push(self.move_application(application, "place", "placed"));
                told.extend(self.close_all(application));
            }
            What::Cancel { .. } if self.applications[application].state == "placed" => {
                self.applications[application].pooled_until = Some(months_later(today, 6));
                told.push(self.move_application(application, "return_to_pool", "pooled"));
            }
            _ => {}
        }
        told
    }

    /// Something happened to a paper: before the first day, it may make the placement ready, or not ready any more.
    fn on_paper(&mut self, nth: usize, action: &str) -> Vec<String> {
        let mut told = Vec::new();
        if self.placements[nth].state == "started" {
            return told;
        }
        if self.placements[nth].state == "ready" {
            told.push(self.move_placement(nth, "unready", "accepted"));
        }
        told.push(self.move_placement(nth, action, "accepted"));
        if self.placements[nth].is_complete() {
            told.push(self.move_placement(nth, "ready", "ready"));
        }
        told
    }

    /// Whatever is in the making for an application is so no longer.
    fn close_all(&mut self, application: usize) -> Vec<String> {
        let all = 0..self.placements.len();
        let open = all.filter(|nth| {
            let it = &self.placements[*nth];
            it.application == application && it.is_in_the_making()
        });
        let open: Vec<usize> = open.collect();
        open.into_iter().map(|nth| self.move_placement(nth, "close", "cancelled")).collect()
    }

    /// Offers lapse that nobody answered; whoever's time in the pool is over, or who did not answer for 60 days,
    /// expires, but for those who have an offer to answer.
    fn night(&mut self) -> Vec<String> {
        let (today, mut told) = (self.today(), Vec::new());
        for nth in 0..self.placements.len() {
            let it = &self.placements[nth];
            if it.state == "offered" && it.answer_by.is_some_and(|day| day < today) {
                told.push(self.move_placement(nth, "lapse", "lapsed"));
            }
        }
        for nth in 0..self.applications.len() {
            let it = &self.applications[nth];
            let last = match it.state {
                "pooled" => it.pooled_until,
                "changes_requested" => Some(self.day_of(it.since) + TimeDelta::days(60)),
                _ => None,
            };
            let has_offer = self.placements.iter().any(|p| p.application == nth && p.state == "offered");
            if last.is_some_and(|last| last < today) && !has_offer {
                told.push(self.move_application(nth, "expire", "expired"));
                told.extend(self.close_all(nth));
            }
        }
        told
    }
}

/// What the record calls it, where a reader of the table needs more words.
fn recorded(what: What) -> &'static str {
    match what.name() {
        "decline_placement" => "decline",
        "start_by_reviewer" => "start",
        "confirm_extension" => "extend",
        "evaluate_at_the_end" => "evaluate",
        name => name,
    }
}
