//! Keys under lock and key: whatever is most private is encrypted under a key of its own, and that key is kept only
//! locked under one that is not in the database. The only place that knows those.
//!
//! They stand in a file, one on a line, the one in use first; older ones below it still open what they locked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// Bytes of a key (RFC 8439).
pub const KEY: usize = 32;
/// Bytes that say which key locked something: the first ones of its SHA-256.
pub const NAME: usize = 8;
/// Bytes of a nonce of XChaCha20: so many that random ones never meet.
const NONCE: usize = 24;

/// The keys that lock others. Its clones share them.
#[derive(Clone)]
pub struct Vault {
    path: PathBuf,
    locks: Arc<RwLock<Vec<Lock>>>,
}

struct Lock {
    name: [u8; NAME],
    cipher: XChaCha20Poly1305,
}

/// Why something stays locked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("it was locked by a key that is not in the file of keys")]
    NoKey,
    #[error("it was changed, or belongs to something else")]
    Broken,
}

impl Vault {
    /// Reads the file of keys; one that is not there is made, for its owner's eyes alone.
    ///
    /// # Errors
    /// If it cannot be read or made, or does not hold keys.
    pub fn open(path: &Path) -> io::Result<Vault> {
        if !path.try_exists()? {
            make(path, &[rand::random()])?;
        }
        let locks = Arc::new(RwLock::new(read(path)?));
        Ok(Vault { path: path.to_owned(), locks })
    }

    /// Locks a secret of `owner`, for whom alone it opens again: name of the key, nonce, and what is locked.
    pub fn lock(&self, owner: Uuid, secret: &[u8]) -> Vec<u8> {
        let locks = self.locks.read().unwrap_or_else(PoisonError::into_inner);
        // a vault has a key
        let locked =
            locks.first().map(|lock| [&lock.name[..], &encrypted(&lock.cipher, owner, secret)].concat());
        locked.unwrap_or_default()
    }

    /// What [`Vault::lock`] has locked for this owner. A key that somebody has added meanwhile is found.
    ///
    /// # Errors
    /// If its key is not there, or this is not what was locked.
    pub fn unlock(&self, owner: Uuid, locked: &[u8]) -> Result<Vec<u8>, Error> {
        let (name, secret) = locked.split_at_checked(NAME).ok_or(Error::Broken)?;
        let open = |locks: &[Lock]| {
            let lock = locks.iter().find(|lock| lock.name == name)?;
            Some(decrypted(&lock.cipher, owner, secret))
        };
        if let Some(opened) = open(&self.locks.read().unwrap_or_else(PoisonError::into_inner)) {
            return opened;
        }
        let fresh = read(&self.path).map_err(|_| Error::NoKey)?;
        let opened = open(&fresh).ok_or(Error::NoKey)?;
        *self.locks.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        opened
    }

    /// Which key locks from now on.
    pub fn name(&self) -> Vec<u8> {
        self.names().into_iter().next().unwrap_or_default()
    }

    /// The keys there are, the one that locks first.
    pub fn names(&self) -> Vec<Vec<u8>> {
        let locks = self.locks.read().unwrap_or_else(PoisonError::into_inner);
        locks.iter().map(|lock| lock.name.to_vec()).collect()
    }

    /// Puts a new key before all others, on disk before it locks anything.
    ///
    /// # Errors
    /// If the file cannot be written; then the old one stays as it is.
    pub fn renew(&self) -> io::Result<()> {
        let mut keys = vec![rand::random()];
        keys.extend(keys_in(&std::fs::read_to_string(&self.path)?)?);
        let fresh = self.path.with_extension("new");
        // left behind by a crash
        let _ = std::fs::remove_file(&fresh);
        write(&fresh, &keys)?;
        std::fs::rename(&fresh, &self.path)?;
        flush_folder(&self.path)?;
        *self.locks.write().unwrap_or_else(PoisonError::into_inner) = read(&self.path)?;
        Ok(())
    }
}

/// Something small of `owner` under a key that is its own: a random nonce sets it apart from all else under that key.
pub fn shut(key: &[u8; KEY], owner: Uuid, secret: &[u8]) -> Vec<u8> {
    encrypted(&XChaCha20Poly1305::new(&(*key).into()), owner, secret)
}

/// What [`shut`] has shut for this owner.
///
/// # Errors
/// If this is not what was shut.
pub fn opened(key: &[u8; KEY], owner: Uuid, secret: &[u8]) -> Result<Vec<u8>, Error> {
    decrypted(&XChaCha20Poly1305::new(&(*key).into()), owner, secret)
}

/// The nonce, and what is encrypted.
fn encrypted(cipher: &XChaCha20Poly1305, owner: Uuid, secret: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload { msg: secret, aad: owner.as_bytes() };
    // a secret is never so long that a cipher gives up
    let encrypted = cipher.encrypt(&nonce.into(), payload).unwrap_or_default();
    [&nonce[..], &encrypted].concat()
}

fn decrypted(cipher: &XChaCha20Poly1305, owner: Uuid, secret: &[u8]) -> Result<Vec<u8>, Error> {
    let (nonce, encrypted) = secret.split_at_checked(NONCE).ok_or(Error::Broken)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Error::Broken)?;
    let payload = Payload { msg: encrypted, aad: owner.as_bytes() };
    cipher.decrypt(&nonce.into(), payload).map_err(|_| Error::Broken)
}

/// Two servers may make it at once: the second one takes what the first has made.
fn make(path: &Path, keys: &[[u8; KEY]]) -> io::Result<()> {
    let draft = path.with_extension(Uuid::new_v4().to_string());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write(&draft, keys)?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => flush_folder(path),
    }
}

fn write(path: &Path, keys: &[[u8; KEY]]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    for key in keys {
        writeln!(file, "{}", BASE64.encode(key))?;
    }
    file.sync_all()
}

fn flush_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

fn read(path: &Path) -> io::Result<Vec<Lock>> {
    let locks = keys_in(&std::fs::read_to_string(path)?)?.into_iter().map(|key| {
        let mut name = [0; NAME];
        name.copy_from_slice(&Sha256::digest(key)[..NAME]);
        Lock { name, cipher: XChaCha20Poly1305::new(&key.into()) }
    });
    Ok(locks.collect())
}

fn keys_in(text: &str) -> io::Result<Vec<[u8; KEY]>> {
    let no_key = || io::Error::new(io::ErrorKind::InvalidData, "a line is no key: 32 bytes in base64");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Vec<[u8; KEY]> = lines
        .map(|line| BASE64.decode(line).ok().and_then(|key| key.try_into().ok()).ok_or_else(no_key))
        .collect::<io::Result<_>>()?;
    if keys.is_empty() { Err(no_key()) } else { Ok(keys) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> PathBuf {
        std::env::temp_dir().join(format!("stagiaire-keys-{}", Uuid::new_v4()))
    }

    #[test]
    fn a_secret_opens_for_its_owner_alone_and_not_if_it_was_changed() {
        let path = place();
        let vault = Vault::open(&path).unwrap();
        let (ana, joy) = (Uuid::new_v4(), Uuid::new_v4());
        let locked = vault.lock(ana, b"secret");
        assert!(!locked.windows(6).any(|window| window == b"secret"));
        assert_eq!(vault.unlock(ana, &locked).unwrap(), b"secret");
        assert!(matches!(vault.unlock(joy, &locked), Err(Error::Broken)));
        for place in NAME..locked.len() {
            let mut changed = locked.clone();
            changed[place] ^= 1;
            assert!(matches!(vault.unlock(ana, &changed), Err(Error::Broken)), "{place}");
        }
        for length in 0..locked.len() {
            assert!(vault.unlock(ana, &locked[..length]).is_err(), "{length}");
        }
        assert_ne!(vault.lock(ana, b"secret"), locked, "the same secret looks different each time");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_new_key_locks_and_the_old_one_still_opens_in_a_server_that_was_not_told() {
        let path = place();
        let (one, other) = (Vault::open(&path).unwrap(), Vault::open(&path).unwrap());
        let owner = Uuid::new_v4();
        let before = one.lock(owner, b"before");
        one.renew().unwrap();
        assert_ne!(one.name()[..], before[..NAME]);
        let after = one.lock(owner, b"after");
        for vault in [&one, &other, &Vault::open(&path).unwrap()] {
            assert_eq!(vault.unlock(owner, &before).unwrap(), b"before");
            assert_eq!(vault.unlock(owner, &after).unwrap(), b"after");
        }
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn the_file_of_keys_is_for_its_owner_and_holds_nothing_else() {
        use std::os::unix::fs::PermissionsExt;
        let path = place();
        let vault = Vault::open(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "# old\n\nshort\n").unwrap();
        assert!(Vault::open(&path).is_err());
        std::fs::write(&path, "").unwrap();
        assert!(Vault::open(&path).is_err(), "an empty file locks nothing");
        assert!(matches!(vault.unlock(Uuid::nil(), &[0; 60]), Err(Error::NoKey)));
        std::fs::remove_file(path).unwrap();
    }

    proptest::proptest! {
        #[test]
        fn only_what_was_locked_opens(secret in "\\PC{0,20}", chance: proptest::sample::Index, more in proptest::collection::vec(0u8.., 0..9)) {
            let path = place();
            let vault = Vault::open(&path).unwrap();
            std::fs::remove_file(&path).unwrap();
            let owner = Uuid::from_u128(1);
            let locked = vault.lock(owner, secret.as_bytes());
            assert_eq!(vault.unlock(owner, &locked).unwrap(), secret.as_bytes());
            let mut other = locked.clone();
            let at = chance.index(other.len());
            other.splice(at.., more);
            assert!(other == locked || vault.unlock(owner, &other).is_err());
        }
    }
}
