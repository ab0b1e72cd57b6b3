use super::mail_server::{MailServer, Mood};
use super::{application, database, owe, round, round_after};
use crate::support::{World, world_on};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;
use stagiaire::config::Mail;
use stagiaire::domain::letter::Letter;
use stagiaire::post::{self, Transport};
use std::time::Duration;
use uuid::Uuid;

const TODAY: &str = "2026-11-24";

/// How a letter stands: attempts, when it is due (in minutes from now), the last complaint, sent or not.
async fn standing(world: &World, id: Uuid) -> (i32, i64, Option<String>, bool) {
    let (attempts, due, error, sent): (i32, DateTime<Utc>, Option<String>, Option<DateTime<Utc>>) =
        sqlx::query_as("select attempts, next_attempt_at, last_error, sent_at from outbox where id = $1")
            .bind(id)
            .fetch_one(&world.db)
            .await
            .unwrap();
    (attempts, (due - world.now).num_minutes(), error, sent.is_some())
}

#[sqlx::test]
async fn a_letter_owed_arrives_once_in_its_readers_language(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let ines = world.candidate("fr").await;
    let case = application(&world, &ines, "ST-2026-04817").await;
    let id = owe(&world, &ines, Letter::Released, Some(case)).await;
    assert_eq!(round(&world, &server.transport()).await, 1);
    assert_eq!(round(&world, &server.transport()).await, 0, "once");

    let taken = server.taken();
    let [letter] = taken.as_slice() else { panic!("{} letters", taken.len()) };
    let address = format!("{}@example.org", ines.id);
    assert_eq!(
        (letter.sender.as_str(), &letter.recipients),
        ("internships@example.org", &vec![address.clone()])
    );
    assert_eq!(letter.header("To"), address);
    assert!(letter.header("From").ends_with("<internships@example.org>"), "{}", letter.header("From"));
    assert_eq!(letter.header("Subject"), "Nous avons reçu votre dossier");
    assert_eq!(letter.header("Message-ID"), format!("<{id}@example.org>"));
    assert_eq!(letter.header("Date"), "Tue, 24 Nov 2026 09:00:00 +0000");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert!(letter.header("Content-Type").starts_with("multipart/alternative"), "{}", letter.message);
    let (plain, html) = (letter.part("text/plain"), letter.part("text/html"));
    for part in [&plain, &html] {
        for words in ["Bonjour Ana Beltrán,", "Référence ST-2026-04817.", "http://127.0.0.1:3000/application"]
        {
            assert!(part.contains(words), "{words} is not in {part}");
        }
    }
    assert!(html.contains("<html lang=\"fr\">") && !plain.contains('<'), "{plain}\n{html}");
    assert_eq!(standing(&world, id).await, (0, 5, None, true));
}

#[sqlx::test]
async fn a_refused_letter_waits_longer_each_time_and_holds_nobody_up(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let (ines, omar) = (world.candidate("en").await, world.candidate("es").await);
    let refused = owe(&world, &ines, Letter::PasswordChanged, None).await;
    owe(&world, &omar, Letter::PasswordChanged, None).await;
    let (address, transport) = (format!("{}@example.org", ines.id), server.transport());

    server.becomes(&address, Mood::Refuses("451 4.2.1 <{}>: come back later"));
    assert_eq!(round(&world, &transport).await, 1, "the other letter leaves");
    assert_eq!(server.taken()[0].recipients, [format!("{}@example.org", omar.id)]);
    let (attempts, due, error, sent) = standing(&world, refused).await;
    let error = error.unwrap();
    assert_eq!((attempts, due, sent), (1, 1, false));
    assert!(error.contains("451") && error.contains("come back later"), "{error}");
    assert!(!error.contains(&ines.id.to_string()) && !error.contains('@'), "whom it was for: {error}");

    assert_eq!(round_after(&world, TimeDelta::seconds(59), &transport).await, 0);
    assert_eq!(standing(&world, refused).await.0, 1, "not before it is due");

    server.becomes(&address, Mood::Refuses("452 4.2.2 {} is full"));
    assert_eq!(round_after(&world, TimeDelta::minutes(1), &transport).await, 0);
    let (attempts, due, error, _) = standing(&world, refused).await;
    assert_eq!((attempts, due), (2, 3), "two minutes after the second attempt");
    assert!(error.as_ref().is_some_and(|e| e.contains("452") && !e.contains('@')), "{error:?}");

    server.becomes(&address, Mood::Takes);
    assert_eq!(round_after(&world, TimeDelta::minutes(3), &transport).await, 1);
    let (_, _, error, sent) = standing(&world, refused).await;
    assert_eq!((error, sent, server.taken().len()), (None, true, 2));
}

#[sqlx::test]
async fn a_line_that_breaks_loses_no_letter(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let (ines, omar) = (world.candidate("en").await, world.candidate("en").await);
    let first = owe(&world, &ines, Letter::PasswordChanged, None).await;
    let second = owe(&world, &omar, Letter::PasswordChanged, None).await;
    let transport = server.transport();
    server.becomes(&format!("{}@example.org", ines.id), Mood::HangsUp);
    assert_eq!(round(&world, &transport).await, 0, "the round ends: the server is not well");
    assert_eq!(standing(&world, first).await.0, 1);
    assert_eq!(standing(&world, second).await, (0, 0, None, false), "still due");
    assert_eq!(round(&world, &transport).await, 1, "and the next round brings it");
    server.becomes(&format!("{}@example.org", ines.id), Mood::Takes);
    assert_eq!(round_after(&world, TimeDelta::minutes(1), &transport).await, 1);
}

#[sqlx::test]
async fn nobody_at_the_other_end_delays_all_letters_and_blames_one(db: PgPool) {
    let world = world_on(db, TODAY).await;
    let ines = world.candidate("en").await;
    let ids = [
        owe(&world, &ines, Letter::PasswordChanged, None).await,
        owe(&world, &ines, Letter::PasswordChanged, None).await,
    ];
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nowhere = Transport::Smtp(Mail {
        smtp_url: format!("smtp://me:hunter2@{closed}"),
        from: "internships@example.org".into(),
    });
    assert_eq!(round(&world, &nowhere).await, 0);
    let attempts = [standing(&world, ids[0]).await, standing(&world, ids[1]).await].map(|s| s.0);
    assert_eq!(attempts, [1, 0]);
    let error = standing(&world, ids[0]).await.2.unwrap();
    assert!(!error.contains("hunter2"), "{error}");
    let server = MailServer::open().await;
    assert_eq!(round_after(&world, TimeDelta::minutes(1), &server.transport()).await, 2);
}

#[sqlx::test]
async fn a_letter_whose_arrival_was_not_confirmed_comes_twice_under_one_name(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let ines = world.candidate("en").await;
    owe(&world, &ines, Letter::PasswordChanged, None).await;
    let address = format!("{}@example.org", ines.id);
    server.becomes(&address, Mood::HangsUpAfterwards);
    assert_eq!(round(&world, &server.transport()).await, 0);
    server.becomes(&address, Mood::Takes);
    assert_eq!(round_after(&world, TimeDelta::minutes(1), &server.transport()).await, 1);
    let names: Vec<String> = server.taken().iter().map(|letter| letter.header("Message-ID")).collect();
    assert_eq!(names.len(), 2, "at least once");
    assert_eq!(names[0], names[1], "so that a mail program can tell");
}

#[sqlx::test]
async fn several_postmen_bring_each_letter_once(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let ines = world.candidate("en").await;
    let mut owed = Vec::new();
    for _ in 0..12 {
        owed.push(format!("<{}@example.org>", owe(&world, &ines, Letter::PasswordChanged, None).await));
    }
    let transport = server.transport();
    let (a, b, c) =
        tokio::join!(round(&world, &transport), round(&world, &transport), round(&world, &transport));
    assert_eq!(a + b + c, 12);
    assert!(
        [a, b, c].iter().filter(|sent| **sent > 0).count() > 1,
        "they were not at work together: {a} {b} {c}"
    );
    let mut arrived: Vec<String> = server.taken().iter().map(|letter| letter.header("Message-ID")).collect();
    arrived.sort();
    owed.sort();
    assert_eq!(arrived, owed);
}

#[sqlx::test]
async fn a_letter_whose_postman_died_is_brought_by_another(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let ines = world.candidate("en").await;
    let id = owe(&world, &ines, Letter::PasswordChanged, None).await;
    let (address, transport) = (format!("{}@example.org", ines.id), server.transport());
    server.becomes(&address, Mood::FallsSilent);
    tokio::select! {
        sent = round(&world, &transport) => panic!("sent {sent} through a silent server"),
        () = server.news() => {} // the round is dropped in the middle, as when a process dies
    }
    server.becomes(&address, Mood::Takes);
    assert_eq!(standing(&world, id).await, (0, 5, None, false));
    assert_eq!(round(&world, &transport).await, 0, "perhaps the other is still at it");
    assert_eq!(round_after(&world, TimeDelta::minutes(5), &transport).await, 1);
    assert_eq!((server.taken().len(), standing(&world, id).await.3), (1, true));
}

#[sqlx::test]
async fn a_letter_nobody_can_write_is_kept_with_the_reason(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let ines = world.candidate("en").await;
    let of_no_case = owe(&world, &ines, Letter::PlacementProposed, None).await;
    let of_tomorrow = owe(&world, &ines, Letter::Pooled, None).await;
    sqlx::query("update outbox set letter = 'of_the_next_version' where id = $1")
        .bind(of_tomorrow)
        .execute(&world.db)
        .await
        .unwrap();
    owe(&world, &ines, Letter::PasswordChanged, None).await;
    assert_eq!(round(&world, &server.transport()).await, 1, "the others leave");
    for id in [of_no_case, of_tomorrow] {
        let (attempts, due, error, sent) = standing(&world, id).await;
        assert_eq!((attempts, due, error.is_some(), sent), (1, 1, true, false));
    }
}

#[sqlx::test]
async fn the_postman_comes_when_called(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let ines = world.candidate("en").await;
    let postman = tokio::spawn({
        let (db, settings, clock) = (database(&world), world.app.settings().clone(), world.app.clock());
        post::run(db, settings, server.transport(), clock)
    });
    owe(&world, &ines, Letter::PasswordChanged, None).await; // before or after the first round: both are well
    sqlx::query("select pg_notify('letters', '')").execute(&world.db).await.unwrap();
    server.news().await;
    tokio::time::sleep(Duration::from_millis(200)).await; // the first round is over
    let mut tx = world.db.begin().await.unwrap();
    sqlx::query("select pg_notify('letters', '')").execute(&mut *tx).await.unwrap();
    owe(&world, &ines, Letter::PasswordChanged, None).await;
    tx.commit().await.unwrap();
    server.news().await;
    postman.abort();
    assert_eq!(server.taken().len(), 2);
}

#[tokio::test]
async fn a_server_is_checked_before_the_product_starts() {
    let server = MailServer::open().await;
    let mail = |smtp_url: String| Mail { smtp_url, from: "internships@example.org".into() };
    let Transport::Smtp(good) = server.transport() else { panic!("by SMTP") };
    assert!(post::transport::check(&good).await.is_ok());
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for url in [format!("smtp://me:hunter2@{closed}"), "smtp://me:hunter2@:x".to_owned()] {
        let error = post::transport::check(&mail(url)).await.unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
    let nobody = Mail { from: "nobody".into(), ..good };
    assert!(post::transport::check(&nobody).await.unwrap_err().to_string().contains("STAGIAIRE_MAIL_FROM"));
}

#[sqlx::test]
async fn a_letter_refused_for_good_or_for_too_long_is_given_up_with_its_reason(db: PgPool) {
    let (world, server) = (world_on(db, TODAY).await, MailServer::open().await);
    let (ines, omar, ana) =
        (world.candidate("en").await, world.candidate("es").await, world.candidate("es").await);
    let mut letters = Vec::new();
    for (reader, answer) in [
        (&ines, "550 5.1.1 {} unknown"),
        (&omar, "451 4.2.1 <{}>: come back later"),
        (&ana, "535 5.7.8 not with this password"),
    ] {
        server.becomes(&format!("{}@example.org", reader.id), Mood::Refuses(answer));
        letters.push(owe(&world, reader, Letter::PasswordChanged, None).await);
    }
    let given_up = async || -> Vec<(bool, String)> {
        let sql = "select given_up_at is not null, last_error from outbox order by array_position($1, id)";
        sqlx::query_as(sql).bind(&letters).fetch_all(&world.db).await.unwrap()
    };
    let transport = server.transport();

    assert_eq!(round(&world, &transport).await, 0);
    let first = given_up().await;
    assert_eq!(first.iter().map(|letter| letter.0).collect::<Vec<_>>(), [true, false, false]);
    assert!(first[0].1.contains("550") && !first[0].1.contains('@'), "{}", first[0].1);

    // nobody tries the first again, the second is over after five days, the third waits for our own password
    server.becomes(&format!("{}@example.org", ines.id), Mood::Takes);
    assert_eq!(round_after(&world, TimeDelta::days(5), &transport).await, 0);
    let last: Vec<bool> = given_up().await.iter().map(|letter| letter.0).collect();
    assert_eq!(last, [true, true, false]);
}
