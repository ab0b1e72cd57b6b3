//! I take my second factor away, with the password and a code.

use super::{Both, HERE, Shared, Words, is_on, prove_both};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors;
use crate::text::texts;
use crate::web::{App, Filled, Member, Page, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/remove", get(ask).post(remove))
}

const DONE: &str = "/account/second-factor?after=removed";

#[derive(askama::Template)]
#[template(path = "account/second_factor/remove.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    words: Words,
    form: Filled<Both>,
}

async fn ask(me: Member) -> Result<Response> {
    show(&me, Filled::default()).await
}

async fn remove(me: Member, form: Posted<Both>) -> Result<Response> {
    let form = match form.judge(|form| Ok(form.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, form).await,
    };
    let mut tx = match prove_both(&me, &form).await? {
        Ok(tx) => tx,
        Err(problem) => return show(&me, Filled::with(form, vec![problem])).await,
    };
    factors::remove(&mut tx, me.id).await?;
    let done = tx.note(Note::SecondFactorRemoved, me.id.0, &[(me.id, Letter::SecondFactorRemoved)]).await?;
    tx.commit(done).await?;
    see_other(DONE)
}

async fn show(me: &Member, form: Filled<Both>) -> Result<Response> {
    if !is_on(me).await? {
        return see_other(if form.has_problems() { DONE } else { HERE }); // by the first of two clicks
    }
    let view = View { page: me.page(Text), shared: Shared(me.lang), words: Words(me.lang), form };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Take the second factor away", "Retirer le deuxième facteur", "Quitar el segundo factor";
    lead: "Your account is then protected by your password alone, and your recovery codes stop working.",
        "Votre compte n’est alors protégé que par votre mot de passe, et vos codes de secours cessent de fonctionner.",
        "Su cuenta queda protegida solo por su contraseña, y sus códigos de recuperación dejan de funcionar.";
    remove: "Take it away", "Le retirer", "Quitarlo";
});
