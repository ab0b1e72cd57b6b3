//! What the model knows: the cases as they stand, if everything goes by the specification.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use uuid::Uuid;

pub struct Model {
    pub now: DateTime<Utc>,
    /// By the candidate's number in the cast.
    pub drafts: Vec<Draft>,
    pub applications: Vec<Application>,
    pub placements: Vec<Placement>,
}

/// A candidate's own profile.
#[derive(Clone)]
pub struct Draft {
    /// One more with every change.
    pub edition: u32,
    pub start: NaiveDate,
}

/// People are named by their number in the cast, cases by theirs in the model.
pub struct Application {
    /// Nil until it is learnt.
    pub id: Uuid,
    pub candidate: usize,
    pub state: &'static str,
    pub version: i32,
    pub since: DateTime<Utc>,
    pub came_from: &'static str,
    pub reviewer: Option<usize>,
    pub pooled_until: Option<NaiveDate>,
    /// How many versions of the profile were released.
    pub latest: i32,
    /// The version of which somebody wrote why the rules are met; 0: of none.
    pub judged: i32,
    /// What was released last, and when.
    pub released: Draft,
    pub released_on: NaiveDate,
    /// Its internship is over, and another was asked for since.
    pub is_past: bool,
}

pub struct Placement {
    pub id: Uuid,
    pub application: usize,
    pub office: &'static str,
    pub supervisor: usize,
    pub state: &'static str,
    pub version: i32,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub answer_by: Option<NaiveDate>,
    /// The last request.
    pub waiver: Option<Waiver>,
    pub papers: Vec<Paper>,
    /// The last one for a longer stay.
    pub wish: Option<Wish>,
    /// At half-time and at the end.
    pub evaluations: [Option<Evaluation>; 2],
}

pub struct Waiver {
    pub asked_by: usize,
    /// `open`, `granted`, `refused` or `dropped`.
    pub standing: &'static str,
}

pub struct Paper {
    pub id: Uuid,
    pub kind: &'static str,
    /// `submitted`, `verified`, `unfit` or `returned`.
    pub state: &'static str,
    /// Of a policy: it begins with the stay.
    pub covers_until: NaiveDate,
}

pub struct Wish {
    pub id: Uuid,
    pub new_end: NaiveDate,
    pub asked_by: usize,
    /// `asked`, `agreed`, `refused`, `confirmed` or `declined`.
    pub standing: &'static str,
}

pub struct Evaluation {
    pub written_at: DateTime<Utc>,
    pub revision: i32,
    pub has_comment: bool,
}

pub const WHICH: [&str; 2] = ["mid_term", "final"];
pub const KINDS: [&str; 5] =
    ["insurance", "medical_certificate", "vaccination_record", "passport", "agreement"];

pub fn is_medical(kind: &str) -> bool {
    matches!(kind, "medical_certificate" | "vaccination_record")
}

impl Application {
    pub fn is_open(&self) -> bool {
        !self.is_past && !matches!(self.state, "not_selected" | "withdrawn" | "expired")
    }
}

impl Placement {
    /// Somebody may come yet, or is there.
    pub fn is_open(&self) -> bool {
        matches!(self.state, "proposed" | "approved" | "offered" | "accepted" | "ready" | "started")
    }

    /// Nothing is agreed yet: a withdrawal, or another place, closes it.
    pub fn is_in_the_making(&self) -> bool {
        matches!(self.state, "proposed" | "approved" | "offered")
    }

    /// The wish that waits for somebody.
    pub fn open_wish(&self) -> Option<&Wish> {
        self.wish.as_ref().filter(|wish| matches!(wish.standing, "asked" | "agreed"))
    }

    /// The paper of a kind that was sent last.
    pub fn paper(&self, kind: &str) -> Option<&Paper> {
        self.papers.iter().rev().find(|paper| paper.kind == kind)
    }

    pub fn is_covered_until(&self, day: NaiveDate) -> bool {
        self.papers
            .iter()
            .any(|it| it.kind == "insurance" && it.state == "verified" && it.covers_until >= day)
    }

    /// Every paper is verified, and every day is insured.
    pub fn is_complete(&self) -> bool {
        let is_there = |kind: &&str| self.paper(kind).is_some_and(|paper| paper.state == "verified");
        KINDS[1..].iter().all(is_there) && self.is_covered_until(self.last_day)
    }
}

impl Model {
    /// The day where the organisation is.
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now)
    }

    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&chrono_tz::Europe::Zurich).date_naive()
    }

    pub fn candidate_of(&self, placement: usize) -> usize {
        self.applications[self.placements[placement].application].candidate
    }

    /// The application that a candidate's own pages are about: the open one, or else the newest.
    pub fn own(&self, candidate: usize) -> Option<usize> {
        let of = |nth: &usize| self.applications[*nth].candidate == candidate;
        let all = || (0..self.applications.len()).filter(of);
        all().find(|nth| self.applications[*nth].is_open()).or(all().next_back())
    }

    /// The internship that an application led to has ended, or nobody came: another may be asked for.
    pub fn is_over(&self, application: usize) -> bool {
        let ended = |it: &Placement| matches!(it.state, "completed" | "ended_early" | "no_show");
        self.placements.iter().any(|it| it.application == application && ended(it))
    }

    /// Takes a step with an application; what the record says of it.
    pub fn move_application(&mut self, nth: usize, action: &str, to: &'static str) -> String {
        let now = self.now;
        let it = &mut self.applications[nth];
        let told = format!("{action}: {} -> {to}", it.state);
        (it.came_from, it.state, it.since) = (it.state, to, now);
        it.version += 1;
        told
    }

    /// The same with a placement. A request for a waiver falls with it.
    pub fn move_placement(&mut self, nth: usize, action: &str, to: &'static str) -> String {
        let it = &mut self.placements[nth];
        let told = format!("{action}: {} -> {to}", it.state);
        if it.state == "approved" && to != "approved" {
            it.waiver.iter_mut().filter(|it| it.standing == "open").for_each(|it| it.standing = "dropped");
        }
        it.state = to;
        it.version += 1;
        told
    }
}

pub fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap()
}

/// The last day of a stay of so many months (`terms.md`, "Length").
pub fn last_day(first: NaiveDate, months: u32) -> NaiveDate {
    let corresponding = months_later(first, months);
    match corresponding.day() == first.day() {
        true => corresponding.pred_opt().unwrap(),
        false => corresponding,
    }
}
