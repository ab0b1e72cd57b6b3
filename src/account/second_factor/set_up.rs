//! I bring the secret into my app, and send back a first code: from then on it counts, and other sessions end.

use super::{HERE, Words, codes, end_others};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors::{self, Key, qr, words};
use crate::text::texts;
use crate::web::{App, Filled, KeptHere, Member, Page, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/set-up", get(ask).post(confirm))
}

const ADDED: &str = "/account/second-factor?after=app";

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 60))]
    code: String,
}

#[derive(askama::Template)]
#[template(path = "account/second_factor/set_up.html")]
struct View {
    page: Page<Text>,
    words: Words,
    form: Filled<Form>,
    key: Key,
    drawn: Option<qr::Drawn>,
}

async fn ask(KeptHere(me): KeptHere) -> Result<Response> {
    show(&me, Filled::default()).await
}

async fn confirm(KeptHere(me): KeptHere, form: Posted<Form>) -> Result<Response> {
    let judged = form.judge(|form| match form.code.is_empty() {
        true => Err(vec![Problem::missing("code", |l| Words(l).enter_code())]),
        false => Ok(form.clone()),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, form).await,
    };
    let mut tx = me.begin().await?;
    let now = tx.now();
    let Some(fresh) = factors::confirm(&mut tx, me.files().vault(), me.id, &form.code, now).await? else {
        drop(tx);
        return show(&me, Filled::with(form, vec![Problem::at("code", |l| words::Words(l).wrong_code())]))
            .await;
    };
    // they have proved one factor only
    end_others(&mut tx, &me).await?;
    let done = tx.note(Note::SecondFactorAdded, me.id.0, &[(me.id, Letter::SecondFactorAdded)]).await?;
    tx.commit(done).await?;
    // beside passkeys, there were codes before
    if fresh.is_empty() { see_other(ADDED) } else { codes::list(&me, fresh) }
}

async fn show(me: &Member, form: Filled<Form>) -> Result<Response> {
    let begun = factors::begun(&mut *me.begin().await?, me.files().vault(), me.id).await?;
    // nothing is begun, or it counts already: a double click
    let Some(key) = begun else { return see_other(HERE) };
    let drawn = qr::draw(&key.address);
    html(form.status(), &View { page: me.page(Text), words: Words(me.lang), form, key, drawn })
}

texts!(Text {
    title: "Set up the second factor", "Configurer le deuxième facteur", "Configurar el segundo factor";
    scan: "Scan this picture with your authenticator app", "Scannez cette image avec votre application d’authentification",
        "Escanee esta imagen con su aplicación de autenticación";
    picture: "QR code with the key below", "Code QR contenant la clé ci-dessous", "Código QR con la clave de abajo";
    or_type: "Or type this key into the app:", "Ou saisissez cette clé dans l’application :", "O escriba esta clave en la aplicación:";
    code: "Code that the app shows", "Code affiché par l’application", "Código que muestra la aplicación";
    code_hint: "Six digits; another one comes every 30 seconds", "Six chiffres, qui changent toutes les 30 secondes", "Seis cifras, que cambian cada 30 segundos";
    confirm: "Turn it on", "L’activer", "Activarlo";
});
