//! Somebody signs in and is taken to their own desk, or back to where they were going.

use super::{code, device, signed_in, start_session};
use crate::db::Note;
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::role::RoleName;
use crate::text::texts;
use crate::web::desk::{desk, local};
use crate::web::{Anyone, App, Filled, Page, Posted, Problem, Query, Result, html, see_other};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::{Router, response::Response, routing::get};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(ask).post(sign_in))
}

/// Tries for one account in a quarter of an hour: from one address, or in one browser that its owner uses …
const TRIES: i32 = 10;
/// … from all addresses of strangers together, which locks no owner out of their own browser …
const TRIES_OF_STRANGERS: i32 = 50;
/// … and from one address for all accounts together.
const TRIES_FROM_ONE_ADDRESS: i32 = 100;
const WINDOW_SECONDS: i64 = 900;

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 254))]
    email: String,
    #[validate(length(max = 200))]
    password: String,
    /// Where the reader was going.
    next: String,
}

/// What happened just before, to be said on the page.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Before {
    next: String,
    after: String,
}

#[derive(askama::Template)]
#[template(path = "accounts/sign_in.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    news: Option<String>,
    /// What the organisation's identity provider is called.
    organisation: Option<String>,
}

async fn ask(me: Anyone, Query(before): Query<Before>) -> Result<Response> {
    if me.person.is_some() {
        return see_other(local(&before.next).unwrap_or_else(|| desk(me.roles())));
    }
    let t = Text(me.lang);
    let news = match before.after.as_str() {
        "password" => Some(t.after_password()),
        "sign-out" => Some(t.after_sign_out()),
        "upload" => Some(t.after_upload()),
        _ if before.next == "/kept" => Some(t.after_session()),
        _ => local(&before.next).map(|_| t.sign_in_first()),
    };
    let form = Filled::fresh(Form { next: before.next, ..Form::default() });
    html(StatusCode::OK, &view(&me, form, news))
}

async fn sign_in(me: Anyone, headers: HeaderMap, form: Posted<Form>) -> Result<Response> {
    let form = match form.judge(read) {
        Ok(form) => form,
        Err(form) => return again(&me, form),
    };
    if !may_guess(&me, &headers, &form.email.to_lowercase()).await? {
        return too_often(&me, form);
    }
    let person = {
        let mut tx = me.begin().await?;
        sqlx::query!(
            r#"select id, password_hash, email_confirmed_at, disabled_at,
                   array(select role from person_role r where r.person_id = p.id) as "roles!"
               from person p where email_key = lower($1)
                   and not ($2 and exists (select from organisation_identity i where i.person_id = p.id))"#,
            form.email,
            me.provider().is_some()
        )
        .fetch_optional(&mut *tx)
        .await?
    };
    // an unknown address costs the same work, and gets the same answer
    let stored = person.as_ref().and_then(|p| p.password_hash.clone());
    let right = me.passwords().verify(form.password.clone(), stored).await;
    let known = person.as_ref().map(|p| p.id);
    let Some(person) = person.filter(|p| right && p.disabled_at.is_none()) else {
        tracing::warn!(person = ?known, "sign-in refused");
        return again(&me, Filled::with(form, vec![Problem::at("email", |l| Text(l).wrong())]));
    };
    let mut tx = me.begin().await?;
    // a password that was changed while it was checked opens nothing any more
    let unchanged = sqlx::query!(
        "select from person where id = $1 and password_hash = $2 and disabled_at is null for share",
        person.id,
        person.password_hash
    );
    if unchanged.fetch_optional(&mut *tx).await?.is_none() {
        return again(&me, Filled::with(form, vec![Problem::at("email", |l| Text(l).wrong())]));
    }
    if person.email_confirmed_at.is_none() {
        // only somebody who knows the password is told
        let done =
            tx.note(Note::Registered, person.id, &[(PersonId(person.id), Letter::ConfirmEmail)]).await?;
        tx.commit(done).await?;
        return again(&me, Filled::with(form, vec![Problem::at("email", |l| Text(l).confirm_first())]));
    }
    if let Some(code) = code::ask_for(&me, &mut tx, PersonId(person.id), &form.next).await? {
        let done = tx.note(Note::CodeAsked, person.id, &[]).await?;
        tx.commit(done).await?;
        return Ok(code);
    }
    let roles: Vec<RoleName> = person.roles.iter().filter_map(|code| RoleName::from_code(code)).collect();
    let now = tx.now();
    let cookie = start_session(&me, &mut tx, PersonId(person.id), &roles, now).await?;
    let done = tx.note(Note::SignedIn, person.id, &[]).await?;
    tx.commit(done).await?;
    signed_in(&me, PersonId(person.id), local(&form.next).unwrap_or_else(|| desk(&roles)), cookie)
}

/// Counts one more try. Whoever guesses somebody else's password uses up their own tries and those of other strangers,
/// never those of a browser in which that person has a session, or has signed in before (OWASP ASVS 5.0, 6.3.1).
async fn may_guess(me: &Anyone, headers: &HeaderMap, email: &str) -> Result<bool> {
    let here = format!("sign in from {}", me.address);
    if !me.may_try(&here, TRIES_FROM_ONE_ADDRESS, WINDOW_SECONDS).await? {
        return Ok(false);
    }
    if let Some(session) = &me.session
        && is_theirs(me, session, email).await?
    {
        let browser = format!("sign in {email} with {}", URL_SAFE_NO_PAD.encode(session));
        return me.may_try(&browser, TRIES, WINDOW_SECONDS).await;
    }
    if let Some((person, mark)) = device::of(me, headers)
        && is_of(me, person, email).await?
    {
        return me.may_try(&format!("sign in {email} with {mark}"), TRIES, WINDOW_SECONDS).await;
    }
    let from_here = format!("sign in {email} from {}", me.address);
    Ok(me.may_try(&from_here, TRIES, WINDOW_SECONDS).await?
        && me.may_try(&format!("sign in {email}"), TRIES_OF_STRANGERS, WINDOW_SECONDS).await?)
}

/// Whether the browser has a session of the account with this address, which may have ended.
async fn is_theirs(me: &Anyone, session: &[u8], email: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from session s join person p on p.id = s.person_id
               where s.token_hash = $1 and p.email_key = $2) as "theirs!""#,
        session,
        email
    );
    Ok(found.fetch_one(&mut *me.begin().await?).await?)
}

/// Whether this is the person's address now.
async fn is_of(me: &Anyone, person: Uuid, email: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from person where id = $1 and email_key = $2) as "theirs!""#,
        person,
        email
    );
    Ok(found.fetch_one(&mut *me.begin().await?).await?)
}

fn read(form: &Form) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    if form.email.is_empty() {
        problems.push(Problem::missing("email", |l| Text(l).enter_email()));
    }
    if form.password.is_empty() {
        problems.push(Problem::missing("password", |l| Text(l).enter_password()));
    }
    if problems.is_empty() { Ok(form.clone()) } else { Err(problems) }
}

fn view(me: &Anyone, form: Filled<Form>, news: Option<String>) -> View {
    let organisation = me.provider().map(|provider| provider.settings().name.clone());
    View { page: me.page(Text), form, news, organisation }
}

fn again(me: &Anyone, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &view(me, form, None))
}

fn too_often(me: &Anyone, form: Form) -> Result<Response> {
    let form = Filled::with(form, vec![Problem::at("email", |l| Text(l).too_often())]);
    let mut response = html(StatusCode::TOO_MANY_REQUESTS, &view(me, form, None))?;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(WINDOW_SECONDS));
    Ok(response)
}

texts!(Text {
    title: "Sign in", "Se connecter", "Iniciar sesión";
    email: "Email address", "Adresse électronique", "Dirección de correo electrónico";
    password: "Password", "Mot de passe", "Contraseña";
    enter_email: "Enter your email address", "Indiquez votre adresse électronique", "Indique su dirección de correo electrónico";
    enter_password: "Enter your password", "Indiquez votre mot de passe", "Indique su contraseña";
    wrong: "The email address and the password do not match. Check both",
        "L’adresse électronique et le mot de passe ne correspondent pas. Vérifiez les deux",
        "La dirección de correo y la contraseña no coinciden. Revise ambas";
    confirm_first: "Confirm your email address first: we have sent you the link again",
        "Confirmez d’abord votre adresse électronique : nous vous avons renvoyé le lien",
        "Confirme primero su dirección de correo: le hemos enviado el enlace de nuevo";
    too_often: "Too many attempts. Wait 15 minutes, or choose a new password",
        "Trop de tentatives. Attendez 15 minutes, ou choisissez un nouveau mot de passe",
        "Demasiados intentos. Espere 15 minutos o elija una nueva contraseña";
    forgot: "I forgot my password", "J’ai oublié mon mot de passe", "He olvidado mi contraseña";
    organisation(name): "Sign in with {name}", "Se connecter avec {name}", "Iniciar sesión con {name}";
    organisation_lead: "For staff and supervisors of the organisation", "Pour le personnel et les responsables de stage de l’organisation", "Para el personal y quienes supervisan en la organización";
    or_password: "Or with a password", "Ou avec un mot de passe", "O con una contraseña";
    new_here: "New here?", "Première visite ?", "¿Es su primera visita?";
    new_lead: "You need an account to save a profile. It takes two minutes and it is free.",
        "Il vous faut un compte pour enregistrer un dossier. C’est gratuit et cela prend deux minutes.",
        "Necesita una cuenta para guardar un perfil. Es gratuito y lleva dos minutos.";
    register: "Register", "S’inscrire", "Registrarse";
    staff: "Staff and supervisors sign in here too. You will be taken to your own workspace.",
        "Le personnel et les responsables se connectent aussi ici, et arrivent dans leur espace de travail.",
        "El personal y quienes supervisan también inician sesión aquí y llegan a su propio espacio de trabajo.";
    after_password: "Your password is changed. Sign in with the new one.",
        "Votre mot de passe est modifié. Connectez-vous avec le nouveau.",
        "Su contraseña ha cambiado. Inicie sesión con la nueva.";
    after_sign_out: "You are signed out. What you saved is kept.",
        "Votre session est fermée. Ce que vous avez enregistré est conservé.",
        "Ha cerrado la sesión. Lo que guardó se conserva.";
    after_session: "You were signed out before this was saved. What you typed is kept: sign in, and it is there.",
        "Votre session s’est fermée avant l’enregistrement. Ce que vous avez saisi est conservé : connectez-vous pour le retrouver.",
        "Su sesión terminó antes de guardar. Lo que escribió se conserva: inicie sesión y lo encontrará.";
    after_upload: "You were signed out before the file was saved. Sign in, then send the file again.",
        "Votre session s’est fermée avant l’enregistrement du fichier. Connectez-vous, puis envoyez-le à nouveau.",
        "Su sesión terminó antes de guardar el archivo. Inicie sesión y envíelo de nuevo.";
    sign_in_first: "Sign in, and you will go on to the page you wanted.",
        "Connectez-vous : vous irez ensuite à la page demandée.",
        "Inicie sesión y pasará a la página que quería ver.";
});
