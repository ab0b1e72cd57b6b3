//! Everybody at once, for years: thousands of steps, taken by chance, through the pages and by the calendar. What the
//! specification allows succeeds and leads where it says; whatever else is tried changes nothing. The specification is
//! written down here once more (`table`, `rules`, `effects`), and none of it is the product's own.
//!
//! `STAGIAIRE_MODEL_SEED` takes the steps of another seed, `STAGIAIRE_MODEL_STEPS` more of them or fewer.

mod cases;
mod cast;
mod chance;
mod compare;
mod effects;
mod press;
mod rules;
mod stays;
mod steps;
mod table;

use crate::support::{Reader, World, world_on};
use cases::{Draft, Model};
use cast::CAST;
use chance::Chance;
use sqlx::PgPool;
use std::collections::BTreeMap;
use steps::{Step, What};

/// Enough for everything to be done, and to be refused, at least once.
const STEPS: usize = 2_600;

#[sqlx::test]
async fn whatever_is_tried_leads_where_the_specification_says(db: PgPool) {
    run(db, number("STAGIAIRE_MODEL_SEED").unwrap_or(1)).await;
}

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable} is a number, not {value}")))
}

/// A step and the state it sets out from.
type Kind = (&'static str, &'static str);

/// How often each kind of step was taken, and how often it was refused.
#[derive(Default)]
struct Count {
    taken: BTreeMap<Kind, u32>,
    refused: BTreeMap<Kind, u32>,
}

/// From any state.
fn times(of: &BTreeMap<Kind, u32>, step: &str) -> u32 {
    of.iter().filter(|((name, _), _)| *name == step).map(|(_, times)| times).sum()
}

async fn run(db: PgPool, seed: u64) {
    let steps = number("STAGIAIRE_MODEL_STEPS").map_or(STEPS, |steps| usize::try_from(steps).unwrap());
    let morning = world_on(db, "2026-11-25").await;
    let people = cast::enter(&morning).await;
    let mut model = Model {
        now: morning.now,
        drafts: vec![Draft { edition: 0, start: press::first_day_proposed() }; CAST.len()],
        applications: Vec::new(),
        placements: Vec::new(),
    };
    let (mut chance, mut count, mut trace) = (Chance(seed), Count::default(), Vec::new());
    let mut world = morning.at(model.now).await;
    for nth in 0..steps {
        let step = match chance.once_in(2) {
            true => steps::any(&mut chance, &model),
            false => allowed(&mut chance, &model, &count),
        };
        trace.push(format!("{nth} {} {} {step:?}", model.now.format("%F %R"), CAST[step.by].name));
        if let Err(wrong) = tried(&world, &people, &mut model, &step, &mut count, nth).await {
            let last = trace[trace.len().saturating_sub(40)..].join("\n");
            panic!("{last}\n\n{wrong}\n\nSTAGIAIRE_MODEL_SEED={seed} takes these steps again");
        }
        if model.now != world.now {
            world = morning.at(model.now).await;
        }
    }
    let names = table::APPLICATION.iter().chain(table::PLACEMENT).map(|line| line.step);
    let all: BTreeMap<&str, (u32, u32)> =
        names.map(|name| (name, (times(&count.taken, name), times(&count.refused, name)))).collect();
    let never = all.iter().filter(|(_, (taken, refused))| *taken == 0 || *refused == 0);
    let never: Vec<_> = never.collect();
    let until = model.now.date_naive();
    assert!(
        steps < STEPS || never.is_empty(),
        "by {until} never taken, or never refused, of seed {seed}: {never:?}"
    );
    let twice = (0..CAST.len()).filter(|who| model.stays(*who, None).len() > 1).count();
    assert!(steps < STEPS || twice > 0, "by {until} nobody had a second internship, of seed {seed}");
}

/// Of some steps that are allowed, the one of whose kind there was least so far for its weight.
fn allowed(chance: &mut Chance, model: &Model, count: &Count) -> Step {
    let some: Vec<Step> =
        (0..2000).map(|_| steps::any(chance, model)).filter(|step| model.allows(step)).collect();
    let so_far =
        |step: &Step| count.taken.get(&step.kind(model)).copied().unwrap_or_default() * step.what.weight();
    let least = some.into_iter().min_by_key(so_far);
    least.unwrap_or(Step { by: 0, what: What::Night, is_stale: false })
}

/// Tries a step and compares; what is wrong, if anything is.
async fn tried(
    world: &World,
    people: &[Reader<'_>],
    model: &mut Model,
    step: &Step,
    count: &mut Count,
    nth: usize,
) -> Result<(), String> {
    let (is_allowed, kind) = (model.allows(step), step.kind(model));
    let before = compare::mark(&world.db).await;
    let reply = press::press(world, people, model, step, &format!("Word{nth}")).await;
    let mut expected = if is_allowed { model.take(step) } else { Vec::new() };
    compare::learn(&world.db, model).await;
    let mut wrong = compare::differences(&world.db, model, people).await;

    let mut recorded = compare::steps_since(&world.db, before.0).await;
    recorded.sort();
    expected.sort();
    if recorded != expected {
        wrong.push(format!("recorded: {recorded:?}\nexpected: {expected:?}"));
    }
    if !is_allowed && compare::mark(&world.db).await != before {
        wrong.push("it was refused, but something is recorded or written of it".to_owned());
    }
    if matches!(step.what, What::Night) || nth.is_multiple_of(50) {
        wrong.extend(compare::broken(&world.db, model).await);
    }
    let name = step.what.name();
    let status = reply.as_ref().map(|reply| reply.status);
    let lands = table::LANDS.contains(&name) || step.is_stale;
    let is_right = match (status, is_allowed) {
        (None, _) => true,
        (Some(status), true) => status == if name == "assign" { 200 } else { 303 },
        (Some(status), false) => (400..500).contains(&status) || lands && matches!(status, 200 | 303),
    };
    if !is_right {
        wrong.push(format!("the answer was {status:?}"));
    }
    let side = if is_allowed { &mut count.taken } else { &mut count.refused };
    *side.entry(kind).or_default() += 1;
    match wrong.is_empty() {
        true => Ok(()),
        false => {
            let words = if is_allowed { "is allowed" } else { "is not allowed" };
            Err(format!("{step:?} {words}.\n{}\n{}", wrong.join("\n"), gist(reply)))
        }
    }
}

/// What a page says, without its tags.
fn gist(reply: Option<crate::support::Reply>) -> String {
    let Some(reply) = reply else { return String::new() };
    let text: Vec<&str> =
        reply.body.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.trim()).collect();
    let text = text.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ");
    format!("{} to {:?}: {}", reply.status, reply.location, text.chars().take(1500).collect::<String>())
}
