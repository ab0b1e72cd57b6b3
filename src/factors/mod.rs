//! Second factors: the codes of an authenticator app (TOTP, RFC 6238), passkeys, and recovery codes that stand in for
//! both. The only place that knows their secrets.

mod locked;
pub mod passkeys;
pub mod qr;
pub mod words;

use crate::db::Result;
use crate::domain::PersonId;
use crate::vault::Vault;
use chrono::{DateTime, Utc};
use passkeys::Place;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use totp_rs::{Builder, Secret, Totp};

/// Recovery codes given out at once.
const CODES: usize = 10;
/// Without letters that look like digits; 32 of them, so that each carries five bits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 24 letters are 120 bits: enough to keep a plain digest of them (OWASP ASVS 5.0, 6.5.2).
const LETTERS: usize = 24;
const GROUP: usize = 4;

/// With what somebody proved who they are, beside the password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    App,
    Passkey,
    Recovery,
}

/// What somebody sends to prove their second factor: a code, unless there is a passkey's answer in its place.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    pub code: &'a str,
    pub passkey: &'a str,
}

pub use locked::{locks, relock};

/// A second factor that counts: an app, passkeys, or both.
pub struct Standing {
    /// Since when an app does.
    pub app: Option<DateTime<Utc>>,
    pub passkeys: i64,
    pub codes_left: i64,
}

/// A secret that is being brought into an app.
pub struct Key {
    /// For those who type it: base32 in groups of four.
    pub typed: String,
    /// For those who scan it: `otpauth://…`.
    pub address: String,
}

/// The second factor of a person, if it counts.
///
/// # Errors
/// If the database fails, as everywhere here.
pub async fn standing(db: &mut PgConnection, person: PersonId) -> Result<Option<Standing>> {
    let row = sqlx::query!(
        r#"select (select confirmed_at from second_factor where person_id = $1) as app,
               (select count(*) from passkey where person_id = $1) as "passkeys!",
               (select count(*) from recovery_code where person_id = $1 and used_at is null) as "codes_left!""#,
        person.0
    );
    let row = row.fetch_one(db).await?;
    let standing = Standing { app: row.app, passkeys: row.passkeys, codes_left: row.codes_left };
    Ok(Some(standing).filter(|it| it.app.is_some() || it.passkeys > 0))
}

/// A new secret, which counts once a code of it has come back. One that counts already stays.
pub async fn begin(db: &mut PgConnection, vault: &Vault, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    let secret: [u8; locked::SECRET] = rand::random();
    sqlx::query!(
        "insert into second_factor (person_id, secret, begun_at) values ($1, $2, $3)
         on conflict (person_id) do update set secret = excluded.secret, begun_at = excluded.begun_at
             where second_factor.confirmed_at is null",
        person.0,
        vault.lock(person.0, &secret),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The secret that waits for its first code.
pub async fn begun(db: &mut PgConnection, vault: &Vault, person: PersonId) -> Result<Option<Key>> {
    let row = sqlx::query!(
        "select f.secret, p.email from second_factor f join person p on p.id = f.person_id
         where f.person_id = $1 and f.confirmed_at is null",
        person.0
    );
    let Some(row) = row.fetch_optional(db).await? else { return Ok(None) };
    Ok(Key::new(locked::opened(vault, person, row.secret)?, &row.email))
}

/// Makes the secret count if the code is of it, and gives recovery codes, which nobody can read again: none beside
/// passkeys, which have theirs.
pub async fn confirm(
    db: &mut PgConnection,
    vault: &Vault,
    person: PersonId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Option<Vec<String>>> {
    hold(db, person).await?;
    let secret = sqlx::query_scalar!(
        "select secret from second_factor where person_id = $1 and confirmed_at is null for update",
        person.0
    );
    let Some(secret) = secret.fetch_optional(&mut *db).await? else { return Ok(None) };
    let secret = locked::opened(vault, person, secret)?;
    let Some(step) = step_of(secret, &bare(typed), now) else { return Ok(None) };
    sqlx::query!(
        "update second_factor set confirmed_at = $2, last_step = $3 where person_id = $1",
        person.0,
        now,
        step
    )
    .execute(&mut *db)
    .await?;
    first_codes(db, person).await.map(Some)
}

/// Takes the answer of the browser known by `asker`, if it is right; code or challenge are used up with the commit.
/// Without a `place` there are no passkeys.
pub async fn spend(
    db: &mut PgConnection,
    (vault, place): (&Vault, Option<&Place>),
    (person, asker): (PersonId, &[u8]),
    answer: Answer<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Proof>> {
    if answer.passkey.is_empty() {
        return spend_code(db, vault, person, answer.code, now).await;
    }
    let Some(place) = place else { return Ok(None) };
    let right = passkeys::spend(db, place, (person, asker), answer.passkey, now).await?;
    Ok(right.then_some(Proof::Passkey))
}

/// Takes a code of the app, or a recovery code, if it is right and was never used.
async fn spend_code(
    db: &mut PgConnection,
    vault: &Vault,
    person: PersonId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Option<Proof>> {
    let typed = bare(typed);
    let secret = sqlx::query_scalar!(
        "select secret from second_factor where person_id = $1 and confirmed_at is not null for update",
        person.0
    );
    let secret = secret.fetch_optional(&mut *db).await?;
    let secret = secret.map(|secret| locked::opened(vault, person, secret)).transpose()?;
    let (proof, used) = match secret.and_then(|secret| step_of(secret, &typed, now)) {
        Some(step) => {
            let used = sqlx::query!(
                "update second_factor set last_step = $2 where person_id = $1 and (last_step is null or last_step < $2)",
                person.0,
                step
            );
            (Proof::App, used.execute(db).await?)
        }
        None => {
            let used = sqlx::query!(
                "update recovery_code set used_at = $3 where person_id = $1 and code_hash = $2 and used_at is null",
                person.0,
                digest(&typed),
                now
            );
            (Proof::Recovery, used.execute(db).await?)
        }
    };
    Ok((used.rows_affected() == 1).then_some(proof))
}

/// Ten other recovery codes; those before them are worth nothing any more.
pub async fn renew_codes(db: &mut PgConnection, person: PersonId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..CODES).map(|_| new_code()).collect();
    let digests: Vec<Vec<u8>> = codes.iter().map(|code| digest(&bare(code))).collect();
    sqlx::query!("delete from recovery_code where person_id = $1", person.0).execute(&mut *db).await?;
    sqlx::query!(
        "insert into recovery_code (person_id, code_hash) select $1, unnest($2::bytea[])",
        person.0,
        &digests
    )
    .execute(db)
    .await?;
    Ok(codes)
}

/// Takes the app away, and recovery codes with the last factor; `false` if there was none that counted.
pub async fn remove_app(db: &mut PgConnection, person: PersonId) -> Result<bool> {
    hold(db, person).await?;
    let gone =
        sqlx::query!("delete from second_factor where person_id = $1 and confirmed_at is not null", person.0);
    let gone = gone.execute(&mut *db).await?.rows_affected() > 0;
    drop_codes_of_nothing(db, person).await?;
    Ok(gone)
}

/// Takes app, passkeys and recovery codes away; `false` if there was nothing that counted.
pub async fn remove_all(db: &mut PgConnection, person: PersonId) -> Result<bool> {
    hold(db, person).await?;
    let keys = sqlx::query!("delete from passkey where person_id = $1", person.0);
    let keys = keys.execute(&mut *db).await?.rows_affected();
    sqlx::query!("delete from passkey_challenge where person_id = $1", person.0).execute(&mut *db).await?;
    Ok(remove_app(db, person).await? || keys > 0)
}

/// The recovery codes that come with the first factor, of whichever kind; nothing where there are some, used or not.
async fn first_codes(db: &mut PgConnection, person: PersonId) -> Result<Vec<String>> {
    let has = sqlx::query_scalar!(
        r#"select exists (select from recovery_code where person_id = $1) as "has!""#,
        person.0
    );
    match has.fetch_one(&mut *db).await? {
        true => Ok(Vec::new()),
        false => renew_codes(db, person).await,
    }
}

/// Recovery codes stand in for a factor; without one they would stand in for the password's owner.
async fn drop_codes_of_nothing(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!("delete from recovery_code where person_id = $1 and not has_second_factor($1)", person.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Holds the account until the commit: of two factors that come or go at once, one is the first, or the last.
async fn hold(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!("select from person where id = $1 for update", person.0).fetch_one(db).await?;
    Ok(())
}

impl Key {
    fn new(secret: Vec<u8>, email: &str) -> Option<Key> {
        let secret = Secret::from(secret);
        let typed = grouped(&secret.to_base32());
        // an app shows both, and takes a colon for the end of the first
        let account = email.replace(':', " ");
        let app =
            Builder::new().with_secret(secret).with_issuer(Some("Stagiaire")).with_account_name(account);
        Some(Key { typed, address: app.build().ok()?.to_url().ok()? })
    }
}

/// The step of thirty seconds that a code belongs to: this one, or a neighbour, since clocks go wrong.
fn step_of(secret: Vec<u8>, typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let app: Totp = Builder::new().with_secret(secret).build().ok()?;
    let six_digits = typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_digit());
    let step = app.check(Some(typed).filter(|_| six_digits)?, u64::try_from(now.timestamp()).ok()?)?;
    i64::try_from(step).ok()
}

fn new_code() -> String {
    let random: [u8; LETTERS] = rand::random();
    let letters = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    grouped(&letters.collect::<String>())
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A code as it is meant, however it is typed.
fn bare(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    letters
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

fn digest(bare: &str) -> Vec<u8> {
    Sha256::digest(bare.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six digits
        let secret = b"12345678901234567890".to_vec();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(step_of(secret.clone(), code, now), Some(seconds / 30));
            let late = DateTime::from_timestamp(seconds + 60, 0).unwrap();
            assert_eq!(step_of(secret.clone(), code, late), None, "a minute is too late");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = new_code();
        assert_eq!(code.len(), 29);
        assert_eq!(bare(&code.to_uppercase().replace(' ', "-")), bare(&code));
        assert_eq!(bare("OIL 0-1"), "01101");
        assert_ne!(new_code(), code);
    }
}
