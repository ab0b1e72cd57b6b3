//! RFC 4180, in UTF-8 with a byte order mark: without it, Excel reads another encoding.

use super::{Cell, Pages, Unfinished, harmless};
use futures_util::TryStreamExt;
use tokio::io::{AsyncWriteExt, DuplexStream};

pub(super) async fn write(
    mut into: DuplexStream,
    heads: &[String],
    mut pages: Pages,
) -> Result<(), Unfinished> {
    let mut text = String::from('\u{feff}');
    line(&mut text, heads.iter().map(|head| field(head)));
    while let Some(rows) = pages.try_next().await? {
        for row in rows {
            line(&mut text, row.iter().map(cell));
        }
        into.write_all(text.as_bytes()).await?;
        text.clear();
    }
    into.write_all(text.as_bytes()).await?;
    Ok(into.shutdown().await?)
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (nth, field) in fields.enumerate() {
        if nth > 0 {
            text.push(',');
        }
        text.push_str(&field);
    }
    text.push_str("\r\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => field(text),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        Cell::Empty => String::new(),
    }
}

/// In quotes if it holds anything that ends a field somewhere: some spreadsheets take a semicolon for a comma.
fn field(text: &str) -> String {
    let text = harmless(text);
    match text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As RFC 4180 reads one field.
    fn read(field: &str) -> String {
        match field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(quoted) => quoted.replace("\"\"", "\""),
            None => field.to_owned(),
        }
    }

    proptest::proptest! {
        #[test]
        fn a_cell_is_read_as_it_was_written_and_is_no_formula(text in "[=+@'\",;\t\r\n a-]{0,8}|\\PC{0,12}") {
            let (written, meant) = (field(&text), harmless(&text));
            assert_eq!(read(&written), meant);
            assert!(!meant.trim_start().starts_with(['=', '+', '-', '@']), "{meant:?}");
            let bare = written.replace("\"\"", "");
            let is_one = bare.matches('"').count() == 2 || !bare.contains(['"', ',', ';', '\r', '\n', '\t']);
            assert!(is_one, "it ends where it ends: {written:?}");
        }
    }
}
