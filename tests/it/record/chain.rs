use crate::support::{World, world_on};
use sqlx::PgPool;
use stagiaire::db::Db;
use stagiaire::record::chain::verify::{Broken, Head, Whole, whole};
use stagiaire::record::chain::{run, seal};

fn db_of(world: &World) -> Db {
    Db::new(world.db.clone(), chrono_tz::Europe::Zurich)
}

/// An application that was declined for a written reason: a few events, all sealed.
async fn declined(world: &World) -> Db {
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&candidate).await;
    reviewer.claim(id).await;
    let form = "why=duplicate&message=There+are+two";
    assert_eq!(reviewer.fill_in(&format!("/review/{id}/decline"), form).await.status, 303);
    let db = db_of(world);
    seal(&db).await.unwrap();
    db
}

async fn verify(db: &Db) -> Result<Whole, Broken> {
    whole(db, None).await.unwrap()
}

/// As somebody who owns the database could.
async fn tamper(world: &World, sql: &str) {
    let mut tx = world.db.begin().await.unwrap();
    let without = "set local session_replication_role = replica;";
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("{without} {sql}"))).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[sqlx::test]
async fn every_event_is_sealed_once_in_one_chain(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let db = declined(&world).await;
    let events = world.count("select count(*) from audit_event").await;
    let before = verify(&db).await.unwrap().head.unwrap();
    assert_eq!(before.position, events);

    // a transaction that is still open keeps nobody from being sealed, and is sealed when it is committed
    let mut open = world.db.begin().await.unwrap();
    let event = "insert into audit_event (at, actor_role, subject, subject_id, action)
                 values (now(), 'system', 'person', gen_random_uuid(), 'seed')";
    sqlx::query(event).execute(&mut *open).await.unwrap();
    sqlx::query(event).execute(&world.db).await.unwrap();
    let (one, two) = tokio::join!(seal(&db), seal(&db));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    open.commit().await.unwrap();
    assert_eq!(verify(&db).await.unwrap().waiting, 1);
    assert_eq!(seal(&db).await.unwrap(), 1);
    let after = verify(&db).await.unwrap();
    assert_eq!((after.head.unwrap().position, after.waiting), (events + 2, 0));

    // what was printed once can be asked for again
    let printed: Head = before.to_string().parse().unwrap();
    assert!(whole(&db, Some(&printed)).await.unwrap().is_ok());
    assert!("7:abc".parse::<Head>().is_err());
}

#[sqlx::test]
async fn whoever_tampers_is_found_at_the_first_broken_link(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let db = declined(&world).await;
    let printed = verify(&db).await.unwrap().head.unwrap();
    let last = "(select max(id) from audit_event where reason is not null)";
    let event: i64 = world.count("select max(id) from audit_event where reason is not null").await;
    let position: i64 = world
        .count("select position from audit_link order by (select reason is null from audit_event where id = event_id) limit 1")
        .await;
    let changed = Err(Broken::Changed { position, event });
    for (sql, undo, found) in [
        ("update audit_event set action = 'pool'", "update audit_event set action = 'decline'", &changed),
        (
            "update audit_event set reason = 'Another'",
            "update audit_event set reason = 'There are two'",
            &changed,
        ),
        (
            "update audit_event set at = at + interval '1 second'",
            "update audit_event set at = at - interval '1 second'",
            &changed,
        ),
        (
            "update audit_event set reason = null",
            "update audit_event set reason = 'There are two'",
            &Err(Broken::Blanked { position, event }),
        ),
        (
            "with gone as (delete from audit_unsealed) update audit_link set event_id = -event_id",
            "update audit_link set event_id = abs(event_id)",
            &Err(Broken::Gap { position }),
        ),
    ] {
        let column = if sql.contains("audit_link") { "event_id" } else { "id" };
        let at = |id: i64| format!(" where {column} = {id}");
        tamper(&world, &format!("{sql} where {column} = {last}")).await;
        assert_eq!(verify(&db).await.map(|_| ()), found.clone(), "{sql}");
        let id = if undo.contains("abs") { -event } else { event };
        tamper(&world, &format!("{undo}{}", at(id))).await;
        assert!(verify(&db).await.is_ok(), "{undo}");
    }

    // a chain that is cut, and one that is made anew from somewhere, are told by a point known from elsewhere
    tamper(&world, &format!("delete from audit_link where event_id = {last}")).await;
    let found = verify(&db).await;
    assert!(matches!(found, Err(Broken::Gap { .. } | Broken::Unsealed { .. })), "{found:?}");
    tamper(&world, &format!("delete from audit_event where id = {last}")).await;
    tamper(&world, "insert into audit_unsealed select id from audit_event; delete from audit_link").await;
    seal(&db).await.unwrap();
    assert!(verify(&db).await.is_ok());
    let known = whole(&db, Some(&printed)).await.unwrap();
    assert_eq!(known.map(|_| ()), Err(Broken::NotThrough { known: printed }));
}

#[sqlx::test]
async fn nothing_of_it_can_be_emptied_and_erasure_breaks_nothing(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let db = declined(&world).await;
    for sql in [
        "truncate audit_event cascade",
        "truncate audit_link",
        "update audit_link set hash = content",
        "delete from audit_link",
    ] {
        assert!(sqlx::raw_sql(sql).execute(&world.db).await.is_err(), "{sql}");
    }
    sqlx::raw_sql(
        "update person set disabled_at = now(), erased_at = now() where id in (select candidate_id from application);
         select erase_writings(candidate_id) from application",
    )
    .execute(&world.db)
    .await
    .unwrap();
    assert_eq!(world.count("select count(*) from audit_event where reason is not null").await, 0);
    assert_eq!(world.count("select count(*) from audit_link where reason_salt is not null").await, 0);
    assert!(verify(&db).await.is_ok());
}

#[sqlx::test]
async fn the_server_seals_by_itself(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let db = declined(&world).await;
    sqlx::query(
        "insert into audit_event (at, actor_role, subject, subject_id, action)
         select now(), 'system', 'person', gen_random_uuid(), 'seed' from generate_series(1, 2000)",
    )
    .execute(&world.db)
    .await
    .unwrap();
    // verified again and again while it grows, which breaks no chain
    let nothing_waits = async {
        while verify(&db).await.unwrap().waiting > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = run(db.clone()) => panic!("it goes on for ever"),
        () = nothing_waits => {}
        () = tokio::time::sleep(std::time::Duration::from_secs(60)) => panic!("not sealed in a minute"),
    }
}
