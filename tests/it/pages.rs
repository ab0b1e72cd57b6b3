//! Every page that a candidate or a stranger can meet, each with as much on it as there can be, or nothing at all.
//! What has to hold for all of them is asked of this one table.

use crate::accounts::confirm::link;
use crate::openings::{DATA, data_but};
use crate::support::{EVALUATION, PASSWORD, PDF, Reader, Reply, World};
use chrono::TimeDelta;
use uuid::Uuid;

pub mod staff;

/// One page: its address, what is sent to get it, and the status it comes with.
pub struct Sheet {
    pub path: String,
    pub sent: Sent,
    pub status: u16,
}

/// How the page is asked for.
pub enum Sent {
    Nothing,
    Form(String),
    /// A file chosen in the field `file`: its name and its content.
    File(&'static str, &'static str),
}

impl Sheet {
    /// As a browser without a window would get it.
    pub async fn fetch(&self, who: &Reader<'_>) -> Reply {
        match &self.sent {
            Sent::Nothing => who.get(&self.path).await,
            Sent::Form(body) => who.post(&self.path, body).await,
            Sent::File(name, content) => who.upload(&self.path, &[], name, content.as_bytes()).await,
        }
    }

    /// To tell it from the others in a message, and in the name of a picture.
    pub fn name(&self) -> String {
        let how = match self.sent {
            Sent::Nothing => "",
            Sent::Form(_) => "+form",
            Sent::File(..) => "+file",
        };
        format!("{}{how}", self.path)
    }
}

/// The pages of one person, in the order in which they are opened.
pub struct Sitting<'w> {
    pub who: Reader<'w>,
    pub sheets: Vec<Sheet>,
}

fn sheet(path: impl Into<String>, status: u16) -> Sheet {
    Sheet { path: path.into(), sent: Sent::Nothing, status }
}

/// A form that comes back with what is wrong with it, or an answer that is a page.
fn form(path: impl Into<String>, body: impl Into<String>, status: u16) -> Sheet {
    Sheet { path: path.into(), sent: Sent::Form(body.into()), status }
}

fn sheets<const N: usize>(paths: [&str; N]) -> Vec<Sheet> {
    paths.into_iter().map(|path| sheet(path, 200)).collect()
}

const SECTIONS: [&str; 9] = [
    "/profile/about",
    "/profile/education",
    "/profile/languages",
    "/profile/funding",
    "/profile/wishes",
    "/profile/dates",
    "/profile/experience",
    "/profile/letter",
    "/profile/documents",
];

/// Longer than any line on a phone, and without a place to break.
const LONG: &str = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafe";

const RESUME: &str = r#"{"basics": {"name": "Inés Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"},
    "work": [{"name": "Archive", "position": "Clerk", "startDate": "2025-02-03", "summary": "Sorted files"}],
    "education": [{"institution": "Universidad Nacional", "area": "Law", "studyType": "Master", "startDate": "2025-09-01",
                   "endDate": "2027-06-30"}],
    "languages": [{"language": "Spanish", "fluency": "Native speaker"}, {"language": "English", "fluency": "C1"}]}"#;

/// Everybody who reads, and everything they read.
pub async fn all(world: &World) -> Vec<Sitting<'_>> {
    let reviewer = world.reviewer("en").await;
    let long = format!("{LONG} {LONG}");
    let title = format!("language=es&title_en={LONG}&description_en=Text");
    let (open, closed) = (reviewer.announce(DATA).await, reviewer.announce(&data_but(&title)).await);
    reviewer.fill_in(&format!("/review/openings/{closed}/close"), "").await;
    let mut all = vec![
        stranger(world, open, closed).await,
        beginner(world, open).await,
        hasty(world).await,
        complete(world, &long, open).await,
        released(world, &reviewer, &long).await,
        pooled(world, &reviewer).await,
        withdrawn(world).await,
        offered(world).await,
        accepted(world).await,
    ];
    all.extend(interns(world, &reviewer).await);
    all.extend(guarded(world).await);
    all
}

async fn stranger(world: &World, open: Uuid, closed: Uuid) -> Sitting<'_> {
    let somebody = world.candidate("en").await;
    sqlx::query("insert into unsubscribe_token values (sha256('x'), $1)")
        .bind(somebody.id)
        .execute(&world.db)
        .await
        .unwrap();
    let reset = link(world, somebody.id, "reset_password", TimeDelta::hours(1)).await;
    let confirm = link(world, somebody.id, "confirm_email", TimeDelta::hours(1)).await;
    let graduate = "born_day=14&born_month=3&born_year=2002&way=recent_graduate&degree_day=30&degree_month=6\
                    &degree_year=2026&language=es&months=6";
    let mut sheets = sheets([
        "/",
        "/check",
        "/rules",
        "/privacy",
        "/accessibility",
        "/help",
        "/verify",
        "/openings",
        "/openings?q=nothing",
        "/sign-in",
        "/register",
        "/register/sent",
        "/forgot-password",
        "/forgot-password/sent",
        "/mailbox",
        "/unsubscribe/x",
        "/account/deleted",
    ]);
    sheets.extend([
        sheet(format!("/openings/{open}"), 200),
        sheet(format!("/openings/{closed}"), 200),
        sheet(format!("/reset-password/{reset}"), 200),
        sheet(format!("/confirm/{confirm}"), 200),
        sheet("/confirm/x", 410),
        sheet("/account/email/undo/x", 410),
        sheet("/verify?code=7K3D", 422),
        sheet("/verify/0K3D9QXW2M5THB8N", 404),
        sheet("/nowhere", 404),
        form("/check", graduate, 200),
        form("/check", graduate.replace("2002", "2010").replace("months=6", "months=11"), 200),
        form("/check", "born_day=14&months=some", 422),
        form("/register", "email=nowhere", 422),
        form("/sign-in", "email=nowhere&password=x", 422),
        form("/forgot-password", "email=", 422),
        form(format!("/reset-password/{reset}"), "password=short", 422),
    ]);
    Sitting { who: world.stranger(), sheets }
}

/// Nothing is filled in yet, and every list is empty.
async fn beginner(world: &World, open: Uuid) -> Sitting<'_> {
    let who = world.with_password(world.candidate("en").await).await;
    let mut sheets = sheets([
        "/profile",
        "/profile/cv",
        "/profile/import",
        "/profile/release",
        "/application",
        "/openings/letters",
        "/account",
        "/account/sessions",
        "/account/password",
        "/account/email",
        "/account/language",
        "/account/data",
        "/account/consents",
        "/account/opened",
        "/account/delete",
        "/account/second-factor",
        "/account/again",
    ]);
    sheets.extend(SECTIONS.map(|path| sheet(path, 200)));
    sheets.extend([
        sheet(format!("/openings/{open}"), 200),
        form("/account/second-factor", "current_password=x", 422),
        form("/account/again", "current_password=x&next=/account", 422),
        sheet("/review", 403),
        sheet(format!("/openings/{}", Uuid::nil()), 404),
        sheet("/account/email/confirm/x", 410),
        Sheet { path: "/profile/import".into(), sent: Sent::File("cv.json", RESUME), status: 200 },
        Sheet { path: "/profile/import".into(), sent: Sent::File("cv.json", "no"), status: 422 },
        form("/account/password", "password=short&current_password=x", 422),
        form("/account/email", "email=nowhere", 422),
        form("/account/delete", "", 422),
        form("/profile/release", "seen=0", 409),
    ]);
    Sitting { who, sheets }
}

/// Every section is sent as it should not be, and the last one from a tab that was overtaken.
async fn hasty(world: &World) -> Sitting<'_> {
    let who = world.candidate("en").await;
    let dates = "start_day=31&start_month=2&start_year=2027&end_day=1&end_month=1&end_year=2020";
    let sheets = vec![
        form(
            "/profile/about",
            format!("seen=0&given_names={LONG}&born_day=31&born_month=2&born_year=2002"),
            422,
        ),
        form(
            "/profile/education",
            "seen=0&level=bachelor&state=awarded&degree_day=31&degree_month=2&degree_year=1",
            422,
        ),
        form("/profile/languages", "seen=0&language=es&mother=no&listening=B1", 422),
        form("/profile/funding", "seen=0&scholarship=yes&sponsor=yes", 422),
        form("/profile/wishes", "seen=0", 422),
        form("/profile/dates", format!("seen=0&{dates}"), 422),
        form("/profile/experience", "seen=0&role=Clerk&from_day=31&from_month=2&from_year=2020", 422),
        form("/profile/letter", "seen=0&letter=Short", 422),
        sheet("/profile", 200),
        form("/profile/about", "seen=0&given_names=Ana&residence=FR&later=true", 409),
    ];
    Sitting { who, sheets }
}

/// So many entries, one after the other, as a browser sends them.
fn times(entry: &str, n: usize) -> String {
    vec![entry; n].join("&")
}

/// As many entries as there may be, names that fit nowhere, and nothing released.
async fn complete<'w>(world: &'w World, long: &str, open: Uuid) -> Sitting<'w> {
    let who = world.ready_candidate("en").await;
    let study = format!(
        "level=master&state=enrolled&institution={long}&country=CO&subject={LONG}&started_day=1&started_month=9\
         &started_year=2024&final_year_day=1&final_year_month=9&final_year_year=2026&degree_day=30&degree_month=6\
         &degree_year=2027"
    );
    let work = format!(
        "role={long}&organisation={LONG}&from_day=1&from_month=2&from_year=2020&still=no&to_day=1&to_month=3\
         &to_year=2021&description={}",
        "I+counted+families. ".repeat(20)
    );
    let about = format!(
        "given_names={LONG}&family_names={LONG}&born_day=14&born_month=3&born_year=2002&nationality=CO&nationality=FR\
         &residence=FR&phone=%2B57+1+555+0123"
    );
    let codes = ["es", "en", "fr", "ar", "ru", "zh", "pt", "de", "it", "sw"];
    let languages = codes
        .map(|code| format!("language={code}&mother=no&listening=B2&reading=B2&speaking=B2&writing=B2"))
        .join("&");
    who.change("about", &about).await;
    who.change("education", &times(&study, 8)).await;
    who.change("languages", &languages).await;
    who.change("experience", &times(&work, 10)).await;
    for kind in ["cv", "study_proof", "university_letter"] {
        let name = format!("{LONG}_{kind}.pdf");
        let content = [PDF, kind.as_bytes()].concat();
        assert_eq!(who.upload("/profile/documents", &[("kind", kind)], &name, &content).await.status, 303);
    }
    who.post(&format!("/profile/openings/{open}/name"), "").await;
    let mut sheets = sheets(["/profile", "/profile/cv", "/profile/release", "/account", "/account/delete"]);
    sheets.extend(SECTIONS.map(|path| sheet(path, 200)));
    sheets.push(sheet(format!("/openings/{open}"), 200));
    let unticked = who.release_form().await.replace("&acknowledged=true&truth=true&privacy=true", "");
    sheets.push(form("/profile/release", unticked, 422));
    Sitting { who, sheets }
}

/// Released, sent back with a question, answered with files, and changed since.
async fn released<'w>(world: &'w World, reviewer: &Reader<'_>, long: &str) -> Sitting<'w> {
    let who = world.ready_candidate("en").await;
    assert_eq!(who.release().await.status, 303);
    let id: Uuid = sqlx::query_scalar("select id from application where candidate_id = $1")
        .bind(who.id)
        .fetch_one(&world.db)
        .await
        .unwrap();
    reviewer.claim(id).await;
    let asked = format!("sections=education&sections=documents&message=Add+the+transcript.+{long}");
    let reply = reviewer.fill_in(&format!("/review/{id}/changes"), &asked).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    for (writer, path) in
        [(&who, "/application/messages".to_owned()), (reviewer, format!("/review/{id}/messages"))]
    {
        let fields = [("form", &*writer.get(&path).await.hidden("form")), ("body", long)];
        let reply = writer.upload(&path, &fields, &format!("{LONG}.pdf"), PDF).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
    who.change("dates", "start_day=1&start_month=3&start_year=2027&end_day=31&end_month=8&end_year=2027")
        .await;
    let mut sheets = sheets([
        "/profile",
        "/profile/education",
        "/profile/documents",
        "/profile/release",
        "/application",
        "/application/version/1",
        "/application/withdraw",
        "/application/messages",
        "/account/consents",
        "/account/opened",
    ]);
    sheets.extend([
        form("/application/withdraw", "seen=0&why=none+of+them", 422),
        form("/application/withdraw", "seen=0", 409),
    ]);
    Sitting { who, sheets }
}

/// In the pool, and not for long any more.
async fn pooled<'w>(world: &'w World, reviewer: &Reader<'_>) -> Sitting<'w> {
    let who = world.candidate("en").await;
    let id = world.application(&who).await;
    reviewer.pool(id).await;
    sqlx::query("update application set pooled_until = '2026-12-05' where id = $1")
        .bind(id)
        .execute(&world.db)
        .await
        .unwrap();
    let mut sheets = sheets(["/application", "/application/renew"]);
    sheets.push(form("/application/renew", "seen=0", 409));
    Sitting { who, sheets }
}

async fn withdrawn(world: &World) -> Sitting<'_> {
    let who = world.candidate("en").await;
    world.application(&who).await;
    assert_eq!(who.fill_in("/application/withdraw", "").await.status, 303);
    Sitting { who, sheets: sheets(["/application", "/application/messages"]) }
}

/// A second factor is set up, stands, and is asked for.
pub async fn guarded(world: &World) -> [Sitting<'_>; 3] {
    const SET_UP: &str = "/account/second-factor/set-up";
    let beginning = world.with_password(world.candidate("en").await).await;
    let password = format!("current_password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(beginning.post("/account/second-factor", &password).await.status, 303);
    let standing = world.with_password(world.candidate("en").await).await;
    world.set_up_factor(&standing).await;
    let sign_in = format!("email={}%40example.org&password={}", standing.id, PASSWORD.replace(' ', "+"));
    let reply = world.stranger().post("/sign-in", &sign_in).await;
    assert_eq!(reply.location.as_deref(), Some("/sign-in/code"), "{}", reply.body);
    let half = world.stranger().with_cookies(&reply);
    [
        Sitting { who: beginning, sheets: vec![sheet(SET_UP, 200), form(SET_UP, "code=0", 422)] },
        Sitting {
            who: standing,
            sheets: vec![
                sheet("/account/second-factor", 200),
                sheet("/account/second-factor/codes", 200),
                sheet("/account/second-factor/remove", 200),
                form("/account/second-factor/remove", "code=0", 422),
                form("/account/second-factor/codes", "code=0", 422),
            ],
        },
        Sitting {
            who: half,
            sheets: vec![sheet("/sign-in/code", 200), form("/sign-in/code", "code=000000", 422)],
        },
    ]
}

async fn offered(world: &World) -> Sitting<'_> {
    let cast = world.offered().await;
    let at = |verb| cast.at("offer", verb);
    let sheets = vec![
        sheet("/application", 200),
        sheet(at(""), 200),
        sheet(at("/accept"), 200),
        sheet(at("/refuse"), 200),
        sheet(at("/dates"), 200),
        form(at("/accept"), "seen=0", 422),
        form(at("/accept"), "seen=0&agreed=true", 409),
        form(at("/refuse"), "seen=0&reason=no", 409),
        form(at("/dates"), "start_day=31&start_month=2&end_year=2020", 422),
    ];
    Sitting { who: cast.candidate, sheets }
}

/// Preparing: one paper is there, one was sent back, the others are still to come.
async fn accepted(world: &World) -> Sitting<'_> {
    let cast = world.accepted().await;
    for kind in ["agreement", "passport"] {
        let until = [("until_day", "1"), ("until_month", "1"), ("until_year", "2030")];
        assert_eq!(cast.show(kind, &until).await.status, 303);
    }
    let passport = cast.at("placements", &format!("/documents/{}", cast.shown("passport").await));
    let reply = cast.reviewer.fill_in(&passport, &format!("decision=returned&reason=Blurred+{LONG}")).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let at = |kind| cast.at("onboarding", kind);
    let mut sheets = vec![sheet("/application", 200), sheet(at(""), 200)];
    let kinds = ["/insurance", "/medical_certificate", "/vaccination_record", "/passport", "/agreement"];
    sheets.extend(kinds.map(|kind| sheet(at(kind), 200)));
    sheets.push(Sheet { path: at("/insurance"), sent: Sent::File("policy.pdf", "<html>"), status: 422 });
    // too late, from another tab
    let dates = format!(
        "start_day=1&start_month=3&start_year=2027&end_day=31&end_month=8&end_year=2027&words={LONG}"
    );
    sheets.extend([
        form(cast.at("offer", "/refuse"), format!("seen=1&reason={LONG}"), 409),
        form(cast.at("offer", "/dates"), dates, 409),
    ]);
    Sitting { who: cast.candidate, sheets }
}

/// Somebody at work who is asked for a longer stay, and somebody who has finished, with what strangers see of it.
async fn interns<'w>(world: &'w World, reviewer: &Reader<'_>) -> [Sitting<'w>; 3] {
    let supervisor = world.supervisor("en", "geneva").await;
    let (at_work, done) = (world.candidate("en").await, world.candidate("en").await);
    let id = world.internship(&at_work, &supervisor, reviewer, "started").await;
    let wish = format!("end_day=31&end_month=8&end_year=2027&reason={LONG}");
    for (verb, answers) in [("evaluate/mid_term", EVALUATION), ("extend", &wish)] {
        let reply = supervisor.fill_in(&format!("/supervision/{id}/{verb}"), answers).await;
        assert_eq!(reply.status, 303, "{verb}: {}", reply.body);
    }
    let at = |verb: &str| format!("/internship/{id}{verb}");
    let sheets_at_work = vec![
        sheet("/application", 200),
        sheet(at(""), 200),
        sheet(at("/evaluation/mid_term"), 200),
        sheet(at("/extension"), 200),
        form(at("/evaluation/mid_term"), "seen=0", 422),
        form(at("/extension"), "wish=x", 422),
    ];
    let finished = world.internship(&done, &supervisor, reviewer, "started").await;
    let last = world.later("2027-07-30").await;
    for verb in ["evaluate/mid_term", "evaluate/final", "complete"] {
        let reply =
            supervisor.of(&last).fill_in(&format!("/supervision/{finished}/{verb}"), EVALUATION).await;
        assert_eq!(reply.status, 303, "{verb}: {}", reply.body);
    }
    let code: String = sqlx::query_scalar("select code from certificate").fetch_one(&world.db).await.unwrap();
    let of_done = vec![sheet("/application", 200), sheet(format!("/internship/{finished}"), 200)];
    let of_stranger = vec![sheet(format!("/verify/{code}"), 200)];
    [
        Sitting { who: at_work, sheets: sheets_at_work },
        Sitting { who: done, sheets: of_done },
        Sitting { who: world.stranger(), sheets: of_stranger },
    ]
}
