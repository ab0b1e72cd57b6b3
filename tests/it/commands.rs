//! The binary itself, as somebody types it.

use crate::support::world_on;
use sqlx::PgPool;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

fn stagiaire(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stagiaire"));
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(variables.iter().copied()).stdin(Stdio::null());
    command
}

pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let said = stagiaire(arguments, variables).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: said.status.code(), out: text(said.stdout), err: text(said.stderr) }
}

/// The address of a test's database.
fn address(db: &PgPool) -> String {
    let (server, _) = std::env::var("DATABASE_URL")
        .unwrap()
        .rsplit_once('/')
        .map(|(s, d)| (s.to_owned(), d.to_owned()))
        .unwrap();
    format!("{server}/{}", db.connect_options().get_database().unwrap())
}

pub fn folder() -> String {
    std::env::temp_dir().join(format!("stagiaire-commands-{}", Uuid::new_v4())).display().to_string()
}

#[sqlx::test]
async fn staff_is_invited_listed_and_disabled(db: PgPool) {
    let url = address(&db);
    let staff = |arguments: &[&str]| run(&[&["staff"], arguments].concat(), &[("DATABASE_URL", &url)]);
    let joy = ["invite", "Joy@example.org", "--name", "Joy Akinyi Otieno", "--role", "supervisor"];

    let said = staff(&joy);
    assert!(said.code == Some(1) && said.err.contains("--office nairobi"), "{}", said.err);
    let said = staff(&[joy.as_slice(), &["--office", "atlantis"]].concat());
    assert!(
        said.code == Some(1) && said.err.contains("atlantis") && said.err.contains("nairobi"),
        "{}",
        said.err
    );
    let said = staff(&["invite", "joy@example.org", "--name", "Joy", "--role", "candidate"]);
    assert!(said.code == Some(2) && said.err.contains("hr_reviewer"), "{}", said.err);

    let said =
        staff(&[joy.as_slice(), &["--office", "nairobi", "--role", "hr-reviewer", "--lang", "fr"]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    let world = world_on(db.clone(), "2026-03-02").await;
    assert_eq!(world.letters().await, ["invitation"]);
    assert_eq!(world.story().await, ["invite, by system"]);
    let said = staff(&["list"]);
    assert!(said.out.contains("invited"), "{}", said.out);
    assert!(said.out.contains("Joy Akinyi Otieno: hr_reviewer, supervisor at nairobi"), "{}", said.out);

    let sessions = "insert into session select '\\x00'::bytea || substring(sha256('x') from 2), id, now(), now(), 60, now() from person";
    sqlx::query(sessions).execute(&db).await.unwrap();
    assert_eq!(staff(&["disable", "joy@EXAMPLE.org"]).code, Some(0));
    assert_eq!(world.count("select count(*) from session").await, 0);
    assert!(staff(&["list"]).out.starts_with("disabled"));
    let said = staff(&["disable", "joy@example.org"]);
    assert!(said.code == Some(1) && said.err.contains("staff list"), "{}", said.err);
    assert_eq!(world.story().await, ["invite, by system", "disable, by system"]);
}

#[sqlx::test]
async fn nobody_becomes_staff_by_registering_with_a_colleagues_address(db: PgPool) {
    sqlx::query(
        "insert into person (id, email, family_names, lang, password_hash, created_at)
         values (gen_random_uuid(), 'joy@example.org', 'Mallory', 'en', 'of somebody else', now())",
    )
    .execute(&db)
    .await
    .unwrap();
    let url = address(&db);
    let invite = ["staff", "invite", "joy@example.org", "--name", "Joy Otieno", "--role", "administrator"];
    assert_eq!(run(&invite, &[("DATABASE_URL", &url)]).code, Some(0));
    let world = world_on(db, "2026-03-02").await;
    assert_eq!(world.letters().await, ["invitation"]);
    let theirs = "select count(*) from person where password_hash is null and family_names = 'Otieno'";
    assert_eq!(world.count(theirs).await, 1);
}

#[sqlx::test]
async fn made_up_applications_are_added_once_and_never_beside_real_people(db: PgPool) {
    let url = address(&db);
    let data = folder();
    let variables = [("DATABASE_URL", url.as_str()), ("STAGIAIRE_DATA", data.as_str())];
    let seed = |n: &str| run(&["seed", "--applications", n, "--seed", "3"], &variables);

    for (wanted, added) in
        [("120", "120 applications"), ("150", "30 applications"), ("150", "0 applications")]
    {
        let said = seed(wanted);
        assert!(said.code == Some(0) && said.out.contains(added), "{} {}", said.out, said.err);
    }
    let world = world_on(db.clone(), "2026-03-02").await;
    assert_eq!(world.count("select count(*) from application").await, 150);
    // every step of every application is on record
    assert_eq!(
        world.count("select sum(version)::bigint from application").await,
        world.count("select count(*) from audit_event where subject = 'application'").await
    );
    assert!(world.count("select count(distinct state) from application").await >= 5);
    assert!(world.count("select count(*) from snapshot_document").await >= 100);

    // a reviewer reads what the product itself would have written
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "select id from application where state <> 'withdrawn' order by reference limit 5",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let reviewer = world.reviewer("en").await;
    for id in ids {
        assert_eq!(reviewer.get(&format!("/review/{id}")).await.status, 200);
    }

    sqlx::query("update person set email = 'somebody@real.example' where email = 'c3-7@example.org'")
        .execute(&db)
        .await
        .unwrap();
    let said = seed("160");
    assert!(said.code == Some(1) && said.err.contains("left alone"), "{}", said.err);
    std::fs::remove_dir_all(data).unwrap();
}

#[sqlx::test(migrations = false)]
async fn check_says_every_fault_and_migrate_needs_no_mail_server(db: PgPool) {
    let url = address(&db);
    let data = folder();
    let variables = [("DATABASE_URL", url.as_str()), ("STAGIAIRE_DATA", data.as_str())];

    let said = run(&["check"], &variables);
    assert_eq!(said.code, Some(1));
    for fault in ["STAGIAIRE_URL is missing", "STAGIAIRE_SMTP_URL is missing", "migrations that wait"] {
        assert!(said.out.contains(fault), "{fault}: {}", said.out);
    }
    assert!(said.out.contains("storage       ok"), "{}", said.out);

    assert!(run(&["migrate"], &variables).out.contains("migrations were applied"));
    assert!(run(&["migrate"], &variables).out.contains("up to date already"));
    assert!(run(&["check"], &variables).out.contains("every migration is applied"));

    let said = run(&["serve"], &variables);
    assert!(said.code == Some(1) && said.err.contains("STAGIAIRE_MAIL_FROM is missing"), "{}", said.err);
    std::fs::remove_dir_all(data).unwrap();
}

/// A server of its own, killed if the test fails.
pub struct Server {
    pub child: Child,
    /// Kept open: whoever writes to a closed line is killed.
    _lines: BufReader<std::process::ChildStdout>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn serve(data: &str) -> (Server, String, String) {
    let variables = [("STAGIAIRE_DATA", data), ("STAGIAIRE_LISTEN", "127.0.0.1:0")];
    let mut child = stagiaire(&[], &variables).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let (mut greeting, mut line) = (String::new(), String::new());
    while !line.starts_with("Press") {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "it ended: {greeting}");
        greeting += &line;
    }
    let at = greeting.lines().find_map(|line| line.trim().strip_prefix("Open")).unwrap();
    let at = at.trim().trim_start_matches("http://").to_owned();
    (Server { child, _lines: lines }, greeting, at)
}

fn get(at: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[test]
fn it_tries_itself_out_and_stops_when_told() {
    let data = folder();
    let (mut server, greeting, at) = serve(&data);
    for part in ["internship-try-out", "hr@example.org", "supervisor@example.org", "/mailbox"] {
        assert!(greeting.contains(part), "{part}: {greeting}");
    }
    assert!(get(&at, "/readyz").ends_with("ready\n"));
    assert!(get(&at, "/openings").contains("Maps and figures for emergency reports"));

    let said = run(&["staff", "list"], &[("STAGIAIRE_DATA", &data)]);
    assert!(said.code == Some(1) && said.err.contains("another Stagiaire is running"), "{}", said.err);

    assert!(Command::new("kill").arg(server.child.id().to_string()).status().unwrap().success());
    let until = Instant::now() + Duration::from_secs(30);
    let status = loop {
        match server.child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > until => panic!("it does not stop"),
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    assert!(status.success());
    assert!(!std::path::Path::new(&data).join("postgres/data/postmaster.pid").exists());

    // killed and started again: the same people, the same applications
    let (server, _, _) = serve(&data);
    drop(server);
    let (server, _, at) = serve(&data);
    assert!(get(&at, "/readyz").ends_with("ready\n"));
    drop(server);
    let said = run(&["staff", "list"], &[("STAGIAIRE_DATA", &data)]);
    assert_eq!(said.out.lines().count(), 7, "{}", said.out);
    std::fs::remove_dir_all(data).unwrap();
}

#[sqlx::test]
async fn whoever_becomes_staff_signs_in_anew(db: PgPool) {
    let ana =
        "insert into person (id, email, family_names, lang, password_hash, email_confirmed_at, created_at)
        values (gen_random_uuid(), 'ana@example.org', 'Beltrán', 'en', 'hers', now(), now())";
    let session = "insert into session select sha256('x'), id, now(), now(), 604800, now() + interval '30 days' from person";
    for sql in [ana, session] {
        sqlx::query(sql).execute(&db).await.unwrap();
    }
    let invite = ["staff", "invite", "ana@example.org", "--name", "Ana Beltrán", "--role", "hr-reviewer"];
    assert_eq!(run(&invite, &[("DATABASE_URL", &address(&db))]).code, Some(0));
    let world = world_on(db, "2026-03-02").await;
    assert_eq!(world.count("select count(*) from session").await, 0);
}

/// The address of a test's database for a user of the test's own, made by `role`.
async fn as_user(db: &PgPool, name: &str, role: &str) -> String {
    let make = format!("create role {name} login password '{name}' in role stagiaire_server; {role}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(make)).execute(db).await.unwrap();
    let (before, after) = address(db).split_once("://").map(|(b, a)| (b.to_owned(), a.to_owned())).unwrap();
    let place = after.split_once('@').map_or(after.as_str(), |(_, place)| place);
    format!("{before}://{name}:{name}@{place}")
}

#[sqlx::test]
async fn a_new_key_locks_every_file_and_the_old_one_may_go(db: PgPool) {
    let (url, data) = (address(&db), folder());
    let variables = [("DATABASE_URL", url.as_str()), ("STAGIAIRE_DATA", data.as_str())];
    let say = |arguments: &[&str]| run(arguments, &variables);
    let said = say(&["seed", "--applications", "3"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let files: i64 = sqlx::query_scalar("select count(*) from file_key").fetch_one(&db).await.unwrap();
    assert!(files > 3);
    // a secret of before secrets were locked
    sqlx::query(
        "insert into second_factor select id, decode(repeat('5e', 20), 'hex'), now() from person limit 1",
    )
    .execute(&db)
    .await
    .unwrap();
    let keys = std::path::Path::new(&data).join("keys");
    let before = std::fs::read_to_string(&keys).unwrap();

    let said = say(&["keys", "renew"]);
    assert!(
        said.code == Some(0)
            && said
                .out
                .contains(&format!("Locked anew: {files} keys of files and 1 secrets of second factors")),
        "{} {}",
        said.out,
        said.err
    );
    let both = std::fs::read_to_string(&keys).unwrap();
    assert!(both.ends_with(&before) && both.lines().count() == 2);
    let said = say(&["keys", "list"]);
    let lines: Vec<_> = said.out.lines().collect();
    assert!(lines[0].contains(&format!("{} keys and secrets  locks what comes", files + 1)), "{}", said.out);
    assert!(lines[1].contains("0 keys and secrets  opens what it locked"), "{}", said.out);

    let open: bool = sqlx::query_scalar(
        "select position(decode(repeat('5e', 20), 'hex') in secret) > 0 from second_factor",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert!(!open, "the secret lies open");

    // without the old key all opens; without the new one nothing does, and it is said
    std::fs::write(&keys, both.lines().next().unwrap()).unwrap();
    assert!(say(&["keys", "renew", "--no-new"]).out.contains("Locked anew: 0 keys of files and 0 secrets"));
    std::fs::write(&keys, &before).unwrap();
    assert!(say(&["keys", "list"]).out.contains("MISSING"));
    let said = say(&["keys", "renew"]);
    assert!(said.code == Some(1) && said.err.contains("not in the file of keys"), "{}", said.err);
    std::fs::remove_dir_all(data).unwrap();
}

#[sqlx::test]
async fn a_user_without_rights_to_the_tables_runs_the_server_and_no_migration(db: PgPool) {
    let name = format!("guest_{}", Uuid::new_v4().simple());
    let url = as_user(&db, &name, "").await;
    let say = |arguments: &[&str]| run(arguments, &[("DATABASE_URL", &url)]);
    let joy = ["staff", "invite", "joy@example.org", "--name", "Joy Otieno", "--role", "administrator"];
    let said = say(&joy);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(say(&["audit", "verify"]).code, Some(0));
    let late = "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)";
    sqlx::query(late).execute(&db).await.unwrap();
    let said = say(&["staff", "list"]);
    assert!(said.code == Some(1) && said.err.contains("could not be brought up to date"), "{}", said.err);
    let end = format!("drop role {name}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(end)).execute(&db).await.unwrap();
}

#[sqlx::test(migrations = false)]
async fn an_owner_who_rules_nothing_else_makes_the_tables(db: PgPool) {
    let name = format!("owner_{}", Uuid::new_v4().simple());
    let database = db.connect_options().get_database().unwrap().to_owned();
    let gifts = format!(
        "grant set on parameter \"stagiaire.erasing\" to {name}; alter database \"{database}\" owner to {name}"
    );
    let url = as_user(&db, &name, &gifts).await;
    let said = run(&["migrate"], &[("DATABASE_URL", &url)]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let joy = ["staff", "invite", "joy@example.org", "--name", "Joy Otieno", "--role", "administrator"];
    assert_eq!(run(&joy, &[("DATABASE_URL", &url)]).code, Some(0));
    let end = format!("drop owned by {name} cascade; drop role {name}");
    let end = format!("alter database \"{database}\" owner to current_user; {end}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(end)).execute(&db).await.unwrap();
}

#[sqlx::test]
async fn the_record_is_verified_and_a_lie_has_its_own_exit_code(db: PgPool) {
    let url = address(&db);
    let say = |arguments: &[&str]| run(arguments, &[("DATABASE_URL", &url)]);
    let joy = ["staff", "invite", "joy@example.org", "--name", "Joy Otieno", "--role", "administrator"];
    assert_eq!(say(&joy).code, Some(0));
    let said = say(&["audit", "verify"]);
    assert!(said.code == Some(0) && said.out.contains("wait for their seal: 1"), "{}", said.out);
    stagiaire::record::chain::seal(&stagiaire::db::Db::new(db.clone(), chrono_tz::UTC)).await.unwrap();
    let said = say(&["audit", "verify"]);
    let head = said.out.split("head ").nth(1).unwrap().trim().to_owned();
    assert_eq!(say(&["audit", "verify", "--known", &head]).code, Some(0), "{head}");
    assert_eq!(say(&["audit", "verify", "--known", "1:00"]).code, Some(2), "no hash is so short");

    let lie = "set session_replication_role = replica; update audit_event set action = 'sign_in'; reset session_replication_role";
    sqlx::raw_sql(lie).execute(&db).await.unwrap();
    let said = say(&["audit", "verify"]);
    assert_eq!(said.code, Some(3), "{}{}", said.out, said.err);
    assert!(said.out.contains("BROKEN: event 1 (link 1) is not what was sealed"), "{}", said.out);
}

#[sqlx::test]
async fn what_does_not_agree_is_named_and_has_its_own_exit_code(db: PgPool) {
    let url = address(&db);
    let check = || run(&["audit", "check"], &[("DATABASE_URL", &url)]);
    let world = world_on(db.clone(), "2026-11-25").await;
    world.tampered();
    let id = world.application(&world.candidate("en").await).await;
    let said = check();
    assert!(said.code == Some(0) && said.out.contains("agree"), "{}{}", said.out, said.err);
    let lie = "set session_replication_role = replica; update application set version = version + 1";
    sqlx::raw_sql(lie).execute(&db).await.unwrap();
    let said = check();
    assert_eq!(said.code, Some(3), "{}{}", said.out, said.err);
    assert!(said.out.contains(&format!("BROKEN: application_stands_as_recorded ({id})")), "{}", said.out);
    assert!(!said.out.contains("record_chain"), "{}", said.out);
    stagiaire::record::chain::seal(&stagiaire::db::Db::new(db.clone(), chrono_tz::UTC)).await.unwrap();
    let lie = "set session_replication_role = replica; update audit_event set action = 'sign_in'";
    sqlx::raw_sql(lie).execute(&db).await.unwrap();
    assert!(check().out.contains("BROKEN: record_chain (event 1 (link 1) is not what was sealed)"));
}

#[sqlx::test]
async fn a_dry_run_removes_nothing(db: PgPool) {
    let world = world_on(db.clone(), "2026-11-25").await;
    let candidate = world.candidate("en").await;
    sqlx::query(
        "insert into link_token values (sha256('x'), $1, 'confirm_email', '2020-01-01', '2020-01-01', null)",
    )
    .bind(candidate.id)
    .execute(&db)
    .await
    .unwrap();
    let url = address(&db);
    let said = run(&["retention", "--dry-run"], &[("DATABASE_URL", &url)]);
    let line = said.out.lines().find(|line| line.starts_with("links")).unwrap_or_default().to_owned();
    assert!(line.contains("30 days") && line.contains("1 due"), "{}{}", said.out, said.err);
    assert_eq!(world.count("select count(*) from link_token").await, 1);
    assert_eq!(run(&["retention"], &[("DATABASE_URL", &url)]).code, Some(0));
    assert_eq!(world.count("select count(*) from link_token").await, 0);
}

#[sqlx::test]
async fn a_closed_account_is_not_opened_again_with_its_old_password(db: PgPool) {
    sqlx::query(
        "insert into person (id, email, family_names, lang, password_hash, email_confirmed_at, created_at, disabled_at)
         values (gen_random_uuid(), 'joy@example.org', 'Otieno', 'en', 'an old one', now(), now(), now())",
    )
    .execute(&db)
    .await
    .unwrap();
    let invite = ["staff", "invite", "joy@example.org", "--name", "Joy Otieno", "--role", "administrator"];
    let said = run(&invite, &[("DATABASE_URL", &address(&db))]);
    assert!(said.code == Some(0) && said.out.contains("is invited"), "{} {}", said.out, said.err);
    let world = world_on(db, "2026-03-02").await;
    let open = "select count(*) from person where disabled_at is null and password_hash is null";
    assert_eq!((world.letters().await, world.count(open).await), (vec!["invitation".to_owned()], 1));
}
