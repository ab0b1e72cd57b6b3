//! I choose another password: whoever knew the old one is out, everywhere but here.

use super::{Shared, end_others, hold, prove};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::passwords::strength;
use crate::text::texts;
use crate::web::{App, Error, Filled, Member, Page, Posted, Result, SignsInHere, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/password", get(ask).post(change))
}

const DONE: &str = "/account?after=password";

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    current_password: String,
    password: String,
}

#[derive(askama::Template)]
#[template(path = "account/password.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    password_hint: String,
}

async fn ask(SignsInHere(me): SignsInHere) -> Result<Response> {
    show(&me, Filled::default())
}

async fn change(SignsInHere(me): SignsInHere, form: Posted<Form>) -> Result<Response> {
    let known = {
        let mut tx = me.begin().await?;
        let known =
            sqlx::query!("select email, given_names, family_names from person where id = $1", me.id.0);
        known.fetch_one(&mut *tx).await?
    };
    let about = [known.email.as_str(), &known.given_names, &known.family_names];
    let judged = form.judge(|f| match strength::problem(&f.password, &about) {
        Some(problem) => Err(vec![problem]),
        None => Ok(f.clone()),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, form),
    };
    let proved = match prove(&me, &form.current_password).await? {
        Ok(proved) => proved,
        Err(_) if is_done(&me, &form).await? => return see_other(DONE),
        Err(problem) => return show(&me, Filled::with(form, vec![problem])),
    };
    let hash = me.passwords().hash(form.password.clone()).await.ok_or(Error::Missing("a password hash"))?;
    let mut tx = me.begin().await?;
    if let Err(error) = hold(&mut tx, &proved).await {
        drop(tx);
        return if is_done(&me, &form).await? { see_other(DONE) } else { Err(error) };
    }
    sqlx::query!("update person set password_hash = $2 where id = $1", me.id.0, hash)
        .execute(&mut *tx)
        .await?;
    end_others(&mut tx, &me).await?;
    sqlx::query!("delete from link_token where person_id = $1 and purpose = 'reset_password'", me.id.0)
        .execute(&mut *tx)
        .await?;
    let done = tx.note(Note::PasswordChanged, me.id.0, &[(me.id, Letter::PasswordChanged)]).await?;
    tx.commit(done).await?;
    see_other(DONE)
}

/// Whether the new password is the account's already: a double click. It counts as a try like any other.
async fn is_done(me: &Member, form: &Form) -> Result<bool> {
    Ok(prove(me, &form.password).await?.is_ok())
}

fn show(me: &Member, form: Filled<Form>) -> Result<Response> {
    let password_hint = strength::Text(me.lang).hint();
    html(form.status(), &View { page: me.page(Text), shared: Shared(me.lang), form, password_hint })
}

texts!(Text {
    title: "Change your password", "Changer de mot de passe", "Cambiar la contraseña";
    lead: "You stay signed in here; every other session ends.", "Cette session reste ouverte ; toutes les autres se ferment.",
        "Esta sesión sigue abierta; todas las demás se cierran.";
    password: "New password", "Nouveau mot de passe", "Nueva contraseña";
    save: "Save the password", "Enregistrer le mot de passe", "Guardar la contraseña";
});
