//! Somebody who was signed out before a form arrived finds what they typed, and sends it or lets it go.

use crate::explain::{profile::Row, typed};
use crate::offices;
use crate::text::texts;
use crate::web::desk::desk;
use crate::web::kept::{Kept, STAYS};
use crate::web::{Anyone, App, Page, Posted, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/kept", get(show).post(discard))
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Where the form was sent that is let go.
    path: String,
}

/// One form: to be read, and to be sent as it was.
struct Item {
    path: String,
    /// Where it is sent, and whether files can go with it.
    address: String,
    is_upload: bool,
    when: String,
    until: String,
    rows: Vec<Row>,
    sent: Vec<(String, String)>,
}

#[derive(askama::Template)]
#[template(path = "accounts/kept.html")]
struct View {
    page: Page<Text>,
    items: Vec<Item>,
}

async fn show(me: Anyone, kept: Kept) -> Result<Response> {
    if kept.forms.is_empty() {
        return see_other(desk(me.roles()));
    }
    let offices = offices::names(&mut *me.begin().await?, me.lang).await?;
    let page = me.page(Text);
    let item = |form: crate::web::kept::KeptForm| Item {
        when: page.moment(&form.kept_at),
        until: page.moment(&(form.kept_at + STAYS)),
        address: form.address(),
        is_upload: form.is_upload,
        rows: typed::rows(&typed::answers(&form.answers, &offices, me.lang), me.lang),
        path: form.path,
        sent: form.answers,
    };
    let items = kept.forms.into_iter().map(item).collect();
    html(StatusCode::OK, &View { page, items })
}

async fn discard(_: Anyone, kept: Kept, form: Posted<Form>) -> Result<Response> {
    if let Ok(form) = form.judge(|form| Ok(form.clone())) {
        kept.discard(&form.path).await?;
    }
    see_other("/kept")
}

texts!(Text {
    title: "You were signed out before this was saved. Nothing is lost", "Votre session s’est fermée avant l’enregistrement. Rien n’est perdu",
        "Su sesión terminó antes de guardar esto. No se ha perdido nada";
    lead: "Here is what you typed. Read it, then send it: it is treated as if it had arrived in time.",
        "Voici ce que vous aviez saisi. Relisez, puis envoyez : tout se passera comme si l’envoi était arrivé à temps.",
        "Esto es lo que escribió. Léalo y envíelo: se tratará como si hubiera llegado a tiempo.";
    typed_at(moment): "Typed on {moment}", "Saisi le {moment}", "Escrito el {moment}";
    until(moment): "Kept for you until {moment}. Nobody else sees it.", "Conservé pour vous jusqu’au {moment}. Personne d’autre ne le voit.",
        "Se conserva para usted hasta el {moment}. Nadie más lo ve.";
    files: "Your files, if there were any: they were not kept", "Vos fichiers, s’il y en avait : ils n’ont pas été conservés",
        "Sus archivos, si los había: no se conservaron";
    send: "Send it now", "Envoyer maintenant", "Enviar ahora";
    discard: "Discard it", "Ne pas le garder", "Descartarlo";
});
