//! Who works here: invites, lists and disables members of staff.

mod disable;
mod invite;
mod list;

use super::{Result, Trouble, say};
use crate::clock::Clock;
use crate::config::Base;
use crate::database::Database;
use crate::system::System;

pub(super) const EXAMPLE: &str = "Examples:\n  \
    stagiaire staff invite ana@example.org --name \"Ana Beltrán\" --role administrator\n  \
    stagiaire staff invite joy@example.org --name \"Joy Otieno\" --role supervisor --office nairobi\n  \
    stagiaire staff list\n  \
    stagiaire staff disable ana@example.org";

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Opens an account and sends a letter with a link to choose a password
    #[command(after_help = "Example:\n  stagiaire staff invite joy@example.org --name \"Joy Otieno\" \
        --role supervisor --office nairobi\n\nFor somebody who has an account already, the roles and offices are \
        added and a disabled account is opened again. The letter leaves as soon as the server runs.")]
    Invite(invite::Invite),
    /// Shows every member of staff
    #[command(after_help = "Example:\n  stagiaire staff list")]
    List,
    /// Closes an account and ends its sessions; what the person did stays on record
    #[command(after_help = "Example:\n  stagiaire staff disable ana@example.org")]
    Disable {
        /// The address of the account
        email: String,
    },
}

pub(super) async fn run(command: &Command) -> Result<()> {
    if let Command::Invite(invite) = command {
        invite.check()?;
    }
    let base = Base::from_env()?;
    let database = Database::open(&base).await?;
    database.migrate().await?;
    let system = System::new(database.db(&base), Clock::System);
    let done = match command {
        Command::Invite(it) => invite::run(&system, it).await,
        Command::List => list::run(&system).await,
        Command::Disable { email } => disable::run(&system, email).await,
    };
    drop(system);
    database.close().await;
    done
}

fn refused(error: impl Into<crate::db::Error>) -> Trouble {
    Trouble::new(
        format!("the database refused: {}", error.into()),
        "Nothing was changed. `stagiaire check` says whether everything is in order.",
    )
}
