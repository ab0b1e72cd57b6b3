//! What happens by the calendar and not by anybody's hand: applications expire, offers lapse, candidates are warned and
//! reminded, what they usually wait is measured, and every night it is counted what goes next and looked at whether
//! states, facts and record agree.
//! Several servers may do it at once: each row is taken by one of them.

mod chase;
mod check;
mod closing;
mod count;
mod deputies;
mod expire;
mod interviews;
mod judge;
mod measure;
pub mod offers;
mod remind;
mod reports;
mod warn;

use crate::clock::Clock;
use crate::db::Db;
use crate::retention;
use crate::system::System;
use std::time::Duration;

/// Days count, so an hour is soon enough.
const ROUND: Duration = Duration::from_secs(60 * 60);
/// How many are locked and told in one transaction.
const BATCH: i64 = 500;

/// Works every hour until its future is dropped.
pub async fn run(db: Db, clock: Clock) {
    loop {
        once(&db, clock).await;
        tokio::time::sleep(ROUND).await;
    }
}

/// One round. A job that fails is left for the next round and keeps no other from its work.
pub async fn once(db: &Db, clock: Clock) {
    let system = System::new(db.clone(), clock);
    report("expire", expire::all(&system).await);
    report("offers", offers::all(&system).await);
    report("interviews", interviews::all(&system).await);
    report("deputies", deputies::all(&system).await);
    report("chase", chase::all(&system).await);
    report("warn", warn::all(&system).await);
    report("judge", judge::pool(db, clock.now()).await);
    report("closing", closing::all(&system).await);
    report("remind", remind::all(&system).await);
    report("unused", retention::tell(&system).await);
    report("count", count::what_goes(db, clock.now()).await);
    report("reports", reports::measure(db, clock.now()).await);
    report("measure", measure::waiting_times(db, clock.now()).await);
    report("check", check::nightly(db, clock.now()).await);
}

fn report(job: &'static str, outcome: Result<usize, impl std::fmt::Display>) {
    match outcome {
        Ok(0) => {}
        Ok(done) => tracing::info!(job, done, "done by the calendar"),
        Err(error) => tracing::error!(job, %error, "left for the next round"),
    }
}
