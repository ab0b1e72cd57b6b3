//! Goes through the whole chain and names the first link that does not hold. Page by page: whatever its length, it
//! takes the memory of a page, and no statement runs for long.

use super::digest::{self, Event, Reason};
use crate::db::{Db, Result};
use std::fmt;
use std::str::FromStr;

const PAGE: i64 = 2000;

/// A point of the chain: written down elsewhere, it shows later whether the chain was cut or made anew since.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    pub position: i64,
    pub hash: Vec<u8>,
}

/// `48302:` and the hash in hexadecimal.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.position)?;
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Head, Self::Err> {
        const SHAPE: &str = "it must be a position, a colon and 64 hexadecimal digits";
        let (position, hash) = text.trim().split_once(':').ok_or(SHAPE)?;
        let position = position.parse().map_err(|_| SHAPE)?;
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(SHAPE);
        }
        let byte = |at: usize| hash.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
        let hash = (0..64).step_by(2).map(byte).collect::<Option<_>>().ok_or(SHAPE)?;
        Ok(Head { position, hash })
    }
}

/// A chain that holds.
#[derive(Debug)]
pub struct Whole {
    /// Where it ends; `None`: nothing is sealed yet.
    pub head: Option<Head>,
    /// Events that were committed a moment ago.
    pub waiting: i64,
}

/// The first thing that is wrong with the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Broken {
    /// No link has this position, or its event is gone, but the chain goes on.
    Gap { position: i64 },
    /// The event is not what was sealed.
    Changed { position: i64, event: i64 },
    /// The link does not follow from the one before.
    Unlinked { position: i64, event: i64 },
    /// The reason is gone, but nobody whom it could be about was erased.
    Blanked { position: i64, event: i64 },
    /// The event is neither sealed nor waits for it.
    Unsealed { event: i64 },
    /// The chain does not pass through the point that was written down.
    NotThrough { known: Head },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Gap { position } => write!(f, "link {position} is missing, or its event is"),
            Broken::Changed { position, event } => {
                write!(f, "event {event} (link {position}) is not what was sealed")
            }
            Broken::Unlinked { position, event } => {
                write!(f, "link {position} (event {event}) does not follow from the link before it")
            }
            Broken::Blanked { position, event } => {
                write!(f, "the reason of event {event} (link {position}) is gone, but nobody was erased")
            }
            Broken::Unsealed { event } => {
                write!(f, "event {event} was never sealed and does not wait for it")
            }
            Broken::NotThrough { known } => write!(f, "the chain does not pass through {known}"),
        }
    }
}

/// Verifies the whole chain, and that it passes through a point `known` from elsewhere.
///
/// # Errors
/// If the database fails. A broken chain is an answer, not an error.
pub async fn whole(db: &Db, known: Option<&Head>) -> Result<Result<Whole, Broken>> {
    let (mut position, mut hash) = (0, digest::BEGINNING.to_vec());
    let mut passed = known.is_none();
    loop {
        let page = links(db, position).await?;
        for link in &page {
            position += 1;
            if let Some(broken) = link.fault(position, &hash) {
                return Ok(Err(broken));
            }
            hash.clone_from(&link.hash);
            passed |= known.is_some_and(|known| known.position == position && known.hash == hash);
        }
        // more may be sealed meanwhile: the chain ends where nothing follows
        if page.is_empty() {
            break;
        }
    }
    let lost = sqlx::query_scalar!(
        "select position from audit_link l where position > $1
             and not exists (select from audit_event e where e.id = l.event_id) limit 1",
        position
    );
    if lost.fetch_optional(&mut *db.conn().await?).await?.is_some() {
        return Ok(Err(Broken::Gap { position: position + 1 }));
    }
    if let Some(event) = unsealed(db).await? {
        return Ok(Err(Broken::Unsealed { event }));
    }
    if let Some(known) = known.filter(|_| !passed) {
        return Ok(Err(Broken::NotThrough { known: known.clone() }));
    }
    let waiting = sqlx::query_scalar!(r#"select count(*) as "waiting!" from audit_unsealed"#);
    let waiting = waiting.fetch_one(&mut *db.conn().await?).await?;
    Ok(Ok(Whole { head: (position > 0).then_some(Head { position, hash }), waiting }))
}

struct Link {
    position: i64,
    content: Vec<u8>,
    hash: Vec<u8>,
    reason_digest: Option<Vec<u8>>,
    reason_salt: Option<Vec<u8>>,
    /// Somebody whom the reason is by or about was erased.
    may_be_blank: bool,
    event: Event,
}

impl Link {
    fn fault(&self, position: i64, before: &[u8]) -> Option<Broken> {
        let event = self.event.id;
        if self.position != position {
            return Some(Broken::Gap { position });
        }
        if digest::link(before, &self.content) != self.hash {
            return Some(Broken::Unlinked { position, event });
        }
        if self.event.content(self.reason_digest.as_deref()) != self.content {
            return Some(Broken::Changed { position, event });
        }
        let holds = match (&self.event.reason, &self.reason_digest, &self.reason_salt) {
            (None, None, _) => true,
            (None, Some(_), _) if !self.may_be_blank => return Some(Broken::Blanked { position, event }),
            (None, Some(_), _) => true,
            (Some(words), Some(digest), Some(salt)) => Reason::digest(salt, words) == *digest,
            (Some(_), _, _) => false,
        };
        (!holds).then_some(Broken::Changed { position, event })
    }
}

/// The links after a position.
async fn links(db: &Db, after: i64) -> Result<Vec<Link>> {
    let rows = sqlx::query!(
        r#"select l.position, l.content, l.hash, l.reason_digest, l.reason_salt,
               e.id, e.at, e.actor_id, e.actor_role, e.subject, e.subject_id, e.version, e.action, e.from_state,
               e.to_state, e.reason, e.facts::text as "facts!",
               (e.reason is null and l.reason_digest is not null and exists (
                   select from person p where p.erased_at is not null and p.id in (
                       e.actor_id,
                       (select candidate_id from application where id = e.subject_id),
                       (select a.candidate_id from placement t join application a on a.id = t.application_id
                        where t.id = e.subject_id)))) as "may_be_blank!"
           from audit_link l join audit_event e on e.id = l.event_id
           where l.position > $1 order by l.position limit $2"#,
        after,
        PAGE
    );
    let links = rows.fetch_all(&mut *db.conn().await?).await?.into_iter().map(|row| Link {
        position: row.position,
        content: row.content,
        hash: row.hash,
        reason_digest: row.reason_digest,
        reason_salt: row.reason_salt,
        may_be_blank: row.may_be_blank,
        event: Event {
            id: row.id,
            at: row.at,
            actor_id: row.actor_id,
            actor_role: row.actor_role,
            subject: row.subject,
            subject_id: row.subject_id,
            version: row.version,
            action: row.action,
            from_state: row.from_state,
            to_state: row.to_state,
            reason: row.reason,
            facts: row.facts,
        },
    });
    Ok(links.collect())
}

/// The first event that is neither sealed nor waits.
async fn unsealed(db: &Db) -> Result<Option<i64>> {
    let mut after = 0;
    loop {
        let page = sqlx::query!(
            r#"select e.id, (l.event_id is null and u.event_id is null) as "lost!"
               from (select id from audit_event where id > $1 order by id limit $2) e
               left join audit_link l on l.event_id = e.id left join audit_unsealed u on u.event_id = e.id
               order by e.id"#,
            after,
            PAGE
        );
        let page = page.fetch_all(&mut *db.conn().await?).await?;
        if let Some(lost) = page.iter().find(|row| row.lost) {
            return Ok(Some(lost.id));
        }
        match page.last() {
            Some(last) => after = last.id,
            None => return Ok(None),
        }
    }
}
