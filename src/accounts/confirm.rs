//! Somebody confirms an address: the link proves the mailbox, the password proves who registered it.

use super::{code, link, see_other_with, start_session};
use crate::db::Note;
use crate::domain::role::RoleName;
use crate::text::texts;
use crate::web::desk::desk;
use crate::web::{Anyone, App, Filled, Page, Path, Posted, Problem, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/confirm/{token}", get(ask).post(confirm))
}

const PURPOSE: &str = "confirm_email";

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    password: String,
}

#[derive(askama::Template)]
#[template(path = "accounts/confirm.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    email: String,
}

async fn ask(me: Anyone, Path(token): Path<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    match link::owner(&mut tx, &token, PURPOSE, now).await? {
        Some(owner) => show(&me, Filled::fresh(Form::default()), owner.email, None),
        None => link::dead(&me, Some("/register")),
    }
}

async fn confirm(me: Anyone, Path(token): Path<String>, form: Posted<Form>) -> Result<Response> {
    let owner = {
        let mut tx = me.begin().await?;
        let now = tx.now();
        link::owner(&mut tx, &token, PURPOSE, now).await?
    };
    let Some(owner) = owner else { return link::dead(&me, Some("/register")) };
    let form = match form.judge(|f| match f.password.is_empty() {
        true => Err(vec![Problem::missing("password", |l| Text(l).enter_password())]),
        false => Ok(f.clone()),
    }) {
        Ok(form) => form,
        Err(form) => return show(&me, form, owner.email, None),
    };
    if !me.may_try(&format!("confirm {}", owner.email.to_lowercase()), 10, 900).await? {
        let form = Filled::with(form, vec![Problem::at("password", |l| Text(l).too_often())]);
        return show(&me, form, owner.email, Some(StatusCode::TOO_MANY_REQUESTS));
    }
    let person = {
        let mut tx = me.begin().await?;
        sqlx::query!(
            r#"select password_hash, array(select role from person_role where person_id = $1) as "roles!"
           from person where id = $1"#,
            owner.id.0
        )
        .fetch_one(&mut *tx)
        .await?
    };
    // no connection is held while the password is hashed, nor while tries are counted
    if !me.passwords().verify(form.password.clone(), person.password_hash).await {
        let form = Filled::with(form, vec![Problem::at("password", |l| Text(l).wrong())]);
        return show(&me, form, owner.email, None);
    }
    let mut tx = me.begin().await?;
    let now = tx.now();
    if !link::use_up(&mut tx, &token, PURPOSE, now).await? {
        return link::dead(&me, Some("/register"));
    }
    sqlx::query!(
        "update person set email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1",
        owner.id.0,
        now
    )
    .execute(&mut *tx)
    .await?;
    if let Some(code) = code::ask_for(&me, &mut tx, owner.id, "").await? {
        let done = tx.note(Note::EmailConfirmed, owner.id.0, &[]).await?;
        tx.commit(done).await?;
        return Ok(code);
    }
    let roles: Vec<RoleName> = person.roles.iter().filter_map(|code| RoleName::from_code(code)).collect();
    let cookie = start_session(&me, &mut tx, owner.id, &roles, now).await?;
    let confirmed = tx.note(Note::EmailConfirmed, owner.id.0, &[]).await?;
    let done = confirmed.and(tx.note(Note::SignedIn, owner.id.0, &[]).await?);
    tx.commit(done).await?;
    Ok(see_other_with(desk(&roles), cookie))
}

fn show(me: &Anyone, form: Filled<Form>, email: String, status: Option<StatusCode>) -> Result<Response> {
    let status = status.unwrap_or_else(|| form.status());
    html(status, &View { page: me.page(Text), form, email })
}

texts!(Text {
    title: "Confirm your email address", "Confirmer votre adresse électronique", "Confirmar su dirección de correo electrónico";
    lead: "You opened the link we sent. One step is left: enter the password you chose.",
        "Vous avez ouvert le lien que nous vous avons envoyé. Il reste une étape : indiquez le mot de passe que vous avez choisi.",
        "Ha abierto el enlace que le enviamos. Falta un paso: indique la contraseña que eligió.";
    email: "Email address", "Adresse électronique", "Dirección de correo electrónico";
    password: "Password", "Mot de passe", "Contraseña";
    enter_password: "Enter the password you chose", "Indiquez le mot de passe que vous avez choisi", "Indique la contraseña que eligió";
    wrong: "This is not the password of this account", "Ce n’est pas le mot de passe de ce compte", "Esta no es la contraseña de esta cuenta";
    too_often: "Too many attempts. Wait 15 minutes, then try again", "Trop de tentatives. Attendez 15 minutes, puis réessayez",
        "Demasiados intentos. Espere 15 minutos y vuelva a intentarlo";
    confirm: "Confirm and sign in", "Confirmer et se connecter", "Confirmar e iniciar sesión";
    forgot: "I forgot my password", "J’ai oublié mon mot de passe", "He olvidado mi contraseña";
});
