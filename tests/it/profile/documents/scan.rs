//! Files are looked through for malware: by a daemon that speaks like clamd, and by the real one where there is one.
use super::{add, address, pdf};
use crate::support::{PDF, World, world_on};
use stagiaire::scan::Scanner;
use stagiaire::scan::daemon::{Daemon, Verdict};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A PDF with the harmless text that every scanner calls malware (EICAR). In two halves, or scanners would take
/// this file away.
fn eicar() -> Vec<u8> {
    let text = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    [b"%PDF-1.4\n", text.as_bytes(), b"\n%%EOF\n"].concat()
}

/// A small clamd, and how many files it was asked about.
struct Clamd {
    scanner: Scanner,
    asked: Arc<AtomicUsize>,
}

impl Clamd {
    /// `most`: it hangs up in the middle of a larger file, like clamd beyond its `StreamMaxLength`.
    async fn start(required: bool, most: usize) -> Clamd {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let daemon = Daemon::Tcp(listener.local_addr().unwrap().to_string());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(answer(line, most));
            }
        });
        Clamd { scanner: Scanner { daemon: Some(daemon), required }, asked }
    }
}

async fn answer(mut line: TcpStream, most: usize) {
    let mut command = [0; 10];
    line.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = line.read_u32().await.unwrap() as usize;
        if length == 0 {
            break;
        }
        let mut piece = vec![0; length];
        line.read_exact(&mut piece).await.unwrap();
        file.extend(piece);
        if file.len() > most {
            return line.write_all(b"INSTREAM size limit exceeded. ERROR\0").await.unwrap();
        }
    }
    let found = file.windows(5).any(|window| window == b"EICAR");
    let said: &[u8] = if found { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
    line.write_all(said).await.unwrap();
}

/// Nobody listens there: port 1 is for `tcpmux`, which nobody runs.
fn nobody(required: bool) -> Scanner {
    Scanner { daemon: Some(Daemon::Tcp("127.0.0.1:1".into())), required }
}

async fn scans(world: &World) -> Vec<String> {
    sqlx::query_scalar("select scan from document order by uploaded_at, id")
        .fetch_all(&world.db)
        .await
        .unwrap()
}

#[sqlx::test]
async fn an_infected_file_is_refused_and_the_others_are_kept(db: sqlx::PgPool) {
    let clamd = Clamd::start(true, usize::MAX).await;
    let world = world_on(db, "2026-11-24").await.scanning(clamd.scanner);
    let ines = world.candidate("en").await;
    let bad = eicar();
    let files: [(&str, &[u8]); 2] = [("bad.pdf", &bad), ("good.pdf", PDF)];

    let reply = ines.upload_all("/profile/documents", &[("kind", "cv")], &files).await;

    assert_eq!(reply.status, 422);
    assert!(reply.has("<a href=\"#cv\">bad.pdf: Our scanner found malicious software in this file"));
    assert!(reply.has(">good.pdf</a>") && !reply.has(">bad.pdf</a>") && !reply.has("Not scanned yet"));
    assert_eq!((world.stored().len(), scans(&world).await), (1, vec!["clean".to_owned()]));
    let story = world.story().await;
    assert_eq!(story, ["remove_infected_document, by candidate", "add_document, by candidate"]);
}

#[sqlx::test]
async fn a_scanner_that_is_away_keeps_nobody_from_uploading(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await.scanning(nobody(false));
    let ines = world.candidate("en").await;

    assert_eq!(add(&ines, "cv", "cv.pdf", PDF).await.status, 303);

    assert!(!ines.get("/profile/documents").await.has("Not scanned yet"), "nobody requires it");
    assert_eq!(scans(&world).await, ["not_scanned"]);
}

#[sqlx::test]
async fn where_scanning_is_required_a_file_waits_and_opens_once_it_is_clean(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await.scanning(nobody(true));
    let maria = world.candidate("en").await;
    let application = world.application(&maria).await;
    let reviewer = world.reviewer("en").await;
    let cv = address(&maria, "CV María.pdf").await;
    let theirs = format!("/review/{application}/documents/{}", cv.rsplit('/').next().unwrap());

    assert_eq!(world.scan_round(&nobody(true)).await, 0);
    let page = maria.get("/profile/documents").await;
    assert!(page.has("Not scanned yet. Human Resources can open it once") && page.has("Being checked"));
    assert_eq!(maria.get(&cv).await.status, 200, "its owner may");
    let held_back = reviewer.get(&theirs).await;
    assert!(held_back.status == 423 && held_back.has("This file has not been scanned yet"));
    assert_eq!(world.count("select count(*) from audit_event where action = 'open_document'").await, 0);

    // ten minutes later the daemon is back, and asked once
    let clamd = Clamd::start(true, usize::MAX).await;
    sqlx::query("update document set scan_tried_at = scan_tried_at - interval '10 minutes'")
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!((world.scan_round(&clamd.scanner).await, clamd.asked.load(Ordering::SeqCst)), (1, 1));
    assert_eq!(reviewer.get(&theirs).await.status, 200);
    assert!(!maria.get("/profile/documents").await.has("Not scanned yet"));
}

#[sqlx::test]
async fn what_is_found_later_is_taken_away_and_its_owner_is_told(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await.scanning(nobody(false));
    let maria = world.candidate("en").await;
    let application = world.application(&maria).await;
    let reviewer = world.reviewer("en").await;
    add(&maria, "cv", "infected.pdf", &eicar()).await;
    let bad = address(&maria, "infected.pdf").await;
    let id = bad.rsplit('/').next().unwrap();
    sqlx::query("insert into snapshot_document values ($1, 1, $2::uuid)")
        .bind(application)
        .bind(id)
        .execute(&world.db)
        .await
        .unwrap();
    sqlx::query("update document set uploaded_at = uploaded_at - interval '1 hour'")
        .execute(&world.db)
        .await
        .unwrap();
    let complete = "update profile set unreleased_since = $1, complete_until = $1::date";
    sqlx::query(complete).bind(world.now).execute(&world.db).await.unwrap();
    let is_complete = "select count(*) from profile where unreleased_since is not null";
    let revision = "select revision::bigint from profile";
    let before = world.count(revision).await;
    let clamd = Clamd::start(false, usize::MAX).await;

    assert_eq!(world.scan_round(&clamd.scanner).await, 2);

    assert_eq!(world.count(revision).await, before + 1, "a release that is being read is overtaken");
    assert_eq!((world.stored().len(), scans(&world).await.concat()), (1, "cleaninfected".into()));
    assert_eq!(world.letters().await, ["document_infected"]);
    assert_eq!(world.story().await.last().unwrap(), "remove_infected_document, by system");
    let page = maria.get("/profile/documents").await;
    assert!(page.has("We deleted infected.pdf: our scanner") && !page.has(">infected.pdf</a>"));
    assert_eq!(maria.get(&bad).await.status, 410);
    let theirs = reviewer.get(&format!("/review/{application}/documents/{id}")).await;
    assert!(theirs.status == 410 && theirs.has("contained malicious software and is gone"));

    assert_eq!(world.count(is_complete).await, 1, "the other CV is still there");

    add(&maria, "cv", "another.pdf", &pdf(1)).await;
    assert!(!maria.get("/profile/documents").await.has("We deleted"), "settled");
}

#[sqlx::test]
async fn a_file_that_cannot_be_judged_waits_and_is_not_called_clean(db: sqlx::PgPool) {
    let clamd = Clamd::start(true, 1024 * 1024).await;
    let world = world_on(db, "2026-11-24").await.scanning(clamd.scanner);
    let ines = world.candidate("en").await;
    let large = [PDF, &vec![b' '; 9 * 1024 * 1024], b"%%EOF"].concat();

    assert_eq!(add(&ines, "cv", "large.pdf", &large).await.status, 303);

    assert_eq!(scans(&world).await, ["not_scanned"]);
}

/// A daemon of the system's packages and its folder; both go at the end of a test, whatever that is.
struct Real(std::process::Child, std::path::PathBuf);

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
        let _ = std::fs::remove_dir_all(&self.1);
    }
}

/// The real daemon, with one signature and a socket of its own: no network is asked for others.
#[tokio::test]
async fn the_real_daemon_finds_the_test_file() {
    let Some(binary) = ["/usr/sbin/clamd", "/usr/bin/clamd", "/opt/homebrew/sbin/clamd"]
        .into_iter()
        .find(|path| std::path::Path::new(path).exists())
    else {
        // only where nothing can be installed: script/test brings it
        return;
    };
    let folder = std::env::temp_dir().join(format!("stagiaire-clamd-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(folder.join("signatures")).unwrap();
    let hex =
        b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE".iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    std::fs::write(folder.join("signatures/test.ndb"), format!("Eicar-Test:0:*:{hex}\n")).unwrap();
    let (at, socket) = (folder.display(), folder.join("clamd.ctl"));
    let settings =
        format!("DatabaseDirectory {at}/signatures\nLocalSocket {}\nForeground yes\n", socket.display());
    std::fs::write(folder.join("clamd.conf"), settings).unwrap();
    let process = std::process::Command::new(binary)
        .arg("--config-file")
        .arg(folder.join("clamd.conf"))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let _real = Real(process, folder.clone());
    let daemon: Daemon = socket.to_str().unwrap().parse().unwrap();
    let mut version = daemon.version().await;
    for _ in 0..200 {
        if version.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        version = daemon.version().await;
    }

    assert!(version.unwrap().starts_with("ClamAV"));
    let found = daemon.scan(eicar().as_slice()).await.unwrap();
    assert_eq!(found, Verdict::Infected("Eicar-Test.UNOFFICIAL".into()));
    assert_eq!(daemon.scan(PDF).await.unwrap(), Verdict::Clean);
}

#[sqlx::test]
async fn files_of_messages_wait_for_the_scanner_too_and_infected_ones_go(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await.scanning(nobody(true));
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    let (mine, theirs) = ("/application/messages", format!("/review/{id}/messages"));
    let form = maria.get(mine).await.hidden("form");
    let bad = eicar();
    let files: [(&str, &[u8]); 2] = [("good.pdf", PDF), ("bad.pdf", &bad)];
    assert_eq!(maria.upload_all(mine, &[("form", &form), ("body", "Both")], &files).await.status, 303);
    assert_eq!(reviewer.get(&theirs).await.body.matches("not scanned yet").count(), 2);
    let stored = world.stored().len();

    // the CV of the application waits as well
    let clamd = Clamd::start(true, usize::MAX).await;
    assert_eq!(world.scan_round(&clamd.scanner).await, 3);

    let page = reviewer.get(&theirs).await;
    assert!(page.has(">good.pdf</a>") && page.has("<span>bad.pdf</span>"));
    assert!(page.has("malicious software in this file") && maria.get(mine).await.has("<span>bad.pdf</span>"));
    assert_eq!(world.stored().len(), stored - 1);
    assert_eq!(world.letters().await, ["message_file_infected"], "nobody has the application yet");
    let story = world.story().await;
    assert!(story.ends_with(&[
        "remove_infected_document, by system".to_owned(),
        "remove_infected_file, by system".to_owned(),
    ]));
}

#[sqlx::test]
async fn both_sides_are_told_of_an_infected_file_whoever_sent_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await.scanning(nobody(false));
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    reviewer.claim(id).await;
    let (mine, theirs) = ("/application/messages", format!("/review/{id}/messages"));
    let bad = eicar();
    for (reader, thread) in [(&maria, mine), (&reviewer, theirs.as_str())] {
        let form = reader.get(thread).await.hidden("form");
        let fields = [("form", form.as_str()), ("body", "See attached")];
        assert_eq!(reader.upload_all(thread, &fields, &[("bad.pdf", &bad)]).await.status, 303);
        reader.get(thread).await;
    }
    let before = world.letters().await.len();
    world.scan_round(&Clamd::start(true, usize::MAX).await.scanner).await;
    let mut told = world.letters().await[before..].to_vec();
    told.sort();
    let expected =
        ["message_file_infected", "message_file_infected", "staff_file_infected", "staff_file_infected"];
    assert_eq!(told, expected);
}

#[sqlx::test]
async fn where_scanning_is_required_staff_read_beside_every_file_that_it_waits(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await.scanning(nobody(true));
    assert_eq!(beside_every_file(&world).await, (["not scanned yet: it opens once"; 6], 423));
}

#[sqlx::test]
async fn where_it_is_not_they_read_that_the_scanner_has_not_looked_and_may_open_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await.scanning(nobody(false));
    assert_eq!(beside_every_file(&world).await, (["not scanned yet"; 6], 200));
}

#[sqlx::test]
async fn without_a_scanner_nothing_is_said(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    assert_eq!(beside_every_file(&world).await, (["nothing"; 6], 200));
}

/// What the pages of staff say of the scan: of the CV, of papers for the first day, and of medical ones; and the answer
/// to whoever opens one.
async fn beside_every_file(world: &World) -> ([&'static str; 6], u16) {
    let cast = world.accepted().await;
    cast.show("agreement", &[]).await;
    cast.show("medical_certificate", &[]).await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let (paper, medical) = (cast.shown("agreement").await, cast.shown("medical_certificate").await);
    let checked = cast.at("placements", &format!("/documents/{paper}"));
    let mut said = ["nothing"; 6];
    for (nth, (reader, path)) in [
        (&cast.reviewer, format!("/review/{}", cast.application)),
        (&cast.supervisor, cast.at("supervision", "")),
        (&cast.reviewer, cast.at("placements", "/documents")),
        (&cast.reviewer, checked.clone()),
        (&officer, "/medical".to_owned()),
        (&officer, format!("/medical/{medical}")),
    ]
    .into_iter()
    .enumerate()
    {
        let page = reader.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        let words = ["not scanned yet: it opens once", "not scanned yet"];
        said[nth] = words.into_iter().find(|words| page.has(words)).unwrap_or("nothing");
    }
    (said, cast.reviewer.get(&format!("{checked}/file")).await.status)
}

#[sqlx::test]
async fn papers_for_the_first_day_wait_for_the_scanner_too_and_infected_ones_come_back(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await.scanning(nobody(true));
    let cast = world.accepted().await;
    cast.show("passport", &[("until_day", "1"), ("until_month", "1"), ("until_year", "2030")]).await;
    let path = cast.at("onboarding", "/agreement");
    let bad = eicar();
    assert_eq!(cast.candidate.upload_all(&path, &[], &[("bad.pdf", &bad)]).await.status, 303);
    let (good, gone) = (cast.shown("passport").await, cast.shown("agreement").await);
    let file = |id| cast.at("placements", &format!("/documents/{id}/file"));
    assert_eq!(cast.reviewer.get(&file(good)).await.status, 423);
    let stored = world.stored().len();

    // the CV of the application waits as well
    assert_eq!(world.scan_round(&Clamd::start(true, usize::MAX).await.scanner).await, 3);

    assert_eq!(cast.reviewer.get(&file(good)).await.status, 200);
    assert_eq!(cast.reviewer.get(&file(gone)).await.status, 410);
    assert_eq!(world.stored().len(), stored - 1);
    assert_eq!(world.letters().await.last().unwrap(), "document_returned");
    let story = world.story().await;
    assert!(story.contains(&"return_document: accepted -> accepted, by system".to_owned()), "{story:?}");
    let mine = cast.candidate.get(&cast.at("onboarding", "")).await;
    assert!(mine.has("malicious software") && !mine.has(">bad.pdf</a>"), "{}", mine.body);
    let theirs = cast.reviewer.get(&cast.at("placements", "/documents")).await;
    assert!(theirs.has("deleted: it contained malicious software"), "{}", theirs.body);
    assert_eq!(cast.candidate.get(&cast.at("onboarding", &format!("/documents/{gone}"))).await.status, 410);
    assert_eq!(cast.show("agreement", &[]).await.status, 303, "another copy is taken");
    world.assert_whole().await;
}

#[sqlx::test]
async fn without_its_only_cv_a_profile_is_not_called_complete(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await.scanning(nobody(false));
    let ines = world.ready_candidate("en").await;
    let scanned =
        "update document set scan = 'clean', removed_at = case when kind = 'cv' then uploaded_at end";
    sqlx::query(scanned).execute(&world.db).await.unwrap();
    add(&ines, "cv", "infected.pdf", &eicar()).await;
    assert!(ines.get("/account").await.has("not released"));
    let clamd = Clamd::start(false, usize::MAX).await;

    world.scan_round(&clamd.scanner).await;

    assert!(!ines.get("/account").await.has("not released"));
}
