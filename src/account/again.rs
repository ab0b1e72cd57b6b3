//! Somebody signed in proves once more who they are, and goes on to what asked for it.

use super::second_factor::{Both, Means, is_on, means, prove_both};
use super::{Shared, proved};
use crate::db::Note;
use crate::factors::words;
use crate::text::texts;
use crate::web::desk::local;
use crate::web::{App, Error, Filled, Member, Page, Posted, Query, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/again", get(ask).post(go_on))
}

/// Where somebody was going.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Going {
    next: String,
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 200))]
    current_password: String,
    #[validate(length(max = 60))]
    code: String,
    #[validate(length(max = 20_000))]
    passkey: String,
    #[validate(length(max = 2000))]
    next: String,
}

#[derive(askama::Template)]
#[template(path = "account/again.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    of_codes: words::Words,
    form: Filled<Form>,
    means: Option<Means>,
    /// Where somebody proves it who signs in by the organisation, and what that is called.
    organisation: Option<(String, String)>,
}

async fn ask(me: Member, Query(going): Query<Going>) -> Result<Response> {
    let form = Form { next: going.next, ..Form::default() };
    show(&me, Filled::fresh(form)).await
}

async fn go_on(me: Member, form: Posted<Form>) -> Result<Response> {
    let form = match form.judge(|form| Ok(form.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, form).await,
    };
    let Form { current_password, code, passkey, next } = form.clone();
    let proved = match is_on(&me).await? {
        true => prove_both(&me, &Both { current_password, code, passkey }).await?,
        false => proved(&me, &current_password).await?,
    };
    let mut tx = match proved {
        Ok(tx) => tx,
        Err(problem) => return show(&me, Filled::with(form, vec![problem])).await,
    };
    let now = tx.now();
    sqlx::query!("update session set proved_at = $2 where token_hash = $1", me.session, now)
        .execute(&mut *tx)
        .await?;
    let done = tx.note(Note::ProvedAgain, me.id.0, &[]).await?;
    tx.commit(done).await?;
    see_other(local(&next).unwrap_or("/"))
}

async fn show(me: &Member, form: Filled<Form>) -> Result<Response> {
    let (page, shared, of_codes) = (me.page(Text), Shared(me.lang), words::Words(me.lang));
    let organisation = match me.provider() {
        Some(provider) => {
            let going = [("again", "true"), ("next", &form.values.next)];
            let going = serde_html_form::to_string(going).map_err(|_| Error::Unreadable)?;
            Some((format!("/sign-in/organisation?{going}"), provider.settings().name.clone()))
        }
        None => None,
    };
    html(form.status(), &View { page, shared, of_codes, means: means(me).await?, organisation, form })
}

texts!(Text {
    title: "Is it still you?", "Est-ce toujours vous ?", "¿Sigue siendo usted?";
    lead: "You signed in some time ago, and what comes next is private or cannot be taken back. Show us once more who you are, and you go on where you were.",
        "Votre connexion date un peu, et la suite est confidentielle ou définitive. Confirmez votre identité et vous reprendrez là où vous étiez.",
        "Inició sesión hace un rato, y lo que sigue es confidencial o definitivo. Confirme quién es y seguirá donde estaba.";
    by_organisation(name): "Show it with {name}", "Confirmer avec {name}", "Confirmarlo con {name}";
    go_on: "Go on", "Continuer", "Continuar";
});
