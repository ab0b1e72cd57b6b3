//! Passkeys (WebAuthn): keys that a device keeps for this address alone. A false page has another address, and so gets
//! no answer that is worth anything here.

use super::{first_codes, hold};
use crate::db::Result;
use crate::domain::PersonId;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Url, Webauthn, WebauthnBuilder,
};

/// How long an answer may be in coming.
pub const LASTS: TimeDelta = TimeDelta::minutes(10);
/// A challenge that is shown again still leaves so long to answer it.
const ENOUGH: TimeDelta = TimeDelta::minutes(5);
/// Of one person: more than anybody has devices.
pub const MOST: usize = 20;

/// The address that passkeys are for.
pub struct Place(Webauthn);

impl Place {
    /// `None` if the public address has a number for a name: browsers make no passkeys for it.
    pub fn at(url: &str) -> Option<Place> {
        let url = Url::parse(url).ok()?;
        let site = WebauthnBuilder::new(url.domain()?, &url).ok()?.rp_name("Stagiaire").build();
        site.ok().map(Place)
    }
}

/// A passkey as its owner sees it.
pub struct Listed {
    pub id: Uuid,
    pub name: String,
    pub added_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What came of an answer to "make a passkey".
pub enum Added {
    /// It counts. If it is the first factor, these are its recovery codes.
    Done(Vec<String>),
    /// It was there already: this person's, or another's.
    Known,
    /// The answer is not to what was asked.
    Wrong,
    /// Nothing was asked, or too long ago; or this is the second of two clicks.
    Over,
}

/// What waits for an answer.
#[derive(Clone, Copy)]
enum Purpose {
    Add,
    Prove,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Purpose::Add => "add",
            Purpose::Prove => "prove",
        }
    }
}

/// Oldest first.
pub async fn list(db: &mut PgConnection, person: PersonId) -> Result<Vec<Listed>> {
    let rows = sqlx::query_as!(
        Listed,
        "select id, name, added_at, last_used_at from passkey where person_id = $1 order by added_at, id",
        person.0
    );
    Ok(rows.fetch_all(db).await?)
}

/// Asks the browser known by `asker` for a new passkey; `false` if there are too many.
pub async fn begin(
    db: &mut PgConnection,
    place: &Place,
    (person, asker): (PersonId, &[u8]),
    name: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let email = sqlx::query_scalar!("select email from person where id = $1", person.0);
    let email = email.fetch_one(&mut *db).await?;
    // one device keeps one passkey for one account
    let known: Vec<_> = keys(db, person).await?.iter().map(|key| key.cred_id().clone()).collect();
    if known.len() >= MOST {
        return Ok(false);
    }
    let begun = place.0.start_passkey_registration(person.0, &email, &email, Some(known));
    let Some((asked, state)) = told(begun) else { return Ok(false) };
    let (Some(asked), Some(state)) = (value(&asked), value(&state)) else { return Ok(false) };
    // whoever begins again has thought of another name
    sqlx::query!(
        "insert into passkey_challenge (asker, purpose, person_id, name, asked, state, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (asker, purpose) do update set person_id = excluded.person_id, name = excluded.name,
             asked = excluded.asked, state = excluded.state, expires_at = excluded.expires_at",
        asker,
        Purpose::Add.code(),
        person.0,
        name,
        asked,
        state,
        now + LASTS
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// What the browser is asked to make a passkey for: its name, and the words for scripts.
pub async fn begun(
    db: &mut PgConnection,
    (person, asker): (PersonId, &[u8]),
    now: DateTime<Utc>,
) -> Result<Option<(String, String)>> {
    let row = sqlx::query!(
        r#"select name as "name!", asked from passkey_challenge
           where asker = $1 and purpose = $2 and person_id = $3 and expires_at > $4"#,
        asker,
        Purpose::Add.code(),
        person.0,
        now
    );
    Ok(row.fetch_optional(db).await?.map(|row| (row.name, row.asked.to_string())))
}

/// Makes a new passkey count, if the answer is to what was asked.
pub async fn add(
    db: &mut PgConnection,
    place: &Place,
    (person, asker): (PersonId, &[u8]),
    answer: &str,
    now: DateTime<Utc>,
) -> Result<Added> {
    hold(db, person).await?;
    let Some((name, state)) = take(db, person, asker, Purpose::Add, now).await? else {
        return Ok(Added::Over);
    };
    let (Some(answer), Some(state)) =
        (read::<RegisterPublicKeyCredential>(answer), parsed::<PasskeyRegistration>(state))
    else {
        return Ok(Added::Wrong);
    };
    let Some(key) = told(place.0.finish_passkey_registration(&answer, &state)) else {
        return Ok(Added::Wrong);
    };
    let Some(credential) = value(&key) else { return Ok(Added::Wrong) };
    let added = sqlx::query!(
        "insert into passkey (id, person_id, name, credential_id, credential, added_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (credential_id) do nothing",
        Uuid::now_v7(),
        person.0,
        name.unwrap_or_default(),
        key.cred_id().as_slice(),
        credential,
        now
    );
    if added.execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(Added::Known);
    }
    forget_asked(db, person).await?;
    first_codes(db, person).await.map(Added::Done)
}

/// What the browser known by `asker` is asked to sign, in words for scripts: kept, until it is answered or too old.
/// `None` for those without passkeys.
pub async fn ask(
    db: &mut PgConnection,
    place: &Place,
    (person, asker): (PersonId, &[u8]),
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let keys = keys(db, person).await?;
    if keys.is_empty() {
        return Ok(None);
    }
    let Some((asked, state)) = told(place.0.start_passkey_authentication(&keys)) else { return Ok(None) };
    let (Some(asked), Some(state)) = (value(&asked), value(&state)) else { return Ok(None) };
    // another page of the same browser goes on with the same
    sqlx::query!(
        "insert into passkey_challenge (asker, purpose, person_id, asked, state, expires_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (asker, purpose) do update set person_id = excluded.person_id, asked = excluded.asked,
             state = excluded.state, expires_at = excluded.expires_at
             where passkey_challenge.person_id <> excluded.person_id or passkey_challenge.expires_at <= $7",
        asker,
        Purpose::Prove.code(),
        person.0,
        asked,
        state,
        now + LASTS,
        now + ENOUGH
    )
    .execute(&mut *db)
    .await?;
    asked_of(db, (person, asker), now).await
}

/// What was asked before.
pub async fn asked_of(
    db: &mut PgConnection,
    (person, asker): (PersonId, &[u8]),
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let asked = sqlx::query_scalar!(
        "select asked from passkey_challenge
         where asker = $1 and purpose = $2 and person_id = $3 and expires_at > $4",
        asker,
        Purpose::Prove.code(),
        person.0,
        now
    );
    Ok(asked.fetch_optional(db).await?.map(|asked| asked.to_string()))
}

/// Takes an answer of one of the person's passkeys, if it is right; what was asked is used up with the commit.
pub(super) async fn spend(
    db: &mut PgConnection,
    place: &Place,
    (person, asker): (PersonId, &[u8]),
    answer: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let Some((_, state)) = take(db, person, asker, Purpose::Prove, now).await? else { return Ok(false) };
    let (Some(answer), Some(state)) =
        (read::<PublicKeyCredential>(answer), parsed::<PasskeyAuthentication>(state))
    else {
        return Ok(false);
    };
    let Some(proved) = told(place.0.finish_passkey_authentication(&answer, &state)) else { return Ok(false) };
    let row = sqlx::query!(
        "select id, credential, counter from passkey where person_id = $1 and credential_id = $2 for update",
        person.0,
        proved.cred_id().as_slice()
    );
    // taken away meanwhile
    let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok(false) };
    // the state knows the counter of when it was asked; another browser may have used the passkey since
    let counter = i64::from(proved.counter());
    if counter <= row.counter && (counter, row.counter) != (0, 0) {
        tracing::warn!(passkey = %row.id, "refused: its counter went back, there may be a copy of it");
        return Ok(false);
    }
    let Some(mut key) = parsed::<Passkey>(row.credential) else { return Ok(false) };
    key.update_credential(&proved);
    let Some(credential) = value(&key) else { return Ok(false) };
    sqlx::query!(
        "update passkey set credential = $2, counter = $3, last_used_at = $4 where id = $1",
        row.id,
        credential,
        counter,
        now
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Takes one away, and recovery codes with the last factor; `false` if there was none.
pub async fn remove(db: &mut PgConnection, person: PersonId, id: Uuid) -> Result<bool> {
    hold(db, person).await?;
    let gone = sqlx::query!("delete from passkey where person_id = $1 and id = $2", person.0, id);
    if gone.execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(false);
    }
    forget_asked(db, person).await?;
    super::drop_codes_of_nothing(db, person).await?;
    Ok(true)
}

/// What was asked knows the passkeys of when it was asked.
async fn forget_asked(db: &mut PgConnection, person: PersonId) -> Result<()> {
    let asked = sqlx::query!(
        "delete from passkey_challenge where person_id = $1 and purpose = $2",
        person.0,
        Purpose::Prove.code()
    );
    asked.execute(db).await?;
    Ok(())
}

/// What an answer is compared with: the first of two clicks takes it.
async fn take(
    db: &mut PgConnection,
    person: PersonId,
    asker: &[u8],
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<(Option<String>, Value)>> {
    let taken = sqlx::query!(
        "delete from passkey_challenge where asker = $1 and purpose = $2 and person_id = $3 and expires_at > $4
         returning name, state",
        asker,
        purpose.code(),
        person.0,
        now
    );
    Ok(taken.fetch_optional(db).await?.map(|row| (row.name, row.state)))
}

async fn keys(db: &mut PgConnection, person: PersonId) -> Result<Vec<Passkey>> {
    let rows = sqlx::query_scalar!("select credential from passkey where person_id = $1", person.0);
    Ok(rows.fetch_all(db).await?.into_iter().filter_map(parsed).collect())
}

/// What the browser has sent. It may be anything.
fn read<T: DeserializeOwned>(answer: &str) -> Option<T> {
    serde_json::from_str(answer).ok()
}

/// What we have kept ourselves.
fn parsed<T: DeserializeOwned>(kept: Value) -> Option<T> {
    let parsed = serde_json::from_value(kept);
    parsed.inspect_err(|error| tracing::error!(%error, "what is kept of a passkey cannot be read")).ok()
}

fn value(it: &impl Serialize) -> Option<Value> {
    let value = serde_json::to_value(it);
    value.inspect_err(|error| tracing::error!(%error, "a passkey cannot be written down")).ok()
}

/// Why an answer was refused is for whoever runs this, not for whoever tries.
fn told<T>(outcome: webauthn_rs::prelude::WebauthnResult<T>) -> Option<T> {
    outcome.inspect_err(|error| tracing::warn!(%error, "passkey refused")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_names() {
        for url in ["https://internships.example.org", "http://localhost:3000"] {
            assert!(Place::at(url).is_some(), "{url}");
        }
        for url in ["http://127.0.0.1:3000", "http://[::1]:3000", "nonsense"] {
            assert!(Place::at(url).is_none(), "{url}");
        }
    }
}
