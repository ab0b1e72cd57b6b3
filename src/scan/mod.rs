//! Uploaded files are looked through for malware, by a ClamAV daemon where there is one.
//!
//! Nobody waits for a daemon that is away: the file is kept as not scanned and looked through later, see [`round`].
//! Whether staff may open it meanwhile is the organisation's choice.

pub mod access;
pub mod daemon;
pub mod round;

use daemon::Daemon;
use tokio::io::AsyncRead;

/// What is known of a file, as `document.scan` keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scan {
    NotScanned,
    Clean,
    Infected,
}

impl Scan {
    pub fn code(self) -> &'static str {
        match self {
            Scan::NotScanned => "not_scanned",
            Scan::Clean => "clean",
            Scan::Infected => "infected",
        }
    }

    /// Of a word from the database; one that is unknown vouches for nothing.
    pub fn from_code(code: &str) -> Scan {
        match code {
            "clean" => Scan::Clean,
            "infected" => Scan::Infected,
            _ => Scan::NotScanned,
        }
    }
}

/// The scanner as it is configured. Without a daemon nothing is scanned.
#[derive(Clone, Debug, Default)]
pub struct Scanner {
    /// `STAGIAIRE_CLAMD`
    pub daemon: Option<Daemon>,
    /// `STAGIAIRE_SCAN_REQUIRED`: nobody but its owner opens a file before it has been scanned.
    pub required: bool,
}

impl Scanner {
    /// What the daemon says of a file; not scanned if it is away, or could not tell.
    pub async fn look(&self, file: impl AsyncRead + Unpin) -> Scan {
        let Some(daemon) = &self.daemon else { return Scan::NotScanned };
        match daemon.scan(file).await {
            Ok(daemon::Verdict::Clean) => Scan::Clean,
            Ok(daemon::Verdict::Infected(name)) => {
                tracing::warn!(malware = %name, "an uploaded file is infected");
                Scan::Infected
            }
            Err(error) => {
                tracing::warn!(%error, "an uploaded file was not scanned");
                Scan::NotScanned
            }
        }
    }

    /// Whether a file still has to be scanned before anybody but its owner opens it.
    pub fn holds_back(&self, scan: Scan) -> bool {
        self.required && scan == Scan::NotScanned
    }
}
