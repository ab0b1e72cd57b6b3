//! Every form, one field at a time: left out, sent twice, far too long, of another kind, with what no keyboard types,
//! and with what would act if it came back as it is. The other fields are filled in as somebody would.

use super::scene::everybody;
use super::{Form, crawl, encoded, forms, joined, remember, rewind, route, unescaped};
use crate::access::{Line, lines};
use crate::spoilt::{one, spoilt};
use crate::support::{PDF, Reader, Reply, World, world_on};
use proptest::test_runner::TestRunner;
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Would act in a page, an attribute, a template and a statement.
const MARKUP: &str = "\"><script>alert(1)</script>'{{7*7}}${7*7}' or 1=1--\\%s";
/// The part of it that no page may hold as it is.
const ACTS: &str = "<script>alert(1)";

/// Pages of one route that are looked at.
const ALIKE: usize = 14;

/// What is typed into the field that is attacked, percent-encoded; `None`: it is left out.
fn attacks() -> Vec<(&'static str, Option<String>)> {
    vec![
        ("left out", None),
        ("far too long", Some("x".repeat(100 * 1024))),
        ("a number too large", Some("99999999999999999999".into())),
        ("a number below zero", Some("-1".into())),
        ("controls", Some("a%00b%1Bc%E2%80%AEd%0D%0Ae%7F%C2%85%EF%BF%BE%F4%8F%BF%BFf".into())),
        ("nothing but controls", Some("%00".into())),
        ("no text", Some("%ED%A0%80%FF%C0%80%zz%".into())),
        ("markup", Some(encoded(MARKUP))),
    ]
}

const RESUME: &str =
    r#"{"basics": {"name": "Inés"}, "languages": [{"language": "Spanish", "fluency": "C1"}]}"#;

/// Forms that are sent once as they are, because others only come up then: what is proposed, put aside or brought.
const FIRST: [&str; 17] = [
    "/check",
    "/profile/cv",
    "/account/deputy",
    "/administration/policies/new",
    "/administration/offices/{office}/policy",
    "/administration/reasons/{reason}/withdraw",
    "/administration/people/{id}/hold",
    "/administration/people/{id}/disable",
    "/administration/people/invite",
    "/review/views",
    "/review/sheets/{sheet}",
    "/review/bulk",
    "/review/{id}/decline",
    "/review/{id}/duplicates/{other}/close",
    "/placements/{id}/interview",
    "/supervision/{id}/interview",
    "/profile/import",
];

/// One form of each kind, and who may send it.
async fn found<'w>(world: &'w World, staff: bool) -> Vec<(&'static str, Reader<'w>, Vec<Form>)> {
    let mut kinds = BTreeSet::new();
    let mut found = Vec::new();
    for (role, who, from) in everybody(world).await {
        if staff == matches!(role, "" | "candidate") {
            continue;
        }
        let from: Vec<&str> = from.iter().map(String::as_str).collect();
        let mut pages = crawl(&who, &from, ALIKE).await;
        let mut sent = BTreeSet::new();
        for form in pages.iter().flat_map(|(path, page)| forms(path, &page.body)).collect::<Vec<_>>() {
            if FIRST.contains(&route(&form.action)) && sent.insert(route(&form.action)) {
                let reply = form.send(&who, &form.filled(), "cv.json", RESUME.as_bytes()).await;
                pages.push((form.action, reply));
            }
        }
        pages.extend(crawl(&who, &from, ALIKE).await);
        let all = pages.iter().flat_map(|(path, page)| forms(path, &page.body));
        let new = all.filter(|form| kinds.insert(form.kind())).collect();
        found.push((role, who, new));
    }
    found
}

/// How an attack ended, and what it met.
#[derive(Default)]
struct Score {
    faults: Vec<String>,
    /// Answers by their status.
    answers: BTreeMap<u16, usize>,
    /// Answers that gave the markup back, as text.
    escaped: usize,
    /// The forms' addresses.
    met: BTreeSet<&'static str>,
}

impl Score {
    /// Judges one answer; `true` if something may have been written.
    fn judge(&mut self, what: &str, reply: &Reply) -> bool {
        *self.answers.entry(reply.status).or_default() += 1;
        if reply.status >= 500 {
            self.faults.push(format!("{what}: {}", reply.status));
        }
        if reply.has(ACTS) {
            self.faults.push(format!("{what}: the markup came back as it was"));
        }
        self.escaped += usize::from(unescaped(&reply.body).contains(ACTS) && !reply.has(ACTS));
        reply.status < 400
    }
}

async fn attack(world: &World, who: &Reader<'_>, form: &Form, score: &mut Score) {
    score.met.insert(route(&form.action));
    let answers = form.filled();
    let names: BTreeSet<&String> = answers.iter().map(|(name, _)| name).collect();
    for name in names {
        let at = answers.iter().position(|(other, _)| other == name).unwrap();
        for (how, value) in attacks() {
            let mut sent = answers.clone();
            match &value {
                None => sent.retain(|(other, _)| other != name),
                Some(value) => sent[at].1.clone_from(value),
            }
            strike(world, who, form, &sent, &format!("{name} {how}"), score).await;
        }
        let twice = (name.clone(), "another".to_owned());
        strike(world, who, form, &[answers.as_slice(), &[twice]].concat(), &format!("{name} twice"), score)
            .await;
    }
    let more = ("more".to_owned(), "x".repeat(300 * 1024));
    let strange = ("%00%FF%3Cscript%3E".to_owned(), "%00".to_owned());
    for (how, extra) in [("over the limit", more), ("a field nobody asked for", strange)] {
        strike(world, who, form, &[answers.as_slice(), &[extra]].concat(), how, score).await;
    }
}

/// The whole of what a browser sends, spoilt on the way.
const SPOILT: usize = 3;

async fn spoil(world: &World, who: &Reader<'_>, form: &Form, chance: &mut TestRunner, score: &mut Score) {
    let sent = spoilt(&[joined(&form.filled())]);
    for _ in 0..SPOILT {
        let body = one(&sent, chance);
        let what = format!("POST {} from {} with {}", form.action, form.page, String::from_utf8_lossy(&body));
        let reply = who.post_bytes(&form.action, "application/x-www-form-urlencoded", body).await;
        if score.judge(&what, &reply) || reply.status == 422 && form.action.starts_with("/profile") {
            rewind(world).await;
        }
    }
}

async fn strike(
    world: &World,
    who: &Reader<'_>,
    form: &Form,
    answers: &[(String, String)],
    how: &str,
    score: &mut Score,
) {
    let what = format!("POST {} from {}, {how}", form.action, form.page);
    let file = if how.ends_with("markup") { "\\\"><script>alert(1)<\u{202e}.pdf" } else { "Paper.pdf" };
    let reply = form.send(who, answers, file, PDF).await;
    // a section of a profile is kept even if it is not whole
    let is_written = score.judge(&what, &reply) || reply.status == 422 && form.action.starts_with("/profile");
    if !is_written {
        return;
    }
    // what was taken is text to whoever reads it
    if how.ends_with("markup") {
        for path in reply.location.iter().chain([&form.page]) {
            let page = who.get(path).await;
            score.judge(&format!("{what}, then {path}"), &page);
        }
    }
    rewind(world).await;
}

/// Forms that no page shows on this day: they are for scripts, for who was signed out meanwhile, for the API, or for
/// another day or address. [`crate::access`] sends nonsense to them, and their own tests what is wrong.
const ELSEWHERE: [&str; 15] = [
    "/api/v1/eligibility",
    "/api/v1/terms",
    "/kept",
    "/account/again",
    "/sign-in/organisation/end",
    "/account/second-factor/passkeys",
    "/account/second-factor/passkeys/add",
    "/account/second-factor/passkeys/{id}/remove",
    "/review/bulk/changes",
    "/review/{id}/open",
    "/review/{id}/later/drop",
    "/review/{id}/duplicate",
    "/placements/{id}/start",
    "/placements/{id}/no-show",
    "/supervision/{id}/start",
];

async fn every_form(db: PgPool, staff: bool) {
    let world = world_on(db, "2026-11-25").await;
    let found = found(&world, staff).await;
    remember(&world).await;
    let (mut score, mut chance) = (Score::default(), TestRunner::deterministic());
    for (_, who, forms) in &found {
        for form in forms {
            attack(&world, who, form, &mut score).await;
            spoil(&world, who, form, &mut chance, &mut score).await;
            sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
        }
    }
    assert!(score.faults.is_empty(), "\n{}\n", score.faults.join("\n"));
    let is_of = |line: &Line| line.post.as_ref().is_some_and(|who| who.includes("candidate") != staff);
    let missed: Vec<&str> = lines()
        .into_iter()
        .filter(is_of)
        .map(|line| line.route)
        .filter(|route| !score.met.contains(route) && !ELSEWHERE.contains(route))
        .collect();
    assert!(missed.is_empty(), "found nowhere, so nothing was tried: {missed:?}");
    let taken = score.answers.get(&303).copied().unwrap_or_default();
    assert!(taken > 100 && score.escaped > 30, "{:?}, {} came back as text", score.answers, score.escaped);
}

/// The answers of the self-check travel as text within text, and what stands in them is judged by nobody before it
/// becomes a profile.
#[sqlx::test]
async fn carried_answers_are_as_harmless_as_typed_ones(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let stranger = world.stranger();
    let carried = [
        r#"{"born":{"day":"\u0000"},"way":"recent_graduate","languages":["\u0000"]}"#,
        r#"{"born":{"day":"\u202e\u001b"},"way":"final_year","months":"\"><script>alert(1)</script>"}"#,
        r#"{"born":{"day":"\ud800"}}"#,
        r#"{"languages":["es","es","es"],"months":"999999999999999999999999"}"#,
        r#"{"languages":"es"}"#,
        "[[[[[[[[",
    ];
    for (nth, carried) in carried.iter().enumerate() {
        let carried = encoded(carried);
        let reply = stranger.post("/register/with-answers", &format!("carried={carried}")).await;
        assert!(reply.status == 200 && !reply.has(ACTS), "{carried}: {} {}", reply.status, reply.body);
        let email = format!("carried{nth}%40example.org");
        let form = format!(
            "family_names=Ana&email={email}&lang=en&privacy=true&password=correct+horse+battery&carried={carried}"
        );
        let reply = stranger.post("/register", &form).await;
        assert_eq!(reply.status, 303, "{carried}: {}", reply.body);
    }
    let people: Vec<Uuid> = sqlx::query_scalar("select id from person").fetch_all(&world.db).await.unwrap();
    assert_eq!(people.len(), carried.len());
    sqlx::query("update person set email_confirmed_at = now()").execute(&world.db).await.unwrap();
    for person in people {
        let who = world.session_of(person).await;
        for (path, page) in crawl(&who, &["/profile"], 2).await {
            assert!(!page.has(ACTS) && !page.has("\u{202e}"), "{path}: {}", page.body);
        }
    }
}

/// And so does what was read from a CV.
#[sqlx::test]
async fn a_cv_that_was_read_is_as_harmless_as_what_was_typed(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    let strange = r#"{"basics": {"name": "Ana \u0000\u202e\"><script>alert(1)</script>", "phone": "\u0000"},
        "work": [{"name": "\u0000", "position": "Clerk\u0000", "summary": "\u001b"}]}"#;
    let page = candidate.upload("/profile/import", &[], "cv.json", strange.as_bytes()).await;
    assert!(page.status == 200 && !page.has(ACTS), "{}", page.body);
    let form =
        forms("/profile/import", &page.body).into_iter().find(|form| form.action.ends_with("take-over"));
    let form = form.unwrap();
    assert_eq!(form.send(&candidate, &form.filled(), "", b"").await.status, 303);
    for (path, page) in crawl(&candidate, &["/profile"], 2).await {
        assert!(!page.has(ACTS) && !page.has("\u{202e}"), "{path}: {}", page.body);
    }
    assert!(candidate.get("/profile/experience").await.has("Clerk"));
}

/// A form is kept as it was sent, names included, if its sender was signed out meanwhile.
#[sqlx::test]
async fn what_arrives_too_late_is_kept_as_harmless_as_the_rest(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("en").await;
    sqlx::query("update session set expires_at = created_at").execute(&world.db).await.unwrap();
    let markup = encoded(MARKUP);
    for extra in ["%00=x", "a%00b=%00", &format!("{markup}={markup}"), "%FF=1", "%ED%A0%80=1", "=", "&&&"] {
        let reply = candidate.post("/profile/about", &format!("seen=0&given_names=Ana&{extra}")).await;
        assert!(reply.status < 500, "{extra}: {}", reply.status);
        let back = candidate.with_cookies(&reply);
        sqlx::query("update session set expires_at = '2999-01-01'").execute(&world.db).await.unwrap();
        let kept = back.get("/kept").await;
        assert!(kept.status < 500 && !kept.has(ACTS), "{extra}: {} {}", kept.status, kept.body);
        sqlx::query("update session set expires_at = created_at").execute(&world.db).await.unwrap();
    }
}

#[sqlx::test]
async fn no_field_of_a_candidates_form_breaks_or_acts(db: PgPool) {
    every_form(db, false).await;
}

#[sqlx::test]
async fn no_field_of_a_form_of_staff_breaks_or_acts(db: PgPool) {
    every_form(db, true).await;
}
