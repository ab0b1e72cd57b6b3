//! PostgreSQL's first process: whether it runs, without believing a file that a crash left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What `postmaster.pid` of a data folder stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Postmaster {
    /// No file: it was stopped properly, or never ran.
    Absent,
    /// The file names nobody, or somebody else who was given the number since.
    Stale,
    /// It runs, whoever started it.
    Running,
}

pub(super) fn look(data: &Path) -> Postmaster {
    let Ok(file) = fs::read_to_string(data.join("postmaster.pid")) else { return Postmaster::Absent };
    let pid = file.lines().next().and_then(|line| line.trim().parse::<u32>().ok());
    if pid.is_some_and(|pid| serves(pid, data)) { Postmaster::Running } else { Postmaster::Stale }
}

/// Whether a process is a PostgreSQL on this data folder: its command line says so. A zombie has none.
fn serves(pid: u32, data: &Path) -> bool {
    let Some(data) = data.to_str() else { return false };
    if Path::new("/proc/self/cmdline").exists() {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        let mut words = line.split('\0');
        let is_postgres = words.next().is_some_and(|program| program.ends_with("postgres"));
        return is_postgres && words.any(|word| word == data);
    }
    // macOS has no /proc
    let said = Command::new("ps")
        .args(["-ww", "-o", "command=", "-p", &pid.to_string()])
        .stderr(Stdio::null())
        .output();
    said.is_ok_and(|said| {
        let line = String::from_utf8_lossy(&said.stdout).into_owned();
        line.contains("postgres") && line.contains(data)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_names_a_stranger_is_stale() {
        let data = std::env::temp_dir().join(format!("stagiaire-postmaster-{}", std::process::id()));
        fs::create_dir_all(&data).unwrap();
        assert_eq!(look(&data), Postmaster::Absent);
        // ourselves, nobody, nonsense
        for pid in [std::process::id().to_string(), "4194304".into(), "-".into()] {
            fs::write(data.join("postmaster.pid"), format!("{pid}\n{}\n", data.display())).unwrap();
            assert_eq!(look(&data), Postmaster::Stale, "{pid}");
        }
        fs::remove_dir_all(&data).unwrap();
    }
}
