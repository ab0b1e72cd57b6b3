//! The administrator closes and opens an account, ends its sessions, resets a second factor that was lost, and sends an
//! invitation again. What somebody did stays on record.

use super::people::Standing;
use super::person::person;
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors;
use crate::staff;
use crate::text::texts;
use crate::web::{
    Administrator, App, Error, Filled, Page, Path, Posted, Problem, Recent, Result, html, see_other,
};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use chrono::TimeDelta;
use uuid::Uuid;

/// A second click within so long sends no second letter.
const ONE_CLICK: TimeDelta = TimeDelta::minutes(1);

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/people/{id}/disable", get(ask).post(disable))
        .route("/administration/people/{id}/enable", post(enable))
        .route("/administration/people/{id}/end-sessions", post(end_sessions))
        .route("/administration/people/{id}/reset-second-factor", post(reset_factor))
        .route("/administration/people/{id}/invite-again", post(invite_again))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {}

#[derive(askama::Template)]
#[template(path = "administration/disable.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
}

async fn ask(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let it = person(&mut me.begin().await?, id).await?;
    match it.standing {
        _ if id == me.id.0 || !it.works_here() => Err(Error::Forbidden),
        Standing::Disabled => see_other(&back_to(id)),
        Standing::Active | Standing::Invited => show(&me, id, it.name, Filled::default()),
    }
}

async fn disable(
    Recent(me): Recent<Administrator>,
    Path(id): Path<Uuid>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = person(&mut tx, id).await?;
    if id == me.id.0 || !it.works_here() {
        return Err(Error::Forbidden);
    }
    let form = match form.judge(|form| Ok(form.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, id, it.name, form),
    };
    let now = tx.now();
    match staff::close_account(&mut tx, now, id).await.map_err(Error::from) {
        Ok(true) => {
            let done = tx.note(Note::Disabled, id, &[]).await?;
            tx.commit(done).await?;
        }
        Ok(false) => {}
        Err(error) if error.constraint() == Some("last_administrator") => {
            let problem = Problem::at("sure", |l| Text(l).last_administrator());
            return show(&me, id, it.name, Filled::with(form, vec![problem]));
        }
        Err(error) => return Err(error),
    }
    see_other(&back_to(id))
}

async fn enable(Recent(me): Recent<Administrator>, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    person(&mut tx, id).await?;
    let opened =
        sqlx::query!("update person set disabled_at = null where id = $1 and disabled_at is not null", id);
    if opened.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::Enabled, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&back_to(id))
}

async fn end_sessions(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    person(&mut tx, id).await?;
    if staff::end_sessions(&mut tx, id).await? > 0 {
        let done = tx.note(Note::SessionsEnded, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&back_to(id))
}

/// Whoever lost phone, passkeys and codes signs in with the password and sets up another factor. Nobody does it for themselves.
async fn reset_factor(Recent(me): Recent<Administrator>, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    person(&mut tx, id).await?;
    if id == me.id.0 {
        return Err(Error::Forbidden);
    }
    if factors::remove_all(&mut tx, id.into()).await? {
        staff::end_sessions(&mut tx, id).await?;
        let done = tx.note(Note::SecondFactorReset, id, &[(id.into(), Letter::SecondFactorReset)]).await?;
        tx.commit(done).await?;
    }
    see_other(&back_to(id))
}

async fn invite_again(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = person(&mut tx, id).await?;
    if it.standing != Standing::Invited || !it.works_here() {
        return see_other(&back_to(id));
    }
    let since = tx.now() - ONE_CLICK;
    let just_sent = sqlx::query_scalar!(
        r#"select exists (select from outbox where recipient_id = $1 and letter = $2 and created_at > $3) as "sent!""#,
        id,
        Letter::Invitation.code(),
        since
    );
    if !just_sent.fetch_one(&mut *tx).await? {
        let done = tx.note(Note::Invited, id, &[(id.into(), Letter::Invitation)]).await?;
        tx.commit(done).await?;
    }
    see_other(&back_to(id))
}

fn back_to(id: Uuid) -> String {
    format!("/administration/people/{id}")
}

fn show(me: &Administrator, id: Uuid, name: String, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), form, id, name })
}

texts!(Text {
    title(name): "Disable the account of {name}", "Désactiver le compte de {name}", "Desactivar la cuenta de {name}";
    lead: "They are signed out everywhere at once and cannot sign in. What they did stays on record, and cases they hold stay with them until somebody takes them. You can enable the account again.",
        "La personne est aussitôt déconnectée partout et ne peut plus se connecter. Ce qu’elle a fait reste enregistré, et les dossiers qu’elle suit lui restent attribués jusqu’à ce que quelqu’un les reprenne. Vous pouvez réactiver le compte.",
        "La persona queda desconectada de inmediato en todas partes y no puede iniciar sesión. Lo que hizo queda registrado, y los casos que lleva siguen a su nombre hasta que alguien los tome. Puede reactivar la cuenta.";
    last_administrator: "This is the last administrator: make somebody else one first",
        "C’est la dernière personne de l’administration : nommez-en d’abord une autre",
        "Es la última persona de administración: nombre antes a otra";
    disable: "Disable the account", "Désactiver le compte", "Desactivar la cuenta";
    keep: "Leave it open", "Le laisser ouvert", "Dejarla abierta";
});
