//! Where PostgreSQL's programs are: on the path, or where distributions and Homebrew put them.

use super::error::{Error, Result};
use super::owner::Owner;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The oldest PostgreSQL the product works with.
const OLDEST: u32 = 15;

/// Folders of folders, one per version, and how the names of those begin.
const PLACES: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local/opt", "postgresql"),
    ("/Applications/Postgres.app/Contents/Versions", ""),
];

/// The folder of the newest PostgreSQL, or of the one that made the data at `data`.
pub(super) fn find(owner: &Owner, data: &Path) -> Result<PathBuf> {
    let made_by = fs::read_to_string(data.join("PG_VERSION")).ok().and_then(|v| v.trim().parse::<u32>().ok());
    let mut found: Vec<(u32, PathBuf)> = places()
        .into_iter()
        .filter_map(|bin| Some((version(owner, &bin)?, bin)))
        .filter(|(version, _)| *version >= OLDEST)
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version)); // stable: the path first
    match made_by {
        Some(made_by) => found
            .into_iter()
            .find(|(version, _)| *version == made_by)
            .ok_or(Error::OtherVersion { folder: data.to_owned(), made_by }),
        None => found.into_iter().next().ok_or(Error::NotInstalled { oldest: OLDEST }),
    }
    .map(|(_, bin)| bin)
}

fn places() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // links are followed: beside the real `pg_ctl` lie the others
    let on_path = std::env::split_paths(&path)
        .filter_map(|folder| Some(fs::canonicalize(folder.join("pg_ctl")).ok()?.parent()?.to_owned()));
    let elsewhere = PLACES.iter().flat_map(|(place, begins)| {
        let versions = fs::read_dir(place).into_iter().flatten().flatten();
        versions
            .filter(move |version| version.file_name().to_string_lossy().starts_with(begins))
            .map(|version| version.path().join("bin"))
    });
    on_path.chain(elsewhere).collect()
}

/// `None`: nothing there, not all of it, or not for this user.
fn version(owner: &Owner, bin: &Path) -> Option<u32> {
    if !bin.join("initdb").exists() || !bin.join("pg_ctl").exists() {
        return None;
    }
    let said = owner.command(bin.join("postgres")).arg("--version").stderr(Stdio::null()).output().ok()?;
    major(&String::from_utf8_lossy(&said.stdout))
}

/// Of `postgres (PostgreSQL) 17.2 (Debian 17.2-1)`, or `… 18beta1`.
fn major(said: &str) -> Option<u32> {
    let number = said.split_whitespace().nth(2)?;
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("postgres (PostgreSQL) 17.2 (Debian 17.2-1.pgdg120+1)"), Some(17));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("nonsense"), None);
    }
}
