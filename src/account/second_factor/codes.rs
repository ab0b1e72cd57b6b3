//! Recovery codes: ten, shown once. I make new ones when I have used or lost them.

use super::{Asking, Both, HERE, ask_both, proved_both};
use crate::db::Note;
use crate::factors;
use crate::text::texts;
use crate::web::{App, Filled, KeptHere, Member, Page, Posted, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/codes", get(ask).post(renew))
}

#[derive(askama::Template)]
#[template(path = "account/second_factor/list.html")]
struct List {
    page: Page<Text>,
    codes: Vec<String>,
}

fn asking(me: &Member) -> Asking {
    let t = Text(me.lang);
    Asking { title: t.title(), lead: t.lead(), button: t.make(), gone: HERE }
}

async fn ask(KeptHere(me): KeptHere) -> Result<Response> {
    ask_both(&me, Filled::default(), asking(&me)).await
}

async fn renew(KeptHere(me): KeptHere, form: Posted<Both>) -> Result<Response> {
    let mut tx = match proved_both(&me, form, asking(&me)).await? {
        Ok(tx) => tx,
        Err(page) => return Ok(page),
    };
    let fresh = factors::renew_codes(&mut tx, me.id).await?;
    let done = tx.note(Note::RecoveryCodesMade, me.id.0, &[]).await?;
    tx.commit(done).await?;
    list(&me, fresh)
}

/// Shows codes for the only time: what is kept of them cannot be read.
pub fn list(me: &Member, codes: Vec<String>) -> Result<Response> {
    html(StatusCode::OK, &List { page: me.page(Text), codes })
}

texts!(Text {
    title: "New recovery codes", "Nouveaux codes de secours", "Nuevos códigos de recuperación";
    lead: "You get ten new codes. Those you have now stop working.", "Vous recevez dix nouveaux codes. Ceux que vous avez cessent de fonctionner.",
        "Recibe diez códigos nuevos. Los que tiene dejan de funcionar.";
    make: "Make new codes", "Créer de nouveaux codes", "Crear códigos nuevos";
    list_title: "Your recovery codes", "Vos codes de secours", "Sus códigos de recuperación";
    list_lead: "Each opens your account once if you do not have your phone. Print them or write them down, and keep them safe: we show them only now.",
        "Chacun ouvre votre compte une fois si vous n’avez pas votre téléphone. Imprimez-les ou notez-les, et gardez-les en lieu sûr : nous ne les montrons que maintenant.",
        "Cada uno abre su cuenta una vez si no tiene el teléfono. Imprímalos o anótelos y guárdelos bien: solo los mostramos ahora.";
    go_on: "I have kept them", "Je les ai conservés", "Los he guardado";
});
