//! What the binary does when told on the command line.

mod audit;
mod check;
mod keys;
mod migrate;
mod retention;
mod seed;
mod serve;
mod staff;

use crate::config::Faults;
use crate::database;
use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::panic::Location;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(
    name = "stagiaire",
    version,
    about = "The open internship-application system for international organisations.",
    long_about = "The open internship-application system for international organisations.\n\n\
        Without a command it serves. Without DATABASE_URL it tries itself out: on a database of its own, with \
        made-up people, and with letters shown at /mailbox. Every variable it reads is explained in .env.example.",
    after_help = "Example:\n  stagiaire\n\n`stagiaire COMMAND --help` explains a command.",
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the server until it is told to stop (the default)
    #[command(after_help = "Example:\n  STAGIAIRE_LISTEN=0.0.0.0:8080 stagiaire serve")]
    Serve,
    /// Brings the tables of the database up to date; `serve` does it too
    #[command(after_help = "Example:\n  DATABASE_URL=postgres://stagiaire@db/stagiaire stagiaire migrate")]
    Migrate,
    /// Fills the database with made-up applications, the same ones for the same seed
    #[command(after_help = seed::EXAMPLE)]
    Seed(seed::Arguments),
    /// Says who works here: invites, lists and disables members of staff
    #[command(subcommand, after_help = staff::EXAMPLE)]
    Staff(staff::Command),
    /// Proves that nobody has changed the record of who did what
    #[command(subcommand, after_help = audit::EXAMPLE)]
    Audit(audit::Command),
    /// Shows the keys that lock the keys of files, or renews them
    #[command(subcommand, after_help = keys::EXAMPLE)]
    Keys(keys::Command),
    /// Removes what has been kept for its time; the server does so every hour
    #[command(after_help = "Example:\n  stagiaire retention --dry-run")]
    Retention(retention::Arguments),
    /// Looks whether configuration, database, mail and storage are in order
    #[command(after_help = "Example:\n  stagiaire check && systemctl restart stagiaire")]
    Check,
}

/// The whole binary.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command.unwrap_or(Command::Serve)) {
        Ok(code) => code,
        Err(trouble) => {
            // nothing is left to do if nobody hears it
            let _heard = writeln!(std::io::stderr(), "stagiaire: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|e| Trouble::new(format!("no thread can be started: {e}"), "Free some memory."))?;
    log();
    runtime.block_on(async {
        match command {
            Command::Serve => serve::run().await.map(|()| ExitCode::SUCCESS),
            Command::Migrate => migrate::run().await.map(|()| ExitCode::SUCCESS),
            Command::Seed(arguments) => seed::run(&arguments).await.map(|()| ExitCode::SUCCESS),
            Command::Staff(command) => staff::run(&command).await.map(|()| ExitCode::SUCCESS),
            Command::Audit(command) => audit::run(&command).await,
            Command::Keys(command) => keys::run(&command).await.map(|()| ExitCode::SUCCESS),
            Command::Retention(arguments) => retention::run(&arguments).await.map(|()| ExitCode::SUCCESS),
            Command::Check => Ok(check::run().await),
        }
    })
}

/// Unless RUST_LOG says otherwise; the database's notices are small talk.
pub const LOGGED: &str = "info,sqlx::postgres::notice=warn";

/// To the standard error. No value of a row, no address and no path of a request is logged.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOGGED));
    let is_read_by_people = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_read_by_people)
        .with_writer(std::io::stderr)
        .init();
    tell_where_it_breaks();
}

/// From now on, whatever breaks off is told by its place alone.
fn tell_where_it_breaks() {
    std::panic::set_hook(Box::new(|broken| broke_off(broken.location())));
}

/// Where something of ours broke. The usual message goes on to what it stumbled on, which may be somebody's name.
fn broke_off(at: Option<&Location<'_>>) {
    let at = at.map(ToString::to_string).unwrap_or_default();
    tracing::error!(at, "something broke off");
}

/// What went wrong, and what to do about it.
#[derive(Debug)]
struct Trouble {
    what: String,
    remedy: String,
}

type Result<T, E = Trouble> = std::result::Result<T, E>;

impl Trouble {
    fn new(what: impl Into<String>, remedy: impl Into<String>) -> Trouble {
        Trouble { what: what.into(), remedy: remedy.into() }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.what)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(f, "\n{}", self.remedy) }
    }
}

impl From<Faults> for Trouble {
    fn from(faults: Faults) -> Self {
        Trouble::new(faults.to_string(), "")
    }
}

impl From<database::Error> for Trouble {
    fn from(error: database::Error) -> Self {
        Trouble::new(error.to_string(), error.remedy())
    }
}

impl From<crate::db::Error> for Trouble {
    fn from(error: crate::db::Error) -> Self {
        Trouble::new(format!("the database refused: {error}"), "Try again.")
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Trouble::new(format!("{error:#}"), "`stagiaire check` says whether everything is in order.")
    }
}

/// A line for whoever typed the command.
fn say(line: impl std::fmt::Display) {
    // a closed pipe is no reason to fail
    let _heard = writeln!(std::io::stdout(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::tell_where_it_breaks;
    use std::io::Write;
    use std::sync::{Arc, Mutex};
    use tracing::Dispatch;
    use tracing::subscriber::{NoSubscriber, set_default};

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_breaks_off_is_told_by_its_place_and_not_by_what_it_stumbled_on() {
        let log = Log::default();
        let writer = log.clone();
        // beside a single listener, what another thread comes to first would be judged by that thread alone
        let _beside = Dispatch::new(NoSubscriber::default());
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone());
        let _listening = set_default(subscriber.finish());
        let usual = std::panic::take_hook();
        tell_where_it_breaks();
        let name = "Wilhelmina";
        let line = line!() + 1;
        let broken = std::panic::catch_unwind(|| panic!("{name} is too short"));
        std::panic::set_hook(usual);

        assert!(broken.is_err());
        let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(said.contains(&format!("src/commands/mod.rs:{line}:")), "{said}");
        assert!(said.contains("something broke off") && !said.contains("Wilhelmina"), "{said}");
    }
}
