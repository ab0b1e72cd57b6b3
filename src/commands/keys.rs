//! The keys that lock the keys of files and the secrets of second factors: which there are, and a new one.

use super::{Result, Trouble, say};
use crate::clock::Clock;
use crate::config::Base;
use crate::database::Database;
use crate::db::{Db, Note};
use crate::factors;
use crate::files::Files;
use crate::system::System;
use std::collections::HashMap;

pub(super) const EXAMPLE: &str = "Examples:\n  stagiaire keys list\n  stagiaire keys renew";

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Names the keys in the file, and says how many keys of files and secrets each locks
    List,
    /// Puts a new key first in the file, and locks every key of a file and every secret with it
    #[command(
        after_help = "Servers that run find the new key by themselves, but lock with the one they began with: \
        start them again, run this command once more with --no-new, and take old keys out of the file when `keys list` \
        says that they lock nothing. Until then, keep them: what they locked opens with nothing else."
    )]
    Renew {
        /// Only locks anew what another key than the first still locks
        #[arg(long)]
        no_new: bool,
    },
}

pub(super) async fn run(command: &Command) -> Result<()> {
    let base = Base::from_env()?;
    let files = base.files().await.map_err(|e| {
        Trouble::new(format!("the keys cannot be read: {e}"), "Look at STAGIAIRE_KEYS and STAGIAIRE_DATA.")
    })?;
    let database = Database::open(&base).await?;
    database.migrate().await?;
    let db = database.db(&base);
    let done = match command {
        Command::List => list(&db, &files).await,
        Command::Renew { no_new } => renew(&db, &files, !no_new).await,
    };
    database.close().await;
    done
}

async fn list(db: &Db, files: &Files) -> Result<()> {
    let mut locked: HashMap<Vec<u8>, i64> = HashMap::new();
    let secrets = factors::locks(db).await.map_err(refused)?;
    for (name, n) in files.locks(db).await.map_err(refused)?.into_iter().chain(secrets) {
        *locked.entry(name).or_default() += n;
    }
    let names = files.vault().names();
    for (n, name) in names.iter().enumerate() {
        let role = if n == 0 { "locks what comes" } else { "opens what it locked" };
        say(format!(
            "{}  {:>8} keys and secrets  {role}",
            hex(name),
            locked.get(name).copied().unwrap_or_default()
        ));
    }
    for (name, n) in locked.iter().filter(|(name, _)| !names.contains(name)) {
        say(format!(
            "{}  {n:>8} keys and secrets  MISSING: put it back into the file, or they stay locked",
            hex(name)
        ));
    }
    Ok(())
}

async fn renew(db: &Db, files: &Files, new: bool) -> Result<()> {
    if new {
        files.vault().renew().map_err(|e| {
            Trouble::new(
                format!("the file of keys cannot be written: {e}"),
                "It is as it was. Look at STAGIAIRE_KEYS.",
            )
        })?;
    }
    let keys = files.relock(db).await.map_err(refused)?;
    let secrets = factors::relock(db, files.vault()).await.map_err(refused)?;
    let mut tx = System::new(db.clone(), Clock::System).begin().await.map_err(refused)?;
    let done = tx.note(Note::KeysRenewed, uuid::Uuid::now_v7(), &[]).await.map_err(refused)?;
    tx.commit(done).await.map_err(refused)?;
    say(format!(
        "Locked anew: {keys} keys of files and {secrets} secrets of second factors, by {}.",
        hex(&files.vault().name())
    ));
    Ok(())
}

fn refused(error: crate::db::Error) -> Trouble {
    Trouble::new(format!("the database refused: {error}"), "Nothing is lost: run the command again.")
}

fn hex(name: &[u8]) -> String {
    name.iter().map(|byte| format!("{byte:02x}")).collect()
}
