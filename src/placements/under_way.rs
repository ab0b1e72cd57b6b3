//! Internships that are agreed and not over, for Human Resources: what is due first comes first.

use crate::sheets::Format;
use crate::text::texts;
use crate::underway::export::sheet;
use crate::underway::list::{From, Lines, PER_PAGE, lines};
use crate::web::{App, HrReviewer, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/placements/under-way", get(list))
        .route("/placements/under-way/export/{format}", get(export))
}

#[derive(askama::Template)]
#[template(path = "placements/under_way.html")]
struct View {
    page: Page<Text>,
    list: Lines,
    is_first: bool,
}

async fn list(me: HrReviewer, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let list = lines(&mut tx, None, from, PER_PAGE, me.lang).await?;
    html(StatusCode::OK, &View { page: me.page(Text), list, is_first: from.is_first() })
}

async fn export(Recent(me): Recent<HrReviewer>, Path(format): Path<Format>) -> Result<Response> {
    sheet(me, None, format).await
}

texts!(Text {
    title: "Internships under way", "Stages en cours", "Pasantías en curso";
    lead: "From the day an offer is accepted to the last day. What is due first comes first.",
        "De l’acceptation de l’offre au dernier jour. Ce qui presse le plus vient en premier.",
        "Desde que se acepta la oferta hasta el último día. Lo que vence antes aparece primero.";
    none: "No internship is under way", "Aucun stage en cours", "Ninguna pasantía en curso";
    none_lead: "Internships appear here once an offer is accepted.", "Les stages apparaissent ici dès qu’une offre est acceptée.",
        "Las pasantías aparecen aquí en cuanto se acepta una oferta.";
});
