//! Somebody forgot the password and asks for a link. The answer is the same for every address.

use super::{LETTERS, evenly, is_address};
use crate::db::Note;
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::text::texts;
use crate::web::{Anyone, App, Filled, Page, Posted, Problem, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/forgot-password", get(ask).post(send)).route("/forgot-password/sent", get(sent))
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    email: String,
}

#[derive(askama::Template)]
#[template(path = "accounts/forgot.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
}

async fn ask(me: Anyone) -> Result<Response> {
    html(StatusCode::OK, &View { page: me.page(Text), form: Filled::default() })
}

async fn send(me: Anyone, form: Posted<Form>) -> Result<Response> {
    let judged = form.judge(|f| match is_address(&f.email) {
        true => Ok(f.clone()),
        false => Err(vec![Problem::at("email", |l| Text(l).email_shape())]),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return html(form.status(), &View { page: me.page(Text), form }),
    };
    let here = me.may_try(&format!("forgot from {}", me.address), 30, 3600).await?;
    let email = form.email.to_lowercase();
    let this = me.may_try(&format!("forgot {email} from {}", me.address), 5, 3600).await?;
    if !(here && this) {
        let form = Filled::with(form, vec![Problem::at("email", |l| Text(l).too_often())]);
        return html(StatusCode::TOO_MANY_REQUESTS, &View { page: me.page(Text), form });
    }
    // strangers who ask for many keep nobody from asking: there are links in the mailbox then, and the answer is the same
    let letters = me.may_try(&format!("forgot {email}"), LETTERS, 3600).await?;
    evenly(async { if letters { owe_a_link(&me, &form.email).await } else { Ok(()) } }).await?;
    see_other("/forgot-password/sent")
}

async fn owe_a_link(me: &Anyone, email: &str) -> Result<()> {
    let mut tx = me.begin().await?;
    let person = sqlx::query_scalar!(
        "select id from person p where email_key = lower($1) and disabled_at is null
             and not ($2 and exists (select from organisation_identity i where i.person_id = p.id))",
        email,
        me.provider().is_some()
    );
    let Some(id) = person.fetch_optional(&mut *tx).await? else { return Ok(()) };
    let done = tx.note(Note::PasswordForgotten, id, &[(PersonId(id), Letter::ResetPassword)]).await?;
    Ok(tx.commit(done).await?)
}

#[derive(askama::Template)]
#[template(path = "accounts/forgot_sent.html")]
struct Sent {
    page: Page<Text>,
    /// What keeps the passwords of staff, where something does.
    organisation: Option<String>,
}

async fn sent(me: Anyone) -> Result<Response> {
    let organisation = me.provider().map(|provider| provider.settings().name.clone());
    html(StatusCode::OK, &Sent { page: me.page(Text), organisation })
}

texts!(Text {
    title: "Choose a new password", "Choisir un nouveau mot de passe", "Elegir una nueva contraseña";
    lead: "Tell us your address, and we will send you a link. Your current password works until you choose a new one.",
        "Indiquez votre adresse : nous vous enverrons un lien. Votre mot de passe actuel fonctionne jusqu’à ce que vous en choisissiez un nouveau.",
        "Indíquenos su dirección y le enviaremos un enlace. Su contraseña actual funciona hasta que elija otra.";
    email: "Email address", "Adresse électronique", "Dirección de correo electrónico";
    email_shape: "Enter an email address, such as name@example.org", "Indiquez une adresse électronique, par exemple nom@example.org",
        "Indique una dirección de correo, por ejemplo nombre@example.org";
    send: "Send me a link", "M’envoyer un lien", "Enviarme un enlace";
    too_often: "Too many attempts. Wait an hour, then try again", "Trop de tentatives. Attendez une heure, puis réessayez",
        "Demasiados intentos. Espere una hora y vuelva a intentarlo";
    sent_title: "Now open your mail", "Ouvrez maintenant votre messagerie", "Ahora abra su correo";
    sent_lead: "If there is an account with this address, a letter is on its way. Its link works for one hour.",
        "S’il existe un compte avec cette adresse, un courriel est en route. Son lien fonctionne pendant une heure.",
        "Si existe una cuenta con esta dirección, le hemos enviado un mensaje. Su enlace funciona durante una hora.";
    sent_organisation(name): "If you sign in with {name}, your password is kept there, and no letter comes from us.",
        "Si vous vous connectez avec {name}, votre mot de passe y est géré et nous n’envoyons pas de courriel.",
        "Si inicia sesión con {name}, su contraseña se guarda allí y no enviamos ningún mensaje.";
    sent_nothing: "Nothing after a few minutes? Look among unwanted mail, and check that it is the address you registered with.",
        "Rien après quelques minutes ? Regardez dans le courrier indésirable, et vérifiez qu’il s’agit bien de l’adresse de votre inscription.",
        "¿Nada después de unos minutos? Mire en el correo no deseado y compruebe que es la dirección con la que se registró.";
    open_mailbox: "Open the mailbox", "Ouvrir la boîte", "Abrir el buzón";
});
