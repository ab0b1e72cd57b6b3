//! Human Resources' side: any reviewer reads and writes, but never in a thread of their own application.

use super::thread::{self, Thread, Wanted};
use super::write::{self, Again, Form};
use super::{Case, Side, Text, known};
use crate::db::Tx;
use crate::scan::access::Access;
use crate::sight;
use crate::web::parcel::{LARGEST_REQUEST, Refusal};
use crate::web::{App, Filled, HrReviewer, Page, Path, Query, Result, html, see_other};
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/{id}/messages", get(read).post(send))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
}

#[derive(askama::Template)]
#[template(path = "messages/reviewer.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    /// The address of the thread.
    here: String,
    name: String,
    thread: Thread,
    form: Filled<Form>,
    refused: Vec<Refusal>,
    /// Why nothing can be written.
    closed: Option<String>,
}

async fn read(me: HrReviewer, Path(id): Path<Uuid>, wanted: Query<Wanted>) -> Result<Response> {
    show(&me, id, &wanted, Again::fresh()).await
}

async fn show(me: &HrReviewer, id: Uuid, wanted: &Query<Wanted>, again: Again) -> Result<Response> {
    let mut tx = me.begin().await?;
    let case = case(&mut tx, id).await?;
    let thread = thread::load(me, &mut tx, &case, Side::Staff, wanted).await?;
    if thread.is_newest
        && let Some(done) = thread::mark_read(&mut tx, &case, Side::Staff).await?
    {
        tx.commit(done).await?;
    }
    let closed = (!case.is_open()).then(|| Text(me.lang).closed_staff());
    let Again { form, refused } = again;
    let here = format!("/review/{id}/messages");
    let (page, status) = (me.page(Text), form.status());
    html(status, &View { page, id, here, name: case.name, thread, form, refused, closed })
}

async fn send(
    me: HrReviewer,
    Path(id): Path<Uuid>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response> {
    let mut now = case(&mut me.begin().await?, id).await?;
    let draft = match write::receive(&me, form).await? {
        Ok(draft) => draft,
        Err(again) => return show(&me, id, &Query::default(), again).await,
    };
    let mut tx = me.begin().await?;
    now.hold(&mut tx).await?;
    match write::write(&me, &mut tx, &now, Side::Staff, draft).await? {
        Ok(Some(done)) => tx.commit(done).await?,
        Ok(None) => {}
        Err(again) => {
            drop(tx);
            return show(&me, id, &Query::default(), again).await;
        }
    }
    see_other(&format!("/review/{id}/messages#latest"))
}

/// The application that a thread is about.
///
/// # Errors
/// As [`sight::of`].
pub async fn case(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Case> {
    sight::of(tx, id).await?;
    let row =
        sqlx::query!("select candidate_id, name, state, reviewer_id from application where id = $1", id)
            .fetch_one(&mut **tx)
            .await?;
    let state = known(&row.state)?;
    let reviewer = row.reviewer_id.map(Into::into);
    Ok(Case { id, candidate: row.candidate_id.into(), name: row.name, state, reviewer })
}
