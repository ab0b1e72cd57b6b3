//! Looks whether everything the product needs is in order: one line each.

use super::{Trouble, say};
use crate::config::{Base, Config, Mode};
use crate::database::Database;
use crate::post::transport;
use std::process::ExitCode;

pub(super) async fn run() -> ExitCode {
    let config = Config::from_env();
    let base = config.as_ref().map_or_else(|_| Base::from_env(), |config| Ok(config.base.clone()));
    let mut all_well = line("configuration", configuration(&config));
    if let Ok(base) = &base {
        all_well &= line("database", database(base).await);
        all_well &= line("storage", storage(base).await);
    }
    if let Ok(config) = &config {
        all_well &= line("mail", mail(config).await);
        all_well &= line("scanner", scanner(config).await);
    }
    if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Says how one thing is, and whether it is well.
fn line(what: &str, found: Result<String, Trouble>) -> bool {
    let is_well = found.is_ok();
    let (word, text) = match found {
        Ok(text) => ("ok", text),
        Err(trouble) => ("FAULT", trouble.to_string().replace('\n', "\n                      ")),
    };
    say(format!("{what:<14}{word:<8}{text}"));
    is_well
}

fn configuration(config: &Result<Config, crate::config::Faults>) -> Result<String, Trouble> {
    match config {
        Ok(config) if config.is_try_out() => Ok("try-out mode, because DATABASE_URL is not set".into()),
        Ok(config) => Ok(format!("production mode at {}", config.url)),
        Err(faults) => Err(Trouble::new(faults.to_string(), "")),
    }
}

async fn database(base: &Base) -> Result<String, Trouble> {
    let database = Database::open(base).await?;
    let (version, waiting) = (database.version().await, database.behind().await);
    database.close().await;
    let (version, waiting) = (version?, waiting?);
    match waiting {
        0 => Ok(format!("PostgreSQL {version}, every migration is applied")),
        // in try-out mode there is nobody who could be surprised by what `serve` does first
        n if base.database_url.is_none() => {
            Ok(format!("PostgreSQL {version}, `serve` will apply {n} migrations"))
        }
        n => Err(Trouble::new(
            format!("PostgreSQL {version}, migrations that wait: {n}"),
            "Run `stagiaire migrate`, or start the server, which does the same.",
        )),
    }
}

async fn storage(base: &Base) -> Result<String, Trouble> {
    let folder = base.data.join("files");
    match base.files().await {
        Ok(_) => Ok(format!("{} can be written to", folder.display())),
        Err(error) => Err(Trouble::new(
            format!("{} cannot be written to: {error}", folder.display()),
            "Look at the folder's owner and at the room on its disk, or set STAGIAIRE_DATA to another folder.",
        )),
    }
}

async fn mail(config: &Config) -> Result<String, Trouble> {
    match &config.mode {
        Mode::TryOut => Ok("letters are shown at /mailbox, none is sent".into()),
        Mode::Production(mail) => match transport::check(mail).await {
            Ok(()) => Ok(format!("the server takes letters from {}", mail.from)),
            Err(error) => Err(Trouble::new(error.to_string(), "Look at STAGIAIRE_SMTP_URL.")),
        },
    }
}

async fn scanner(config: &Config) -> Result<String, Trouble> {
    match (&config.scanner.daemon, config.scanner.required) {
        (Some(daemon), _) => daemon
            .version()
            .await
            .map_err(|error| Trouble::new(error.to_string(), "Start clamd, or look at STAGIAIRE_CLAMD.")),
        (None, false) => Ok("files are not looked through for malware".into()),
        (None, true) => Err(Trouble::new(
            "files must be scanned before staff open them, but there is no scanner",
            "Set STAGIAIRE_CLAMD to where clamd listens.",
        )),
    }
}
