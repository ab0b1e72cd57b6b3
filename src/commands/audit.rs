//! Proves that nobody has changed the record, or names the first line that somebody has; and whether states, facts and
//! record agree.

use super::{Result, say};
use crate::clock::Clock;
use crate::config::Base;
use crate::database::Database;
use crate::db::Db;
use crate::record::agreement;
use crate::record::chain::verify::{self, Broken, Head};
use std::process::ExitCode;

pub(super) const EXAMPLE: &str = "Examples:\n  \
    stagiaire audit check\n  \
    stagiaire audit verify\n  \
    stagiaire audit verify --known 48302:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// The answer that a script can tell from a fault of the database (1) and from a command mistyped (2).
const IS_BROKEN: u8 = 3;

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Looks whether states, facts and record agree, and names what does not; the exit code is 3 then
    Check,
    /// Follows the chain from the first event to the last; the exit code is 3 if a link is broken
    #[command(
        after_help = "The end of the chain is printed. Whoever owns the database could make the whole chain \
        anew: keep what is printed somewhere else, and give it back with --known the next time."
    )]
    Verify {
        /// A point of the chain that an earlier verification has printed
        #[arg(long)]
        known: Option<Head>,
    },
}

pub(super) async fn run(command: &Command) -> Result<ExitCode> {
    let base = Base::from_env()?;
    let database = Database::open(&base).await?;
    database.migrate().await?;
    let db = database.db(&base);
    let done = match command {
        Command::Check => check(&db).await,
        Command::Verify { known } => verify(&db, known.as_ref()).await,
    };
    database.close().await;
    done
}

/// What the server looks at every night.
async fn check(db: &Db) -> Result<ExitCode> {
    let broken = agreement::broken(db, Clock::System.now()).await?;
    for one in &broken {
        say(format!("BROKEN: {} ({})", one.name, one.what));
    }
    match broken.len() {
        0 => say("States, facts and record agree."),
        n => say(format!("Broken: {n}. Nothing was changed.")),
    }
    Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(IS_BROKEN) })
}

async fn verify(db: &Db, known: Option<&Head>) -> Result<ExitCode> {
    match verify::whole(db, known).await? {
        Ok(whole) => {
            match &whole.head {
                Some(head) => say(format!("The record is whole: {} events are sealed.", head.position)),
                None => say("Nothing is sealed yet."),
            }
            if whole.waiting > 0 {
                say(format!("Events that wait for their seal: {}. The server seals them.", whole.waiting));
            }
            whole.head.iter().for_each(|head| say(format!("head {head}")));
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            say(format!("BROKEN: {broken}."));
            if let Broken::NotThrough { .. } = broken {
                say("The chain was cut, or made anew, since that point was printed.");
            }
            Ok(ExitCode::from(IS_BROKEN))
        }
    }
}
