//! Rows for files that can be kept, as long as there is room.

use super::parcel::{Good, Parcel, Reason, Refusal};
use crate::db::{Done, Note, Tx};
use crate::files::Files;
use crate::web::{Candidate, Result};

/// So many of one kind are enough; with four kinds, twenty in all.
pub const MOST_OF_A_KIND: usize = 5;
/// All documents of a profile together, in bytes.
pub const LARGEST_TOTAL: i64 = 60 * 1024 * 1024;

/// Points rows to the files of a parcel, and adds those without room to the refused ones. A file that is there
/// already stays as it is: a double click, or a second try on a slow line. `None`: nothing changed.
///
/// Whoever changes documents holds the profile until the commit, so two tabs do not fill the same room.
pub async fn keep(tx: &mut Tx<Candidate>, files: &Files, parcel: &mut Parcel) -> Result<Option<Done>> {
    crate::profile::touch(tx).await?;
    let mut done = None;
    let infected = parcel.refused.iter().filter(|refusal| refusal.reason == Reason::Infected).count();
    for _ in 0..infected {
        // the file is gone; the record knows that there was one
        let event = tx.note(Note::DocumentInfected, uuid::Uuid::now_v7(), &[]).await?;
        done = Done::either(done, Some(event));
    }
    let mut chosen = choose(tx, parcel).await?;
    insert(tx, parcel, &chosen).await?;
    crate::profile::unreleased::remember(tx).await?;
    for good in &mut chosen {
        let event = tx.note(Note::DocumentAdded, good.stored.id, &[]).await?;
        done = Done::either(done, Some(event));
    }
    let mut stored: Vec<_> = chosen.iter_mut().map(|good| &mut good.stored).collect();
    if !stored.is_empty() {
        files.keep_all(tx, &mut stored).await?;
    }
    Ok(done)
}

/// The good files that are new and have room.
async fn choose(tx: &mut Tx<Candidate>, parcel: &mut Parcel) -> Result<Vec<Good>> {
    let there = sqlx::query!(
        "select kind, sha256, bytes from document where person_id = $1 and removed_at is null",
        tx.actor().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut total: i64 = there.iter().map(|row| row.bytes).sum();
    let of_kind: Vec<_> = there.into_iter().filter(|row| row.kind == parcel.kind.code()).collect();
    let mut chosen: Vec<Good> = Vec::new();
    for good in parcel.good.drain(..) {
        if of_kind.iter().any(|row| row.sha256 == good.stored.sha256) {
            continue;
        }
        let bytes = size(&good);
        let reason = match () {
            () if of_kind.len() + chosen.len() >= MOST_OF_A_KIND => Reason::Full,
            () if total + bytes > LARGEST_TOTAL => Reason::NoRoom,
            () => {
                total += bytes;
                chosen.push(good);
                continue;
            }
        };
        parcel.refused.push(Refusal { name: good.name, reason });
    }
    Ok(chosen)
}

fn size(good: &Good) -> i64 {
    i64::try_from(good.stored.bytes).unwrap_or(i64::MAX)
}

async fn insert(tx: &mut Tx<Candidate>, parcel: &Parcel, chosen: &[Good]) -> Result<()> {
    let (owner, now) = (tx.actor(), tx.now());
    let column = |of: fn(&Good) -> String| chosen.iter().map(of).collect::<Vec<_>>();
    let names = column(|good| if good.name.is_empty() { "document".to_owned() } else { good.name.clone() });
    let media_types = column(|good| good.stored.kind.media_type().to_owned());
    let scans = column(|good| good.scan.code().to_owned());
    let ids: Vec<_> = chosen.iter().map(|good| good.stored.id).collect();
    let sizes: Vec<_> = chosen.iter().map(size).collect();
    let hashes: Vec<_> = chosen.iter().map(|good| good.stored.sha256.clone()).collect();
    let small = |good: &Good| good.stored.sealed().shut(good.thumbnail.as_deref()?);
    let thumbnails: Vec<_> = chosen.iter().map(small).collect();
    sqlx::query!(
        "insert into document
             (id, person_id, kind, file_name, media_type, bytes, sha256, scan, thumbnail, uploaded_at)
         select id, $1, $2, file_name, media_type, bytes, sha256, scan, thumbnail, $3
         from unnest($4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bytea[], $9::text[], $10::bytea[])
             as new (id, file_name, media_type, bytes, sha256, scan, thumbnail)",
        owner.0,
        parcel.kind.code(),
        now,
        &ids,
        &names,
        &media_types,
        &sizes,
        &hashes,
        &scans,
        &thumbnails as &[Option<Vec<u8>>]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
