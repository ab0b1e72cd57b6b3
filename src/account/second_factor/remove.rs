//! I take my second factor away, with the password and a code.

use super::{Asking, Both, ask_both, proved_both};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors;
use crate::text::texts;
use crate::web::{App, Filled, Member, Posted, Result, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/remove", get(ask).post(remove))
}

const DONE: &str = "/account/second-factor?after=removed";

fn asking(me: &Member) -> Asking {
    let t = Text(me.lang);
    Asking { title: t.title(), lead: t.lead(), button: t.remove(), gone: DONE }
}

async fn ask(me: Member) -> Result<Response> {
    ask_both(&me, Filled::default(), asking(&me)).await
}

async fn remove(me: Member, form: Posted<Both>) -> Result<Response> {
    let mut tx = match proved_both(&me, form, asking(&me)).await? {
        Ok(tx) => tx,
        Err(page) => return Ok(page),
    };
    factors::remove(&mut tx, me.id).await?;
    let done = tx.note(Note::SecondFactorRemoved, me.id.0, &[(me.id, Letter::SecondFactorRemoved)]).await?;
    tx.commit(done).await?;
    see_other(DONE)
}

texts!(Text {
    title: "Take the second factor away", "Retirer le deuxième facteur", "Quitar el segundo factor";
    lead: "Your account is then protected by your password alone, and your recovery codes stop working.",
        "Votre compte n’est alors protégé que par votre mot de passe, et vos codes de secours cessent de fonctionner.",
        "Su cuenta queda protegida solo por su contraseña, y sus códigos de recuperación dejan de funcionar.";
    remove: "Take it away", "Le retirer", "Quitarlo";
});
