//! Everything the product reads from its environment, parsed once; every fault is reported at once.

use crate::files::Files;
use crate::provider;
use crate::scan::Scanner;
use chrono_tz::Tz;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What every command needs to know. Each field names the variable it comes from.
#[derive(Clone)]
pub struct Base {
    /// `DATABASE_URL`; without it the product tries itself out, on a database of its own.
    pub database_url: Option<String>,
    /// `STAGIAIRE_TIME_ZONE`: "today" is the organisation's day.
    pub zone: Tz,
    /// `STAGIAIRE_DATA`: files, and in try-out mode the database.
    pub data: PathBuf,
    /// `STAGIAIRE_KEYS`: the file of keys that lock those of files; see [`crate::vault`].
    pub keys: PathBuf,
}

impl Base {
    /// The store of files.
    ///
    /// # Errors
    /// If its folder or the file of keys cannot be used.
    pub async fn files(&self) -> std::io::Result<Files> {
        Files::open(&self.data.join("files"), &self.keys).await
    }
}

impl std::fmt::Debug for Base {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // the address of the database may hold a password
        f.debug_struct("Base").field("zone", &self.zone).field("data", &self.data).finish_non_exhaustive()
    }
}

/// Where a server that listens here is opened, if nobody says: on its own machine by a name, because browsers make
/// passkeys for a name, and not for a number.
pub fn own_address(listen: SocketAddr) -> String {
    match listen.ip().is_loopback() {
        true => format!("http://localhost:{}", listen.port()),
        false => format!("http://{listen}"),
    }
}

/// How the server runs. Each field names the variable it comes from; `.env.example` explains them all.
#[derive(Clone, Debug)]
pub struct Config {
    pub base: Base,
    /// `STAGIAIRE_LISTEN`
    pub listen: SocketAddr,
    /// `STAGIAIRE_URL`, without a slash at the end: the address in letters.
    pub url: String,
    /// `STAGIAIRE_CLIENT_ADDRESS_HEADER`: set by a trusted proxy, such as `x-forwarded-for`.
    pub client_address_header: Option<String>,
    /// `STAGIAIRE_SECOND_FACTOR`: whether staff need one.
    pub second_factor_required: bool,
    /// `STAGIAIRE_CLAMD` and `STAGIAIRE_SCAN_REQUIRED`
    pub scanner: Scanner,
    /// `STAGIAIRE_OIDC_…`: the organisation's own identity provider.
    pub provider: Option<provider::settings::Settings>,
    pub mode: Mode,
}

/// Without `DATABASE_URL` the product tries itself out; with it, it is in production.
#[derive(Clone, Debug)]
pub enum Mode {
    /// A PostgreSQL of its own, demonstration people, and letters shown at `/mailbox`.
    TryOut,
    Production(Mail),
}

/// Where letters leave.
#[derive(Clone)]
pub struct Mail {
    /// `STAGIAIRE_SMTP_URL`: `smtps://user:password@host`, or `smtp://host:port?tls=required`.
    pub smtp_url: String,
    /// `STAGIAIRE_MAIL_FROM`: `Stagiaire <internships@example.org>`
    pub from: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // the address of the mail server may hold a password
        f.debug_struct("Mail").field("from", &self.from).finish_non_exhaustive()
    }
}

/// What is wrong with the environment, one line per fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<String>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "The configuration has {} to fix:", count(self.0.len()))?;
        for fault in &self.0 {
            writeln!(f, "  - {fault}")?;
        }
        write!(f, "Each variable is explained in .env.example.")
    }
}

impl std::error::Error for Faults {}

fn count(n: usize) -> String {
    if n == 1 { "one thing".into() } else { format!("{n} things") }
}

/// One variable, or nothing if it is not set or empty.
type Var<'a> = &'a dyn Fn(&str) -> Option<String>;

fn trimmed(value: Option<String>) -> Option<String> {
    value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
}

impl Base {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// Every variable that cannot be understood.
    pub fn from_env() -> Result<Base, Faults> {
        let mut faults = Vec::new();
        let base = Base::collect(&|name| trimmed(std::env::var(name).ok()), &mut faults);
        if faults.is_empty() { Ok(base) } else { Err(Faults(faults)) }
    }

    fn collect(var: Var<'_>, faults: &mut Vec<String>) -> Base {
        let zone = var("STAGIAIRE_TIME_ZONE").unwrap_or_else(|| "Europe/Zurich".into());
        let zone = zone.parse::<Tz>().unwrap_or_else(|_| {
            faults.push(format!(
                "STAGIAIRE_TIME_ZONE is {zone:?}; it must be a name of the IANA database, such as Europe/Zurich"
            ));
            Tz::UTC
        });
        let database_url = var("DATABASE_URL");
        if database_url
            .as_ref()
            .is_some_and(|url| !url.starts_with("postgres://") && !url.starts_with("postgresql://"))
        {
            faults.push("DATABASE_URL must begin with postgres://".into());
        }
        let data = var("STAGIAIRE_DATA").map_or_else(usual_folder, PathBuf::from);
        let keys = var("STAGIAIRE_KEYS").map_or_else(|| data.join("keys"), PathBuf::from);
        Base { database_url, zone, data, keys }
    }
}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// Every variable that is missing or cannot be understood.
    pub fn from_env() -> Result<Config, Faults> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads any environment, such as a test's.
    ///
    /// # Errors
    /// As [`Config::from_env`].
    pub fn read(var: impl Fn(&str) -> Option<String>) -> Result<Config, Faults> {
        let var = |name: &str| trimmed(var(name));
        let mut faults = Vec::new();
        let base = Base::collect(&var, &mut faults);

        let listen = var("STAGIAIRE_LISTEN").unwrap_or_else(|| "127.0.0.1:3000".into());
        let listen = listen.parse::<SocketAddr>().unwrap_or_else(|_| {
            faults.push(format!(
                "STAGIAIRE_LISTEN is {listen:?}; it must be an address and a port, such as 127.0.0.1:3000"
            ));
            SocketAddr::from(([127, 0, 0, 1], 3000))
        });

        let url = match var("STAGIAIRE_URL").map(|url| url.trim_end_matches('/').to_owned()) {
            Some(url) if is_web_address(&url) => url,
            Some(url) => {
                faults.push(format!(
                    "STAGIAIRE_URL is {url:?}; it must be the public address, such as https://internships.example.org"
                ));
                url
            }
            None if base.database_url.is_some() => {
                faults.push("STAGIAIRE_URL is missing: the public address, which letters link to".into());
                String::new()
            }
            None => own_address(listen),
        };

        let second_factor_required = match var("STAGIAIRE_SECOND_FACTOR").as_deref() {
            // the demonstration people have no phones
            None => base.database_url.is_some(),
            Some("required") => true,
            Some("optional") => false,
            Some(other) => {
                faults.push(format!("STAGIAIRE_SECOND_FACTOR is {other:?}; it must be required or optional"));
                true
            }
        };

        let mode = match base.database_url {
            None => Mode::TryOut,
            Some(_) => Mode::Production(Mail::collect(&var, &mut faults)),
        };

        let client_address_header = var("STAGIAIRE_CLIENT_ADDRESS_HEADER").map(|h| h.to_ascii_lowercase());
        let scanner = scanner(&var, &mut faults);
        let provider = provider::settings::Settings::collect(&var, &mut faults);
        if faults.is_empty() {
            Ok(Config {
                base,
                listen,
                url,
                client_address_header,
                second_factor_required,
                scanner,
                provider,
                mode,
            })
        } else {
            Err(Faults(faults))
        }
    }

    /// Cookies are marked secure, and named for it, where the public address is https.
    pub fn is_https(&self) -> bool {
        self.url.starts_with("https://")
    }

    pub fn is_try_out(&self) -> bool {
        matches!(self.mode, Mode::TryOut)
    }
}

impl Mail {
    fn collect(var: Var<'_>, faults: &mut Vec<String>) -> Mail {
        let mut needed = |name: &str, what: &str| {
            var(name).unwrap_or_else(|| {
                faults.push(format!("{name} is missing: {what}"));
                String::new()
            })
        };
        let smtp_url = needed("STAGIAIRE_SMTP_URL", "the mail server, such as smtps://user:password@host");
        let from = needed("STAGIAIRE_MAIL_FROM", "who letters come from, such as Stagiaire <a@example.org>");
        if !from.is_empty() && from.parse::<lettre::message::Mailbox>().is_err() {
            faults.push(format!("STAGIAIRE_MAIL_FROM is {from:?}; it must be an e-mail address"));
        }
        if !smtp_url.is_empty() && !smtp_url.starts_with("smtp") {
            faults.push("STAGIAIRE_SMTP_URL must begin with smtp:// or smtps://".into());
        }
        Mail { smtp_url, from }
    }
}

fn scanner(var: Var<'_>, faults: &mut Vec<String>) -> Scanner {
    let daemon = var("STAGIAIRE_CLAMD").and_then(|address| {
        let daemon = address.parse();
        if daemon.is_err() {
            faults.push(format!(
                "STAGIAIRE_CLAMD is {address:?}; it must be host:port, or the path of a socket, such as \
                 /run/clamav/clamd.ctl"
            ));
        }
        daemon.ok()
    });
    let required = match var("STAGIAIRE_SCAN_REQUIRED").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => {
            faults.push(format!("STAGIAIRE_SCAN_REQUIRED is {other:?}; it must be true or false"));
            false
        }
    };
    Scanner { daemon, required }
}

/// `./var`. But PostgreSQL does not run as root, so root in a folder that others may not enter, such as `/root`,
/// keeps its data where services do.
fn usual_folder() -> PathBuf {
    let may_enter = |folder: &Path| folder.metadata().is_ok_and(|it| it.permissions().mode() & 0o001 != 0);
    let here = std::env::current_dir().unwrap_or_default();
    let is_root = || {
        let said = std::process::Command::new("id").arg("-u").output();
        said.is_ok_and(|said| said.stdout.trim_ascii() == b"0")
    };
    if here.ancestors().all(may_enter) || !is_root() { "./var".into() } else { "/var/lib/stagiaire".into() }
}

fn is_web_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains([' ', '/', '?', '#', '@']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, Faults> {
        Config::read(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn nothing_set_is_the_try_out() {
        let config = read(&[]).unwrap();
        assert!(config.is_try_out() && !config.is_https());
        assert_eq!(config.url, "http://localhost:3000");
        assert_eq!(config.base.zone, chrono_tz::Europe::Zurich);
    }

    #[test]
    fn production_says_everything_that_is_missing_at_once() {
        let faults = read(&[("DATABASE_URL", "postgres://db/stagiaire"), ("STAGIAIRE_LISTEN", "nowhere")])
            .unwrap_err();
        for name in ["STAGIAIRE_LISTEN", "STAGIAIRE_URL", "STAGIAIRE_SMTP_URL", "STAGIAIRE_MAIL_FROM"] {
            assert!(faults.0.iter().any(|fault| fault.starts_with(name)), "{name}: {faults}");
        }
    }

    #[test]
    fn a_scanner_is_a_socket_or_a_port_and_may_be_insisted_on() {
        use crate::scan::daemon::Daemon;
        let config = read(&[("STAGIAIRE_CLAMD", "/run/clamav/clamd.ctl")]).unwrap();
        assert_eq!(config.scanner.daemon, Some(Daemon::Unix("/run/clamav/clamd.ctl".into())));
        assert!(!config.scanner.required && read(&[]).unwrap().scanner.daemon.is_none());
        let faults = read(&[("STAGIAIRE_CLAMD", "clamav"), ("STAGIAIRE_SCAN_REQUIRED", "yes")]).unwrap_err();
        assert!(faults.0.len() == 2 && faults.0[1].starts_with("STAGIAIRE_SCAN_REQUIRED"), "{faults}");
    }

    #[test]
    fn passwords_of_the_mail_server_are_never_printed() {
        let config = read(&[
            ("DATABASE_URL", "postgres://db/stagiaire"),
            ("STAGIAIRE_URL", "https://internships.example.org/"),
            ("STAGIAIRE_SMTP_URL", "smtps://user:hunter2@mail.example.org"),
            ("STAGIAIRE_MAIL_FROM", "Stagiaire <internships@example.org>"),
        ])
        .unwrap();
        assert_eq!(config.url, "https://internships.example.org");
        assert!(config.second_factor_required && !read(&[]).unwrap().second_factor_required);
        let Mode::Production(mail) = &config.mode else { panic!("production") };
        assert!(!format!("{mail:?}").contains("hunter2"));
    }

    #[test]
    fn passwords_of_the_database_are_never_printed() {
        let url = "postgres://stagiaire:hunter2@db/stagiaire".to_owned();
        let base = Base { database_url: Some(url), zone: Tz::UTC, data: "./var".into(), keys: "keys".into() };
        assert!(!format!("{base:?}").contains("hunter2"));
    }
}
