//! The papers of a placement: what an intern has shown, and which days lack a cover.

use crate::db::Tx;
use crate::domain::onboarding::{Kind, Lacking, Shown, State, Trust, lacking};
use crate::domain::terms::{Cover, Stay};
use crate::files::Files;
use crate::scan::Scan;
use crate::web::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use uuid::Uuid;

/// A document that counts: another has not taken its place.
pub struct Document {
    pub id: Uuid,
    pub shown: Shown,
    pub file_name: String,
    pub bytes: i64,
    pub sent_on: NaiveDate,
    /// Why it was returned, if [`with_reasons`] was asked.
    pub reason: Option<String>,
    pub scan: Scan,
    /// Its file had its time and is no longer kept.
    pub is_past: bool,
}

struct Row {
    id: Uuid,
    kind: String,
    file_name: String,
    bytes: i64,
    submitted_at: DateTime<Utc>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    covers: Vec<String>,
    state: String,
    scan: String,
    is_past: bool,
}

impl Row {
    fn typed(self, zone: Tz) -> Result<Document> {
        Ok(Document {
            id: self.id,
            shown: typed(&self.kind, &self.state, (self.valid_from, self.valid_until), &self.covers)?,
            file_name: self.file_name,
            bytes: self.bytes,
            sent_on: self.submitted_at.with_timezone(&zone).date_naive(),
            reason: None,
            scan: Scan::from_code(&self.scan),
            is_past: self.is_past,
        })
    }
}

/// The documents of a placement that count, the oldest first. Whether the reader may have them is decided before.
///
/// # Errors
/// If the database fails.
pub async fn documents<R>(tx: &mut Tx<R>, placement: Uuid) -> Result<Vec<Document>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, kind, file_name, bytes, submitted_at, valid_from, valid_until, covers, state, scan,
               removed_at is not null as "is_past!"
           from onboarding_document where placement_id = $1 and state <> 'replaced' order by submitted_at, id"#,
        placement
    );
    let zone = tx.zone();
    rows.fetch_all(&mut **tx).await?.into_iter().map(|row| row.typed(zone)).collect()
}

/// The same as [`documents`], with why some were sent back.
///
/// # Errors
/// As [`reasons`].
pub async fn with_reasons<R>(tx: &mut Tx<R>, files: &Files, placement: Uuid) -> Result<Vec<Document>> {
    let mut documents = documents(tx, placement).await?;
    let mut reasons = reasons(tx, files, placement).await?;
    documents.iter_mut().for_each(|document| document.reason = reasons.remove(&document.id));
    Ok(documents)
}

/// Why documents of a placement were sent back, as far as the reader has the keys of their files; nobody says why of one
/// that was infected.
///
/// # Errors
/// If the database fails, or words are not what was shut.
pub async fn reasons<R>(tx: &mut Tx<R>, files: &Files, placement: Uuid) -> Result<HashMap<Uuid, String>> {
    let rows = sqlx::query!(
        "select id, reason, shut_reason from onboarding_document where placement_id = $1 and state = 'returned'",
        placement
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let ids: Vec<Uuid> = rows.iter().filter(|row| row.shut_reason.is_some()).map(|row| row.id).collect();
    let keys = files.sealed_all(tx, &ids).await?;
    let mut reasons = HashMap::new();
    for row in rows {
        let shut = keys.get(&row.id).zip(row.shut_reason);
        let words = match shut {
            Some((key, shut)) => {
                Some(key.opened_words(&shut).map_err(|error| sqlx::Error::Decode(error.into()))?)
            }
            None => row.reason,
        };
        reasons.extend(words.map(|words| (row.id, words)));
    }
    Ok(reasons)
}

/// What was shown for a placement and counts, for whoever settles one paper and may not have the others.
///
/// # Errors
/// If the database fails.
pub async fn shown<R>(tx: &mut Tx<R>, placement: Uuid) -> Result<Vec<Shown>> {
    let rows = sqlx::query!(
        r#"select kind as "kind!", state as "state!", valid_from, valid_until, covers as "covers!"
           from papers_that_count($1)"#,
        placement
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    rows.into_iter()
        .map(|row| typed(&row.kind, &row.state, (row.valid_from, row.valid_until), &row.covers))
        .collect()
}

fn typed(kind: &str, state: &str, (from, until): Days, covers: &[String]) -> Result<Shown> {
    Ok(Shown {
        kind: Kind::from_code(kind).ok_or(Error::Missing("a known kind"))?,
        state: State::from_code(state).ok_or(Error::Missing("a known state"))?,
        from,
        until,
        covers: covers.iter().filter_map(|code| Cover::from_code(code)).collect(),
    })
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// What a stay still lacks, by the documents there are.
pub fn lacks(stay: Stay, required: &[Cover], documents: &[Document], trust: Trust) -> Lacking {
    let shown: Vec<Shown> = documents.iter().map(|document| document.shown.clone()).collect();
    lacking(stay, required, &shown, trust)
}
