//! I take my app away, with the password and a code or a passkey.

use super::{Asking, Both, HERE, REMOVED, ask_both, proved_both};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors;
use crate::text::texts;
use crate::web::{App, Filled, KeptHere, Member, Posted, Result, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/remove", get(ask).post(remove))
}

/// What it would mean; `None` if there is no app.
async fn asking(me: &Member) -> Result<Option<Asking>> {
    let Some(now) = factors::standing(&mut *me.begin().await?, me.id).await? else { return Ok(None) };
    let t = Text(me.lang);
    let lead = if now.passkeys > 0 { t.lead_beside() } else { t.lead() };
    Ok(now.app.map(|_| Asking { title: t.title(), lead, button: t.remove(), gone: REMOVED }))
}

async fn ask(KeptHere(me): KeptHere) -> Result<Response> {
    match asking(&me).await? {
        Some(asking) => ask_both(&me, Filled::default(), asking).await,
        None => see_other(HERE),
    }
}

async fn remove(KeptHere(me): KeptHere, form: Posted<Both>) -> Result<Response> {
    let Some(words) = asking(&me).await? else { return see_other(REMOVED) };
    let mut tx = match proved_both(&me, form, words).await? {
        Ok(tx) => tx,
        // the first of two clicks may just have done it
        Err(page) => return if asking(&me).await?.is_some() { Ok(page) } else { see_other(REMOVED) },
    };
    if !factors::remove_app(&mut tx, me.id).await? {
        return see_other(REMOVED);
    }
    let done = tx.note(Note::SecondFactorRemoved, me.id.0, &[(me.id, Letter::SecondFactorRemoved)]).await?;
    tx.commit(done).await?;
    see_other(REMOVED)
}

texts!(Text {
    title: "Take the app away", "Retirer l’application", "Quitar la aplicación";
    lead: "Your account is then protected by your password alone, and your recovery codes stop working.",
        "Votre compte n’est alors protégé que par votre mot de passe, et vos codes de secours cessent de fonctionner.",
        "Su cuenta queda protegida solo por su contraseña, y sus códigos de recuperación dejan de funcionar.";
    lead_beside: "Codes of your app stop working. Your passkeys and recovery codes stay.", "Les codes de votre application cessent de fonctionner. Vos clés d’accès et vos codes de secours restent.",
        "Los códigos de su aplicación dejan de funcionar. Sus llaves de acceso y códigos de recuperación siguen valiendo.";
    remove: "Take it away", "La retirer", "Quitarla";
});
