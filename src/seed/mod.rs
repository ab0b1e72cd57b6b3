//! Applications by the thousand, made up but possible: the same seed makes the same people on the same day.
//!
//! Every candidate has a stream of chance of their own, is judged by the real rules and moves by real steps; the
//! database checks all of it. A chunk is one transaction, and a second run adds what a first one did not.

mod candidate;
mod chance;
mod homes;
pub mod openings;
mod paper;
mod rows;
mod story;
mod studies;
mod words;

use crate::db::Note;
use crate::domain::application::{Facts, State};
use crate::domain::eligibility::{Question, Reason, Rule};
use crate::domain::policy::Policy;
use crate::files::Files;
use crate::policies;
use crate::system::System;
use anyhow::{Context, bail};
use chance::Chance;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::stream::{self, StreamExt};
use rows::{CaseRow, PersonRow};
use std::collections::HashSet;
use std::sync::Arc;
use story::{Setting, Taken};
use uuid::Uuid;

/// Applications in one transaction.
const CHUNK: usize = 2_000;
/// Chunks in work at the same time.
const LANES: usize = 3;
/// The first ones have documents, with files; a million files would help nobody.
const WITH_DOCUMENTS: u32 = 100;

/// What all made-up candidates have in common.
struct World {
    seed: u32,
    /// Who is there already, by number: an earlier run may have been interrupted.
    sown: HashSet<u32>,
    policy: Policy,
    offices: Vec<String>,
    reviewers: Vec<Uuid>,
    /// The beginning of the organisation's day.
    now: DateTime<Utc>,
    zone: Tz,
}

struct Made {
    number: u32,
    person: PersonRow,
    case: CaseRow,
    story: Vec<Taken>,
}

/// Sees to it that a seed has so many applications; says how many were added.
///
/// # Errors
/// If the database refuses, or a file cannot be kept.
pub async fn sow(
    system: &System,
    files: &Files,
    seed: u32,
    applications: u32,
    progress: impl Fn(u32),
) -> anyhow::Result<u32> {
    let world = prepare(system, seed).await?;
    let missing: Vec<u32> = (0..applications).filter(|number| !world.sown.contains(number)).collect();
    let chunks = missing.chunks(CHUNK).map(|numbers| add(system, files, world.clone(), numbers.to_vec()));
    let mut lanes = stream::iter(chunks).buffer_unordered(LANES);
    let mut added = 0;
    while let Some(chunk) = lanes.next().await {
        added += chunk?;
        progress(added);
    }
    Ok(added)
}

/// # Errors
/// If there is anybody who is not made up.
pub async fn refuse_real_people(system: &System) -> anyhow::Result<()> {
    let mut tx = system.begin().await?;
    if !rows::all_made_up(&mut tx).await? {
        bail!("there are people in this database with addresses other than @example.org: it is left alone");
    }
    Ok(())
}

/// Who reviews, where one can go, and who is there already.
async fn prepare(system: &System, seed: u32) -> anyhow::Result<Arc<World>> {
    let mut tx = system.begin().await?;
    let today = tx.today();
    let policy = policies::in_force(&mut tx, today).await?;
    let offices = rows::offices(&mut tx).await?;
    let sown = rows::sown(&mut tx, seed).await?;
    let zone = system.zone();
    let midnight = today.and_time(NaiveTime::MIN).and_local_timezone(zone).earliest();
    let now = midnight.context("a day without a beginning")?.with_timezone(&Utc);
    let mut reviewers = rows::reviewers(&mut tx).await?;
    if reviewers.is_empty() {
        let people = made_up_reviewers(now);
        rows::insert_people(&mut tx, &people).await?;
        reviewers = people.iter().map(|person| person.id).collect();
        let done = tx.note(Note::Seeded, *reviewers.first().context("no reviewer")?, &[]).await?;
        tx.commit(done).await?;
    }
    Ok(Arc::new(World { seed, sown, policy, offices, reviewers, now, zone }))
}

/// They cannot sign in: nobody knows a password of theirs.
fn made_up_reviewers(now: DateTime<Utc>) -> Vec<PersonRow> {
    let names = [("Inés", "Carvajal Ríos"), ("Mamadou", "Diallo"), ("Anjali", "Menon"), ("Tomáš", "Dvořák")];
    (1..)
        .zip(names)
        .map(|(n, (given, family))| PersonRow {
            id: Uuid::now_v7(),
            email: format!("reviewer-{n}@example.org"),
            given_names: given.into(),
            family_names: family.into(),
            lang: "en",
            role: "hr_reviewer",
            created_at: now - TimeDelta::days(300),
        })
        .collect()
}

/// One chunk, made off the threads that wait for the database.
async fn add(system: &System, files: &Files, world: Arc<World>, numbers: Vec<u32>) -> anyhow::Result<u32> {
    let count = u32::try_from(numbers.len())?;
    let made = tokio::task::spawn_blocking(move || {
        numbers.into_iter().map(|number| make(&world, number)).collect::<Option<Vec<_>>>()
    });
    write(system, files, made.await?.context("a made-up profile could not be made")?).await?;
    Ok(count)
}

/// `None` only if there were no names, offices or reviewers to choose from.
fn make(world: &World, number: u32) -> Option<Made> {
    let chance = &mut Chance::of(world.seed, number);
    let earliest = world.policy.effective_from.and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(1);
    let ago = TimeDelta::days(chance.between(1, 90)) + TimeDelta::seconds(chance.between(0, 86_399));
    let released_at = (world.now - ago).max(earliest.min(world.now - TimeDelta::hours(1)));
    let released_on = released_at.with_timezone(&world.zone).date_naive();
    let made = candidate::make(chance, released_on, &world.offices)?;
    let profile = made.profile;
    let assessment = world.policy.eligibility.assess(&Question {
        as_of: released_on,
        start: Some(profile.dates.start),
        end: Some(profile.dates.end),
        facts: candidate::facts(&profile),
    });
    let created_at = released_at - TimeDelta::minutes(chance.between(40, 20_000));
    let (person, id) = (identifier(chance, created_at), identifier(chance, released_at));
    let facts = Facts {
        id: id.into(),
        candidate: person.into(),
        version: 1,
        state: State::Released,
        since: released_on,
        reviewer: None,
        pooled_until: None,
    };
    let setting = Setting {
        reviewer: (*chance.one(&world.reviewers)?).into(),
        assessment: &assessment,
        lang: made.lang,
        released_at,
        now: world.now,
        zone: world.zone,
    };
    let story = story::tell(chance, facts, &setting);
    let name = profile.about.full_name();
    let languages = match assessment.rule(Rule::Language).map(|rule| &rule.reason) {
        Some(Reason::LanguageWorkingKnowledge { languages }) => languages.clone(),
        _ => vec![],
    };
    Some(Made {
        number,
        person: PersonRow {
            id: person,
            email: format!("c{}-{number}@example.org", world.seed),
            given_names: profile.about.given_names.clone(),
            family_names: profile.about.family_names.clone(),
            lang: made.lang.code(),
            role: "candidate",
            created_at,
        },
        case: CaseRow {
            id,
            candidate: person,
            released_at,
            released_on,
            search_key: crate::words::of(&profile),
            name,
            verdict: assessment.verdict.code(),
            tracks: assessment.tracks().iter().map(|track| track.code()).collect(),
            languages,
            months: made.months,
            profile,
            assessment,
            policy_version: world.policy.effective_from,
        },
        story,
    })
}

/// In the order of time, as all identifiers are, but by our own chance.
fn identifier(chance: &mut Chance, at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance.bytes()).into_uuid()
}

async fn write(system: &System, files: &Files, mut chunk: Vec<Made>) -> anyhow::Result<()> {
    let Some(first) = chunk.first().map(|made| made.person.id) else { return Ok(()) };
    let mut documents = Vec::new();
    for made in chunk.iter_mut().filter(|made| made.number < WITH_DOCUMENTS) {
        let papers = paper::of(files, &made.case).await?;
        made.case.profile.documents = papers.iter().map(|(document, _)| document.clone()).collect();
        documents.push((made.case.id, papers));
    }
    let mut people = Vec::with_capacity(chunk.len());
    let mut cases = Vec::with_capacity(chunk.len());
    let mut stories = Vec::with_capacity(chunk.len());
    for made in chunk {
        stories.push((made.case.id, made.story));
        people.push(made.person);
        cases.push(made.case);
    }
    let mut tx = system.begin().await?;
    rows::insert_people(&mut tx, &people).await?;
    rows::insert_cases(&mut tx, &cases).await?;
    for (id, papers) in &mut documents {
        if let Some(case) = cases.iter().find(|case| case.id == *id) {
            rows::insert_documents(&mut tx, case, papers).await?;
            let mut stored: Vec<_> = papers.iter_mut().map(|(_, stored)| stored).collect();
            files.keep_all(&mut tx, &mut stored).await?;
        }
    }
    for n in 0.. {
        let steps: Vec<(Uuid, &Taken)> =
            stories.iter().filter_map(|(id, story)| Some((*id, story.get(n)?))).collect();
        if steps.is_empty() {
            break;
        }
        rows::take(&mut tx, &steps).await?;
    }
    let done = tx.note(Note::Seeded, first, &[]).await?;
    tx.commit(done).await?;
    Ok(())
}
