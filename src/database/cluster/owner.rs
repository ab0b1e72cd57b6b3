//! Who runs PostgreSQL: we ourselves, or, since it refuses root, a user without rights.

use super::error::{Error, Result};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// The user PostgreSQL runs as and its files belong to.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// `None`: the user who started us.
    other: Option<Other>,
}

#[derive(Clone, Debug)]
struct Other {
    name: String,
    uid: u32,
    gid: u32,
}

impl Owner {
    /// As root: whoever owns the data already, else `postgres`, else `nobody`.
    pub fn of(data: &Path) -> Result<Owner> {
        if id(&["-u"]) != Some(0) {
            return Ok(Owner { other: None });
        }
        let before = fs::metadata(data).ok().filter(|data| data.uid() != 0);
        let before = before.map(|data| Other {
            name: format!("with the id {}", data.uid()),
            uid: data.uid(),
            gid: data.gid(),
        });
        let known = || {
            ["postgres", "nobody"].into_iter().find_map(|name| {
                Some(Other { name: name.into(), uid: id(&["-u", name])?, gid: id(&["-g", name])? })
            })
        };
        before.or_else(known).map(|other| Owner { other: Some(other) }).ok_or(Error::NobodyToRunIt)
    }

    /// A command that runs as this user, in a folder everybody can enter and without PostgreSQL's variables.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C").stdin(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        if let Some(other) = &self.other {
            command.uid(other.uid).gid(other.gid);
        }
        command
    }

    /// Makes a file or folder this user's, and nobody else's business.
    pub fn take(&self, path: &Path, mode: u32) -> Result<()> {
        let doing = || format!("{} cannot be given to the user of PostgreSQL", path.display());
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(Error::io(doing()))?;
        if let Some(other) = &self.other {
            chown(path, Some(other.uid), Some(other.gid)).map_err(Error::io(doing()))?;
        }
        Ok(())
    }

    /// Whether this user can write to a folder: every folder on the way must let it through.
    pub fn reaches(&self, folder: &Path) -> Result<()> {
        let Some(other) = &self.other else { return Ok(()) };
        let tried = self
            .command("sh")
            .args(["-c", r#"test -w "$1" && test -x "$1""#, "sh"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(Error::io("no command can be run as another user"))?;
        if tried.success() {
            Ok(())
        } else {
            Err(Error::Unreachable { folder: folder.to_owned(), user: other.name.clone() })
        }
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let said = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
    String::from_utf8_lossy(&said.stdout).trim().parse().ok()
}
