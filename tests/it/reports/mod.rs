mod dashboard;
mod insurance;

use crate::support::World;
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;

impl World {
    /// What the calendar does in an hour.
    pub async fn hour(&self) {
        stagiaire::jobs::once(&Db::new(self.db.clone(), Zurich), Clock::Stopped(self.now)).await;
    }
}
