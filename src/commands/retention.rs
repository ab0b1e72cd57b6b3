//! What has had its time goes, or is only counted.

use super::{Result, say};
use crate::clock::Clock;
use crate::config::Base;
use crate::database::Database;
use crate::db::Db;
use crate::retention;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only says what would go
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(arguments: &Arguments) -> Result<()> {
    let base = Base::from_env()?;
    let database = Database::open(&base).await?;
    database.migrate().await?;
    let done = round(&database.db(&base), arguments.dry_run).await;
    database.close().await;
    Ok(done?)
}

async fn round(db: &Db, dry_run: bool) -> crate::db::Result<()> {
    let now = Clock::System.now();
    let today = now.with_timezone(&db.zone()).date_naive();
    let mut connection = db.conn().await?;
    for due in retention::due(&mut connection, now, today).await? {
        let held = if due.held > 0 { format!(", kept by a legal hold: {}", due.held) } else { String::new() };
        let untold = if due.untold > 0 {
            format!(", to be told two weeks before: {}", due.untold)
        } else {
            String::new()
        };
        let period = due.period;
        say(format!("{:<16}{:>5} days{:>12} due{held}{untold}", period.class.code(), period.days, due.rows));
    }
    match dry_run {
        true => say("Nothing was removed."),
        false => {
            drop(connection);
            let gone = retention::sweep(db, Clock::System).await?;
            say(format!("Removed: {gone}."));
        }
    }
    Ok(())
}
