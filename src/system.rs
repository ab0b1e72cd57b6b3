//! The product itself, as an actor: on the command line, at the start, by the clock. Nobody is signed in.

use crate::clock::Clock;
use crate::db::{Db, Result, Signature, Tx, Wall};

/// Whoever may run a command on the server. The record says `system`.
#[derive(Clone)]
pub struct System {
    db: Db,
    clock: Clock,
}

impl System {
    pub fn new(db: Db, clock: Clock) -> System {
        System { db, clock }
    }

    /// The organisation's time zone.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.db.zone()
    }

    pub async fn begin(&self) -> Result<Tx<System>> {
        let who = Signature { person: None, role: "system", now: self.clock.now(), leaves_nothing: false };
        self.db.begin(who, Wall::Server).await
    }
}
