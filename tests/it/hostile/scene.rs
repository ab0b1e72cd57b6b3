//! The people of the hostile tests: cases in every state, and everybody who works on them.

use crate::accounts::confirm::link;
use crate::openings::DATA;
use crate::pages::guarded;
use crate::review::score::SHEET;
use crate::support::{APPROVAL, EVALUATION, PASSWORD, PDF, Reader, WHOLE_POLICY, World};
use chrono::TimeDelta;
use uuid::Uuid;

/// How far a case has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    Released,
    Claimed,
    Pooled,
    Proposed,
    Approved,
    Offered,
    Accepted,
}

/// A case and its candidate.
pub struct Case<'w> {
    pub candidate: Reader<'w>,
    pub application: Uuid,
    pub placement: Option<Uuid>,
}

/// Who works on all cases.
pub struct Staff<'w> {
    pub reviewer: Reader<'w>,
    pub supervisor: Reader<'w>,
    pub officer: Reader<'w>,
    pub director: Reader<'w>,
    pub administrator: Reader<'w>,
}

impl<'w> Staff<'w> {
    pub async fn of(world: &'w World) -> Staff<'w> {
        Staff {
            reviewer: world.with_password(world.reviewer("en").await).await,
            supervisor: world.with_password(world.supervisor("en", "geneva").await).await,
            officer: world.sign_in("en", &["medical_officer"]).await,
            director: world.with_password(world.director("en").await).await,
            administrator: world.sign_in("en", &["administrator"]).await,
        }
    }
}

/// A case by the pages that lead there.
pub async fn case<'w>(world: &'w World, staff: &Staff<'_>, until: Until) -> Case<'w> {
    let candidate = world.with_password(world.candidate("en").await).await;
    let application = world.application(&candidate).await;
    let mut case = Case { candidate, application, placement: None };
    if until >= Until::Pooled {
        staff.reviewer.pool(application).await;
    } else if until == Until::Claimed {
        staff.reviewer.claim(application).await;
    }
    if until >= Until::Proposed {
        let placement = staff.reviewer.propose(application, &staff.supervisor).await;
        case.placement = Some(placement);
        let steps = [
            (Until::Approved, &staff.supervisor, format!("/supervision/{placement}/approve"), APPROVAL),
            (
                Until::Offered,
                &staff.reviewer,
                format!("/placements/{placement}/offer"),
                "answer_day=2&answer_month=12&answer_year=2026",
            ),
            (Until::Accepted, &case.candidate, format!("/offer/{placement}/accept"), "agreed=true"),
        ];
        for (step, who, path, answers) in steps {
            if until >= step {
                let reply = who.fill_in(&path, answers).await;
                assert_eq!(reply.status, 303, "{path}: {}", reply.body);
            }
        }
    }
    case
}

const TWO_TIMES: &str = "on1_day=1&on1_month=12&on1_year=2026&at1=14:30&on2_day=2&on2_month=12&on2_year=2026&at2=10:00\
                         &minutes=30&meeting=Room+4&zone=Europe/Zurich";

/// Two times for an interview are proposed, and one is chosen.
pub async fn interview(staff: &Staff<'_>, case: &Case<'_>) {
    let placement = case.placement.unwrap();
    let reply = staff.supervisor.fill_in(&format!("/supervision/{placement}/interview"), TWO_TIMES).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
}

/// The intern sends every paper that is needed before the first day.
pub async fn papers(case: &Case<'_>) {
    for kind in ["insurance", "medical_certificate", "vaccination_record", "passport", "agreement"] {
        let mut answers = vec![("agree", "true")];
        match kind {
            "insurance" => answers.extend(WHOLE_POLICY),
            "passport" => answers.extend([("until_day", "1"), ("until_month", "1"), ("until_year", "2030")]),
            _ => {}
        }
        let path = format!("/onboarding/{}/{kind}", case.placement.unwrap());
        let reply = case.candidate.upload(&path, &answers, &format!("{kind}.pdf"), PDF).await;
        assert_eq!(reply.status, 303, "{kind}: {}", reply.body);
    }
}

/// Both sides write, each with a file.
pub async fn messages(staff: &Staff<'_>, case: &Case<'_>, words: &str) {
    let desk = format!("/review/{}/messages", case.application);
    for (writer, path) in [(&case.candidate, "/application/messages"), (&staff.reviewer, desk.as_str())] {
        let fields = [("form", &*writer.get(path).await.hidden("form")), ("body", words)];
        let reply = writer.upload(path, &fields, &format!("{words}.pdf"), PDF).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
}

/// Somebody at work, asked for a longer stay, with one evaluation written.
pub async fn at_work<'w>(world: &'w World, staff: &Staff<'_>) -> (Reader<'w>, Uuid) {
    let candidate = world.candidate("en").await;
    let id = world.internship(&candidate, &staff.supervisor, &staff.reviewer, "started").await;
    let wish = "end_day=31&end_month=8&end_year=2027&reason=The+survey+goes+on";
    for (verb, answers) in [("evaluate/mid_term", EVALUATION), ("extend", wish)] {
        let reply = staff.supervisor.fill_in(&format!("/supervision/{id}/{verb}"), answers).await;
        assert_eq!(reply.status, 303, "{verb}: {}", reply.body);
    }
    (candidate, id)
}

/// Cases in every state, what is announced, and who reads what, with the addresses where each of them begins.
pub async fn everybody(world: &World) -> Vec<(&'static str, Reader<'_>, Vec<String>)> {
    use Until::*;
    let staff = Staff::of(world).await;
    world.set_up_factor(&staff.director).await;
    let address = staff.reviewer.get("/review/sheets/new").await.location.unwrap();
    assert_eq!(staff.reviewer.fill_in(&address, &format!("{SHEET}&take=true")).await.status, 303);
    let mut all = Vec::new();
    let (opening, draft) = (staff.reviewer.announce(DATA).await, staff.reviewer.draft(DATA).await);
    let (waived, local) = (world.approved_local().await, world.approved_local().await);
    assert_eq!(waived.ask_waiver().await.status, 303);
    let begin = ["/profile", "/account", "/application", "/openings", "/openings/letters"].map(str::to_owned);
    let drafting = world.with_password(world.ready_candidate("en").await).await;
    drafting.upload("/profile/documents", &[("kind", "university_letter")], "Letter.pdf", PDF).await;
    drafting.post(&format!("/profile/openings/{opening}/name"), "").await;
    world.session_of(drafting.id).await;
    let password = format!("current_password={}", PASSWORD.replace(' ', "+"));
    for sitting in guarded(world).await {
        let role = if sitting.who.is_somebody() { "candidate" } else { "" };
        all.push((role, sitting.who, sitting.sheets.into_iter().map(|sheet| sheet.path).collect()));
    }
    let moving = world.with_password(world.candidate("en").await).await;
    let reply = moving.post("/account/email", &format!("{password}&email=elsewhere%40example.org")).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let letters = world.deliver().await;
    let links = letters.iter().flat_map(|(_, plain)| plain.split_whitespace());
    let links = links
        .filter_map(|word| word.strip_prefix(&world.url))
        .filter(|path| path.contains("/account/email/"));
    all.push(("candidate", moving, links.map(str::to_owned).collect()));
    all.push(("candidate", drafting, begin.to_vec()));
    for until in [Released, Claimed, Pooled, Proposed, Approved, Offered, Accepted] {
        let case = case(world, &staff, until).await;
        match until {
            Claimed => messages(&staff, &case, "Hello").await,
            Approved => interview(&staff, &case).await,
            Accepted => papers(&case).await,
            _ => {}
        }
        all.push(("candidate", case.candidate, begin.to_vec()));
    }
    let withdrawn = case(world, &staff, Released).await;
    assert_eq!(withdrawn.candidate.fill_in("/application/withdraw", "").await.status, 303);
    let waiting = case(world, &staff, Pooled).await;
    sqlx::query("update application set pooled_until = '2026-12-05' where id = $1")
        .bind(waiting.application)
        .execute(&world.db)
        .await
        .unwrap();
    for candidate in [withdrawn.candidate, waiting.candidate] {
        all.push(("candidate", candidate, begin.to_vec()));
    }
    // an internship under way has to end before an account can
    let leaving = world.with_password(world.candidate("en").await).await;
    world.internship(&leaving, &staff.supervisor, &staff.reviewer, "started").await;
    assert_eq!(leaving.post("/account/delete", &format!("{password}&sure=true")).await.status, 303);
    all.push(("candidate", leaving, vec!["/account/delete".to_owned()]));
    let (intern, _) = at_work(world, &staff).await;
    all.push(("candidate", intern, begin.to_vec()));
    let reset = link(world, waived.candidate.id, "reset_password", TimeDelta::hours(1)).await;
    let confirm = link(world, waived.candidate.id, "confirm_email", TimeDelta::hours(1)).await;
    sqlx::query("insert into unsubscribe_token values (sha256('x'), $1)")
        .bind(local.candidate.id)
        .execute(&world.db)
        .await
        .unwrap();
    let invitation = link(world, staff.director.id, "invitation", TimeDelta::hours(1)).await;
    let tokens = [
        format!("/reset-password/{reset}"),
        format!("/confirm/{confirm}"),
        format!("/invitation/{invitation}"),
        "/unsubscribe/x".to_owned(),
    ];
    let own = |paths: &[&str]| paths.iter().map(|&path| path.to_owned()).collect::<Vec<_>>();
    let open = own(&["/", "/check", "/sign-in", "/register", "/forgot-password", "/openings", "/verify"]);
    all.push(("", world.stranger(), [open.as_slice(), &tokens].concat()));
    let untold = case(world, &staff, Claimed).await;
    let no = "why=no_matching_place&message=Not+this+year&then=later";
    let reply = staff.reviewer.fill_in(&format!("/review/{}/decline", untold.application), no).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let Staff { reviewer, supervisor, officer, director, administrator } = staff;
    all.push((
        "hr_reviewer",
        reviewer,
        own(&[
            "/review/home",
            "/review",
            "/review/views",
            "/review/sheets",
            "/placements",
            "/account",
            "/reports",
            &format!("/review/openings/{draft}/publish"),
        ]),
    ));
    all.push((
        "supervisor",
        supervisor,
        own(&["/supervision/home", "/supervision/interns", "/account/deputy"]),
    ));
    all.push(("medical_officer", officer, own(&["/medical/home"])));
    all.push(("hr_director", director, own(&["/direction", "/account/deputy"])));
    // what one proposes, another decides
    let (second, colleague) = (world.sign_in("en", &["administrator"]).await, world.reviewer("en").await);
    all.push(("hr_reviewer", colleague, own(&["/review", "/review/duplicates"])));
    all.push(("administrator", administrator, own(&["/administration/home", "/record"])));
    all.push(("administrator", second, own(&["/administration/policies", "/administration/people"])));
    all
}
