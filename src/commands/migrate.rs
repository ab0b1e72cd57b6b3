//! Brings the tables of the database up to date.

use super::{Result, say};
use crate::config::Base;
use crate::database::Database;

pub(super) async fn run() -> Result<()> {
    let base = Base::from_env()?;
    let database = Database::open(&base).await?;
    let waiting = database.behind().await?;
    database.migrate().await?;
    match waiting {
        0 => say("The tables are up to date already."),
        1 => say("The tables are up to date: one migration was applied."),
        n => say(format!("The tables are up to date: {n} migrations were applied.")),
    }
    database.close().await;
    Ok(())
}
