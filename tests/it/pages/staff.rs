//! The pages of those who work here: with nothing on them, and with one case of every kind, whose people have long
//! names and write long words.

use super::{LONG, Sheet, Sitting, form, sheet, sheets};
use crate::openings::{DATA, data_but};
use crate::support::{Cast, EVALUATION, PDF, Reader, World, taken};
use uuid::Uuid;

/// Pages that are there before there is any case.
const LISTS: [(&str, &[&str]); 5] = [
    (
        "hr_reviewer",
        &[
            "/review/home",
            "/review",
            "/review?waiting=10&q=Qu%C3%ADspe",
            "/review/views?area=data",
            "/review/duplicates",
            "/review/decisions",
            "/review/sheets",
            "/review/openings",
            "/review/openings/new",
            "/review/closing",
            "/placements",
            "/placements/under-way",
            "/placements/match",
            "/reports",
            "/reports/insurance",
            "/account",
            "/account/opened",
        ],
    ),
    (
        "supervisor",
        &[
            "/supervision/home",
            "/supervision",
            "/supervision/decided",
            "/supervision/interns",
            "/account/deputy?role=supervisor",
        ],
    ),
    (
        "hr_director",
        &[
            "/direction",
            "/direction/decided",
            "/reports",
            "/reports/insurance",
            "/account/deputy?role=hr_director",
        ],
    ),
    ("medical_officer", &["/medical/home", "/medical", "/medical?decided=true"]),
    (
        "administrator",
        &[
            "/administration/home",
            "/administration",
            "/administration/offices",
            "/administration/offices/new",
            "/administration/offices/geneva",
            "/administration/offices/geneva/rate",
            "/administration/offices/geneva/policy",
            "/administration/policies",
            "/administration/policies/new",
            "/administration/reasons",
            "/administration/letters",
            "/administration/letters/pooled",
            "/administration/workload",
            "/administration/retention",
            "/administration/retention/letters",
            "/administration/people",
            "/administration/people?q=nobody",
            "/administration/people/invite",
            "/record",
        ],
    ),
];

/// Everybody who works here on their first day.
pub async fn first_day(world: &World) -> Vec<Sitting<'_>> {
    let mut all = Vec::new();
    for (role, paths) in LISTS {
        let who = match role {
            "supervisor" => world.supervisor("en", "geneva").await,
            role => world.sign_in("en", &[role]).await,
        };
        all.push(Sitting { who, sheets: paths.iter().map(|path| sheet(*path, 200)).collect() });
    }
    all
}

/// Everybody who works here, on a day when there is something of everything to do.
pub async fn staff(world: &World) -> Vec<Sitting<'_>> {
    let mut all = first_day(world).await;
    one_more_of_each(world, &mut all, 1).await;
    all
}

/// One more case of every kind, for the same people. `nth`: so many there are then.
pub async fn one_more_of_each(world: &World, all: &mut [Sitting<'_>], nth: u32) {
    let [reviewer, supervisor, director, officer, administrator] = all else {
        panic!("five roles work here")
    };
    review(world, reviewer, nth).await;
    placements(world, reviewer, supervisor).await;
    under_way(world, reviewer, supervisor).await;
    decisions(world, director, officer).await;
    administration(world, administrator).await;
}

/// A candidate with names that fit nowhere has released a profile.
async fn long_name(world: &World) -> (Reader<'_>, Uuid) {
    let who = world.ready_candidate("fr").await;
    let about = format!(
        "given_names={LONG}&family_names={LONG}&born_day=14&born_month=3&born_year=2002&nationality=CO&nationality=FR\
         &residence=FR&phone=%2B57+1+555+0123"
    );
    who.change("about", &about).await;
    assert_eq!(who.release().await.status, 303);
    let id = sqlx::query_scalar("select id from application where candidate_id = $1");
    let id = id.bind(who.id).fetch_one(&world.db).await.unwrap();
    (who, id)
}

/// A case that I have taken, with all there can be on it, and one of every other state.
async fn review(world: &World, me: &mut Sitting<'_>, nth: u32) {
    let (reviewer, colleague) = (&me.who, world.reviewer("en").await);
    let (candidate, id) = long_name(world).await;
    let other = world.application(&world.candidate("es").await).await;
    let [pooled, declined] = [
        world.application(&world.candidate("en").await).await,
        world.application(&world.candidate("en").await).await,
    ];
    reviewer.claim(id).await;
    reviewer.claim(other).await;
    reviewer.pool(pooled).await;
    reviewer.claim(declined).await;
    let at = |verb: &str| format!("/review/{id}{verb}");
    let no = format!("why=no_matching_place&message=Not+now+{LONG}");
    reviewer.done(&format!("/review/{declined}/decline"), &no).await;
    let note = format!("form={}&note=See+{LONG}", Uuid::now_v7());
    taken("a note", &reviewer.post(&at("/notes"), &note).await);
    for (writer, path) in [(&candidate, "/application/messages".to_owned()), (reviewer, at("/messages"))] {
        let fields = [("form", &*writer.get(&path).await.hidden("form")), ("body", LONG)];
        taken(&path, &writer.upload(&path, &fields, &format!("{LONG}.pdf"), PDF).await);
    }
    let new = reviewer.get("/review/sheets/new").await.location.unwrap();
    let criteria = format!(
        "title_en={LONG}&title_fr=Unit%C3%A9&name_en={LONG}&weight=3&marks_en=Poor%0AWeak%0AFair%0AGood%0A{LONG}\
         &name_fr=R%C3%A9daction&marks_fr="
    );
    reviewer.done(&new, &format!("{criteria}&take=true")).await;
    let scoring: Uuid = sqlx::query_scalar(
        "select id from scoring_sheet where in_use_since is not null order by id desc limit 1",
    )
    .fetch_one(&world.db)
    .await
    .unwrap();
    colleague.done(&at(&format!("/scores/{scoring}")), &format!("mark=5&words={LONG}")).await;
    reviewer.done(&at(&format!("/scores/{scoring}")), &format!("mark=2&words={LONG}")).await;
    let pair = at(&format!("/duplicates/{other}"));
    let title = format!("language=es&title_en={LONG}&description_en=Text");
    let (open, closed) = (reviewer.announce(DATA).await, reviewer.announce(&data_but(&title)).await);
    let later = format!("why=no_matching_place&then=later&message=Not+now+{LONG}");
    reviewer.done(&format!("/review/{other}/decline"), &later).await;
    let draft = reviewer.draft(&data_but(&title)).await;
    reviewer.done(&format!("/review/openings/{closed}/close"), "").await;
    let view = format!("name={nth}{}&query=area:data&shared=true", &LONG[..38]);
    taken("a view", &reviewer.post("/review/views", &view).await);
    let paths = [
        "",
        "/history",
        "/notes",
        "/messages",
        "/changes",
        "/pool",
        "/decline",
        "/unclaim",
        "/conflict",
        "/record",
    ];
    let mut more: Vec<Sheet> = paths.iter().map(|verb| sheet(at(verb), 200)).collect();
    more.extend([
        sheet(at(&format!("/scores/{scoring}")), 200),
        sheet(&new, 200),
        sheet(&pair, 200),
        sheet(format!("{pair}/close"), 200),
        sheet(format!("/review/{pooled}"), 200),
        sheet(format!("/review/{pooled}/propose"), 200),
        sheet(format!("/review/{declined}"), 200),
        sheet(format!("/review/{declined}/reopen"), 200),
        sheet(format!("/review/openings/{open}/edit"), 200),
        sheet(format!("/review/openings/{draft}/publish"), 200),
        sheet(format!("/review/openings/{open}/close"), 200),
        sheet(format!("/review/openings/{draft}/edit"), 200),
        sheet(format!("/openings/{closed}"), 200),
        sheet(format!("/review/{other}/rules/track"), 200),
        sheet(format!("/review/openings/{open}/match"), 200),
        sheet("/placements/match?office=geneva", 200),
        sheet(format!("/review/bulk/changes?pick={id}:2"), 200),
        sheet("/review/decisions", 200),
        form(at("/changes"), "seen=2", 422),
        form(at("/changes"), "seen=1&sections=documents&message=Late", 409),
        form(at("/decline"), "seen=2", 422),
        form(at("/unclaim"), "seen=1&reason=x", 409),
        form(at("/notes"), "note=", 422),
        form(format!("/review/{other}/rules/track"), "seen=2&finding=met&reason=", 422),
        form(format!("/review/{pooled}/propose"), "seen=3&office=none&start_day=31&start_month=2", 422),
        form(format!("/review/{declined}/reopen"), "seen=3&reason=", 422),
        form("/review/openings/new", format!("title_en={LONG}"), 422),
        form("/review/views", "name=&query=area:data", 422),
        form(new, "title_en=", 422),
        sheet("/review?q=%22open", 200),
        sheet(format!("/review?q={LONG}"), 200),
        sheet(format!("/review/{}", Uuid::nil()), 404),
        sheet("/administration", 403),
    ]);
    me.sheets.extend(more);
}

/// A placement of every state before the first day.
async fn placements(world: &World, me: &mut Sitting<'_>, supervisor: &mut Sitting<'_>) {
    let (_, id) = long_name(world).await;
    me.who.pool(id).await;
    let proposed = me.who.propose(id, &supervisor.who).await;
    let (_, second) = long_name(world).await;
    me.who.pool(second).await;
    let approved = me.who.propose(second, &supervisor.who).await;
    let writing = format!("terms_of_reference={LONG}&tasks={LONG}&learning_goals={LONG}&no_conflict=true");
    supervisor.who.done(&format!("/supervision/{approved}/approve"), &writing).await;
    let (offered, accepted) = (world.offered().await, world.accepted().await);
    accepted.show("passport", &[("until_day", "1"), ("until_month", "1"), ("until_year", "2030")]).await;
    let passport = format!("/documents/{}", accepted.shown("passport").await);
    let mut more: Vec<Sheet> = [
        (proposed, ["", "/cancel", "/interview"].as_slice()),
        (approved, &["", "/offer", "/cancel", "/interview"]),
        (offered.placement, &["", "/rescind"]),
        (accepted.placement, &["", "/documents", &passport, "/cancel"]),
    ]
    .iter()
    .flat_map(|(id, verbs)| verbs.iter().map(move |verb| sheet(format!("/placements/{id}{verb}"), 200)))
    .collect();
    let at = |cast: &Cast<'_>, verb: &str| cast.at("placements", verb);
    more.extend([
        form(format!("/placements/{approved}/offer"), "answer_day=31&answer_month=2", 422),
        form(format!("/placements/{proposed}/cancel"), "seen=1&reason=", 422),
        form(format!("/placements/{proposed}/interview"), "minutes=0", 422),
        form(at(&offered, "/rescind"), "seen=3&reason=", 422),
        form(at(&accepted, &passport), "decision=returned&reason=", 422),
    ]);
    me.sheets.extend(more);
    let verbs = ["", "/approve", "/decline", "/interview"];
    supervisor.sheets.extend(verbs.map(|verb| sheet(format!("/supervision/{proposed}{verb}"), 200)));
    supervisor.sheets.extend([
        sheet(format!("/supervision/{approved}"), 200),
        form(format!("/supervision/{proposed}/approve"), "seen=1&tasks=", 422),
        form(format!("/supervision/{proposed}/decline"), "seen=1&reason=", 422),
        form(format!("/supervision/{proposed}/interview"), "on1_day=31&on1_month=2&minutes=x", 422),
        form("/account/deputy?role=supervisor", "from_day=31&from_month=2", 422),
    ]);
}

/// Interns: one who may begin, and one at work.
async fn under_way(world: &World, me: &mut Sitting<'_>, supervisor: &mut Sitting<'_>) {
    let (ready, at_work) = (world.candidate("en").await, world.candidate("en").await);
    let ready = world.internship(&ready, &supervisor.who, &me.who, "ready").await;
    let id = world.internship(&at_work, &supervisor.who, &me.who, "started").await;
    let wish = format!("end_day=31&end_month=8&end_year=2027&reason={LONG}");
    for (verb, answers) in [("evaluate/mid_term", EVALUATION), ("extend", &wish)] {
        supervisor.who.done(&format!("/supervision/{id}/{verb}"), answers).await;
    }
    supervisor.sheets.extend(sheets(["/supervision/interns"]));
    let verbs = ["", "/evaluate/mid_term", "/absences"];
    supervisor.sheets.extend(verbs.map(|verb| sheet(format!("/supervision/{id}{verb}"), 200)));
    supervisor.sheets.extend([
        sheet(format!("/supervision/{ready}"), 200),
        sheet(format!("/supervision/{ready}/start"), 200),
        form(format!("/supervision/{id}/absences"), "from_day=31&from_month=2", 422),
    ]);
    me.sheets
        .extend(["", "/end-early", "/absences"].map(|verb| sheet(format!("/placements/{id}{verb}"), 200)));
    me.sheets.extend([
        sheet(format!("/placements/{ready}"), 200),
        sheet(format!("/placements/{ready}/start"), 200),
        form(format!("/placements/{id}/end-early"), "seen=6&reason=", 422),
    ]);
}

/// A waiver to decide, and a certificate to look at.
async fn decisions(world: &World, director: &mut Sitting<'_>, officer: &mut Sitting<'_>) {
    let local = world.approved_local().await;
    taken("a waiver", &local.ask_waiver().await);
    let path = local.at("direction", "");
    director.sheets.extend([sheet(&path, 200), form(&path, "decision=granted&reason=", 422)]);
    let accepted = world.accepted().await;
    accepted.show("medical_certificate", &[]).await;
    accepted.show("vaccination_record", &[]).await;
    let [certificate, record] =
        [accepted.shown("medical_certificate").await, accepted.shown("vaccination_record").await];
    officer.sheets.extend([
        sheet(format!("/medical/{certificate}"), 200),
        sheet(format!("/medical/{record}"), 200),
        form(format!("/medical/{certificate}"), "decision=verified&until_day=31&until_month=2", 422),
    ]);
}

/// What an administrator has to do with people.
async fn administration(world: &World, me: &mut Sitting<'_>) {
    let (somebody, colleague) = (world.candidate("en").await, world.supervisor("en", "nairobi").await);
    let at = |id: Uuid, verb: &str| format!("/administration/people/{id}{verb}");
    me.sheets.extend([
        sheet(at(somebody.id, ""), 200),
        sheet(at(somebody.id, "/hold"), 200),
        sheet(at(colleague.id, ""), 200),
        sheet(at(colleague.id, "/disable"), 200),
        sheet("/record?action=release", 200),
        form("/administration/people/invite", "email=joy", 422),
        form("/administration/offices/new", format!("word={LONG}"), 422),
        form("/administration/offices/geneva/rate", "from_day=31&from_month=2&monthly=x", 422),
        form("/administration/policies/new", "from_day=31&from_month=2", 422),
        form("/administration/workload", "seen=40&most=x", 422),
        form("/administration/retention/letters", "seen=365&days=3", 422),
        form(at(somebody.id, "/hold"), "reason=", 422),
        form("/administration/reasons", "name_en=", 422),
    ]);
}
