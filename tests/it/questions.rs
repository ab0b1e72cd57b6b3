//! What a page asks the database does not grow with what is on it: not with one more of everything, and not with ten
//! thousand cases. Nor does its weight. And no table is read from end to end that grows with them.

use crate::pages::staff::{one_more_of_each, staff};
use crate::pages::{Sent, Sitting};
use crate::support::{PDF, World, world_on};
use chrono_tz::Europe::Zurich;
use sqlx::PgPool;
use stagiaire::db::Db;
use stagiaire::system::System;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// For the HTML of a page that is full, in bytes, compressed.
const MOST: usize = 60 * 1024;

/// The pages that are simply opened: whose they are, and their addresses.
fn opened(all: &[Sitting<'_>]) -> Vec<(usize, String)> {
    let of = |(who, sitting): (usize, &Sitting<'_>)| {
        let plain = sitting.sheets.iter().filter(|it| it.status == 200 && matches!(it.sent, Sent::Nothing));
        plain.map(|sheet| (who, sheet.path.clone())).collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(of).collect()
}

async fn asked(all: &[Sitting<'_>], pages: &[(usize, String)]) -> Vec<usize> {
    let mut asked = Vec::new();
    for (who, path) in pages {
        asked.push(all[*who].who.queries(path).await);
    }
    asked
}

fn assert_same(pages: &[(usize, String)], before: &[usize], after: &[usize]) {
    let more = pages.iter().zip(before.iter().zip(after)).filter(|(_, (before, after))| after > before);
    let more: Vec<String> =
        more.map(|((_, path), (before, after))| format!("{path}: {before}, then {after}")).collect();
    assert!(more.is_empty(), "\n{}\n", more.join("\n"));
}

/// So many made-up applications.
async fn sow(world: &World, applications: u32) {
    let system = System::new(Db::new(world.db.clone(), Zurich), world.app.clock());
    let files = world.files().await;
    let added = stagiaire::seed::sow(&system, &files, 1, applications, |_| ()).await.unwrap();
    assert_eq!(added, applications);
    // as a database in use does by itself
    sqlx::query("vacuum analyze").execute(&world.db).await.unwrap();
}

/// Every connection tells at once what it has read, when the last page has given its own back.
async fn told(db: &PgPool) {
    while db.num_idle() < db.size() as usize {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut idle = Vec::new();
    while let Some(connection) = db.try_acquire() {
        idle.push(connection);
    }
    for connection in &mut idle {
        sqlx::query("select pg_stat_force_next_flush()").execute(&mut **connection).await.unwrap();
    }
}

/// How often each table that has thousands of rows was read from end to end so far.
async fn scans(db: &PgPool) -> BTreeMap<String, i64> {
    told(db).await;
    let large =
        "select s.relname::text, s.seq_scan from pg_stat_user_tables s join pg_class c on c.oid = s.relid
        where c.reltuples > 5000";
    sqlx::query_as(large).fetch_all(db).await.unwrap().into_iter().collect()
}

/// The pages that read a large table from end to end, each with the table. What they show of it is found by an index.
async fn read_to_the_end(world: &World, all: &[Sitting<'_>]) -> Vec<String> {
    let mut read = Vec::new();
    let mut before = scans(&world.db).await;
    assert!(before.len() > 5, "nothing is large: {before:?}");
    for (who, path) in opened(all) {
        assert!(all[who].who.get(&path).await.status < 400, "{path}");
        let after = scans(&world.db).await;
        let tables = after.iter().filter(|(table, n)| before.get(*table).is_some_and(|it| it < n));
        read.extend(tables.map(|(table, _)| format!("{path}: {table}")));
        before = after;
    }
    read
}

#[sqlx::test]
async fn staff_pages_ask_as_much_of_much_as_of_little(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let mut all = staff(&world).await;
    one_more_of_each(&world, &mut all, 2).await;
    let pages = opened(&all);
    let little = asked(&all, &pages).await;
    assert!(pages.len() > 80 && little.iter().all(|n| *n > 0), "nothing was counted: {little:?}");
    one_more_of_each(&world, &mut all, 3).await;
    one_more_of_each(&world, &mut all, 4).await;
    assert_same(&pages, &little, &asked(&all, &pages).await);

    sow(&world, 10_000).await;
    assert_same(&pages, &little, &asked(&all, &pages).await);
    for (who, path) in &pages {
        let weight = all[*who].who.weigh(path, None).await;
        assert!(weight < MOST, "{path} weighs {weight}");
    }
    let mut read = read_to_the_end(&world, &all).await;
    read.extend(read_to_the_end(&world, &crate::pages::all(&world).await).await);
    assert!(read.is_empty(), "\n{}\n", read.join("\n"));
}

#[sqlx::test]
async fn candidates_pages_ask_as_much_of_much_as_of_little(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.ready_candidate("en").await, world.reviewer("en").await);
    let another = |name: &'static str| {
        let kind = [("kind", "university_letter")];
        let (ines, content) = (&ines, [PDF, name.as_bytes()].concat());
        async move { ines.upload("/profile/documents", &kind, name, &content).await }
    };
    let write = |words: &'static str| {
        let (ines, form) = (&ines, Uuid::now_v7().to_string());
        async move { ines.upload_all("/application/messages", &[("form", &form), ("body", words)], &[]).await }
    };
    reviewer.announce(crate::openings::DATA).await;
    assert_eq!(another("one.pdf").await.status, 303);
    assert_eq!(ines.release().await.status, 303);
    assert_eq!(write("One?").await.status, 303);
    let paths = [
        "/profile",
        "/profile/documents",
        "/profile/release",
        "/application",
        "/application/messages",
        "/application/version/1",
        "/openings",
        "/account",
        "/account/sessions",
        "/account/opened",
        "/account/consents",
    ];
    let mut little = Vec::new();
    for path in paths {
        little.push(ines.queries(path).await);
    }
    for n in 0..12 {
        reviewer.announce(crate::openings::DATA).await;
        assert_eq!(write("And another?").await.status, 303, "{n}");
    }
    for name in ["two.pdf", "three.pdf", "four.pdf"] {
        assert_eq!(another(name).await.status, 303);
    }
    for (path, little) in paths.iter().zip(little) {
        assert!(ines.queries(path).await <= little, "{path}: more than {little}");
    }
}
