//! A workbook of one table (ISO/IEC 29500): a sheet goes on in another one where it is full. Text stands in its cell and
//! not in a shared table, which would have to be held until the end.

use super::{Cell, Pages, Row, Unfinished, harmless};
use async_zip::base::write::ZipFileWriter;
use async_zip::{Compression, ZipEntryBuilder};
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use futures_util::{AsyncWriteExt, TryStreamExt};
use std::fmt::Write;
use tokio::io::DuplexStream;

/// What a sheet holds, its heads among them.
const SHEET_ROWS: usize = 1_048_576;
/// What a cell holds, in characters.
const CELL_CHARS: usize = 32_767;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PARTS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The first row stays in sight, and a column has room for a name.
const FROZEN: &str = "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
                      activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
                      <sheetFormatPr defaultColWidth=\"22\" defaultRowHeight=\"15\"/>";
/// Plain, a day, a moment, bold: the formats 0, 14 and 22 are built in.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"22\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>";

pub(super) async fn write(into: DuplexStream, heads: &[String], pages: Pages) -> Result<(), Unfinished> {
    sheets(into, heads, pages, SHEET_ROWS).await
}

async fn sheets(
    into: DuplexStream,
    heads: &[String],
    mut pages: Pages,
    sheet_rows: usize,
) -> Result<(), Unfinished> {
    // without the 64-bit fields: some spreadsheets refuse them, and no sheet is as large as they allow
    let mut zip = ZipFileWriter::with_tokio(into).force_no_zip64();
    let mut waiting = Vec::new().into_iter();
    let (mut count, mut more) = (0, true);
    while more {
        count += 1;
        let mut sheet = zip.write_entry_stream(entry(format!("xl/worksheets/sheet{count}.xml"))).await?;
        let mut text = format!("{}<worksheet xmlns=\"{MAIN}\">{FROZEN}<sheetData>", declaration());
        let titles = heads.iter().map(|head| text_cell(head, " s=\"3\"")).collect::<String>();
        let _infallible = write!(text, "<row>{titles}</row>");
        let mut room = sheet_rows - 1;
        more = loop {
            for row in waiting.by_ref().take(room) {
                push(&mut text, &row);
                room -= 1;
            }
            sheet.write_all(text.as_bytes()).await?;
            text.clear();
            if room == 0 && waiting.len() > 0 {
                break true;
            }
            match pages.try_next().await? {
                Some(rows) => waiting = rows.into_iter(),
                None => break false,
            }
        };
        sheet.write_all(b"</sheetData></worksheet>").await?;
        sheet.close().await?;
    }
    for (path, content) in frame(count) {
        zip.write_entry_whole(entry(path), format!("{}{content}", declaration()).as_bytes()).await?;
    }
    zip.close().await?;
    Ok(())
}

fn entry(path: String) -> ZipEntryBuilder {
    ZipEntryBuilder::new(path.into(), Compression::Stored).unix_permissions(0o644)
}

fn declaration() -> &'static str {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
}

/// What surrounds so many sheets: known once they are written.
fn frame(sheets: usize) -> [(String, String); 5] {
    let each = |one: &dyn Fn(usize) -> String| (1..=sheets).map(one).collect::<String>();
    let listed = each(&|n| format!("<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"));
    let related = each(&|n| {
        format!(
            "<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        )
    });
    let typed = each(&|n| {
        format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{TYPES}.worksheet+xml\"/>")
    });
    [
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>{typed}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{PARTS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{PARTS}\">{related}<Relationship Id=\"rIdStyles\" Type=\"{OFFICE}/styles\" \
                 Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/styles.xml".to_owned(), format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>")),
    ]
}

fn push(text: &mut String, row: &Row) {
    text.push_str("<row>");
    text.extend(row.iter().map(|cell| match cell {
        Cell::Text(words) => text_cell(words, ""),
        Cell::Number(number) => format!("<c><v>{number}</v></c>"),
        Cell::Day(day) => format!("<c s=\"1\"><v>{}</v></c>", serial(*day)),
        Cell::Moment(at) => format!("<c s=\"2\"><v>{}</v></c>", moment(*at)),
        Cell::Empty => "<c/>".to_owned(),
    }));
    text.push_str("</row>");
}

fn text_cell(words: &str, style: &str) -> String {
    let kept: String = harmless(words).chars().filter(|c| is_xml(*c)).take(CELL_CHARS).collect();
    let escaped = kept.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<c t=\"inlineStr\"{style}><is><t xml:space=\"preserve\">{escaped}</t></is></c>")
}

/// Of XML 1.0: a file with other characters cannot be opened.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Days since the end of 1899, as spreadsheets count them.
fn serial(day: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |zero| (day - zero).num_days())
}

/// The time is the part of the day that has passed, in whole minutes.
fn moment(at: NaiveDateTime) -> String {
    let minutes = f64::from(at.hour() * 60 + at.minute());
    let passed = format!("{:.6}", minutes / 1440.0);
    format!("{}{}", serial(at.date()), passed.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::whole;
    use crate::spoilt::some;
    use async_zip::base::read1::seek::ZipArchiveReader;
    use futures_util::AsyncReadExt;
    use futures_util::io::Cursor;
    use std::collections::BTreeMap;

    /// The parts of a workbook, by their paths.
    async fn parts(rows: Vec<Row>, sheet_rows: usize) -> BTreeMap<String, String> {
        let (into, mut out) = tokio::io::duplex(64);
        let mut bytes = Vec::new();
        let heads = ["Name".to_owned(), "A & B".to_owned()];
        let (written, read) = tokio::join!(
            sheets(into, &heads, whole(rows), sheet_rows),
            tokio::io::AsyncReadExt::read_to_end(&mut out, &mut bytes)
        );
        written.unwrap();
        read.unwrap();
        let mut zip = ZipArchiveReader::open(Cursor::new(bytes)).await.unwrap();
        let names =
            zip.inner().cdrs().iter().map(|entry| entry.insecure_file_name.as_str().unwrap().to_owned());
        let mut parts = BTreeMap::new();
        for (nth, path) in names.collect::<Vec<_>>().into_iter().enumerate() {
            let mut text = String::new();
            zip.file(nth).await.unwrap().read_to_string(&mut text).await.unwrap();
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            parts.insert(path, text);
        }
        parts
    }

    #[tokio::test]
    async fn a_workbook_holds_text_numbers_and_days_and_no_formula() {
        let day: NaiveDate = "2027-02-01".parse().unwrap();
        let rows = vec![
            vec!["=1+1<&>\u{1}".into(), 30_i64.into()],
            vec![day.into(), Cell::Moment(day.and_hms_opt(18, 0, 0).unwrap())],
            vec![Cell::Empty, "  two\nlines ".into()],
        ];
        let parts = parts(rows, SHEET_ROWS).await;
        assert_eq!(parts.len(), 6);
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        for cell in [
            "<c t=\"inlineStr\" s=\"3\"><is><t xml:space=\"preserve\">A &amp; B</t></is></c>",
            "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">'=1+1&lt;&amp;&gt;</t></is></c><c><v>30</v></c>",
            "<c s=\"1\"><v>46419</v></c><c s=\"2\"><v>46419.750000</v></c>",
            "<c/><c t=\"inlineStr\"><is><t xml:space=\"preserve\">  two\nlines </t></is></c>",
        ] {
            assert!(sheet.contains(cell), "{cell} in {sheet}");
        }
        assert!(!sheet.contains("<f>"));
    }

    #[tokio::test]
    async fn what_one_sheet_cannot_hold_goes_on_in_the_next() {
        for (rows, sheets) in [(0, 1), (2, 1), (3, 2), (4, 2), (5, 3)] {
            let rows: Vec<Row> = (0..rows).map(|n: i64| vec![n.into()]).collect();
            let parts = parts(rows.clone(), 3).await;
            let counts: Vec<usize> = (1..=sheets)
                .map(|n| parts[&format!("xl/worksheets/sheet{n}.xml")].matches("<row>").count())
                .collect();
            assert_eq!(counts.iter().sum::<usize>(), rows.len() + sheets, "{counts:?}");
            assert!(counts.iter().all(|count| *count <= 3), "{counts:?}");
            assert_eq!(parts["xl/workbook.xml"].matches("<sheet ").count(), sheets);
        }
    }

    #[tokio::test]
    async fn every_text_is_in_its_cell_as_far_as_a_workbook_can_hold_it() {
        let text = "[=+@'\"<>&;\t\r\n -]{0,8}|.{0,12}|[\u{0}-\u{1f}\u{fffe}\u{ffff}]{0,4}";
        let texts = some(&proptest::string::string_regex(text).unwrap(), 300);
        let rows: Vec<Row> = texts.iter().map(|text| vec![text.as_str().into()]).collect();
        let parts = parts(rows, SHEET_ROWS).await;
        let sheet = roxmltree::Document::parse(&parts["xl/worksheets/sheet1.xml"]).unwrap();
        let named =
            |name: &'static str| sheet.descendants().filter(move |node| node.has_tag_name((MAIN, name)));
        assert_eq!(named("f").count(), 0, "no formula");
        let cells: Vec<&str> = named("t").skip(2).map(|cell| cell.text().unwrap_or_default()).collect();
        assert_eq!(cells.len(), texts.len());
        for (cell, text) in cells.into_iter().zip(&texts) {
            let held: String = harmless(text).chars().filter(|c| is_xml(*c)).collect();
            // XML reads every line break as one sign (2.11), our reader some of them
            let one = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
            assert_eq!(one(cell), one(&held));
        }
    }
}
