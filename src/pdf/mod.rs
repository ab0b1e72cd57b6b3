//! Papers: a small document model, typeset on A4 into tagged PDF that a screen reader can read (PDF/UA-1).
//!
//! The language, the day and every word come from outside; the same document gives the same bytes.

mod flow;
mod fonts;
mod paint;
mod set;

use crate::text::{Lang, texts};
use chrono::NaiveDate;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// What stands on paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Shown by readers instead of the file name.
    pub title: String,
    pub author: String,
    pub lang: Lang,
    pub date: NaiveDate,
    /// At the foot of every page, before its number.
    pub foot: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// Level 1 is the title; it never stands alone at the end of a page.
    Heading(Level, String),
    Paragraph(Tone, String),
    List(Vec<String>),
    /// Labels in a column of their own, such as dates beside what happened then.
    Rows(Vec<Row>),
    /// A thin line across the page.
    Rule,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    Title,
    Section,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub label: String,
    pub lines: Vec<(Tone, String)>,
}

/// How loud a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Whom a paper is about.
    Name,
    Strong,
    Plain,
    Soft,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Cannot happen with the fonts and the model as they are: a fault of ours.
    #[error("the document is no accessible PDF: {0}")]
    Unwritable(String),
    #[error("typesetting was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// So many are typeset at a time; the rest waits its turn instead of starving everybody's pages.
static PRESSES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Typesets a document beside the web server's own threads.
///
/// # Errors
/// [`Error::Unwritable`] if the result would not be valid PDF/UA-1.
pub async fn print(document: Document) -> Result<Vec<u8>, Error> {
    let turn = PRESSES.acquire().await.ok(); // never closed
    tokio::task::spawn_blocking(move || {
        // as long as it is typeset, although whoever asked may have hung up
        let _until_done = turn;
        write(&document)
    })
    .await?
}

/// Typesets a document; takes milliseconds of pure computing, so that handlers use [`print`].
///
/// # Errors
/// [`Error::Unwritable`] if the result would not be valid PDF/UA-1.
pub fn write(document: &Document) -> Result<Vec<u8>, Error> {
    let mut setter = set::Setter::new();
    let flow = flow::Flow::of(document, &mut setter);
    paint::paint(document, &flow, &mut setter)
}

texts!(Text {
    page(n, total): "Page {n} of {total}", "Page {n} sur {total}", "Página {n} de {total}";
});

#[cfg(test)]
mod tests {
    use super::*;

    fn document(blocks: Vec<Block>) -> Document {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let (title, author) = ("CV".to_owned(), "Inés".to_owned());
        Document { title, author, lang: Lang::Es, date, foot: "Inés".to_owned(), blocks }
    }

    fn has(pdf: &[u8], mark: &str) -> bool {
        pdf.windows(mark.len()).any(|window| window == mark.as_bytes())
    }

    #[test]
    fn every_script_is_written_and_tagged_and_nothing_fails() {
        let names =
            ["Nguyễn Thị Hương", "Ιωάννα", "Мария", "مريم الحسيني", "דנה", "王小明", "김민수", "🦩 \u{0}ꙮ"];
        let heading = Block::Heading(Level::Title, names.join(" "));
        let pdf = write(&document(vec![heading])).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7") && has(&pdf, "/MarkInfo") && has(&pdf, "/StructTreeRoot"));
        assert!(has(&pdf, "/Lang") && has(&pdf, "/ToUnicode"));
    }

    #[test]
    fn a_title_and_headings_without_words_are_written_too() {
        for text in ["", " ", "\u{0}\u{feff}"] {
            let blocks =
                vec![Block::Heading(Level::Title, text.into()), Block::Paragraph(Tone::Plain, text.into())];
            let paper = write(&Document { title: text.into(), ..document(blocks) });
            assert!(paper.is_ok_and(|pdf| has(&pdf, "Stagiaire")), "{text:?}");
        }
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        let text = document(vec![
            Block::Heading(Level::Title, "Inés".into()),
            Block::Rule,
            Block::List(vec!["uno".into(), "dos".into()]),
        ]);
        assert_eq!(write(&text).unwrap(), write(&text).unwrap());
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(60))]
        #[test]
        fn no_text_is_too_strange_for_paper(text in ".{0,60}|[\u{0}-\u{20}\u{202a}-\u{202e}\u{300}-\u{36f}a]{0,40}|[\u{600}-\u{6ff}\u{4e00}-\u{4eff}\u{1f300}-\u{1f5ff}]{0,40}") {
            let rows = vec![Row { label: text.clone(), lines: vec![(Tone::Soft, text.clone())] }];
            let blocks = vec![Block::Heading(Level::Section, text.clone()), Block::List(vec![text.clone()]), Block::Rows(rows)];
            let paper = write(&Document { title: text.clone(), foot: text, ..document(blocks) }).unwrap();
            assert!(!lopdf::Document::load_mem(&paper).unwrap().get_pages().is_empty());
        }
    }
}
