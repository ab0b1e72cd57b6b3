//! Who asks. A role is a capability: only an [`Actor`] opens a transaction, and it opens its own kind.

use super::app::{App, Settings};
use super::page::{Chrome, Page, Reader};
use super::{Error, Proved, Result, language, session};
use crate::db::{Signature, Tx, Wall};
use crate::domain::PersonId;
use crate::domain::hand::Hand;
use crate::domain::role::RoleName;
use crate::files::Files;
use crate::passwords::Passwords;
use crate::provider::Provider;
use crate::scan::Scanner;
use crate::text::Lang;
use crate::vault::Vault;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::marker::PhantomData;

/// Forms with files of one person in an hour, each with a few files of ten mebibytes at most.
const UPLOADS_AN_HOUR: i32 = 100;

/// A role that somebody signed in may hold.
pub trait Role: Send + Sync + 'static {
    const NAME: RoleName;
}

pub mod role {
    use super::{Role, RoleName};

    macro_rules! roles {
        ($($name:ident),+) => {$(
            pub struct $name;
            impl Role for $name {
                const NAME: RoleName = RoleName::$name;
            }
        )+};
    }
    roles!(Candidate, HrReviewer, Supervisor, HrDirector, MedicalOfficer, Administrator);
}

pub type Candidate = Actor<role::Candidate>;
pub type HrReviewer = Actor<role::HrReviewer>;
pub type Supervisor = Actor<role::Supervisor>;
pub type HrDirector = Actor<role::HrDirector>;
pub type MedicalOfficer = Actor<role::MedicalOfficer>;
pub type Administrator = Actor<role::Administrator>;

/// Proof that this request comes from somebody holding role `R`: no role, no transaction.
pub struct Actor<R> {
    pub id: PersonId,
    pub lang: Lang,
    proved_at: DateTime<Utc>,
    chrome: Chrome,
    pub(super) app: App,
    role: PhantomData<R>,
}

impl<R: Role> Actor<R> {
    pub async fn begin(&self) -> Result<Tx<Self>> {
        let (role, now) = (R::NAME.code(), self.app.clock.now());
        let who = Signature { person: Some(self.id), role, now, leaves_nothing: self.chrome.is_head() };
        Ok(self.app.db.begin(who, Wall::around(R::NAME)).await?)
    }

    /// A page in the reader's language: `me.page(Text)`.
    pub fn page<T>(&self, text: fn(Lang) -> T) -> Page<T> {
        Page::new(self.lang, self.chrome.clone(), text(self.lang), self.app.db.zone())
    }

    /// The store of uploaded files.
    pub fn files(&self) -> &Files {
        &self.app.files
    }

    /// What looks through files for malware.
    pub fn scanner(&self) -> &Scanner {
        &self.app.scanner
    }

    pub fn settings(&self) -> &Settings {
        &self.app.settings
    }

    /// Lets one more form with files come in.
    ///
    /// # Errors
    /// [`Error::TooMany`] if somebody sends more than a person does.
    pub async fn may_upload(&self) -> Result<()> {
        let what = format!("upload by {}", self.id.0);
        let may = super::throttle::count(&self.app.db, self.app.clock.now(), &what, UPLOADS_AN_HOUR, 3600);
        if may.await? { Ok(()) } else { Err(Error::TooMany) }
    }

    /// The organisation's identity provider, if it has one.
    pub fn provider(&self) -> Option<&Provider> {
        self.app.provider.as_ref()
    }

    /// The organisation's time zone.
    pub fn zone(&self) -> Tz {
        self.app.db.zone()
    }
}

impl<R: Role> Proved for Actor<R> {
    fn proved_at(&self) -> DateTime<Utc> {
        self.proved_at
    }
}

impl<R: Role> Tx<Actor<R>> {
    /// Who acts: always somebody, because only a signed-in person opens this transaction.
    pub fn actor(&self) -> PersonId {
        self.signature().person.unwrap_or(PersonId(uuid::Uuid::nil()))
    }

    /// Who acts, and in whose place.
    pub fn hand(&self) -> Hand {
        Hand { person: self.actor(), instead_of: self.instead_of() }
    }
}

impl<R: Role> FromRequestParts<App> for Actor<R> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let person = session::of_request(parts, app).await?.ok_or_else(|| Error::signed_out(&parts.uri))?;
        if !person.roles.contains(&R::NAME) {
            tracing::warn!(person = %person.id.0, role = R::NAME.code(), "refused: not for this role");
            return Err(Error::Forbidden);
        }
        if R::NAME.is_staff() && app.settings.second_factor_required && !person.has_factor {
            return Err(Error::SecondFactorFirst);
        }
        let lang = language::chosen(parts).unwrap_or(person.lang);
        let reader = Reader::from(&person);
        Ok(Self {
            id: person.id,
            lang,
            proved_at: person.proved_at,
            chrome: Chrome::new(parts, Some(reader), app),
            app: app.clone(),
            role: PhantomData,
        })
    }
}

/// Whoever asks, signed in or not: for pages open to all.
pub struct Anyone {
    pub lang: Lang,
    /// Whom the request belongs to, if somebody is signed in.
    pub person: Option<PersonId>,
    /// SHA-256 of the session's token, to end it.
    pub session: Option<Vec<u8>>,
    /// Where the request came from, for throttles only.
    pub address: String,
    /// The browser in coarse words, for a session's owner.
    pub agent: String,
    chrome: Chrome,
    app: App,
}

impl Anyone {
    pub async fn begin(&self) -> Result<Tx<Self>> {
        let (now, leaves_nothing) = (self.app.clock.now(), self.chrome.is_head());
        let who = Signature { person: self.person, role: "anyone", now, leaves_nothing };
        Ok(self.app.db.begin(who, Wall::Server).await?)
    }

    pub fn page<T>(&self, text: fn(Lang) -> T) -> Page<T> {
        Page::new(self.lang, self.chrome.clone(), text(self.lang), self.app.db.zone())
    }

    pub fn roles(&self) -> &[RoleName] {
        self.chrome.reader.as_ref().map_or(&[], |reader| reader.roles.as_slice())
    }

    pub fn settings(&self) -> &Settings {
        &self.app.settings
    }

    pub fn passwords(&self) -> &Passwords {
        &self.app.passwords
    }

    /// What opens secrets.
    pub fn vault(&self) -> &Vault {
        self.app.files.vault()
    }

    /// The organisation's identity provider, if it has one.
    pub fn provider(&self) -> Option<&Provider> {
        self.app.provider.as_ref()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Whether one more try of `what` is within `limit` per `seconds`; counts it.
    pub async fn may_try(&self, what: &str, limit: i32, seconds: i64) -> Result<bool> {
        super::throttle::count(&self.app.db, self.app.clock.now(), what, limit, seconds).await
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let session = session::token_hash(parts, app);
        let person = session::of_request(parts, app).await?;
        let lang = language::chosen(parts)
            .or(person.as_ref().map(|p| p.lang))
            .or_else(|| language::of_browser(parts))
            .unwrap_or_default();
        let id = person.as_ref().map(|p| p.id);
        let reader = person.as_ref().map(Reader::from);
        Ok(Self {
            lang,
            person: id,
            session,
            address: super::throttle::client_address(parts, app),
            agent: super::agent::coarse(&parts.headers),
            chrome: Chrome::new(parts, reader, app),
            app: app.clone(),
        })
    }
}
