//! Three candidates and everybody who works on their cases, from the invitation of staff to the deletion of an account.
//! Whatever they write has words that stand in nothing else; what goes wrong is on the way, too, for it is logged more
//! readily than what goes well.

use super::super::{attribute, unescaped};
use crate::post::mail_server::{MailServer, Mood};
use crate::post::round;
use crate::support::{PASSWORD, PDF, READY, Reader, Reply, WHOLE_POLICY, World, jpeg, taken};
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use uuid::Uuid;

/// Some of what is typed, from every part of the way: all of it is to be looked for.
pub const WORDS: [&str; 24] = [
    "zoraida",
    "quintanilla",
    "zoraida.q@private.example",
    "xanthippe",
    "lighthouse",
    "wrongsesame",
    "flamingo",
    "armadillo",
    "pelican",
    "axolotl",
    "wombat",
    "narwhal",
    "ocelot",
    "kookaburra",
    "mongoose",
    "platypus",
    "tamarin",
    "capybara",
    "porcupine",
    "cormorant",
    "salamander",
    "chinchilla",
    "zq certificate.pdf",
    "dragonfly",
];

const HER: &str = "zoraida.q@private.example";
const HR: &str = "ludmila.hr@private.example";
const HOST: &str = "ottokar.host@private.example";
const OFFICER: &str = "philomena.med@private.example";

fn form(answers: &[(&str, &str)]) -> String {
    serde_html_form::to_string(answers).unwrap()
}

/// What the form of a page that goes to `action` holds without having been asked for.
fn hidden(page: &str, html: &str, action: &str) -> Vec<(String, String)> {
    let goes_there = |form: &&str| {
        attribute(form.split('>').next().unwrap(), "action").as_deref().unwrap_or(page) == action
    };
    let mut parts = html.split("<form ").skip(1).map(|part| part.split("</form>").next().unwrap());
    let form = parts.find(goes_there).unwrap_or_else(|| panic!("nothing on {page} goes to {action}: {html}"));
    let inputs = form.split("<input ").skip(1).filter(|input| input.starts_with("type=\"hidden\""));
    inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
}

/// Opens a page and sends its form to `action` with these answers.
async fn sends(who: &Reader<'_>, page: &str, action: &str, answers: &[(&str, &str)]) -> Reply {
    let html = who.get(page).await.body;
    let mut all = hidden(page, &html, action);
    all.extend(answers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
    who.post(action, &serde_html_form::to_string(all).unwrap()).await
}

/// The same, where the page is its own address and the form is taken.
async fn does(who: &Reader<'_>, path: &str, answers: &[(&str, &str)]) -> Reply {
    let reply = sends(who, path, path, answers).await;
    taken(&format!("{path} with {answers:?}"), &reply);
    reply
}

/// Three boxes of a date, such as `start=1.2.2027`.
fn day<'a>(name: &str, on: &'a str) -> Vec<(String, &'a str)> {
    ["day", "month", "year"]
        .iter()
        .zip(on.split('.'))
        .map(|(part, text)| (format!("{name}_{part}"), text))
        .collect()
}

/// Answers with dates among them.
fn with_days<'a>(answers: &[(&'a str, &'a str)], days: &'a [(String, &'a str)]) -> Vec<(&'a str, &'a str)> {
    answers.iter().copied().chain(days.iter().map(|(name, value)| (name.as_str(), *value))).collect()
}

/// The newest link of this kind in a letter, as a path.
async fn link(world: &World, mark: &str) -> String {
    world.deliver().await;
    let letters: Vec<String> = sqlx::query_scalar("select plain from mailbox order by sent_at desc, id desc")
        .fetch_all(&world.db)
        .await
        .unwrap();
    let mut words = letters.iter().flat_map(|plain| plain.split_whitespace());
    let link = words.find(|word| word.contains(mark)).unwrap_or_else(|| panic!("no {mark} in {letters:?}"));
    link.strip_prefix(&world.url).unwrap().to_owned()
}

async fn signs_in<'w>(world: &'w World, email: &str, password: &str) -> Reader<'w> {
    // more often than anybody does in a quarter of an hour
    sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
    let reply = world.stranger().post("/sign-in", &form(&[("email", email), ("password", password)])).await;
    assert_eq!(reply.status, 303, "{email}: {}", reply.body);
    world.stranger().with_cookies(&reply)
}

/// What the calendar brings on the day of this world.
async fn works(world: &World) {
    let (db, clock) = (Db::new(world.db.clone(), chrono_tz::Europe::Zurich), Clock::Stopped(world.now));
    stagiaire::jobs::once(&db, clock).await;
    stagiaire::sweep::once(&db, clock).await.unwrap();
    stagiaire::erasure::once(&db, clock, &world.files().await).await.unwrap();
    world.deliver().await;
}

pub async fn whole(world: &World) {
    staff(world).await;
    registers(world, "Zoraida", "Quintanilla", HER).await;
    let case = applies(world).await;
    let placement = is_offered_a_place(world, case).await;
    shows_her_papers(world, placement).await;
    others(world).await;
    works_there(world, placement).await;
    leaves(world).await;
    administers(world).await;
}

/// An administrator invites everybody else.
async fn staff(world: &World) {
    let admin = world.sign_in("en", &["administrator"]).await;
    for (email, given, family, role) in [
        (HR, "Ludmila", "Przybylska", "hr_reviewer"),
        (HOST, "Ottokar", "Weißenfels", "supervisor"),
        (OFFICER, "Philomena", "Oyelaran", "medical_officer"),
    ] {
        let mut answers = vec![
            ("email", email),
            ("given_names", given),
            ("family_names", family),
            ("letters", "en"),
            ("role", role),
        ];
        answers.extend((role == "supervisor").then_some(("office", "geneva")));
        does(&admin, "/administration/people/invite", &answers).await;
        let invitation = link(world, "/invitation/").await;
        taken(&invitation, &world.stranger().post(&invitation, &form(&[("password", PASSWORD)])).await);
    }
    admin.get("/administration/people?q=Przybylska").await;
}

async fn registers(world: &World, given: &str, family: &str, email: &str) {
    let stranger = world.stranger();
    let answers = [
        ("given_names", given),
        ("family_names", family),
        ("email", email),
        ("lang", "en"),
        ("privacy", "true"),
        ("password", PASSWORD),
    ];
    taken("registration", &stranger.post("/register", &form(&answers)).await);
    let confirm = link(world, "/confirm/").await;
    taken("confirmation", &stranger.post(&confirm, &form(&[("password", PASSWORD)])).await);
    let wrong = stranger.post("/sign-in", &form(&[("email", email), ("password", "wrongsesame")])).await;
    assert_eq!(wrong.status, 422);
}

async fn fills_in(her: &Reader<'_>, university: &str) {
    for (section, answers) in READY {
        let answers = match section {
            "about" => {
                answers.replace("In%C3%A9s", "Zoraida").replace("Carvajal+R%C3%ADos", "Quintanilla")
                    + "&phone=%2B41+22+5550199"
            }
            "education" => answers.replace("Universit%C3%A9+de+Lyon", university),
            "letter" => format!("letter={}", "I+kept+a+lighthouse+for+years.+".repeat(10)),
            _ => answers.to_owned(),
        };
        her.change(section, &answers).await;
    }
    for kind in ["cv", "study_proof"] {
        let content = [PDF, kind.as_bytes()].concat();
        let reply = her.upload("/profile/documents", &[("kind", kind)], "CV of Zoraida.pdf", &content).await;
        taken(kind, &reply);
    }
}

/// A self-check, a profile with all that can go wrong on the way, and a release: the case.
async fn applies(world: &World) -> Uuid {
    let check = "born_day=14&born_month=3&born_year=2002&way=recent_graduate&degree_day=30&degree_month=6\
                 &degree_year=2026&language=es&months=whenever+the+axolotl+sleeps";
    assert_eq!(world.stranger().post("/check", check).await.status, 422);
    let asked = r#"{"start": "narwhals swim", "studies": [{"level": "narwhal"}]}"#;
    assert_eq!(world.stranger().post_json("/api/v1/eligibility", "en", asked).await.status, 422);

    let her = signs_in(world, HER, PASSWORD).await;
    let resume = r#"{"basics": {"name": "Zoraida Quintanilla"}, "work": [{"name": "Armadillo house", "position": "Keeper"}]}"#;
    let found = her.upload("/profile/import", &[], "cv of zq.json", resume.as_bytes()).await;
    assert_eq!(found.status, 200, "{}", found.body);
    let mut sent = hidden("/profile/import", &found.body, "/profile/import/take-over");
    sent.push(("sections".to_owned(), "experience".to_owned()));
    taken("import", &her.post("/profile/import/take-over", &serde_html_form::to_string(sent).unwrap()).await);
    let (status, _) = her.autosave("/profile/about", "seen=0&given_names=Zoraid&family_names=").await;
    assert_eq!(status, 200);
    fills_in(&her, "University+of+Xanthippe").await;

    her.upload("/profile/documents", &[("kind", "photo")], "zoraida at home.jpg", &jpeg(60, 40)).await;
    her.upload("/profile/documents", &[("kind", "cv")], "half of zq.pdf", b"\xff\xd8\xff half a kookaburra")
        .await;
    her.post("/profile/about", "given_names=Zoraida%FF&family_names=%00Quintanilla&seen=99").await;
    her.post("/profile/about", &format!("given_names={}", "Zoraida".repeat(60_000))).await;
    her.get("/review?q=Quintanilla").await;
    her.get("/openings?q=lighthouse").await;
    her.get("/verify/ZORAIDA").await;
    her.get_with(
        "/profile",
        &[("user-agent", "Zoraida's own browser"), ("referer", "https://zoraida.example/")],
    )
    .await;
    taken("release", &her.release().await);
    let file = her.get("/application/messages").await.hidden("form");
    let fields = [("form", file.as_str()), ("body", "A flamingo stands in my street")];
    taken("message", &her.upload("/application/messages", &fields, "zq flamingo.pdf", PDF).await);
    sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap()
}

/// Read, scored, pooled, proposed, interviewed, approved, offered and accepted: the placement.
async fn is_offered_a_place(world: &World, case: Uuid) -> Uuid {
    let (her, hr, host) = (
        signs_in(world, HER, PASSWORD).await,
        signs_in(world, HR, PASSWORD).await,
        signs_in(world, HOST, PASSWORD).await,
    );
    assert!(hr.get("/review?q=Quintanilla").await.has("Quintanilla"));
    let kept = [("name", "Narwhals of Quintanilla"), ("query", "quintanilla -lang:fr")];
    taken("a view", &hr.post("/review/views", &form(&kept)).await);
    hr.claim(case).await;
    let document: Uuid = sqlx::query_scalar("select document_id from snapshot_document limit 1")
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!(hr.get(&format!("/review/{case}/documents/{document}")).await.status, 200);
    let at = |verb: &str| format!("/review/{case}{verb}");
    let note = [("note", "@Ludmila Przybylska: she wrote of a pelican")];
    taken("a note", &sends(&hr, &at(""), &at("/notes"), &note).await);
    let nobody = [("note", "@Hildegard should read of the pelican")];
    assert_eq!(sends(&hr, &at(""), &at("/notes"), &nobody).await.status, 422);
    let ask = [("sections", "education"), ("message", "Which year had the axolotl?")];
    does(&hr, &at("/changes"), &ask).await;
    her.change("education", &READY[1].1.replace("Universit%C3%A9+de+Lyon", "Academy+of+Xanthippe")).await;
    taken("release", &her.release().await);
    hr.claim(case).await;
    let file = hr.get(&at("/messages")).await.hidden("form");
    let answer = [("form", file.as_str()), ("body", "The wombat thanks you")];
    taken("answer", &hr.upload(&at("/messages"), &answer, "wombat.pdf", PDF).await);
    does(&hr, &at("/pool"), &[("reason", "Knows narwhals")]).await;

    let host_id: Uuid = sqlx::query_scalar("select person_id from person_role where role = 'supervisor'")
        .fetch_one(&world.db)
        .await
        .unwrap();
    let (supervisor, start, end) =
        (format!("geneva:{host_id}"), day("start", "1.2.2027"), day("end", "31.7.2027"));
    let stay = [start, end].concat();
    let proposal = with_days(&[("supervisor", supervisor.as_str()), ("area", "data")], &stay);
    let proposed = does(&hr, &at("/propose"), &proposal).await.location.unwrap();
    let placement: Uuid = proposed.rsplit('/').next().unwrap().parse().unwrap();

    let times = [day("on1", "1.12.2026"), day("on2", "2.12.2026")].concat();
    let talk = [
        ("at1", "14:30"),
        ("at2", "10:00"),
        ("minutes", "30"),
        ("meeting", "Below the ocelot"),
        ("zone", "Europe/Zurich"),
    ];
    does(&host, &format!("/supervision/{placement}/interview"), &with_days(&talk, &times)).await;
    let mine = format!("/interview/{placement}");
    taken("zone", &her.post(&format!("{mine}/zone"), "zone=Asia/Tokyo").await);
    her.post(&format!("{mine}/zone"), "zone=Kookaburra/Home").await;
    does(&her, &mine, &[("time", "2026-12-01T13:30:00+00:00")]).await;
    let writing = [
        ("terms_of_reference", "House of the kookaburra"),
        ("tasks", "Feed the mongoose"),
        ("learning_goals", "Know a platypus"),
        ("no_conflict", "true"),
    ];
    does(&host, &format!("/supervision/{placement}/approve"), &writing).await;
    let answer = day("answer", "1.12.2026");
    does(&hr, &format!("/placements/{placement}/offer"), &with_days(&[], &answer)).await;
    let later = [day("start", "1.3.2027"), day("end", "31.8.2027")].concat();
    let path = format!("/offer/{placement}/dates");
    taken("dates", &her.post(&path, &form(&with_days(&[("words", "The tamarin is ill")], &later))).await);
    does(&her, &format!("/offer/{placement}/accept"), &[("agreed", "true")]).await;
    placement
}

/// What the first day needs, one paper sent back on the way.
async fn shows_her_papers(world: &World, placement: Uuid) {
    let (her, hr) = (signs_in(world, HER, PASSWORD).await, signs_in(world, HR, PASSWORD).await);
    let officer = signs_in(world, OFFICER, PASSWORD).await;
    let id_of = async |kind: &str| -> Uuid {
        let newest = "select id from onboarding_document where kind = $1 and state <> 'replaced'";
        sqlx::query_scalar(newest).bind(kind).fetch_one(&world.db).await.unwrap()
    };
    let shows = async |kind: &str| {
        let mut answers = vec![("agree", "true")];
        match kind {
            "insurance" => answers.extend(WHOLE_POLICY),
            "passport" => answers.extend([("until_day", "1"), ("until_month", "1"), ("until_year", "2030")]),
            _ => {}
        }
        let content = [PDF, "porcupine".as_bytes()].concat();
        let path = format!("/onboarding/{placement}/{kind}");
        taken(kind, &her.upload(&path, &answers, "ZQ certificate.pdf", &content).await);
    };
    let until = day("until", "31.7.2027");
    let verified = with_days(&[("decision", "verified")], &until);
    for kind in ["insurance", "passport", "agreement", "medical_certificate", "vaccination_record"] {
        shows(kind).await;
        let path = match kind {
            "medical_certificate" | "vaccination_record" => format!("/medical/{}", id_of(kind).await),
            _ => format!("/placements/{placement}/documents/{}", id_of(kind).await),
        };
        let who = if path.starts_with("/medical") { &officer } else { &hr };
        if matches!(kind, "medical_certificate" | "passport") {
            does(who, &path, &[("decision", "returned"), ("reason", "A capybara sat on it")]).await;
            shows(kind).await;
            let path = format!("{}/{}", path.rsplit_once('/').unwrap().0, id_of(kind).await);
            does(who, &path, &verified).await;
        } else {
            does(who, &path, &verified).await;
        }
    }
    assert_eq!(world.count("select count(*) from placement where state = 'ready'").await, 1);
}

/// One is declined, forgets the password and deletes the account; another takes the profile back.
async fn others(world: &World) {
    registers(world, "Wilhelmina", "Quintanilla", "chinchilla@private.example").await;
    let other = signs_in(world, "chinchilla@private.example", PASSWORD).await;
    fills_in(&other, "School+of+the+chinchilla").await;
    taken("release", &other.release().await);
    does(&other, "/application/withdraw", &[("why", "dates_changed")]).await;
    taken("release", &other.release().await);
    let case: Uuid = sqlx::query_scalar("select id from application where is_open and state = 'released'")
        .fetch_one(&world.db)
        .await
        .unwrap();
    let hr = signs_in(world, HR, PASSWORD).await;
    hr.claim(case).await;
    let decline = [("why", "rules_not_met"), ("message", "Other people brought a cormorant")];
    does(&hr, &format!("/review/{case}/decline"), &decline).await;

    let stranger = world.stranger();
    taken(
        "forgotten",
        &stranger.post("/forgot-password", &form(&[("email", "chinchilla@private.example")])).await,
    );
    let reset = link(world, "/reset-password/").await;
    taken("reset", &stranger.post(&reset, &form(&[("password", "sesame opens thrice")])).await);
    let other = signs_in(world, "chinchilla@private.example", "sesame opens thrice").await;
    let proof = ("current_password", "sesame opens thrice");
    let moves = form(&[("email", "salamander@private.example"), proof]);
    taken("address", &other.post("/account/email", &moves).await);
    let confirm = link(world, "/account/email/confirm/").await;
    taken("address", &other.post(&confirm, "").await);
    other.post("/account/delete", &form(&[("current_password", "wrongsesame"), ("sure", "true")])).await;
    world.deliver().await;
    // servers like to quote the address that they refuse
    let server = MailServer::open().await;
    server.becomes("salamander@private.example", Mood::Refuses("550 5.1.1 <{}>: nobody of that name"));
    taken(
        "forgotten",
        &stranger.post("/forgot-password", &form(&[("email", "salamander@private.example")])).await,
    );
    assert_eq!(round(world, &server.transport()).await, 0);
    taken("deletion", &other.post("/account/delete", &form(&[proof, ("sure", "true")])).await);
    works(world).await;
}

/// From the first day to the certificate, on the days on which they are.
async fn works_there(world: &World, placement: Uuid) {
    let (mine, theirs) = (format!("/internship/{placement}"), format!("/supervision/{placement}"));
    let first = world.later("2027-02-01").await;
    works(&first).await;
    let first_day = day("first", "1.2.2027");
    does(&signs_in(&first, HOST, PASSWORD).await, &format!("{theirs}/start"), &with_days(&[], &first_day))
        .await;

    let half = world.later("2027-05-03").await;
    works(&half).await;
    let (her, host) = (signs_in(&half, HER, PASSWORD).await, signs_in(&half, HOST, PASSWORD).await);
    let away = "corrects=&kind=leave&first_day=15&first_month=3&first_year=2027&days=0.5";
    taken("absence", &her.post(&format!("{mine}/absences"), away).await);
    let judged = [
        ("work", "Fed the mongoose"),
        ("strengths", "Calm beside the porcupine"),
        ("improve", "Count the tamarins"),
        ("goals", "Knows the platypus"),
        ("advice", "Visit the dragonfly"),
    ];
    does(&host, &format!("{theirs}/evaluate/mid_term"), &judged).await;
    does(&her, &format!("{mine}/evaluation/mid_term"), &[("comment", "The dragonfly says thanks")]).await;
    let end = day("end", "31.8.2027");
    let wish = with_days(&[("reason", "The salamander sleeps until August")], &end);
    does(&host, &format!("{theirs}/extend"), &wish).await;
    does(&her, &format!("{mine}/extension"), &[("answer", "no")]).await;

    let last = world.later("2027-07-30").await;
    works(&last).await;
    let host = signs_in(&last, HOST, PASSWORD).await;
    does(&host, &format!("{theirs}/evaluate/final"), &judged).await;
    does(&host, &format!("{theirs}/complete"), &[]).await;
    let code: String = sqlx::query_scalar("select code from certificate").fetch_one(&world.db).await.unwrap();
    assert_eq!(last.stranger().get(&format!("/verify?code={code}")).await.status, 303);
    assert_eq!(last.stranger().get(&format!("/verify/{code}")).await.status, 200);
    let her = signs_in(&last, HER, PASSWORD).await;
    assert_eq!(her.get(&format!("{mine}/certificate/en.pdf")).await.status, 200);
}

/// What she brought is given to her, and goes.
async fn leaves(world: &World) {
    let over = world.later("2027-08-15").await;
    works(&over).await;
    let her = signs_in(&over, HER, PASSWORD).await;
    let proof = [("current_password", PASSWORD)];
    her.post("/account/data", &form(&proof)).await;
    taken("deletion", &her.post("/account/delete", &form(&[proof[0], ("sure", "true")])).await);
    works(&over).await;
    let erased = "select count(*) from person where erased_at is not null";
    assert_eq!(world.count(erased).await, 2);
}

/// What the organisation writes for everybody.
async fn administers(world: &World) {
    let (admin, hr) = (world.sign_in("en", &["administrator"]).await, signs_in(world, HR, PASSWORD).await);
    let office = [
        ("word", "armadillo"),
        ("kind", "country_office"),
        ("name_en", "Armadillo"),
        ("name_fr", "Armadillo"),
        ("name_es", "Armadillo"),
        ("country", "TG"),
        ("time_zone", "Africa/Lome"),
        ("allowance_mode", "top_up"),
    ];
    does(&admin, "/administration/offices/new", &office).await;
    let letter = "/administration/letters/changes_requested/en";
    let own = [("subject", "About the axolotl"), ("body", "Dear friend of the axolotl"), ("then", "save")];
    does(&admin, letter, &own).await;
    let reason =
        [("text_en", "No room for narwhals"), ("text_fr", "Pas de narwhals"), ("text_es", "Sin narwhals")];
    taken("a reason", &sends(&admin, "/administration/reasons", "/administration/reasons", &reason).await);
    let starts = day("start", "1.2.2027");
    let opening = [
        ("office", "geneva"),
        ("area", "data"),
        ("months", "6"),
        ("places", "2"),
        ("title_en", "Keeper of the capybara"),
        ("description_en", "You count the chinchilla."),
    ];
    does(&hr, "/review/openings/new", &with_days(&opening, &starts)).await;
    admin.get("/record?act=platypus&person=zoraida&before=wombat").await;
    works(world).await;
}

#[test]
fn the_hidden_part_of_a_form_is_found() {
    let html = "<form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"seen\" value=\"1&#38;2\">\
                <input name=\"typed\" value=\"x\"></form><form method=\"post\"><input type=\"hidden\" name=\"b\" value=\"\"></form>";
    assert_eq!(hidden("/page", html, "/a"), [("seen".to_owned(), unescaped("1&#38;2"))]);
    assert_eq!(hidden("/page", html, "/page"), [("b".to_owned(), String::new())]);
}
