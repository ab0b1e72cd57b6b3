//! What the administrator keeps. What needs them now is on their first page.

use crate::text::texts;
use crate::web::{Administrator, App, Page, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/administration", get(show))
}

#[derive(askama::Template)]
#[template(path = "administration/home.html")]
struct View {
    page: Page<Text>,
}

async fn show(me: Administrator) -> Result<Response> {
    html(StatusCode::OK, &View { page: me.page(Text) })
}

texts!(Text {
    title: "Administration", "Administration", "Administración";
    people: "People and roles", "Personnes et rôles", "Personas y funciones";
    people_lead: "Invite colleagues, change what they may do, close accounts.",
        "Inviter des collègues, changer ce qu’ils peuvent faire, fermer des comptes.",
        "Invitar a colegas, cambiar lo que pueden hacer, cerrar cuentas.";
    offices_lead: "Open, rename and close offices; announce what a month is worth there.",
        "Ouvrir, renommer et fermer des bureaux ; annoncer ce que vaut un mois sur place.",
        "Abrir, renombrar y cerrar oficinas; anunciar lo que vale allí un mes.";
    policies_lead: "Ages, languages and lengths, each from a day on; tried before they count.",
        "Âges, langues et durées, à partir d’une date ; essayés avant de compter.",
        "Edades, idiomas y duraciones, desde una fecha; probados antes de contar.";
    reasons_lead: "The list that reviewers choose from, in three languages.",
        "La liste dans laquelle on choisit, en trois langues.",
        "La lista de la que se elige, en tres idiomas.";
    workload: "Open cases", "Dossiers ouverts", "Casos abiertos";
    workload_lead: "How many cases one reviewer may be given, and who has how many.", "Combien de dossiers on peut attribuer à une personne, et qui en a combien.",
        "Cuántos casos se pueden asignar a una persona y quién tiene cuántos.";
    letters_lead: "What each letter says, in three languages.", "Ce que dit chaque courriel, en trois langues.", "Lo que dice cada mensaje, en tres idiomas.";
    retention_lead: "How long each class of record is kept, and what goes next.",
        "Combien de temps chaque catégorie est conservée, et ce qui sera supprimé.",
        "Cuánto tiempo se conserva cada categoría y qué se elimina a continuación.";
    trail_lead: "Who did what, and when.", "Qui a fait quoi, et quand.", "Quién hizo qué y cuándo.";
});
