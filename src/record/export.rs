//! The record as a file: any length in the memory of one page of it.

use super::rows::{Entry, Filter, Scope, page};
use super::words;
use crate::db::Note;
use crate::sheets::{self, Format, Row};
use crate::text::{Lang, texts};
use crate::web::{Actor, Result, actor::Role};
use axum::response::Response;
use chrono::SecondsFormat;
use std::sync::Arc;

/// Every entry that a filter finds, the newest first. Reasons go along only `with_reasons`.
pub async fn sheet<R: Role>(
    me: Actor<R>,
    format: Format,
    scope: Scope,
    filter: Filter,
    with_reasons: bool,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let done = tx.note(Note::RecordExported, me.id.0, &[]).await?;
    tx.commit(done).await?;
    let heads = heads(me.lang, with_reasons);
    let me = Arc::new(me);
    let pages = sheets::pages(filter.from_its_start(), move |filter| {
        let me = me.clone();
        async move {
            let entries = page(&mut *me.begin().await?, scope, &filter, sheets::PAGE).await?;
            let row = |entry: Entry| cells(entry, me.lang, with_reasons);
            Ok(sheets::page(entries, |last| filter.after(last), row))
        }
    });
    Ok(sheets::file(format, "record", heads, pages))
}

fn heads(lang: Lang, with_reasons: bool) -> Vec<String> {
    let t = Text(lang);
    let mut heads = vec![t.time(), t.who(), t.role(), t.action(), t.reference(), t.person(), t.change()];
    heads.extend(with_reasons.then(|| t.reason()));
    heads
}

/// The time to its second and in UTC, as the page shows it: text, for a spreadsheet's own times know no zone.
fn cells(entry: Entry, lang: Lang, with_reasons: bool) -> Row {
    let change = words::change(&entry, lang);
    let mut cells: Row = vec![
        entry.at.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
        words::who(&entry, lang).into(),
        words::role(&entry.role, lang).into(),
        words::action(&entry, lang).into(),
        entry.reference.into(),
        entry.person.into(),
        change.into(),
    ];
    cells.extend(with_reasons.then(|| entry.reason.into()));
    cells
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
