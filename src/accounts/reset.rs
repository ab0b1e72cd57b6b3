//! Somebody chooses a password by a link from a letter: a forgotten one, or the first one of an invitation.

use super::{link, password};
use crate::db::Note;
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::text::texts;
use crate::web::{Anyone, App, Error, Filled, Page, Path, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/reset-password/{token}", get(ask_again).post(reset))
        .route("/invitation/{token}", get(ask_first).post(accept))
}

/// Why a password is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occasion {
    Forgotten,
    Invited,
}

impl Occasion {
    /// The purpose of the link.
    fn code(self) -> &'static str {
        match self {
            Occasion::Forgotten => "reset_password",
            Occasion::Invited => "invitation",
        }
    }

    fn another(self) -> Option<&'static str> {
        (self == Occasion::Forgotten).then_some("/forgot-password")
    }
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    password: String,
}

#[derive(askama::Template)]
#[template(path = "accounts/reset.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    email: String,
    password_hint: String,
    invited: bool,
}

async fn ask_again(me: Anyone, Path(token): Path<String>) -> Result<Response> {
    ask(me, token, Occasion::Forgotten).await
}

async fn ask_first(me: Anyone, Path(token): Path<String>) -> Result<Response> {
    ask(me, token, Occasion::Invited).await
}

async fn reset(me: Anyone, Path(token): Path<String>, form: Posted<Form>) -> Result<Response> {
    choose(me, token, form, Occasion::Forgotten).await
}

async fn accept(me: Anyone, Path(token): Path<String>, form: Posted<Form>) -> Result<Response> {
    choose(me, token, form, Occasion::Invited).await
}

async fn ask(me: Anyone, token: String, occasion: Occasion) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    match link::owner(&mut tx, &token, occasion.code(), now).await? {
        Some(owner) => show(&me, Filled::default(), owner.email, occasion),
        None => link::dead(&me, occasion.another()),
    }
}

async fn choose(me: Anyone, token: String, form: Posted<Form>, occasion: Occasion) -> Result<Response> {
    let owner = {
        let mut tx = me.begin().await?;
        let now = tx.now();
        link::owner(&mut tx, &token, occasion.code(), now).await?
    };
    let Some(owner) = owner else { return link::dead(&me, occasion.another()) };
    let judged = form.judge(|f| match password::problem(&f.password, &[&owner.email, &owner.name]) {
        Some(problem) => Err(vec![problem]),
        None => Ok(f.password.clone()),
    });
    let password = match judged {
        Ok(password) => password,
        Err(form) => return show(&me, form, owner.email, occasion),
    };
    let hash = me.passwords().hash(password).await.ok_or(Error::Missing("a password hash"))?;
    let mut tx = me.begin().await?;
    let now = tx.now();
    if !link::use_up(&mut tx, &token, occasion.code(), now).await? {
        return link::dead(&me, occasion.another());
    }
    // whoever opened the link has read the mailbox: the address is confirmed too
    sqlx::query!(
        "update person set password_hash = $2, email_confirmed_at = coalesce(email_confirmed_at, $3) where id = $1",
        owner.id.0,
        hash,
        now
    )
    .execute(&mut *tx)
    .await?;
    // whoever knew the old password is out, everywhere
    sqlx::query!("delete from session where person_id = $1", owner.id.0).execute(&mut *tx).await?;
    let letters: &[(PersonId, Letter)] = match occasion {
        Occasion::Forgotten => &[(owner.id, Letter::PasswordChanged)],
        Occasion::Invited => &[],
    };
    let done = tx.note(Note::PasswordChanged, owner.id.0, letters).await?;
    tx.commit(done).await?;
    see_other("/sign-in?after=password")
}

fn show(me: &Anyone, form: Filled<Form>, email: String, occasion: Occasion) -> Result<Response> {
    let password_hint = password::Text(me.lang).hint();
    let invited = occasion == Occasion::Invited;
    html(form.status(), &View { page: me.page(Text), form, email, password_hint, invited })
}

texts!(Text {
    title: "Choose a new password", "Choisir un nouveau mot de passe", "Elegir una nueva contraseña";
    invited_title: "Welcome. Choose your password", "Bienvenue. Choisissez votre mot de passe", "Le damos la bienvenida. Elija su contraseña";
    lead: "You will be signed out everywhere else.", "Vos sessions ouvertes ailleurs seront fermées.", "Se cerrarán las sesiones que tenga abiertas en otros lugares.";
    invited_lead: "It opens your staff account. Nobody else knows it, not even the administrator.",
        "Il ouvre votre compte de membre du personnel. Personne d’autre ne le connaît, pas même l’administration.",
        "Abre su cuenta de personal. Nadie más la conoce, ni siquiera la administración.";
    email: "Email address", "Adresse électronique", "Dirección de correo electrónico";
    password: "New password", "Nouveau mot de passe", "Nueva contraseña";
    save: "Save the password", "Enregistrer le mot de passe", "Guardar la contraseña";
});
