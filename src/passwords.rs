//! Passwords: argon2id with the parameters of the OWASP password storage cheat sheet, off the async threads.

pub mod strength;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

/// m = 19 MiB, t = 2, p = 1.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Each hash takes 19 MiB and a core: so many run at once, the others wait.
const AT_ONCE: usize = 4;
/// Longer passwords are refused before hashing, so that nobody makes us hash a book.
pub const LONGEST: usize = 200;
pub const SHORTEST: usize = 12;

/// Hashes and verifies, a few at a time.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    computed: Arc<AtomicUsize>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    pub fn new() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), computed: Arc::default() }
    }

    /// How many hashes were computed so far: what an answer costs, without a clock.
    pub fn computed(&self) -> usize {
        self.computed.load(Ordering::Relaxed)
    }

    /// The PHC string to store; `None` only if the machine has no memory or randomness left.
    pub async fn hash(&self, password: String) -> Option<String> {
        self.in_turn(move || hash_now(&password)).await.flatten()
    }

    /// Whether the password is right. Without a stored hash the same work is done, and the answer is no:
    /// the time taken does not tell whether an account exists.
    pub async fn verify(&self, password: String, stored: Option<String>) -> bool {
        let verified = self.in_turn(move || match stored {
            Some(stored) => match argon2::PasswordHash::new(&stored) {
                Ok(stored) => {
                    hasher().is_some_and(|h| h.verify_password(password.as_bytes(), &stored).is_ok())
                }
                Err(_) => false,
            },
            None => {
                let _same_work = hash_now(&password);
                false
            }
        });
        verified.await.unwrap_or(false)
    }

    /// Computes when it is its turn. The turn lasts as long as the computing, although whoever asked may have hung up.
    async fn in_turn<T: Send + 'static>(&self, compute: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = self.turns.clone().acquire_owned().await.ok()?;
        self.computed.fetch_add(1, Ordering::Relaxed);
        let computed = tokio::task::spawn_blocking(move || {
            let _until_done = turn;
            compute()
        });
        computed.await.ok()
    }
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// For the command line and the demonstration people: blocks while it works.
pub fn hash_now(password: &str) -> Option<String> {
    hasher()?.hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_no_other() {
        let passwords = Passwords::new();
        let stored = passwords.hash("correct horse battery".into()).await;
        assert!(stored.as_ref().unwrap().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify("correct horse battery".into(), stored.clone()).await);
        assert!(!passwords.verify("correct horse battery ".into(), stored).await);
        assert!(!passwords.verify("correct horse battery".into(), None).await);
    }

    #[tokio::test]
    async fn whoever_hangs_up_gives_their_turn_away_only_when_it_is_over() {
        let passwords = Passwords::new();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let held = Arc::new(std::sync::Mutex::new(held));
        for _ in 0..AT_ONCE {
            let held = held.clone();
            let asked =
                passwords.in_turn(move || held.lock().map(|held| held.recv().is_ok()).unwrap_or(false));
            // the reader is gone while it is computed
            assert!(tokio::time::timeout(std::time::Duration::from_millis(20), asked).await.is_err());
        }
        assert_eq!(passwords.turns.available_permits(), 0);
        (0..AT_ONCE).for_each(|_| release.send(()).unwrap());
        assert_eq!(passwords.in_turn(|| 7).await, Some(7));
    }
}
