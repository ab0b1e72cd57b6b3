//! A candidate adds a document: streamed into the store, told by its content, never held whole in memory.

use super::{MOST_OF_A_KIND, Text, show};
use crate::db::Note;
use crate::domain::profile::DocumentKind;
use crate::files::{Files, LARGEST, Refused, Stored};
use crate::web::{Candidate, Error, Filled, Problem, Result, see_other};
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;

/// What is still read of a file that is too large, so that the browser gets to hear why it was refused.
pub const LARGEST_REQUEST: usize = 8 * LARGEST as usize;

/// What arrived, in the order of the form: the kind first, then the file.
struct Parcel {
    kind: DocumentKind,
    name: String,
    file: Result<Stored, Refused>,
}

/// Why a file was not taken, beside those of the store.
enum Unread {
    /// The line broke, or the browser sent something else than a form.
    CutOff(Option<DocumentKind>),
    /// There is more of it than is read even of a file that is too large.
    Endless(Option<DocumentKind>),
    Failed(Error),
}

impl Unread {
    fn after(kind: Option<DocumentKind>) -> impl Fn(MultipartError) -> Unread {
        move |error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Unread::Endless(kind),
            _ => Unread::CutOff(kind),
        }
    }
}

pub async fn add(me: Candidate, form: Result<Multipart, MultipartRejection>) -> Result<Response> {
    let form = form.map_err(|_| Error::Unreadable)?;
    let parcel = match receive(me.files(), form).await {
        Ok(parcel) => parcel,
        Err(Unread::CutOff(kind)) => return refuse(&me, kind, |t| t.cut_off()).await,
        Err(Unread::Endless(kind)) => return refuse(&me, kind, |t| t.too_large()).await,
        Err(Unread::Failed(error)) => return Err(error),
    };
    let kind = Some(parcel.kind);
    let stored = match parcel.file {
        Ok(stored) => stored,
        Err(Refused::Empty) if parcel.name.is_empty() => return refuse(&me, kind, |t| t.no_file()).await,
        Err(Refused::Empty) => return refuse(&me, kind, |t| t.empty()).await,
        Err(Refused::TooLarge) => return refuse(&me, kind, |t| t.too_large()).await,
        Err(Refused::WrongType) => return refuse(&me, kind, |t| t.wrong_type()).await,
        Err(Refused::Broken) => return refuse(&me, kind, |t| t.broken()).await,
        Err(Refused::Io(error)) => return Err(error.into()),
    };
    match keep(&me, parcel.kind, &parcel.name, stored).await? {
        Kept::New | Kept::Known => see_other(&format!("/profile/documents#{}-h", parcel.kind.code())),
        Kept::NoRoom => refuse(&me, kind, |t| t.full()).await,
    }
}

async fn receive(files: &Files, mut form: Multipart) -> Result<Parcel, Unread> {
    let mut kind = None;
    loop {
        let field = form.next_field().await.map_err(Unread::after(kind))?;
        let Some(field) = field else { return Err(Unread::Failed(Error::Unreadable)) };
        match (field.name(), kind) {
            (Some("kind"), _) => {
                let code = field.text().await.map_err(Unread::after(None))?;
                kind = DocumentKind::from_code(&code);
            }
            (Some("file"), Some(kind)) => {
                let name = tidy(field.file_name().unwrap_or_default());
                let file = store(files, field, kind).await?;
                return Ok(Parcel { kind, name, file });
            }
            _ => return Err(Unread::Failed(Error::Unreadable)),
        }
    }
}

/// Streams the file into the store. One that is refused is read to its end and forgotten.
async fn store(
    files: &Files,
    mut field: Field<'_>,
    kind: DocumentKind,
) -> Result<Result<Stored, Refused>, Unread> {
    let mut incoming = Some(files.receive().await.map_err(|e| Unread::Failed(e.into()))?);
    let mut refused = None;
    while let Some(piece) = field.chunk().await.map_err(Unread::after(Some(kind)))? {
        if let Some(file) = incoming.as_mut()
            && let Err(why) = file.write(&piece).await
        {
            refused = Some(why);
            incoming = None;
        }
    }
    match (refused, incoming) {
        (None, Some(file)) => Ok(file.finish().await),
        (why, _) => Ok(Err(why.unwrap_or(Refused::Empty))),
    }
}

enum Kept {
    New,
    /// The very same file is there already: a double click, or a second try on a slow line.
    Known,
    NoRoom,
}

/// Points a row to the file; without one, the file goes with `stored`.
async fn keep(me: &Candidate, kind: DocumentKind, name: &str, mut stored: Stored) -> Result<Kept> {
    let mut tx = me.begin().await?;
    let (owner, now) = (tx.actor(), tx.now());
    crate::profile::touch(&mut tx).await?;
    let there = sqlx::query!(
        r#"select count(*) as "of_this_kind!", coalesce(bool_or(sha256 = $3), false) as "known!"
           from document where person_id = $1 and kind = $2 and removed_at is null"#,
        owner.0,
        kind.code(),
        stored.sha256
    )
    .fetch_one(&mut *tx)
    .await?;
    if there.known {
        return Ok(Kept::Known);
    }
    if there.of_this_kind >= MOST_OF_A_KIND as i64 {
        return Ok(Kept::NoRoom);
    }
    sqlx::query!(
        "insert into document (id, person_id, kind, file_name, media_type, bytes, sha256, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        stored.id,
        owner.0,
        kind.code(),
        if name.is_empty() { "document" } else { name },
        stored.kind.media_type(),
        i64::try_from(stored.bytes).unwrap_or(i64::MAX),
        stored.sha256,
        now
    )
    .execute(&mut *tx)
    .await?;
    let done = tx.note(Note::DocumentAdded, stored.id, &[]).await?;
    stored.keep();
    tx.commit(done).await?;
    Ok(Kept::New)
}

async fn refuse(me: &Candidate, kind: Option<DocumentKind>, why: fn(Text) -> String) -> Result<Response> {
    let field = kind.unwrap_or(DocumentKind::Cv).code();
    let form = Filled::with((), vec![Problem::at(field, move |l| why(Text(l)))]);
    show(me, &mut me.begin().await?, form).await
}

/// The name as it is shown: without folders and control characters, and not endless. It is never a path.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim();
    match plain.char_indices().nth(200) {
        None => plain.to_owned(),
        Some(_) => plain.chars().take(199).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(tidy("C:\\Users\\Ana\\CV.pdf"), "CV.pdf");
        assert_eq!(tidy("../../etc/passwd"), "passwd");
        assert_eq!(tidy(" CV\u{0}\r\n Inés.pdf "), "CV Inés.pdf");
        assert_eq!(tidy(&"é".repeat(300)).chars().count(), 200);
    }
}
