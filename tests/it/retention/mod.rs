//! What has had its time goes: not a day too early, never under a legal hold, and counted before by the same measure.

mod accounts;
mod papers;

use crate::support::{Reader, World};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::{jobs, retention, sweep};

/// What a dry run says of a class: what goes, what a hold keeps, who has to be told first.
async fn due(world: &World, class: &str) -> (i64, i64, i64) {
    let mut connection = world.db.acquire().await.unwrap();
    let today = world.now.with_timezone(&Zurich).date_naive();
    let report = retention::due(&mut connection, world.now, today).await.unwrap();
    let of_class = report.iter().find(|due| due.period.class.code() == class).unwrap();
    (of_class.rows, of_class.held, of_class.untold)
}

/// One round of two servers at once.
async fn swept(world: &World) {
    let (db, clock) = (Db::new(world.db.clone(), Zurich), Clock::Stopped(world.now));
    let (one, other) = tokio::join!(sweep::once(&db, clock), sweep::once(&db, clock));
    one.unwrap();
    other.unwrap();
}

/// The same, for what happens by the calendar. Says how many letters about unused accounts there are after it.
async fn told(world: &World) -> usize {
    let (db, clock) = (Db::new(world.db.clone(), Zurich), Clock::Stopped(world.now));
    tokio::join!(jobs::once(&db, clock), jobs::once(&db, clock));
    world.letters().await.iter().filter(|letter| *letter == "account_unused").count()
}

/// How many people are erased.
async fn erased(world: &World) -> i64 {
    world.count("select count(*) from person where erased_at is not null").await
}

/// A legal hold until the end of 2030, as an administrator places it.
async fn hold(world: &World, reader: &Reader<'_>) {
    let form = "until_day=31&until_month=12&until_year=2030&reason=Case+7";
    let path = format!("/administration/people/{}/hold", reader.id);
    let administrator = world.sign_in("en", &["administrator"]).await;
    assert_eq!(administrator.post(&path, form).await.status, 303);
}

async fn lift(world: &World, reader: &Reader<'_>) {
    let path = format!("/administration/people/{}/hold/lift", reader.id);
    assert_eq!(world.sign_in("en", &["administrator"]).await.post(&path, "").await.status, 303);
}
