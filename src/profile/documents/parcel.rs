//! Files on their way into a profile: streamed into the store, then judged one by one. One that is refused takes
//! none of the others with it.

use super::Text;
use crate::domain::profile::DocumentKind;
use crate::files::{Files, LARGEST, Refused, Stored};
use crate::photo;
use crate::scan::{Scan, Scanner};
use crate::text::Lang;
use crate::web::{Error, Filled, Problem, Result};
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;

/// What is still read of files that are too large, so that the browser gets to hear why they were refused.
pub const LARGEST_REQUEST: usize = 8 * LARGEST as usize;

/// Why a file was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The form came without a file.
    NoFile,
    Empty,
    TooLarge,
    WrongType,
    Heic,
    Broken,
    TooManyPixels,
    /// The line broke, or the browser sent something else than a form.
    CutOff,
    Infected,
    /// There are enough of this kind.
    Full,
    /// All documents together are too large.
    NoRoom,
}

/// A file that was not taken; its name is empty where there is none.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub name: String,
    pub reason: Reason,
}

impl Refusal {
    /// The file's name and what can be done.
    fn say(&self, lang: &Lang) -> String {
        let why = self.why(lang);
        if self.name.is_empty() { why } else { Text(*lang).named(&self.name, why) }
    }

    /// What can be done.
    pub fn why(&self, lang: &Lang) -> String {
        let t = Text(*lang);
        match self.reason {
            Reason::NoFile => t.no_file(),
            Reason::Empty => t.empty(),
            Reason::TooLarge => t.too_large(),
            Reason::WrongType => t.wrong_type(),
            Reason::Heic => t.heic(),
            Reason::Broken => t.broken(),
            Reason::TooManyPixels => t.too_many_pixels(),
            Reason::CutOff => t.cut_off(),
            Reason::Infected => t.infected(),
            Reason::Full => t.full(),
            Reason::NoRoom => t.no_room(),
        }
    }
}

/// The form again, with everything that was refused at the field `at`.
pub fn refused(at: String, refusals: Vec<Refusal>) -> Filled<Vec<Refusal>> {
    let all = refusals.clone();
    let why = move |lang| match all.as_slice() {
        [one] => one.say(&lang),
        many => Text(lang).not_taken(many.len()),
    };
    Filled::with(refusals, vec![Problem::at(at, why)])
}

/// A file that can be kept.
pub struct Good {
    pub name: String,
    pub stored: Stored,
    /// Of a photo.
    pub thumbnail: Option<Vec<u8>>,
    pub scan: Scan,
}

/// A form with files, received and judged.
pub struct Parcel {
    pub kind: DocumentKind,
    pub good: Vec<Good>,
    pub refused: Vec<Refusal>,
}

/// Reads the kind, then its files, in the order of the form; no more than `most` of them are kept.
///
/// # Errors
/// If it is no such form, or our store fails.
pub async fn receive(
    (files, scanner): (&Files, &Scanner),
    form: Result<Multipart, MultipartRejection>,
    most: usize,
) -> Result<Parcel> {
    let (kind, arrived) = unpack(files, form.map_err(|_| Error::Unreadable)?, most).await?;
    let mut parcel = Parcel { kind, good: Vec::new(), refused: Vec::new() };
    for (name, file) in arrived {
        match judge(files, scanner, &name, file).await {
            // the same file chosen twice is kept once
            Ok(good) if parcel.good.iter().any(|other| other.stored.sha256 == good.stored.sha256) => {}
            Ok(good) => parcel.good.push(good),
            Err(No::Because(reason)) => parcel.refused.push(Refusal { name, reason }),
            Err(No::Fault(error)) => return Err(error),
        }
    }
    Ok(parcel)
}

enum No {
    Because(Reason),
    Fault(Error),
}

impl From<Refused> for No {
    fn from(refused: Refused) -> No {
        No::Because(match refused {
            Refused::Empty => Reason::Empty,
            Refused::TooLarge => Reason::TooLarge,
            Refused::WrongType => Reason::WrongType,
            Refused::Heic => Reason::Heic,
            Refused::Broken => Reason::Broken,
            Refused::TooManyPixels => Reason::TooManyPixels,
            Refused::Io(error) => return No::Fault(error.into()),
        })
    }
}

/// Photos are developed first: what is scanned is what is kept.
async fn judge(files: &Files, scanner: &Scanner, name: &str, file: Result<Stored, No>) -> Result<Good, No> {
    let raw = match file {
        Err(No::Because(Reason::Empty)) if name.is_empty() => return Err(No::Because(Reason::NoFile)),
        file => file?,
    };
    let (stored, thumbnail) = match raw.kind.is_image() {
        true => photo::develop(files, raw).await.map(|photo| (photo.stored, Some(photo.thumbnail)))?,
        false => (raw, None),
    };
    let read = files.read(stored.id).await.map_err(|error| No::Fault(error.into()))?;
    match scanner.look(read).await {
        Scan::Infected => Err(No::Because(Reason::Infected)),
        scan => Ok(Good { name: name.to_owned(), stored, thumbnail, scan }),
    }
}

type Arrived = Vec<(String, Result<Stored, No>)>;

/// Takes what arrives until the end of the form, or until the line breaks: what was whole by then stays.
async fn unpack(files: &Files, mut form: Multipart, most: usize) -> Result<(DocumentKind, Arrived)> {
    let kind = match form.next_field().await {
        Ok(Some(field)) if field.name() == Some("kind") => {
            field.text().await.map_err(|_| Error::Unreadable)?
        }
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Err(Error::TooLarge),
        _ => return Err(Error::Unreadable),
    };
    let kind = DocumentKind::from_code(&kind).ok_or(Error::Unreadable)?;
    let mut arrived = Arrived::new();
    loop {
        match form.next_field().await {
            Ok(Some(field)) if field.name() == Some("file") => {
                let name = tidy(field.file_name().unwrap_or_default());
                let room = arrived.iter().filter(|(_, file)| file.is_ok()).count() < most;
                let (file, is_over) = store(files, field, room).await;
                arrived.push((name, file));
                if is_over {
                    return Ok((kind, arrived));
                }
            }
            Ok(None) if !arrived.is_empty() => return Ok((kind, arrived)),
            Ok(_) => return Err(Error::Unreadable),
            Err(error) => {
                arrived.push((String::new(), Err(cut_off(&error))));
                return Ok((kind, arrived));
            }
        }
    }
}

/// Streams a file into the store, and tells whether the form ended with it before its time. A file that is refused
/// is read to its end and forgotten.
async fn store(files: &Files, mut field: Field<'_>, room: bool) -> (Result<Stored, No>, bool) {
    let mut incoming = match room {
        true => files.receive().await.map_err(|error| No::Fault(error.into())),
        false => Err(No::Because(Reason::Full)),
    };
    loop {
        match (field.chunk().await, &mut incoming) {
            (Ok(Some(piece)), Ok(file)) => {
                if let Err(refused) = file.write(&piece).await {
                    incoming = Err(refused.into());
                }
            }
            (Ok(Some(_)), Err(_)) => {}
            (Ok(None), _) => break,
            (Err(error), _) => return (Err(cut_off(&error)), true),
        }
    }
    match incoming {
        Ok(file) => (file.finish().await.map_err(No::from), false),
        Err(no) => (Err(no), false),
    }
}

fn cut_off(error: &MultipartError) -> No {
    No::Because(match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Reason::TooLarge,
        _ => Reason::CutOff,
    })
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
