//! Human Resources reads the record of a case, with the reasons that are theirs to read.

use super::export;
use super::groups::Group;
use super::rows::{Filter, Scope, name_of, page};
use super::trail::{Day, PER_PAGE, Text, days, first_of};
use crate::sheets::Format;
use crate::sight;
use crate::web::{App, Choice, HrReviewer, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/{id}/record", get(show))
        .route("/review/{id}/record/export/{format}", get(download))
}

#[derive(askama::Template)]
#[template(path = "record/case.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    filter: Filter,
    acts: Vec<Choice>,
    days: Vec<Day>,
    next: Option<String>,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    sight::of(&mut tx, id).await?;
    let (entries, more) = first_of(page(&mut tx, Scope::Case(id), &filter, PER_PAGE + 1).await?);
    let here = format!("/review/{id}/record");
    let view = View {
        page: me.page(Text),
        id,
        name: name_of(&mut tx, Scope::Case(id)).await?.unwrap_or_default(),
        acts: Group::ALL
            .into_iter()
            .filter(|group| matches!(group, Group::Decisions | Group::Opened))
            .map(|group| Choice::new(group.code(), group.name(me.lang), group.code() == filter.act))
            .collect(),
        next: entries.last().filter(|_| more).map(|last| filter.after(last).address(&here)),
        days: days(entries, me.lang),
        filter,
    };
    html(StatusCode::OK, &view)
}

async fn download(
    Recent(me): Recent<HrReviewer>,
    Path((id, format)): Path<(Uuid, Format)>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    sight::of(&mut me.begin().await?, id).await?;
    export::sheet(me, format, Scope::Case(id), filter, true).await
}
