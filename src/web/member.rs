//! Anybody signed in, whatever their role: for what people do with their own account.

use super::app::{App, Settings};
use super::page::{Chrome, Page, Reader};
use super::{Error, Proved, Result, language, session, throttle};
use crate::db::{Signature, Tx, Wall};
use crate::domain::PersonId;
use crate::domain::role::RoleName;
use crate::factors::passkeys::{self, Place};
use crate::files::Files;
use crate::passwords::Passwords;
use crate::provider::Provider;
use crate::text::Lang;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};

/// Proof that this request comes from somebody with an account.
pub struct Member {
    pub id: PersonId,
    pub lang: Lang,
    /// SHA-256 of the token of this very session.
    pub session: Vec<u8>,
    roles: Vec<RoleName>,
    has_factor: bool,
    /// This session began at the organisation's identity provider.
    by_organisation: bool,
    proved_at: DateTime<Utc>,
    chrome: Chrome,
    app: App,
}

impl Member {
    /// The record names the first of the roles.
    pub async fn begin(&self) -> Result<Tx<Self>> {
        self.begin_behind(Wall::Server).await
    }

    /// For a page that only reads what a candidate's wall lets a candidate meet: whoever is one, and nothing else, is
    /// behind it here, too.
    pub async fn begin_to_read(&self) -> Result<Tx<Self>> {
        let wall = match self.roles[..] {
            [RoleName::Candidate] => Wall::Candidate,
            _ => Wall::Server,
        };
        self.begin_behind(wall).await
    }

    async fn begin_behind(&self, wall: Wall) -> Result<Tx<Self>> {
        let role = self.roles.first().map_or("anyone", |role| role.code());
        let (now, leaves_nothing) = (self.app.clock.now(), self.chrome.is_head());
        let who = Signature { person: Some(self.id), role, now, leaves_nothing };
        Ok(self.app.db.begin(who, wall).await?)
    }

    /// A page in the reader's language: `me.page(Text)`.
    pub fn page<T>(&self, text: fn(Lang) -> T) -> Page<T> {
        Page::new(self.lang, self.chrome.clone(), text(self.lang), self.app.db.zone())
    }

    pub fn is_candidate(&self) -> bool {
        self.roles.contains(&RoleName::Candidate)
    }

    pub fn holds(&self, role: RoleName) -> bool {
        self.roles.contains(&role)
    }

    /// For what is staff's business: whoever works here may have to set up a second factor first.
    ///
    /// # Errors
    /// [`Error::SecondFactorFirst`] if so.
    pub fn at_work(&self) -> Result<()> {
        match self.lacks_factor() {
            true => Err(Error::SecondFactorFirst),
            false => Ok(()),
        }
    }

    /// Whether this person has to set up a second factor before any work.
    pub fn lacks_factor(&self) -> bool {
        self.is_staff() && self.app.settings.second_factor_required && !self.has_factor
    }

    pub fn has_factor(&self) -> bool {
        self.has_factor
    }

    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|role| role.is_staff())
    }

    pub fn settings(&self) -> &Settings {
        &self.app.settings
    }

    pub fn passwords(&self) -> &Passwords {
        &self.app.passwords
    }

    /// The store of uploaded files.
    pub fn files(&self) -> &Files {
        &self.app.files
    }

    /// The organisation's identity provider, if this session began there.
    pub fn provider(&self) -> Option<&Provider> {
        self.app.provider.as_ref().filter(|_| self.by_organisation)
    }

    /// What passkeys are for; `None` if the product has no address that they could be for.
    pub fn place(&self) -> Option<Place> {
        Place::at(&self.app.settings.url)
    }

    /// This very browser, as far as passkeys are asked for.
    pub fn asker(&self) -> (PersonId, &[u8]) {
        (self.id, &self.session)
    }

    /// What one of this person's passkeys is to sign, if there are any; kept until it is answered.
    pub async fn passkey_asked(&self) -> Result<Option<String>> {
        let Some(place) = self.place() else { return Ok(None) };
        let mut connection = self.app.db.conn().await?;
        Ok(passkeys::ask(&mut connection, &place, self.asker(), self.app.clock.now()).await?)
    }

    /// Whether one more try of `what` by this person is within `limit` per `seconds`; counts it.
    pub async fn may_try(&self, what: &str, limit: i32, seconds: i64) -> Result<bool> {
        let what = format!("{what} {}", self.id);
        throttle::count(&self.app.db, self.app.clock.now(), &what, limit, seconds).await
    }
}

impl Proved for Member {
    fn proved_at(&self) -> DateTime<Utc> {
        self.proved_at
    }
}

impl Tx<Member> {
    /// Who acts: always somebody, because only a signed-in person opens this transaction.
    pub fn actor(&self) -> PersonId {
        self.signature().person.unwrap_or(PersonId(uuid::Uuid::nil()))
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let signed_out = || Error::signed_out(&parts.uri);
        let person = session::of_request(parts, app).await?.ok_or_else(signed_out)?;
        let session = session::token_hash(parts, app).ok_or_else(signed_out)?;
        let lang = language::chosen(parts).unwrap_or(person.lang);
        let reader = Reader::from(&person);
        Ok(Self {
            id: person.id,
            lang,
            session,
            roles: person.roles,
            has_factor: person.has_factor,
            by_organisation: person.by_organisation,
            proved_at: person.proved_at,
            chrome: Chrome::new(parts, Some(reader), app),
            app: app.clone(),
        })
    }
}

/// Somebody whose password, address and second factor are kept here, and not by the organisation.
pub struct KeptHere(pub Member);

impl FromRequestParts<App> for KeptHere {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let me = Member::from_request_parts(parts, app).await?;
        match me.provider() {
            None => Ok(KeptHere(me)),
            Some(_) => Err(Error::KeptElsewhere),
        }
    }
}
