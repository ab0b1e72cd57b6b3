//! What was written about an application before the newest one: the candidate reads it again, and nobody writes there.

use super::thread::{self, Thread, Wanted};
use super::{Case, Side, Text, known};
use crate::db::Tx;
use crate::scan::access::Access;
use crate::web::{App, Candidate, Page, Path, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/application/messages/{id}", get(read))
}

#[derive(askama::Template)]
#[template(path = "messages/earlier.html")]
struct View {
    page: Page<Text>,
    /// The address of the thread.
    here: String,
    about: String,
    thread: Thread,
}

/// A thread beside the one that is open to write in.
pub struct Earlier {
    pub id: Uuid,
    pub reference: String,
    pub released_at: DateTime<Utc>,
    /// Messages that the candidate has not read.
    pub unread: i64,
}

async fn read(me: Candidate, Path(id): Path<Uuid>, wanted: Query<Wanted>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let candidate = tx.actor();
    let row = sqlx::query!(
        "select name, reference, state, reviewer_id from application where id = $1 and candidate_id = $2",
        id,
        candidate.0
    )
    .fetch_one(&mut *tx)
    .await?;
    let (state, reviewer) = (known(&row.state)?, row.reviewer_id.map(Into::into));
    let case = Case { id, candidate, name: row.name, state, reviewer };
    let thread = thread::load(&me, &mut tx, &case, Side::Candidate, &wanted).await?;
    if thread.is_newest
        && let Some(done) = thread::mark_read(&mut tx, &case, Side::Candidate).await?
    {
        tx.commit(done).await?;
    }
    let (page, about) = (me.page(Text), Text(me.lang).about(row.reference));
    html(StatusCode::OK, &View { page, here: format!("/application/messages/{id}"), about, thread })
}

/// My other applications that anybody wrote about, newest first. Nobody releases so often that a page of them would not
/// do: each waits for the end of the one before.
pub async fn beside(tx: &mut Tx<Candidate>, newest: Uuid) -> Result<Vec<Earlier>> {
    let me = tx.actor();
    Ok(sqlx::query_as!(
        Earlier,
        r#"select a.id, a.reference, a.waiting_since as released_at,
               count(*) filter (where m.from_staff and m.read_at is null) as "unread!"
           from application a join message m on m.application_id = a.id
           where a.candidate_id = $1 and a.id <> $2
           group by a.id order by a.waiting_since desc, a.id limit 50"#,
        me.0,
        newest
    )
    .fetch_all(&mut **tx)
    .await?)
}
