//! Why the product's own PostgreSQL does not run, and what to do about it.

use std::io;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no PostgreSQL {oldest} or newer was found on this machine")]
    NotInstalled { oldest: u32 },
    #[error("the data in {} was made by PostgreSQL {made_by}, and no PostgreSQL {made_by} is installed here", .folder.display())]
    OtherVersion { folder: PathBuf, made_by: u32 },
    #[error("another Stagiaire is running on {}", .folder.display())]
    InUse { folder: PathBuf },
    #[error("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody")]
    NobodyToRunIt,
    #[error("the user {user}, who runs PostgreSQL here, cannot reach {}", .folder.display())]
    Unreachable { folder: PathBuf, user: String },
    #[error("PostgreSQL cannot be started in {}: its path has a sign that shells read", .folder.display())]
    OddPath { folder: PathBuf },
    #[error("{doing}: {source}")]
    Io { doing: String, source: io::Error },
    #[error("the database could not be made: {said}")]
    NotMade { said: String },
    #[error("PostgreSQL did not start: {said}")]
    NotStarted { log: PathBuf, said: String },
}

impl Error {
    pub(super) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Error {
        let doing = doing.into();
        |source| Error::Io { doing, source }
    }

    /// What helps.
    pub fn remedy(&self) -> String {
        match self {
            Error::NotInstalled { .. } => "Install one (Debian, Ubuntu: apt-get install postgresql; macOS: \
                brew install postgresql@17), or set DATABASE_URL to a server you have."
                .into(),
            Error::OtherVersion { made_by, .. } => format!(
                "Install it (Debian: apt-get install postgresql-{made_by}; macOS: brew install \
                 postgresql@{made_by}), or set STAGIAIRE_DATA to an empty folder to begin anew."
            ),
            Error::InUse { .. } => {
                "Stop it first, or set STAGIAIRE_DATA to another folder. Several can share a database if each has \
                 the same DATABASE_URL."
                    .into()
            }
            Error::NobodyToRunIt => "Start Stagiaire as another user than root, or add a user postgres.".into(),
            Error::Unreachable { .. } => "Set STAGIAIRE_DATA to a folder that other users may enter, such as \
                /var/lib/stagiaire, or start Stagiaire as another user than root."
                .into(),
            Error::OddPath { .. } => {
                "Set STAGIAIRE_DATA to a folder without quotes, dollar signs and backslashes in its path.".into()
            }
            Error::Io { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => "The folder may belong to another user: start Stagiaire as that \
                    user, or set STAGIAIRE_DATA to another folder."
                    .into(),
                io::ErrorKind::StorageFull => "Make room on the disk.".into(),
                _ => "Look at the folder, or set STAGIAIRE_DATA to another one.".into(),
            },
            Error::NotMade { .. } => {
                "Look at the message above; room on the disk and the folder's rights are the usual reasons.".into()
            }
            Error::NotStarted { log, .. } => format!("What PostgreSQL says of it stands in {}.", log.display()),
        }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
