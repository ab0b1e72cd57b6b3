//! Malware is found in a paper after it was sent: it comes back to the intern by itself, like one that Human Resources
//! or the medical officer send back.

use super::happened;
use crate::cases;
use crate::db::{Done, Note, Tx};
use crate::domain::onboarding::{Kind, OnDocument};
use crate::system::System;
use crate::web::{Error, Result};
use uuid::Uuid;

/// Marks a paper, and where it still counts for something to come, sends it back and tells the intern. `None`: there is
/// none of that id, or it was known to be infected.
///
/// # Errors
/// If the database fails.
pub async fn take_away(tx: &mut Tx<System>, id: Uuid) -> Result<Option<Done>> {
    let placement = sqlx::query_scalar!("select placement_id from onboarding_document where id = $1", id);
    let Some(placement) = placement.fetch_optional(&mut **tx).await? else { return Ok(None) };
    // as whoever decides on a paper does: nobody accepts it meanwhile
    cases::hold_placement(tx, placement).await?;
    let marked = sqlx::query!(
        r#"update onboarding_document d set scan = 'infected',
               state = case when o.counts then 'returned' else d.state end,
               reason = case when o.counts then null else d.reason end,
               shut_reason = case when o.counts then null else d.shut_reason end
           from (select p.id as placement, d.id as document, d.state <> 'replaced' and (
                     p.state in ('accepted', 'ready') or p.state = 'started' and d.kind = 'insurance'
                         and exists (select from extension x where x.placement_id = p.id and x.is_open)) as counts
                 from onboarding_document d join placement p on p.id = d.placement_id where d.id = $1) o
           where d.id = o.document and d.scan = 'not_scanned'
           returning d.kind, o.counts as "counts!""#,
        id
    );
    let Some(marked) = marked.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let of_the_file = tx.note(Note::DocumentInfected, id, &[]).await?;
    if !marked.counts {
        return Ok(Some(of_the_file));
    }
    let kind = Kind::from_code(&marked.kind).ok_or(Error::Missing("a known kind"))?;
    Ok(Some(of_the_file.and(happened(tx, placement, OnDocument::Return, kind).await?)))
}
