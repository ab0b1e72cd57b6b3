//! After every test, all that must hold is looked at: states against facts, orphans, the record. A test that puts cases
//! where no step leads says so by [`World::tampered`].

use crate::support::World;
use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use stagiaire::db::Db;
use stagiaire::record::agreement::{self, Broken};
use stagiaire::record::chain;
use std::sync::atomic::Ordering;

impl World {
    /// This test writes past the product.
    pub fn tampered(&self) {
        self.tampered.store(true, Ordering::Relaxed);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        // the product at another moment shares its database: the last of them looks
        let is_last = std::sync::Arc::strong_count(&self.tampered) == 1;
        if !is_last || self.tampered.load(Ordering::Relaxed) || std::thread::panicking() {
            return;
        }
        let options = (*self.db.connect_options()).clone();
        // not in the test's own thread: that is about to stop, and cannot wait
        let broken = std::thread::spawn(move || broken(options)).join().unwrap();
        assert!(broken.is_empty(), "whole no more: {broken:?}");
    }
}

/// What the nightly look of the product finds at the moment of the newest event, once every event is sealed: each
/// invariant that is broken with what breaks it, and the chain of the record.
fn broken(options: PgConnectOptions) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        let newest: Option<DateTime<Utc>> =
            sqlx::query_scalar("select max(at) from audit_event").fetch_one(&pool).await.unwrap();
        let Some(newest) = newest else { return Vec::new() };
        let db = Db::new(pool, chrono_tz::Europe::Zurich);
        chain::seal(&db).await.unwrap();
        let broken = agreement::broken(&db, newest).await.unwrap();
        db.close().await;
        broken.into_iter().map(|Broken { name, what }| format!("{name}: {what}")).collect()
    })
}
