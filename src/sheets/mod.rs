//! Tables on their way out, as CSV or XLSX. They are written while their rows are read and sent while they are written,
//! so that memory does not grow with them.

mod csv;
mod xlsx;

use crate::db::{Note, Tx};
use crate::web::{self, Error};
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use futures_util::stream::{self, BoxStream, StreamExt};
use rust_decimal::Decimal;
use std::future::ready;
use tokio::io::DuplexStream;
use tokio_util::io::ReaderStream;

/// What lies ready for a slow line.
const BUFFER: usize = 64 * 1024;
/// Rows that are read at a time.
pub const PAGE: usize = 500;

/// As the end of an address names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RFC 4180 in UTF-8, with the mark by which spreadsheets know it.
    Csv,
    /// Office Open XML (ISO/IEC 29500).
    Xlsx,
}

impl Format {
    fn code(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    Text(String),
    Number(Decimal),
    Day(NaiveDate),
    /// By the clock of the organisation.
    Moment(NaiveDateTime),
    Empty,
}

pub type Row = Vec<Cell>;

impl Cell {
    /// By the clock of `zone`, the organisation's.
    pub fn moment(at: DateTime<Utc>, zone: Tz) -> Cell {
        Cell::Moment(at.with_timezone(&zone).naive_local())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}
impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Number(number.into())
    }
}
impl From<i32> for Cell {
    fn from(number: i32) -> Cell {
        Cell::Number(number.into())
    }
}
impl From<u32> for Cell {
    fn from(number: u32) -> Cell {
        Cell::Number(number.into())
    }
}
impl From<i16> for Cell {
    fn from(number: i16) -> Cell {
        Cell::Number(number.into())
    }
}
impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Cell {
        Cell::Number(number)
    }
}
impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Cell {
        Cell::Day(day)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::Empty, Into::into)
    }
}

/// Why a table ended before its end.
#[derive(Debug, thiserror::Error)]
enum Unfinished {
    #[error("rows: {0}")]
    Rows(#[from] Error),
    #[error("line: {0}")]
    Io(#[from] std::io::Error),
    #[error("archive: {0}")]
    Zip(#[from] async_zip::error::ZipError),
}

type Pages = BoxStream<'static, web::Result<Vec<Row>>>;

/// Rows page by page: `next` reads a page from where the one before ended, and says where it ends itself, if not at
/// the end. Each page is a short query of its own, so that a slow line holds no connection.
pub fn pages<P, F>(first: P, next: impl Fn(P) -> F + Send + 'static) -> Pages
where
    P: Send + 'static,
    F: Future<Output = web::Result<(Vec<Row>, Option<P>)>> + Send + 'static,
{
    let read = move |place: Option<P>| {
        let page = place.map(&next);
        async move {
            match page {
                Some(page) => page.await.map(Some),
                None => Ok(None),
            }
        }
    };
    stream::try_unfold(Some(first), read).boxed()
}

/// As many lines as were found, [`PAGE`] at most, as rows, and the place where they end, if not at the end.
pub fn page<T, P>(lines: Vec<T>, place: impl Fn(&T) -> P, row: impl Fn(T) -> Row) -> (Vec<Row>, Option<P>) {
    let end = lines.get(PAGE - 1).map(place);
    (lines.into_iter().map(row).collect(), end)
}

/// All rows at once, for what is small by its nature.
pub fn whole(rows: Vec<Row>) -> Pages {
    stream::iter([Ok(rows)]).boxed()
}

/// A list of that name as a file: the record says first that whoever acts takes it out.
///
/// # Errors
/// If nobody is signed in, or the database fails.
pub async fn download<R>(
    mut tx: Tx<R>,
    format: Format,
    list: &'static str,
    heads: Vec<String>,
    pages: Pages,
) -> web::Result<Response> {
    let who = tx.signature().person.ok_or(Error::Forbidden)?;
    let done = tx.note(Note::Exported(list), who.0, &[]).await?;
    tx.commit(done).await?;
    Ok(file(format, list, heads, pages))
}

/// The table as a file of that name. A table that cannot be finished breaks off, so that nobody takes it for whole.
pub fn file(format: Format, name: &str, heads: Vec<String>, pages: Pages) -> Response {
    let (into, out) = tokio::io::duplex(BUFFER);
    let written = tokio::spawn(write(format, into, heads, pages));
    let ended = stream::once(written).filter_map(|ended| {
        let whole = matches!(ended, Ok(Ok(())));
        if let Ok(Err(error)) = ended {
            tracing::warn!(%error, "a table was not finished");
        }
        ready((!whole).then(|| Err(std::io::Error::other("the table was not finished"))))
    });
    let mut response = Body::from_stream(ReaderStream::new(out).chain(ended)).into_response();
    let headers = response.headers_mut();
    let named = format!("attachment; filename=\"{name}.{}\"", format.code());
    let unnamed = HeaderValue::from_static("attachment");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&named).unwrap_or(unnamed));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

async fn write(
    format: Format,
    into: DuplexStream,
    heads: Vec<String>,
    pages: Pages,
) -> Result<(), Unfinished> {
    match format {
        Format::Csv => csv::write(into, &heads, pages).await,
        Format::Xlsx => xlsx::write(into, &heads, pages).await,
    }
}

/// What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"). Spaces before it
/// do not hide it, for some programs drop them.
fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'));
    match begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    async fn made(format: Format, pages: Pages) -> Result<Vec<u8>, axum::Error> {
        let response = file(format, "list", vec!["Name".into(), "Age, \"years\"".into()], pages);
        Ok(to_bytes(response.into_body(), usize::MAX).await?.to_vec())
    }

    fn row(text: &str, number: i64) -> Row {
        vec![text.into(), number.into()]
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for text in ["=1+1", "+41", "-2", "@SUM(A1)", "＝1", "＋1", "－1", "＠SUM(A1)"] {
            for before in ["", " ", "  ", "\u{a0}", "\t", "\r", "\n", " \t"] {
                let text = format!("{before}{text}");
                assert_eq!(harmless(&text), format!("'{text}"));
            }
        }
        for text in ["", "Ana", " Ana", "a=1", "—", "1-2", "'=1"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[tokio::test]
    async fn a_csv_is_quoted_and_has_no_formulas() {
        let rows = vec![row("=HYPERLINK(\"x\")", -3), row("Ana\r\nBeltrán; Ríos", 30)];
        let day = vec![NaiveDate::from_ymd_opt(2027, 2, 1).into(), Cell::Empty];
        let csv = made(Format::Csv, whole([rows, vec![day]].concat())).await.unwrap();
        assert_eq!(
            String::from_utf8(csv).unwrap(),
            "\u{feff}Name,\"Age, \"\"years\"\"\"\r\n\"'=HYPERLINK(\"\"x\"\")\",-3\r\n\
             \"Ana\r\nBeltrán; Ríos\",30\r\n2027-02-01,\r\n"
        );
    }

    #[test]
    fn a_page_says_where_it_ends_if_more_may_follow() {
        for (found, end) in [(0, None), (PAGE - 1, None), (PAGE, Some(PAGE))] {
            let lines: Vec<usize> = (1..=found).collect();
            let (rows, place) = page(lines, |last| *last, |_| row("Ana", 1));
            assert_eq!((rows.len(), place), (found, end));
        }
    }

    #[tokio::test]
    async fn a_table_that_cannot_be_finished_is_no_whole_file() {
        for format in [Format::Csv, Format::Xlsx] {
            let broken = stream::iter([Ok(vec![row("Ana", 1)]), Err(Error::Conflict)]).boxed();
            assert!(made(format, broken).await.is_err(), "{format:?}");
        }
    }

    /// A page is read when the one before is nearly sent: nothing piles up.
    #[tokio::test]
    async fn rows_are_read_no_faster_than_they_are_sent() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static READ: AtomicUsize = AtomicUsize::new(0);
        let endless = pages(0, |n: i64| async move {
            READ.fetch_add(1, Ordering::SeqCst);
            Ok((vec![row(&"x".repeat(1000), n); 100], (n < 1000).then_some(n + 1)))
        });
        let mut body = file(Format::Csv, "list", vec![], endless).into_body().into_data_stream();
        let _first = body.next().await.unwrap().unwrap();
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(READ.load(Ordering::SeqCst) < 5, "{READ:?} pages of 100 kB for a first piece of a few");
    }
}
