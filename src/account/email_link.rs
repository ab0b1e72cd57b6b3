//! The two links of a change of address. The new mailbox confirms it, signed in as the account's owner: a stranger's
//! mailbox, mistyped, gains nothing. The old mailbox undoes it, signed in or not: whoever changed it may be a thief.

use crate::db::{Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::text::texts;
use crate::web::{Anyone, App, Error, Member, Page, Path, Result, html, see_other, session};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/email/confirm/{token}", get(ask).post(confirm))
        .route("/account/email/undo/{token}", get(ask_undo).post(undo))
}

const CONFIRM: &str = "new_email";
const UNDO: &str = "undo_email";

#[derive(askama::Template)]
#[template(path = "account/email_link.html")]
struct View {
    page: Page<Text>,
    title: String,
    lead: String,
    /// On the button, if there is something to do.
    action: Option<String>,
}

/// The change that a link which still works is about.
struct Change {
    id: Uuid,
    person: Uuid,
    old: String,
    new: String,
}

async fn ask(me: Member, Path(token): Path<String>) -> Result<Response> {
    let change = change(&mut me.begin().await?, &token, CONFIRM).await?;
    let t = Text(me.lang);
    match change.filter(|change| change.person == me.id.0) {
        Some(change) => {
            let (title, lead, action) = (t.confirm_title(), t.confirm_lead(&change.new), Some(t.confirm()));
            html(StatusCode::OK, &View { page: me.page(Text), title, lead, action })
        }
        None => dead(me.page(Text)),
    }
}

async fn confirm(me: Member, Path(token): Path<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let found = change(&mut tx, &token, CONFIRM).await?.filter(|change| change.person == me.id.0);
    let Some(change) = found else { return dead(me.page(Text)) };
    if !use_up(&mut tx, &token).await? {
        return dead(me.page(Text));
    }
    let now = tx.now();
    let moved = sqlx::query!("update person set email = $2 where id = $1", me.id.0, change.new);
    match moved.execute(&mut *tx).await.map_err(Error::from) {
        Ok(_) => {}
        // somebody has registered with it meanwhile
        Err(error) if error.constraint() == Some("person_email_key") => return dead(me.page(Text)),
        Err(error) => return Err(error),
    }
    sqlx::query!("update email_change set confirmed_at = $2 where id = $1", change.id, now)
        .execute(&mut *tx)
        .await?;
    let done = tx.note(Note::EmailChanged, me.id.0, &[]).await?;
    tx.commit(done).await?;
    see_other("/account?after=email-confirmed")
}

async fn ask_undo(me: Anyone, Path(token): Path<String>) -> Result<Response> {
    let t = Text(me.lang);
    match change(&mut me.begin().await?, &token, UNDO).await? {
        Some(change) => {
            let (title, lead, action) = (t.undo_title(), t.undo_lead(&change.old), Some(t.undo()));
            html(StatusCode::OK, &View { page: me.page(Text), title, lead, action })
        }
        None => dead(me.page(Text)),
    }
}

async fn undo(me: Anyone, Path(token): Path<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let Some(change) = change(&mut tx, &token, UNDO).await? else { return dead(me.page(Text)) };
    if !use_up(&mut tx, &token).await? {
        return dead(me.page(Text));
    }
    let now = tx.now();
    // whatever was asked for since then was asked for by the same hands
    sqlx::query!(
        "update email_change u set undone_at = $2 from email_change this
         where this.id = $1 and u.person_id = this.person_id and u.asked_at >= this.asked_at and u.undone_at is null",
        change.id,
        now
    )
    .execute(&mut *tx)
    .await?;
    // they know the password, too: it opens nothing any more
    let restored = sqlx::query!(
        "update person set email = $2, password_hash = null where id = $1",
        change.person,
        change.old
    );
    match restored.execute(&mut *tx).await.map_err(Error::from) {
        Ok(_) => {}
        Err(error) if error.constraint() == Some("person_email_key") => return dead(me.page(Text)),
        Err(error) => return Err(error),
    }
    sqlx::query!("delete from session where person_id = $1", change.person).execute(&mut *tx).await?;
    let letters = [(PersonId(change.person), Letter::ResetPassword)];
    let done = tx.note(Note::EmailChangeUndone, change.person, &letters).await?;
    tx.commit(done).await?;
    let t = Text(me.lang);
    let view =
        View { page: me.page(Text), title: t.undone_title(), lead: t.undone_lead(&change.old), action: None };
    html(StatusCode::OK, &view)
}

async fn change<R>(tx: &mut Tx<R>, token: &str, purpose: &str) -> Result<Option<Change>> {
    let now = tx.now();
    let found = sqlx::query_as!(
        Change,
        "select c.id, c.person_id as person, c.old_email as old, c.new_email as new
         from link_token t join email_change c on c.id = t.about join person p on p.id = c.person_id
         where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3
           and c.undone_at is null and p.disabled_at is null",
        session::hash(token),
        purpose,
        now
    );
    Ok(found.fetch_optional(&mut **tx).await?)
}

/// `false`: somebody was faster.
async fn use_up<R>(tx: &mut Tx<R>, token: &str) -> Result<bool> {
    let now = tx.now();
    let used = sqlx::query!(
        "update link_token set used_at = $2 where token_hash = $1 and used_at is null",
        session::hash(token),
        now
    );
    Ok(used.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Used, too old, or never sent.
fn dead(page: Page<Text>) -> Result<Response> {
    let (title, lead) = (page.t.dead_title(), page.t.dead_lead());
    html(StatusCode::GONE, &View { page, title, lead, action: None })
}

texts!(Text {
    back: "Your account", "Votre compte", "Su cuenta";
    confirm_title: "Confirm your new address", "Confirmer votre nouvelle adresse", "Confirmar su nueva dirección";
    confirm_lead(new): "From now on you sign in with {new}, and letters go there.", "Désormais, vous vous connectez avec {new} et les courriels y sont envoyés.",
        "A partir de ahora inicia sesión con {new} y los mensajes se envían allí.";
    confirm: "Use this address", "Utiliser cette adresse", "Utilizar esta dirección";
    undo_title: "Undo the change of address", "Annuler le changement d’adresse", "Deshacer el cambio de dirección";
    undo_lead(old): "Your account keeps or gets back the address {old}. All sessions end, and the present password stops working: we send you a link to choose another.",
        "Votre compte garde ou retrouve l’adresse {old}. Toutes les sessions se ferment et le mot de passe actuel cesse de fonctionner : nous vous envoyons un lien pour en choisir un autre.",
        "Su cuenta conserva o recupera la dirección {old}. Se cierran todas las sesiones y la contraseña actual deja de funcionar: le enviamos un enlace para elegir otra.";
    undo: "Undo the change", "Annuler le changement", "Deshacer el cambio";
    undone_title: "The change is undone", "Le changement est annulé", "El cambio se ha deshecho";
    undone_lead(old): "Now open the letter that we have just sent to {old}, and choose a new password.",
        "Ouvrez maintenant le courriel que nous venons d’envoyer à {old} et choisissez un nouveau mot de passe.",
        "Abra ahora el mensaje que acabamos de enviar a {old} y elija una nueva contraseña.";
    dead_title: "This link does not work any more", "Ce lien ne fonctionne plus", "Este enlace ya no funciona";
    dead_lead: "It was used before, it is too old, or it belongs to another account. Your account page shows your present address.",
        "Il a déjà été utilisé, il est trop ancien ou il appartient à un autre compte. La page de votre compte indique votre adresse actuelle.",
        "Ya se utilizó, es demasiado antiguo o pertenece a otra cuenta. La página de su cuenta muestra su dirección actual.";
});
