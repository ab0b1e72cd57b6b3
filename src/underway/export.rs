//! Internships that are agreed and not over as a file, read by the list's own query.

use super::list::{From, Line, lines};
use crate::domain::PersonId;
use crate::sheets::{self, Cell, Format};
use crate::web::Result;
use crate::web::actor::{Actor, Role};
use axum::response::Response;
use std::sync::Arc;

/// Those of [`lines`], for somebody who may see them.
///
/// # Errors
/// If the database fails.
pub async fn sheet<R: Role + 'static>(
    me: Actor<R>,
    supervisor: Option<PersonId>,
    format: Format,
) -> Result<Response> {
    let tx = me.begin().await?;
    let t = super::list::Text(me.lang);
    let heads = vec![
        t.intern(),
        t.next_due(),
        t.due_on(),
        t.place(),
        t.supervisor(),
        t.first_day(),
        t.last_day(),
        t.readiness(),
        t.health(),
    ];
    let me = Arc::new(me);
    let pages = sheets::pages(From::default(), move |from| {
        let me = me.clone();
        async move {
            let page = lines(&mut me.begin().await?, supervisor, from, sheets::PAGE, me.lang).await?;
            let row = |line: Line| -> Vec<Cell> {
                vec![
                    line.name.into(),
                    line.due.into(),
                    line.due_on.into(),
                    line.place.into(),
                    line.supervisor.into(),
                    line.starts_on.into(),
                    line.ends_on.into(),
                    line.readiness.into(),
                    line.health.into(),
                ]
            };
            Ok((page.lines.into_iter().map(row).collect(), page.next))
        }
    });
    sheets::download(tx, format, "internships", heads, pages).await
}
