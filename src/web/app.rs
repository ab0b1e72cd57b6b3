//! What the whole product shares. Fields are private to `web`: handlers hold roles, not pools.

use crate::clock::Clock;
use crate::db::Db;
use crate::files::Files;
use crate::passwords::Passwords;
use crate::provider::Provider;
use crate::scan::Scanner;
use std::sync::Arc;

/// The running product.
#[derive(Clone)]
pub struct App {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) settings: Arc<Settings>,
    pub(super) passwords: Passwords,
    pub(super) files: Files,
    pub(super) scanner: Scanner,
    pub(super) provider: Option<Provider>,
}

/// What handlers may know of the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The public address, without a slash at the end.
    pub url: String,
    /// Cookies are marked secure, and named for it.
    pub https: bool,
    /// Letters are shown at `/mailbox`.
    pub try_out: bool,
    /// Whoever works here needs a second factor.
    pub second_factor_required: bool,
    /// Set by a trusted proxy; lower case.
    pub client_address_header: Option<String>,
}

impl App {
    pub fn new(db: Db, clock: Clock, settings: Settings, files: Files) -> Self {
        let (settings, passwords) = (Arc::new(settings), Passwords::new());
        Self { db, clock, settings, passwords, files, scanner: Scanner::default(), provider: None }
    }

    /// The same product, which has files looked through for malware.
    pub fn with_scanner(self, scanner: Scanner) -> Self {
        Self { scanner, ..self }
    }

    /// The same product, to which staff sign in at the organisation's identity provider.
    pub fn with_provider(self, provider: Option<Provider>) -> Self {
        Self { provider, ..self }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// For the background tasks that `main` starts beside the server.
    pub fn clock(&self) -> Clock {
        self.clock
    }
}
