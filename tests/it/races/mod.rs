//! Two at once: for every transition of `lifecycle.md`, two people (or a person and the calendar) press their buttons
//! at the same moment. One wins, is recorded once and writes its letters once; the other is told, with what was typed.

mod scene;
mod table;

use crate::support::{PDF, Reader, Reply, World, world_on};
use chrono_tz::Europe::Zurich;
use futures_util::FutureExt;
use scene::{Scene, Stage};
use sqlx::PgPool;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use table::{Race, Side, Who};

/// What each side types where a form has room for words.
const WORDS: [&str; 2] = ["Morning", "Evening"];

/// Whether an application or a placement is that candidate's.
const IS_OF: &str = "
create function is_of(candidate uuid, subject uuid) returns boolean stable language sql as $$
    select exists (select from application a left join placement p on p.application_id = a.id
                   where a.candidate_id = candidate and subject in (a.id, p.id))
$$";

#[sqlx::test]
async fn of_two_at_once_one_wins_on_an_application(db: PgPool) {
    run(db, table::APPLICATION).await;
}

#[sqlx::test]
async fn of_two_at_once_one_wins_until_an_offer_is_made(db: PgPool) {
    run(db, table::PROPOSAL).await;
}

#[sqlx::test]
async fn of_two_at_once_one_wins_on_an_offer(db: PgPool) {
    run(db, table::OFFER).await;
}

#[sqlx::test]
async fn of_two_at_once_one_wins_on_an_internship(db: PgPool) {
    run(db, table::INTERNSHIP).await;
}

/// The database's tables of transitions are those of the specification (see `domain::lifecycle`).
#[sqlx::test]
async fn every_transition_is_raced(db: PgPool) {
    let all: BTreeSet<String> = sqlx::query_scalar(
        "select format('%s: %s -> %s', action, from_state, to_state)
         from (table application_transition union table placement_transition) every",
    )
    .fetch_all(&db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let tables = [table::APPLICATION, table::PROPOSAL, table::OFFER, table::INTERNSHIP];
    let raced: BTreeSet<String> = tables
        .into_iter()
        .flatten()
        .flat_map(|race| race.sides.iter().map(|side| side.step).chain(race.effects.iter().copied()))
        .map(str::to_owned)
        .collect();
    let unknown: Vec<_> = raced.difference(&all).collect();
    let missing: Vec<_> = all.difference(&raced).collect();
    assert!(unknown.is_empty() && missing.is_empty(), "unknown: {unknown:?}; not raced: {missing:?}");
}

/// Each race twice, so that either side is the first to set out.
async fn run(db: PgPool, races: &[Race]) {
    let world = world_on(db, "2026-11-24").await;
    sqlx::raw_sql(IS_OF).execute(&world.db).await.unwrap();
    let mut lost = Vec::new();
    for race in races {
        for order in [[0, 1], [1, 0]] {
            let one = AssertUnwindSafe(start(&world, race, order)).catch_unwind().await;
            if one.is_err() {
                lost.push(format!(
                    "{:?}: {} against {}",
                    race.stage, race.sides[order[0]].step, race.sides[order[1]].step
                ));
            }
        }
    }
    // all of them, not only the first
    assert!(lost.is_empty(), "{lost:#?}");
}

async fn start(world: &World, race: &Race, order: [usize; 2]) {
    let scene = scene::set(world, race.stage).await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let at = world.later(race.on).await;
    let sides = order.map(|nth| (&race.sides[nth], WORDS[nth]));
    held(&at, &scene, race, sides).await;
    // internships begin where the builder puts them, of which nothing is recorded
    if !matches!(race.stage, Stage::Begun | Stage::ExtensionAgreed | Stage::Evaluated) {
        at.assert_whole().await;
    }
}

async fn held(at: &World, scene: &Scene<'_>, race: &Race, sides: [(&Side, &str); 2]) {
    let before: i64 = at.count("select coalesce(max(id), 0) from audit_event").await;
    let [(one, first), (two, second)] = sides;
    let forms = [form(at, scene, one, first).await, form(at, scene, two, second).await];
    let replies = tokio::join!(press(at, scene, one, &forms[0]), press(at, scene, two, &forms[1]));

    let steps: Vec<String> = sqlx::query_scalar(
        "select format('%s: %s -> %s', action, from_state, to_state) from audit_event
         where id > $1 and to_state is not null and is_of($2, subject_id) order by id",
    )
    .bind(before)
    .bind(scene.candidate.id)
    .fetch_all(&at.db)
    .await
    .unwrap();
    let told = format!("{} against {}: {steps:?}, {replies:?}", one.step, two.step);
    let won = steps.iter().filter(|step| [one.step, two.step].contains(&step.as_str())).count();
    assert_eq!(won, 1, "one wins: {told}");
    let known = |step: &&String| race.effects.contains(&step.as_str());
    assert_eq!(steps.iter().filter(known).count(), steps.len() - 1, "nothing else happens: {told}");
    let once: BTreeSet<_> = steps.iter().collect();
    assert_eq!(once.len(), steps.len(), "everything once: {told}");
    let twice: Vec<String> = sqlx::query_scalar(
        "select letter from outbox o join audit_event e on e.id = o.event_id
         where e.id > $1 and e.to_state is not null and is_of($2, e.subject_id)
         group by letter, recipient_id having count(*) > 1",
    )
    .bind(before)
    .bind(scene.candidate.id)
    .fetch_all(&at.db)
    .await
    .unwrap();
    assert!(twice.is_empty(), "written twice: {twice:?}, {told}");

    let same = forms[0] == forms[1];
    let answers = [(replies.0, first, &forms[0]), (replies.1, second, &forms[1])];
    let answers: Vec<_> =
        answers.into_iter().filter_map(|(reply, word, form)| Some((reply?, word, form))).collect();
    let done = answers.iter().filter(|(reply, ..)| reply.status == 303).count();
    // an offer or a withdrawal that has moved on: whoever answers it, or takes it back, lands on the page that says so
    let lands = |side: &Side| ["/undo", "/accept", "/refuse"].iter().any(|verb| side.path.ends_with(verb));
    match answers.len() {
        // the very same request twice has the effect of doing it once
        2 if same && one.who == two.who => assert_eq!(done, 2, "{told}"),
        2 if same => assert!(done >= 1, "{told}"),
        2 => assert!(
            done == 1 || lands(one) || lands(two) || answers.iter().any(|(reply, ..)| reply.status == 200),
            "{told}"
        ),
        // against the calendar
        _ => assert!(done <= 1, "{told}"),
    }
    for (reply, word, form) in &answers {
        match reply.status {
            303 => {}
            // everything typed is still there
            409 | 422 => assert!(!form.contains(word) || reply.has(word), "{word} is lost: {told}"),
            // of several cases at once, each is answered for
            200 => assert!(
                steps.iter().any(|step| step.starts_with("assign")) || reply.has("Not changed"),
                "{told}"
            ),
            // Human Resources loses at once what was withdrawn, the others what was called off
            404 => {
                assert!(steps.iter().any(|s| s.ends_with("withdrawn") || s.ends_with("cancelled")), "{told}")
            }
            _ => panic!("{told}"),
        }
    }
}

/// The form of a page as a browser would send it; empty for the calendar.
async fn form(at: &World, scene: &Scene<'_>, side: &Side, word: &str) -> String {
    let Some(reader) = scene.who(side.who) else { return String::new() };
    let answers = scene.fill_in(side.answers).replace("{word}", word);
    let path = scene.fill_in(side.path);
    let page = match path.strip_suffix("/claim").or(path.strip_suffix("/withdraw/undo")) {
        Some(page) => page,
        None => &path,
    };
    let page = reader.of(at).get(page).await;
    let hidden = ["seen", "wish", "verdict", "case"]
        .into_iter()
        .filter(|name| page.has(&format!("name=\"{name}\" value=\"")))
        .map(|name| format!("{name}={}&", page.hidden(name)));
    hidden.chain([answers]).collect()
}

/// `None`: by the calendar, which nobody answers.
async fn press(at: &World, scene: &Scene<'_>, side: &Side, form: &str) -> Option<Reply> {
    let Some(reader) = scene.who(side.who) else {
        stagiaire::jobs::once(&Db::new(at.db.clone(), Zurich), Clock::Stopped(at.now)).await;
        return None;
    };
    let (reader, path): (Reader<'_>, _) = (reader.of(at), scene.fill_in(side.path));
    Some(match side.answers {
        table::FILE => reader.upload(&path, &[("agree", "true")], "agreement.pdf", PDF).await,
        _ => reader.post(&path, form).await,
    })
}

impl Scene<'_> {
    fn who(&self, who: Who) -> Option<&Reader<'_>> {
        Some(match who {
            Who::Calendar => return None,
            Who::Candidate => &self.candidate,
            Who::Reviewer => &self.reviewer,
            Who::Colleague => &self.colleague,
            Who::Supervisor => &self.supervisor,
            Who::Director => &self.director,
            Who::OtherDirector => &self.other_director,
        })
    }

    /// A path or a form with what it is about.
    fn fill_in(&self, text: &str) -> String {
        let placement = self.placement.unwrap_or_default();
        text.replace("{a}", &self.application.to_string())
            .replace("{p}", &placement.to_string())
            .replace("{document}", &self.document.unwrap_or_default().to_string())
            .replace("{supervisor}", &self.supervisor.id.to_string())
            .replace("{colleague}", &self.colleague.id.to_string())
    }
}
