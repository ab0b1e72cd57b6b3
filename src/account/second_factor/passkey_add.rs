//! My browser has made a passkey: from then on it counts. With the first factor come recovery codes, and other sessions
//! end.

use super::{Words, codes, end_others};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::factors::passkeys::{self, Added};
use crate::factors::words;
use crate::text::{Lang, texts};
use crate::web::{App, Filled, KeptHere, Member, Page, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/passkeys/add", get(ask).post(add))
}

pub(super) const HERE: &str = "/account/second-factor/passkeys/add";
const ADDED: &str = "/account/second-factor?after=passkey";

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// As the script writes it down.
    #[validate(length(max = 20_000))]
    passkey: String,
}

#[derive(askama::Template)]
#[template(path = "account/second_factor/passkey_add.html")]
struct View {
    page: Page<Text>,
    words: Words,
    form: Filled<Form>,
    name: String,
    /// What the browser is asked, in words for scripts.
    asked: String,
}

async fn ask(KeptHere(me): KeptHere) -> Result<Response> {
    show(&me, Filled::default()).await
}

async fn add(KeptHere(me): KeptHere, form: Posted<Form>) -> Result<Response> {
    let form = match form.judge(|form| Ok(form.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, form).await,
    };
    let Some(place) = me.place() else { return see_other(super::HERE) };
    let mut tx = me.begin().await?;
    let now = tx.now();
    let wrong: fn(Lang) -> String =
        match passkeys::add(&mut tx, &place, me.asker(), &form.passkey, now).await? {
            Added::Done(fresh) => {
                if !fresh.is_empty() {
                    // they have proved one factor only
                    end_others(&mut tx, &me).await?;
                }
                let done = tx.note(Note::PasskeyAdded, me.id.0, &[(me.id, Letter::PasskeyAdded)]).await?;
                tx.commit(done).await?;
                return if fresh.is_empty() { see_other(ADDED) } else { codes::list(&me, fresh) };
            }
            Added::Known => |l| words::Passkeys(l).known(),
            Added::Wrong | Added::Over => |l| words::Words(l).wrong_passkey(),
        };
    drop(tx);
    show(&me, Filled::with(form, vec![Problem::at("passkey", wrong)])).await
}

async fn show(me: &Member, form: Filled<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    // nothing is begun, or it counts already: a double click
    let Some((name, asked)) = passkeys::begun(&mut tx, me.asker(), now).await? else {
        return see_other(super::HERE);
    };
    html(form.status(), &View { page: me.page(Text), words: Words(me.lang), form, name, asked })
}

texts!(Text {
    title: "Make the passkey", "Créer la clé d’accès", "Crear la llave de acceso";
    lead(name): "Press the button: your browser asks where to keep “{name}”, and who you are: by finger, face or the code of the device.",
        "Appuyez sur le bouton : votre navigateur vous demande où conserver « {name} », et qui vous êtes : par le doigt, le visage ou le code de l’appareil.",
        "Pulse el botón: su navegador le pregunta dónde guardar «{name}» y quién es usted: con el dedo, el rostro o el código del dispositivo.";
    make: "Make the passkey", "Créer la clé d’accès", "Crear la llave de acceso";
});
