//! I take a passkey away, with the password and a code or a passkey: this one, if I have no other.

use super::{Asking, Both, HERE, REMOVED, ask_both, proved_both};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors::{self, passkeys};
use crate::text::texts;
use crate::web::{App, Filled, KeptHere, Member, Path, Posted, Result, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/passkeys/{id}/remove", get(ask).post(remove))
}

/// What it would mean; `None` if it is gone, or was never mine.
async fn asking(me: &Member, id: Uuid) -> Result<Option<Asking>> {
    let mut tx = me.begin().await?;
    let keys = passkeys::list(&mut tx, me.id).await?;
    let has_app = factors::standing(&mut tx, me.id).await?.is_some_and(|it| it.app.is_some());
    let t = Text(me.lang);
    let lead = if has_app || keys.len() > 1 { t.lead() } else { t.lead_last() };
    let words = |name| Asking { title: t.title(name), lead, button: t.remove(), gone: REMOVED };
    Ok(keys.iter().find(|key| key.id == id).map(|key| words(&key.name)))
}

async fn ask(KeptHere(me): KeptHere, Path(id): Path<Uuid>) -> Result<Response> {
    match asking(&me, id).await? {
        Some(asking) => ask_both(&me, Filled::default(), asking).await,
        None => see_other(HERE),
    }
}

async fn remove(KeptHere(me): KeptHere, Path(id): Path<Uuid>, form: Posted<Both>) -> Result<Response> {
    let Some(words) = asking(&me, id).await? else { return see_other(REMOVED) };
    let mut tx = match proved_both(&me, form, words).await? {
        Ok(tx) => tx,
        // the first of two clicks may just have done it
        Err(page) => return if asking(&me, id).await?.is_some() { Ok(page) } else { see_other(REMOVED) },
    };
    if !passkeys::remove(&mut tx, me.id, id).await? {
        return see_other(REMOVED);
    }
    let done = tx.note(Note::PasskeyRemoved, me.id.0, &[(me.id, Letter::PasskeyRemoved)]).await?;
    tx.commit(done).await?;
    see_other(REMOVED)
}

texts!(Text {
    title(name): "Take “{name}” away", "Retirer « {name} »", "Quitar «{name}»";
    lead: "This passkey stops working here. Your device may go on keeping it; you can delete it there.",
        "Cette clé d’accès cesse de fonctionner ici. Votre appareil peut continuer de la conserver ; vous pouvez l’y supprimer.",
        "Esta llave de acceso deja de funcionar aquí. Su dispositivo puede seguir guardándola; puede borrarla allí.";
    lead_last: "It is your last factor: your account is then protected by your password alone, and your recovery codes stop working.",
        "C’est votre dernier facteur : votre compte n’est alors protégé que par votre mot de passe, et vos codes de secours cessent de fonctionner.",
        "Es su último factor: su cuenta queda protegida solo por su contraseña, y sus códigos de recuperación dejan de funcionar.";
    remove: "Take it away", "La retirer", "Quitarla";
});
