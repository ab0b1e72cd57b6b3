//! Human Resources reads the record and its totals.

use super::{Entry, Record, Shared, entries};
use crate::sheets::{self, Cell, Format};
use crate::text::texts;
use crate::underway::internship;
use crate::web::{App, HrReviewer, Page, Path, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/placements/{id}/absences", get(show))
        .route("/placements/{id}/absences/export/{format}", get(export))
}

#[derive(askama::Template)]
#[template(path = "absences/read.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    record: Record,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let known = entries(&mut tx, id).await?;
    html(StatusCode::OK, &View { page: me.page(Text), id, record: Record::of(&now, &known, me.lang) })
}

async fn export(
    Recent(me): Recent<HrReviewer>,
    Path((id, format)): Path<(Uuid, Format)>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    internship(&mut tx, id).await?;
    let known = entries(&mut tx, id).await?;
    let (t, of) = (Text(me.lang), Shared(me.lang));
    let heads =
        vec![t.first_day(), t.last_day(), of.kind(), of.days(), of.by(), t.recorded_at(), of.corrected()];
    let row = |entry: Entry| {
        vec![
            entry.first_day.into(),
            entry.last_day.into(),
            entry.kind.name(me.lang).into(),
            entry.days.normalize().into(),
            entry.recorded_by.into(),
            Cell::moment(entry.recorded_at, me.zone()),
            entry.is_replaced.then(|| t.yes()).into(),
        ]
    };
    let rows = known.into_iter().map(row).collect();
    sheets::download(tx, format, "absences", heads, sheets::whole(rows)).await
}

texts!(Text {
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    recorded_at: "Recorded at", "Saisie le", "Registrado el";
    yes: "Yes", "Oui", "Sí";
    lead: "Recorded by the intern and the supervisor.", "Enregistrées par la personne en stage et la personne responsable.", "Registradas por la persona en pasantía y la persona supervisora.";
});
