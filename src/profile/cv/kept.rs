//! The made CV among the documents: a file like any other, so that whoever reads the profile reads this very file.

use super::Cv;
use crate::db::{Done, Note, Tx};
use crate::files::{Files, Stored};
use crate::pdf;
use crate::text::Lang;
use crate::web::{Candidate, Error, Result};

/// A CV that is in the store and has its row; the file goes again unless it is kept.
pub struct Made {
    pub file: Stored,
    pub done: Done,
}

/// The language of the made CV in my profile, if there is one.
pub async fn used(tx: &mut Tx<Candidate>) -> Result<Option<Lang>> {
    let me = tx.actor();
    let code = sqlx::query_scalar!(
        r#"select made_in as "made_in!" from document
           where person_id = $1 and made_in is not null and removed_at is null"#,
        me.0
    );
    Ok(code.fetch_optional(&mut **tx).await?.as_deref().and_then(Lang::from_code))
}

/// Puts the CV in the place of the one that was made before.
pub async fn make(tx: &mut Tx<Candidate>, files: &Files, cv: &Cv, lang: Lang) -> Result<Made> {
    let (me, now) = (tx.actor(), tx.now());
    let pdf = pdf::print(cv.document(lang, tx.today())).await.map_err(std::io::Error::other)?;
    let file = files.put(&pdf).await.map_err(|refused| Error::Files(std::io::Error::other(refused)))?;
    retire(tx).await?;
    sqlx::query!(
        "insert into document (id, person_id, kind, file_name, media_type, bytes, sha256, uploaded_at, made_in)
         values ($1, $2, 'cv', $3, $4, $5, $6, $7, $8)",
        file.id,
        me.0,
        cv.file_name(),
        file.kind.media_type(),
        i64::try_from(file.bytes).unwrap_or(i64::MAX),
        file.sha256,
        now,
        lang.code()
    )
    .execute(&mut **tx)
    .await?;
    let done = tx.note(Note::DocumentAdded, file.id, &[]).await?;
    Ok(Made { file, done })
}

/// Takes the made CV out of the profile, so that an uploaded one counts.
pub async fn remove(tx: &mut Tx<Candidate>) -> Result<Done> {
    super::super::touch(tx).await?;
    let id = retire(tx).await?.ok_or(Error::NotFound)?;
    Ok(tx.note(Note::DocumentRemoved, id, &[]).await?)
}

async fn retire(tx: &mut Tx<Candidate>) -> Result<Option<uuid::Uuid>> {
    let (me, now) = (tx.actor(), tx.now());
    let old = sqlx::query_scalar!(
        "update document set removed_at = $2
         where person_id = $1 and made_in is not null and removed_at is null returning id",
        me.0,
        now
    );
    Ok(old.fetch_optional(&mut **tx).await?)
}

/// Before a release: a made CV that is older than what it was made from is made anew. To be called with the
/// profile held; the file is to be kept with the commit.
pub async fn refresh(tx: &mut Tx<Candidate>, files: &Files) -> Result<Option<Stored>> {
    let me = tx.actor();
    let stale = sqlx::query_scalar!(
        r#"select made_in as "made_in!" from document d
           where person_id = $1 and made_in is not null and removed_at is null and exists (
               select from profile_section s where s.person_id = d.person_id and s.saved_at > d.uploaded_at
                   and s.section in ('about', 'education', 'experience', 'languages'))"#,
        me.0
    );
    let Some(lang) = stale.fetch_optional(&mut **tx).await?.as_deref().and_then(Lang::from_code) else {
        return Ok(None);
    };
    let Some(cv) = Cv::load(tx).await? else { return Ok(None) };
    Ok(Some(make(tx, files, &cv, lang).await?.file))
}
