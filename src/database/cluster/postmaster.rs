//! PostgreSQL's first process: whether it runs, without believing a file that a crash left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a PostgreSQL runs on a data folder, whoever started it. A process that was given its number since
/// is none.
pub(super) fn is_running(data: &Path) -> bool {
    let file = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let pid = file.lines().next().and_then(|line| line.trim().parse::<u32>().ok());
    pid.is_some_and(|pid| serves(pid, data))
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
    fn a_file_that_names_a_stranger_is_not_believed() {
        let data = std::env::temp_dir().join(format!("stagiaire-postmaster-{}", std::process::id()));
        fs::create_dir_all(&data).unwrap();
        assert!(!is_running(&data));
        // ourselves, nobody, nonsense
        for pid in [std::process::id().to_string(), "4194304".into(), "-".into()] {
            fs::write(data.join("postmaster.pid"), format!("{pid}\n{}\n", data.display())).unwrap();
            assert!(!is_running(&data), "{pid}");
        }
        fs::remove_dir_all(&data).unwrap();
    }
}
