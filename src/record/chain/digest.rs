//! What is digested, byte by byte. Changing anything here breaks the chain of every installation.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What the first link follows.
pub const BEGINNING: [u8; 32] = [0; 32];

/// Says what the digest is of, so that no other digest of ours can be taken for it.
const OF_AN_EVENT: &[u8] = b"stagiaire audit event 1";

/// One line of the record, as the database keeps it.
pub struct Event {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub actor_id: Option<Uuid>,
    pub actor_role: String,
    pub subject: String,
    pub subject_id: Uuid,
    pub version: Option<i32>,
    pub action: String,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub reason: Option<String>,
    /// `jsonb` as text: PostgreSQL writes equal values alike.
    pub facts: String,
}

/// A reason stands in the content by a digest that nobody can guess words from once the salt is gone.
pub struct Reason {
    pub digest: Vec<u8>,
    pub salt: Vec<u8>,
}

impl Reason {
    pub fn seal(words: &str) -> Reason {
        let salt: [u8; 16] = rand::random();
        Reason { digest: Self::digest(&salt, words), salt: salt.to_vec() }
    }

    pub fn digest(salt: &[u8], words: &str) -> Vec<u8> {
        Sha256::new().chain_update(salt).chain_update(words).finalize().to_vec()
    }
}

impl Event {
    /// SHA-256 of every column, each with its length before it: no two events have the same bytes.
    pub fn content(&self, reason_digest: Option<&[u8]>) -> Vec<u8> {
        let version = self.version.map(i32::to_be_bytes);
        let columns: [Option<&[u8]>; 12] = [
            Some(&self.id.to_be_bytes()),
            Some(&self.at.timestamp_micros().to_be_bytes()),
            self.actor_id.as_ref().map(|id| id.as_bytes().as_slice()),
            Some(self.actor_role.as_bytes()),
            Some(self.subject.as_bytes()),
            Some(self.subject_id.as_bytes()),
            version.as_ref().map(<[u8; 4]>::as_slice),
            Some(self.action.as_bytes()),
            self.from_state.as_deref().map(str::as_bytes),
            self.to_state.as_deref().map(str::as_bytes),
            reason_digest,
            Some(self.facts.as_bytes()),
        ];
        let mut digest = Sha256::new().chain_update(OF_AN_EVENT);
        for column in columns {
            match column {
                None => digest.update([0]),
                Some(bytes) => {
                    digest.update([1]);
                    digest.update((bytes.len() as u64).to_be_bytes());
                    digest.update(bytes);
                }
            }
        }
        digest.finalize().to_vec()
    }
}

/// The hash of a link: of the hash before it and of the event's content.
pub fn link(before: &[u8], content: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(before).chain_update(content).finalize().to_vec()
}
