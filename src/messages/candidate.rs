//! The candidate's side: ask, answer, and read again what was written.

use super::earlier::{self, Earlier};
use super::thread::{self, Thread, Wanted};
use super::write::{self, Again, Form};
use super::{Case, Side, Text, known};
use crate::db::Tx;
use crate::domain::application::State;
use crate::scan::access::Access;
use crate::web::parcel::{LARGEST_REQUEST, Refusal};
use crate::web::{App, Candidate, Error, Filled, Page, Query, Result, html, see_other};
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/application/messages", get(read).post(send))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
}

#[derive(askama::Template)]
#[template(path = "messages/candidate.html")]
struct View {
    page: Page<Text>,
    thread: Thread,
    form: Filled<Form>,
    refused: Vec<Refusal>,
    /// Why nothing can be written.
    closed: Option<String>,
    earlier: Vec<Earlier>,
}

async fn read(me: Candidate, wanted: Query<Wanted>) -> Result<Response> {
    show(&me, &wanted, Again::fresh()).await
}

async fn show(me: &Candidate, wanted: &Query<Wanted>, again: Again) -> Result<Response> {
    let mut tx = me.begin().await?;
    // the page there says that nothing has been released
    let Some(case) = mine(&mut tx).await? else { return see_other("/application") };
    let thread = thread::load(me, &mut tx, &case, Side::Candidate, wanted).await?;
    let earlier = earlier::beside(&mut tx, case.id).await?;
    if thread.is_newest
        && let Some(done) = thread::mark_read(&mut tx, &case, Side::Candidate).await?
    {
        tx.commit(done).await?;
    }
    let t = Text(me.lang);
    let closed = match case.state {
        State::Withdrawn => Some(t.withdrawn()),
        _ => (!case.is_open()).then(|| t.closed()),
    };
    let Again { form, refused } = again;
    html(form.status(), &View { page: me.page(Text), thread, form, refused, closed, earlier })
}

async fn send(me: Candidate, form: Result<Multipart, MultipartRejection>) -> Result<Response> {
    // nobody without an application fills the store
    let mut case = mine(&mut me.begin().await?).await?.ok_or(Error::NotFound)?;
    let draft = match write::receive(&me, form).await? {
        Ok(draft) => draft,
        Err(again) => return show(&me, &Query::default(), again).await,
    };
    let mut tx = me.begin().await?;
    case.hold(&mut tx).await?;
    match write::write(&me, &mut tx, &case, Side::Candidate, draft).await? {
        Ok(Some(done)) => tx.commit(done).await?,
        Ok(None) => {}
        Err(again) => {
            drop(tx);
            return show(&me, &Query::default(), again).await;
        }
    }
    see_other("/application/messages#latest")
}

/// My open application, else the newest. `None`: nothing was ever released.
async fn mine(tx: &mut Tx<Candidate>) -> Result<Option<Case>> {
    let me = tx.actor();
    let row = sqlx::query!(
        "select id, name, state, reviewer_id from application where candidate_id = $1
         order by is_current desc, waiting_since desc limit 1",
        me.0
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let state = known(&row.state)?;
    let reviewer = row.reviewer_id.map(Into::into);
    Ok(Some(Case { id: row.id, candidate: me, name: row.name, state, reviewer }))
}
