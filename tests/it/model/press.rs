//! A step as a browser sends it: the form of its page, with the version of the case that was seen.

use super::cases::{Model, WHICH, is_medical};
use super::steps::{Step, What};
use crate::support::{PDF, READY, Reader, Reply, World};
use chrono::{Datelike, NaiveDate, TimeDelta};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::jobs;
use uuid::Uuid;

/// `None`: nobody asked, the calendar did it. `word` is typed wherever there is room for words, and is never the same.
pub async fn press(
    world: &World,
    people: &[Reader<'_>],
    model: &Model,
    step: &Step,
    word: &str,
) -> Option<Reply> {
    let me = world.again(&people[step.by]);
    if let What::Night = step.what {
        // an offer that lapses in one round makes way for what is due in the next
        for _ in 0..2 {
            jobs::once(&Db::new(world.db.clone(), Zurich), Clock::Stopped(world.now)).await;
        }
        return None;
    }
    Some(match (step.what.application(), step.what.placement()) {
        (Some(nth), _) => review(&me, people, model, step, nth, word).await,
        (_, Some(nth)) => place(&me, model, step, nth, word).await,
        _ => alone(&me, model, step, word).await?,
    })
}

/// In one's own profile, or with one's own application.
async fn alone(me: &Reader<'_>, model: &Model, step: &Step, word: &str) -> Option<Reply> {
    let own = model.own(step.by).map(|nth| &model.applications[nth]);
    let seen = own.map_or(0, |own| own.version - i32::from(step.is_stale));
    Some(match step.what {
        What::Rewrite => {
            let letter = "I+would+like+to+work+with+you.+".repeat(8);
            let form = format!("seen={}&letter={letter}{word}", field(me, "/profile/letter", "seen").await);
            me.post("/profile/letter", &form).await
        }
        What::NewDates { in_days } => {
            let start = model.today() + TimeDelta::days(in_days);
            let (start, end) = (typed("start", start), typed("end", start + TimeDelta::days(100)));
            let seen = field(me, "/profile/dates", "seen").await;
            me.post("/profile/dates", &format!("seen={seen}&{start}&{end}")).await
        }
        What::Release => {
            let page = me.get("/profile/release").await;
            let seen = if step.is_stale { "0-eligible".to_owned() } else { hidden(&page, "seen") };
            let case = hidden(&page, "case");
            let form = format!("seen={seen}&case={case}&acknowledged=true&truth=true&privacy=true");
            me.post("/profile/release", &form).await
        }
        What::Withdraw => me.post("/application/withdraw", &format!("seen={seen}&why=")).await,
        What::UndoWithdraw => me.post("/application/withdraw/undo", &format!("seen={seen}")).await,
        What::Renew => {
            let verdict = field(me, "/application/renew", "verdict").await;
            me.post("/application/renew", &format!("seen={seen}&verdict={verdict}")).await
        }
        _ => return None,
    })
}

async fn review(
    me: &Reader<'_>,
    people: &[Reader<'_>],
    model: &Model,
    step: &Step,
    nth: usize,
    word: &str,
) -> Reply {
    let it = &model.applications[nth];
    let (id, seen) = (it.id, it.version - i32::from(step.is_stale));
    let reason = |is_given| if is_given { format!("reason={word}") } else { String::new() };
    let (verb, answers) = match step.what {
        What::Claim { .. } => ("claim", String::new()),
        What::Assign { to, .. } => {
            return me.post("/review/bulk", &format!("do={}&pick={id}:{seen}", people[to].id)).await;
        }
        What::Unclaim { with_reason, .. } => ("unclaim", reason(with_reason)),
        What::RequestChanges { .. } => ("changes", format!("sections=letter&message={word}")),
        What::Pool { with_reason, .. } => ("pool", reason(with_reason)),
        What::Decline { .. } => ("decline", format!("why=no_matching_place&message={word}")),
        What::Reopen { .. } => ("reopen", reason(true)),
        What::Propose { office, supervisor, .. } => {
            let (first, last) = model.proposed_days(step.what);
            let (first, last) = (typed("start", first), typed("end", last));
            ("propose", format!("supervisor={office}:{}&area=data&{first}&{last}", people[supervisor].id))
        }
        what => panic!("{what:?} is not about an application"),
    };
    me.post(&format!("/review/{id}/{verb}"), &format!("seen={seen}&{answers}")).await
}

async fn place(me: &Reader<'_>, model: &Model, step: &Step, nth: usize, word: &str) -> Reply {
    let (it, today) = (&model.placements[nth], model.today());
    let id = it.id;
    let wish = it.wish.as_ref().map_or(Uuid::nil(), |wish| wish.id);
    let (path, answers) = match step.what {
        What::Approve { no_conflict, .. } => (
            format!("/supervision/{id}/approve"),
            format!("terms_of_reference={word}&tasks=Draw&learning_goals=Learn&no_conflict={no_conflict}"),
        ),
        What::DeclinePlacement { .. } => (format!("/supervision/{id}/decline"), format!("reason={word}")),
        What::RequestWaiver { .. } => (format!("/placements/{id}/waiver"), format!("reason={word}")),
        What::DecideWaiver { granted, .. } => {
            let decision = if granted { "grant" } else { "refuse" };
            (format!("/direction/{id}"), format!("decision={decision}&reason={word}"))
        }
        What::Offer { days, .. } => {
            (format!("/placements/{id}/offer"), typed("answer", today + TimeDelta::days(days)))
        }
        What::Accept { .. } => (format!("/offer/{id}/accept"), "agreed=true".to_owned()),
        What::Refuse { .. } => (format!("/offer/{id}/refuse"), format!("reason={word}")),
        What::Rescind { .. } => (format!("/placements/{id}/rescind"), format!("reason={word}")),
        What::Cancel { .. } => (format!("/placements/{id}/cancel"), format!("reason={word}")),
        What::Submit { kind, is_whole, .. } => return submit(me, model, nth, kind, is_whole, word).await,
        What::Check { kind, decision, .. } => return check(me, model, nth, kind, decision, word).await,
        What::NoShow { .. } => (format!("/placements/{id}/no-show"), String::new()),
        What::Start { by_reviewer, late, .. } => {
            let desk = if by_reviewer { "placements" } else { "supervision" };
            (format!("/{desk}/{id}/start"), typed("first", it.first_day + TimeDelta::days(late)))
        }
        What::AskExtension { days, .. } => {
            let end = typed("end", it.last_day + TimeDelta::days(days));
            (format!("/supervision/{id}/extend"), format!("{end}&reason={word}"))
        }
        What::AnswerExtension { yes, .. } => {
            let answer = if yes { "yes" } else { "no" };
            (format!("/internship/{id}/extension"), format!("wish={wish}&answer={answer}"))
        }
        What::DecideExtension { confirm, .. } => {
            let decision = if confirm { "confirm" } else { "decline" };
            let answers = format!("wish={wish}&decision={decision}&reason={word}");
            (format!("/placements/{id}/extension"), answers)
        }
        What::Evaluate { which, .. } => (
            format!("/supervision/{id}/evaluate/{}", WHICH[which]),
            format!("work={word}&strengths=Careful&improve=Ask&goals=Reached&advice=None"),
        ),
        What::Comment { which, .. } => {
            let read = it.evaluations[which].as_ref().map_or(1, |written| written.revision);
            let form = format!("seen={}&comment={word}", read - i32::from(step.is_stale));
            return me.post(&format!("/internship/{id}/evaluation/{}", WHICH[which]), &form).await;
        }
        What::Complete { .. } => (format!("/supervision/{id}/complete"), String::new()),
        What::EndEarly { in_days, both_agree, .. } => {
            let last = typed("last", today + TimeDelta::days(in_days));
            let answers = format!("{last}&both_agree={both_agree}&reason={word}");
            (format!("/placements/{id}/end-early"), answers)
        }
        what => panic!("{what:?} is not about a placement"),
    };
    let seen = it.version - i32::from(step.is_stale);
    me.post(&path, &format!("seen={seen}&{answers}")).await
}

async fn submit(me: &Reader<'_>, model: &Model, nth: usize, kind: &str, is_whole: bool, word: &str) -> Reply {
    let it = &model.placements[nth];
    let end = it.open_wish().map_or(it.last_day, |wish| wish.new_end);
    let until = match (kind, is_whole) {
        ("insurance", true) => end,
        ("insurance", false) => end - TimeDelta::days(1),
        _ => end + TimeDelta::days(1000),
    };
    let days = format!("{}&{}", typed("from", it.first_day), typed("until", until));
    let mut fields: Vec<(&str, &str)> = days.split('&').filter_map(|pair| pair.split_once('=')).collect();
    fields.extend(["medical", "evacuation", "repatriation"].map(|cover| ("covers", cover)));
    fields.push(("agree", "true"));
    // never the same file twice
    let content = [PDF, word.as_bytes()].concat();
    me.upload(&format!("/onboarding/{}/{kind}", it.id), &fields, "paper.pdf", &content).await
}

async fn check(me: &Reader<'_>, model: &Model, nth: usize, kind: &str, decision: &str, word: &str) -> Reply {
    let it = &model.placements[nth];
    let (paper, seen) = it.paper(kind).map_or((Uuid::nil(), ""), |paper| (paper.id, paper.state));
    let path = match is_medical(kind) {
        true => format!("/medical/{paper}"),
        false => format!("/placements/{}/documents/{paper}", it.id),
    };
    let until = typed("until", it.last_day);
    me.post(&path, &format!("seen={seen}&decision={decision}&reason={word}&{until}")).await
}

/// A day in the three fields of a form.
fn typed(name: &str, day: NaiveDate) -> String {
    format!("{name}_day={}&{name}_month={}&{name}_year={}", day.day(), day.month(), day.year())
}

/// A hidden field of a page; nothing if the page has none, because it is not for its reader now.
async fn field(me: &Reader<'_>, path: &str, name: &str) -> String {
    hidden(&me.get(path).await, name)
}

fn hidden(page: &Reply, name: &str) -> String {
    let is_there = page.has(&format!("name=\"{name}\" value=\""));
    if is_there { page.hidden(name) } else { String::new() }
}

/// The first day that a candidate of [`World::ready_candidate`] proposes.
pub fn first_day_proposed() -> NaiveDate {
    assert!(READY.iter().any(|(_, answers)| answers.contains("start_day=1&start_month=2&start_year=2027")));
    NaiveDate::from_ymd_opt(2027, 2, 1).unwrap()
}
