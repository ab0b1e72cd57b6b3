//! The record as a table for spreadsheets (RFC 4180): any length in the memory of one page of it.

use super::rows::{Entry, Filter, Scope, page};
use super::words;
use crate::text::{Lang, texts};
use crate::web::{Actor, Error, actor::Role, download};
use axum::body::{Body, Bytes};
use axum::response::Response;
use chrono::SecondsFormat;

const PAGE: usize = 1000;

/// Every entry that a filter finds, the newest first. Reasons go along only `with_reasons`.
pub fn csv<R: Role>(me: Actor<R>, scope: Scope, filter: Filter, with_reasons: bool) -> Response {
    let lang = me.lang;
    let heads = Bytes::from(format!("\u{feff}{}", line(&heads(lang, with_reasons))));
    let state = Some((me, filter.from_its_start()));
    let pages = futures_util::stream::try_unfold(state, move |state| async move {
        let Some((me, filter)) = state else { return Ok::<_, Error>(None) };
        let entries = page(&mut *me.begin().await?, scope, &filter, PAGE).await?;
        let lines: String = entries.iter().map(|e| line(&cells(e, lang, with_reasons))).collect();
        let next = entries.last().filter(|_| entries.len() == PAGE).map(|last| filter.after(last));
        Ok(Some((Bytes::from(lines), next.map(|filter| (me, filter)))))
    });
    let first = futures_util::stream::once(std::future::ready(Ok(heads)));
    let body = Body::from_stream(futures_util::StreamExt::chain(first, pages));
    download::streamed(body, "text/csv; charset=utf-8", "record.csv")
}

fn heads(lang: Lang, with_reasons: bool) -> Vec<String> {
    let t = Text(lang);
    let mut heads = vec![t.time(), t.who(), t.role(), t.action(), t.reference(), t.person(), t.change()];
    heads.extend(with_reasons.then(|| t.reason()));
    heads
}

fn cells(entry: &Entry, lang: Lang, with_reasons: bool) -> Vec<String> {
    let mut cells = vec![
        entry.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        words::who(entry, lang),
        words::role(&entry.role, lang),
        words::action(entry, lang),
        entry.reference.clone().unwrap_or_default(),
        entry.person.clone().unwrap_or_default(),
        words::change(entry, lang).unwrap_or_default(),
    ];
    cells.extend(with_reasons.then(|| entry.reason.clone().unwrap_or_default()));
    cells
}

/// One line of the table. A cell that a spreadsheet would take for a formula begins with an apostrophe: it shows
/// what it holds and computes nothing (OWASP, CSV injection).
fn line(cells: &[String]) -> String {
    let cell = |text: &String| {
        let begins = text.trim_start_matches(|c: char| c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'));
        let is_formula = begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let apostrophe = if is_formula { "'" } else { "" };
        format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
    };
    let mut line = cells.iter().map(cell).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

texts!(Text {
    time: "Time, UTC", "Heure, UTC", "Hora, UTC";
    who: "Who", "Qui", "Quién";
    role: "Role", "Rôle", "Función";
    action: "Action", "Action", "Acción";
    reference: "Reference", "Référence", "Referencia";
    person: "About", "Concerne", "Sobre";
    change: "Change", "Changement", "Cambio";
    reason: "Reason", "Motif", "Motivo";
});

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_cell_is_text_whatever_it_begins_with() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u{a0}=1", "＝1"] {
            assert!(line(&[formula.to_owned()]).starts_with("\"'"), "{formula:?}");
        }
        let cells = ["Ana \"la Rubia\", Lima".to_owned(), "two\nlines".to_owned(), "a=b".to_owned()];
        assert_eq!(line(&cells), "\"Ana \"\"la Rubia\"\", Lima\",\"two\nlines\",\"a=b\"\r\n");
    }
}
