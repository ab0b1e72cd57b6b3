//! A PostgreSQL of the product's own, for trying it out: no server to set up, and nothing less durable.
//!
//! It lives in one folder: `data` (PostgreSQL's), `run` (its socket), `password`, `log` and `lock`. The lock
//! belongs to the process that runs the product, so a second one on the same folder is refused, and it is gone
//! with that process however it ended. A PostgreSQL left over by a killed process is stopped and started again.

mod binaries;
mod error;
mod make;
mod owner;
mod postmaster;

pub use error::{Error, Result};

use make::{make, read_password, reason};
use owner::Owner;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const USER: &str = "stagiaire";
const SOCKET_PORT: u16 = 5432;
/// The longest path of a socket that every system takes, with its name.
const LONGEST_SOCKET: usize = 100;
/// A crash of a large database takes a while to recover from.
const START_SECONDS: &str = "300";
/// The children of a killed PostgreSQL need a moment to notice and go.
const CHILDREN_LEAVE: Duration = Duration::from_secs(30);

/// A running PostgreSQL. Dropped, it is stopped.
pub struct Cluster {
    folder: PathBuf,
    data: PathBuf,
    bin: PathBuf,
    owner: Owner,
    password: String,
    endpoint: Endpoint,
    /// Held as long as we run.
    _lock: File,
}

#[derive(Clone, Debug)]
enum Endpoint {
    Socket(PathBuf),
    /// For folders whose path is too long for a socket.
    Loopback(u16),
}

impl Cluster {
    /// Starts the PostgreSQL of a folder, making both if they are not there yet. Blocks until it answers.
    ///
    /// # Errors
    /// One for each thing that may be wrong with a machine; each has a [`Error::remedy`].
    pub fn start(folder: &Path) -> Result<Cluster> {
        let doing = || format!("the folder {} cannot be used", folder.display());
        fs::create_dir_all(folder).map_err(Error::io(doing()))?;
        let folder = fs::canonicalize(folder).map_err(Error::io(doing()))?;
        // pg_ctl hands the path to a shell, in double quotes
        if folder.to_str().is_none_or(|path| path.contains(['"', '$', '`', '\\', '\n'])) {
            return Err(Error::OddPath { folder });
        }
        let lock = lock(&folder)?;
        let data = folder.join("data");
        let owner = Owner::of(&data)?;
        owner.take(&folder, 0o700)?;
        owner.reaches(&folder)?;
        let bin = binaries::find(&owner, &data)?;
        let password = match data.join("PG_VERSION").exists() {
            true => read_password(&folder)?,
            false => make(&folder, &data, &bin, &owner)?,
        };
        let endpoint = endpoint(&folder, &owner)?;
        let cluster = Cluster { folder, data, bin, owner, password, endpoint, _lock: lock };
        cluster.clear()?;
        cluster.configure()?;
        cluster.launch()?;
        Ok(cluster)
    }

    /// Starts it again if it was killed; says whether that was so. Blocks.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn revive(&self) -> Result<bool> {
        if self.is_running() {
            return Ok(false);
        }
        self.clear()?;
        self.launch()?;
        Ok(true)
    }

    fn is_running(&self) -> bool {
        postmaster::is_running(&self.data)
    }

    /// How to connect to one of its databases.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass()
            .username(USER)
            .password(&self.password)
            .database(database)
            .ssl_mode(PgSslMode::Disable);
        match &self.endpoint {
            Endpoint::Socket(run) => options.socket(run).port(SOCKET_PORT),
            Endpoint::Loopback(port) => options.host("127.0.0.1").port(*port),
        }
    }

    /// Removes what a killed process left behind: files that name nobody, or a PostgreSQL that still runs.
    fn clear(&self) -> Result<()> {
        if self.is_running() {
            self.stop();
        }
        // the folder is ours alone as long as we hold its lock; PostgreSQL would take a zombie for alive
        let mut left = vec![self.data.join("postmaster.pid")];
        if let Endpoint::Socket(run) = &self.endpoint {
            let socket = format!(".s.PGSQL.{SOCKET_PORT}");
            left.extend([run.join(format!("{socket}.lock")), run.join(socket)]);
        }
        for file in left {
            match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::io(format!("{} cannot be removed", file.display()))(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The settings are written anew with every start: they are this version's, wherever the folder is now.
    fn configure(&self) -> Result<()> {
        let (addresses, sockets, port) = match &self.endpoint {
            Endpoint::Socket(run) => (String::new(), quoted(run), SOCKET_PORT),
            Endpoint::Loopback(port) => ("127.0.0.1".into(), String::new(), *port),
        };
        let settings = format!(
            "# Written by Stagiaire with every start.\n\
             listen_addresses = '{addresses}'\n\
             unix_socket_directories = '{sockets}'\n\
             unix_socket_permissions = 0700\n\
             port = {port}\n\
             cluster_name = 'stagiaire'\n\
             max_connections = 50\n\
             shared_buffers = 128MB\n\
             fsync = on\n\
             synchronous_commit = on\n\
             full_page_writes = on\n\
             password_encryption = 'scram-sha-256'\n\
             timezone = 'UTC'\n\
             log_timezone = 'UTC'\n\
             lc_messages = 'C'\n\
             # no values of rows in the log\n\
             log_error_verbosity = terse\n\
             log_parameter_max_length = 0\n\
             log_parameter_max_length_on_error = 0\n"
        );
        let file = self.data.join("postgresql.conf");
        fs::write(&file, settings).map_err(Error::io(format!("{} cannot be written", file.display())))?;
        self.owner.take(&file, 0o600)
    }

    fn launch(&self) -> Result<()> {
        let log = self.folder.join("log");
        let until = Instant::now() + CHILDREN_LEAVE;
        loop {
            let before = fs::metadata(&log).map_or(0, |log| log.len());
            let started = self
                .pg_ctl(&["start", "-w", "-s", "-t", START_SECONDS, "-l"])
                .arg(&log)
                // never a pipe: PostgreSQL would keep it open
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .map_err(Error::io("pg_ctl cannot be run"))?;
            if started.success() {
                return Ok(());
            }
            let said = fs::read(&log).unwrap_or_default();
            let said = said.get(usize::try_from(before).unwrap_or(0)..).unwrap_or_default();
            let said = String::from_utf8_lossy(said).into_owned();
            if !said.contains("is still in use") || Instant::now() > until {
                return Err(Error::NotStarted { log, said: reason(&said) });
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Ends sessions, writes everything down and goes; if it will not, it goes at once and recovers at the next start.
    fn stop(&self) {
        for mode in ["fast", "immediate"] {
            let stopped = self
                .pg_ctl(&["stop", "-s", "-w", "-t", "60", "-m", mode])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            if stopped.is_ok_and(|stopped| stopped.success()) {
                return;
            }
        }
    }

    fn pg_ctl(&self, arguments: &[&str]) -> Command {
        let mut command = self.owner.command(self.bin.join("pg_ctl"));
        command.arg("-D").arg(&self.data).args(arguments);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.is_running() {
            self.stop();
        }
    }
}

fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let doing = || format!("{} cannot be locked", path.display());
    let file =
        OpenOptions::new().create(true).append(true).mode(0o600).open(&path).map_err(Error::io(doing()))?;
    // a command that is just being started holds all our files for a moment, a lock that was let go among them
    for _ in 0..20 {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::Error(source)) => return Err(Error::Io { doing: doing(), source }),
        }
    }
    Err(Error::InUse { folder: folder.to_owned() })
}

fn endpoint(folder: &Path, owner: &Owner) -> Result<Endpoint> {
    let run = folder.join("run");
    if run.as_os_str().len() > LONGEST_SOCKET {
        // the system names a free port; we give it back, and PostgreSQL takes it
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        return Ok(Endpoint::Loopback(port.map_err(Error::io("no port is free"))?.port()));
    }
    fs::create_dir_all(&run).map_err(Error::io(format!("{} cannot be made", run.display())))?;
    owner.take(&run, 0o700)?;
    Ok(Endpoint::Socket(run))
}

/// A path as a value of `postgresql.conf`, which also reads it as a list.
fn quoted(path: &Path) -> String {
    format!(
        "\"{}\"",
        path.display().to_string().replace('\\', "\\\\").replace('\'', "''").replace('"', "\"\"")
    )
}
