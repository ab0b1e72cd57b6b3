//! What somebody types is read by whom it is for, and not by whoever reads the log.

use crate::post::mail_server::{MailServer, Mood};
use crate::post::round;
use crate::support::{PDF, READY, Reader, World, world_on};
use sqlx::PgPool;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

/// What the product logs in this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;
    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

/// Everything that is typed in the journey below, in words that stand in nothing else.
const TYPED: [&str; 14] = [
    "zoraida",
    "quintanilla",
    "@private.example",
    "5550199",
    "ouagadougou",
    "lighthouse",
    "cv_of_zq",
    "sesame opens twice",
    "sesame opens thrice",
    "sesame+opens",
    "wrongsesame",
    "flamingo",
    "pelican",
    "cormorant",
];

const EMAIL: &str = "zoraida.q@private.example";

/// The link of the newest letter to her, as a path.
async fn link(world: &World, mark: &str) -> String {
    let letters: Vec<String> = sqlx::query_scalar("select plain from mailbox order by sent_at desc, id desc")
        .fetch_all(&world.db)
        .await
        .unwrap();
    let mut words = letters.iter().flat_map(|plain| plain.split_whitespace());
    let link = words.find(|word| word.contains(mark)).unwrap_or_else(|| panic!("no {mark} in {letters:?}"));
    link.strip_prefix(&world.url).unwrap().to_owned()
}

async fn done(who: &Reader<'_>, path: &str, form: &str) -> crate::support::Reply {
    let reply = who.post(path, form).await;
    assert_eq!(reply.status, 303, "{path}: {}", reply.body);
    reply
}

#[sqlx::test]
async fn nothing_that_was_typed_is_in_the_log(db: PgPool) {
    let log = Log::default();
    let filter = EnvFilter::new(format!("{},stagiaire=trace", stagiaire::commands::LOGGED));
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(log.clone()).finish();
    // see `Reader::queries`
    let _beside = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let _listening = tracing::subscriber::set_default(subscriber);

    let world = world_on(db, "2026-11-24").await;
    let mut tokens = Vec::new();
    let stranger = world.stranger();
    let register = format!(
        "given_names=Zoraida&family_names=Quintanilla&email={}&lang=en&privacy=true&password=sesame+opens+twice",
        EMAIL.replace('@', "%40")
    );
    done(&stranger, "/register", &register).await;
    world.deliver().await;
    let confirm = link(&world, "/confirm/").await;
    tokens.push(confirm.clone());
    done(&stranger, &confirm, "password=sesame+opens+twice").await;
    let sign_in = |password: &str| format!("email={}&password={password}", EMAIL.replace('@', "%40"));
    assert_eq!(stranger.post("/sign-in", &sign_in("wrongsesame")).await.status, 422);
    let reply = done(&stranger, "/sign-in", &sign_in("sesame+opens+twice")).await;
    tokens.push(reply.cookies[0].split(['=', ';']).nth(1).unwrap().to_owned());
    let her = stranger.with_cookies(&reply);

    for (section, answers) in READY {
        let answers = match section {
            "about" => "given_names=Zoraida&family_names=Quintanilla&born_day=14&born_month=3&born_year=2002\
                        &nationality=CO&residence=FR&phone=%2B41+22+5550199"
                .to_owned(),
            "education" => answers.replace("Universit%C3%A9+de+Lyon", "University+of+Ouagadougou"),
            "letter" => format!("letter={}", "I+kept+a+lighthouse+for+years.+".repeat(10)),
            _ => answers.to_owned(),
        };
        her.change(section, &answers).await;
    }
    for kind in ["cv", "study_proof"] {
        let content = [PDF, kind.as_bytes()].concat();
        let reply = her.upload("/profile/documents", &[("kind", kind)], "CV_of_ZQ.pdf", &content).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
    // what goes wrong is logged more readily than what goes well
    her.upload("/profile/documents", &[("kind", "cv")], "CV_of_ZQ.pdf", b"\xff\xd8\xff half a photo").await;
    her.post("/profile/about", "given_names=Zoraida%FF&family_names=%00Quintanilla&seen=99").await;
    her.post("/profile/about", &format!("given_names={}", "Zoraida".repeat(60_000))).await;
    her.get("/review?q=Quintanilla").await;
    her.get("/verify/ZORAIDA").await;
    assert_eq!(her.release().await.status, 303);
    let form = her.get("/application/messages").await.hidden("form");
    let fields = [("form", form.as_str()), ("body", "A flamingo stands in my street")];
    assert_eq!(her.upload("/application/messages", &fields, "CV_of_ZQ.pdf", PDF).await.status, 303);

    let hr = world.reviewer("en").await;
    assert!(hr.get("/review?q=Quintanilla").await.has("Quintanilla"));
    let case: Uuid = sqlx::query_scalar("select id from application").fetch_one(&world.db).await.unwrap();
    hr.claim(case).await;
    let document: Uuid = sqlx::query_scalar("select document_id from snapshot_document limit 1")
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!(hr.get(&format!("/review/{case}/documents/{document}")).await.status, 200);
    let path = format!("/review/{case}");
    let note = hr.get(&path).await.hidden("form");
    done(&hr, &format!("{path}/notes"), &format!("form={note}&note=Wrote+of+a+pelican")).await;
    let decline = "why=rules_not_met&message=Other+people+brought+a+cormorant";
    let reply = hr.fill_in(&format!("{path}/decline"), decline).await;
    assert_eq!(reply.status, 303, "{}", reply.body);

    done(&stranger, "/forgot-password", &format!("email={}", EMAIL.replace('@', "%40"))).await;
    world.deliver().await;
    let reset = link(&world, "/reset-password/").await;
    tokens.push(reset.clone());
    done(&stranger, &reset, "password=sesame+opens+thrice").await;
    // servers like to quote the address that they refuse
    let server = MailServer::open().await;
    server.becomes(EMAIL, Mood::Refuses("550 5.1.1 <{}>: nobody of that name"));
    assert_eq!(round(&world, &server.transport()).await, 0);

    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap().to_lowercase();
    for expected in ["sign-in refused", "refused: not for this role", "letter not sent"] {
        assert!(said.contains(expected), "the log is listened to: {expected} is not in\n{said}");
    }
    let tokens = tokens.iter().map(|path| path.rsplit('/').next().unwrap().to_lowercase());
    for typed in TYPED.map(str::to_owned).into_iter().chain(tokens) {
        assert!(typed.len() > 5 && !said.contains(&typed), "{typed} is in the log:\n{said}");
    }
    // and each of these words was really typed, for they lie where they belong
    for (sql, word) in [
        ("select body from message", "flamingo"),
        ("select string_agg(reason, ' ') from audit_event", "cormorant"),
        ("select string_agg(file_name, ' ') from document", "CV_of_ZQ"),
    ] {
        let kept: Option<String> = sqlx::query_scalar(sql).fetch_one(&world.db).await.unwrap();
        assert!(kept.unwrap_or_default().contains(word), "{word}");
    }
}
