//! The first start: an empty cluster with a password nobody has to know.

use super::USER;
use super::error::{Error, Result};
use super::owner::Owner;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Makes an empty cluster beside its place and then puts it there: a crash leaves either all of it or nothing.
pub(super) fn make(folder: &Path, data: &Path, bin: &Path, owner: &Owner) -> Result<String> {
    let secret: [u8; 32] = rand::random();
    let password = URL_SAFE_NO_PAD.encode(secret);
    let password_file = folder.join("password");
    let doing = || format!("{} cannot be written", password_file.display());
    let _old = fs::remove_file(&password_file);
    let file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&password_file);
    let mut file = file.map_err(Error::io(doing()))?;
    file.write_all(password.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::io(doing()))?;
    owner.take(&password_file, 0o600)?;

    let unfinished = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in unfinished.filter(|entry| entry.file_name().to_string_lossy().starts_with("new-")) {
        let _gone_or_not = fs::remove_dir_all(entry.path());
    }
    let new = folder.join(format!("new-{}", uuid::Uuid::now_v7()));
    let mut said = String::new();
    // names sort by their code points in every one of them; the last treats only Latin letters as letters
    for locale in ["C.UTF-8", "en_US.UTF-8", "C"] {
        let made = owner
            .command(bin.join("initdb"))
            .args(["-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale", locale])
            .arg(format!("--pwfile={}", password_file.display()))
            .arg("-D")
            .arg(&new)
            .output()
            .map_err(Error::io("initdb cannot be run"))?;
        if made.status.success() {
            fs::rename(&new, data).map_err(Error::io(format!("{} cannot be made", data.display())))?;
            return Ok(password);
        }
        said = String::from_utf8_lossy(&made.stderr).into_owned();
        if !said.contains("locale") {
            break;
        }
        let _gone_or_not = fs::remove_dir_all(&new);
    }
    Err(Error::NotMade { said: reason(&said) })
}

pub(super) fn read_password(folder: &Path) -> Result<String> {
    let file = folder.join("password");
    let password = fs::read_to_string(&file);
    Ok(password.map_err(Error::io(format!("{} cannot be read", file.display())))?.trim().to_owned())
}

/// The line that says why, of all that PostgreSQL said.
pub(super) fn reason(said: &str) -> String {
    let mut lines = said.lines().filter(|line| line.contains("FATAL:") || line.contains("error:"));
    lines.next_back().or_else(|| said.lines().next_back()).unwrap_or("it said nothing").trim().to_owned()
}
