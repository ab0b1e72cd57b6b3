//! I add a passkey, in two steps: here its name, and my password; then the browser makes it.

use super::{HERE, Shared, Words, passkey_add};
use crate::account::proved;
use crate::db::Note;
use crate::factors::passkeys;
use crate::text::texts;
use crate::web::{App, Filled, Member, Page, Posted, Problem, Result, SignsInHere, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor/passkeys", get(ask).post(begin))
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 60))]
    name: String,
    #[validate(length(max = 200))]
    current_password: String,
}

#[derive(askama::Template)]
#[template(path = "account/second_factor/passkey.html")]
struct View {
    page: Page<Text>,
    words: Words,
    shared: Shared,
    form: Filled<Form>,
}

async fn ask(SignsInHere(me): SignsInHere) -> Result<Response> {
    match me.place() {
        Some(_) => show(&me, Filled::default()),
        None => see_other(HERE),
    }
}

/// Only whoever knows the password brings a device of their own.
async fn begin(SignsInHere(me): SignsInHere, form: Posted<Form>) -> Result<Response> {
    let Some(place) = me.place() else { return see_other(HERE) };
    let judged = form.judge(|form| match form.name.is_empty() {
        true => Err(vec![Problem::missing("name", |l| Text(l).enter_name())]),
        false => Ok(form.clone()),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, form),
    };
    let mut tx = match proved(&me, &form.current_password).await? {
        Ok(tx) => tx,
        Err(problem) => return show(&me, Filled::with(form, vec![problem])),
    };
    let now = tx.now();
    if !passkeys::begin(&mut tx, &place, me.asker(), &form.name, now).await? {
        return show(&me, Filled::with(form, vec![Problem::at("name", |l| Text(l).too_many())]));
    }
    let done = tx.note(Note::SecondFactorBegun, me.id.0, &[]).await?;
    tx.commit(done).await?;
    see_other(passkey_add::HERE)
}

fn show(me: &Member, form: Filled<Form>) -> Result<Response> {
    let (page, words, shared) = (me.page(Text), Words(me.lang), Shared(me.lang));
    html(form.status(), &View { page, words, shared, form })
}

texts!(Text {
    title: "Add a passkey", "Ajouter une clé d’accès", "Añadir una llave de acceso";
    lead: "Give it a name by which you know the device again. In the next step your browser asks you to make the passkey.",
        "Donnez-lui un nom qui vous rappelle l’appareil. À l’étape suivante, votre navigateur vous propose de créer la clé.",
        "Póngale un nombre con el que reconozca el dispositivo. En el paso siguiente, su navegador le pedirá que cree la llave.";
    name: "Name", "Nom", "Nombre";
    name_hint: "Such as “My laptop”", "Par exemple « Mon ordinateur »", "Por ejemplo, «Mi portátil»";
    enter_name: "Enter a name", "Indiquez un nom", "Indique un nombre";
    too_many: "You have as many passkeys as we keep. Take one away first", "Vous avez autant de clés d’accès que nous en conservons. Retirez-en d’abord une",
        "Tiene tantas llaves de acceso como guardamos. Quite antes una";
    go_on: "Continue", "Continuer", "Continuar";
});
