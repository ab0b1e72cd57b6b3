//! After every test, all that must hold is looked at: states against facts, orphans, the record. A test that puts cases
//! where no step leads says so by [`World::tampered`].

use crate::support::World;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
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

/// The invariants that are broken, each with what breaks it, at the moment of the newest event.
fn broken(options: PgConnectOptions) -> Vec<(String, String)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect_with(&options).await.unwrap();
        let newest = "select b.name, b.id from (select max(at) as newest from audit_event) e,
                      lateral whatever_is_broken(e.newest) b where e.newest is not null";
        sqlx::query_as(newest).fetch_all(&mut connection).await.unwrap()
    })
}
