//! The interns of a supervisor, from the day they accept to their last: what is due next, the earliest first.

use crate::sheets::Format;
use crate::text::texts;
use crate::underway::export::sheet;
use crate::underway::list::{From, Lines, PER_PAGE, lines};
use crate::web::{App, Page, Path, Query, Recent, Result, Supervisor, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/supervision/interns", get(list))
        .route("/supervision/interns/export/{format}", get(export))
}

#[derive(askama::Template)]
#[template(path = "supervision/interns.html")]
struct View {
    page: Page<Text>,
    list: Lines,
    is_first: bool,
}

async fn list(me: Supervisor, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let list = lines(&mut tx, Some(me.id), from, PER_PAGE, me.lang).await?;
    html(StatusCode::OK, &View { page: me.page(Text), list, is_first: from.is_first() })
}

async fn export(Recent(me): Recent<Supervisor>, Path(format): Path<Format>) -> Result<Response> {
    let mine = Some(me.id);
    sheet(me, mine, format).await
}

texts!(Text {
    title: "My interns", "Mes stagiaires", "Mis personas en pasantía";
    lead: "What is due first comes first. Medical documents are between the intern and the medical officer: you see whether somebody is fit, and until when.",
        "Ce qui presse le plus vient en premier. Les documents médicaux restent entre la personne en stage et le service médical : vous voyez si elle est apte, et jusqu’à quand.",
        "Lo que vence antes aparece primero. Los documentos médicos quedan entre la persona en pasantía y el servicio médico: usted ve si es apta y hasta cuándo.";
    none: "No interns at the moment", "Aucun stage en ce moment", "Ninguna pasantía en este momento";
    none_lead: "Whoever accepts an offer with you as supervisor appears here.", "Toute personne qui accepte une offre sous votre responsabilité apparaît ici.",
        "Quien acepta una oferta con usted como responsable aparece aquí.";
});
