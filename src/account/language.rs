//! I choose the language of letters. That of the pages is chosen at the top of each.

use super::Shared;
use crate::db::Note;
use crate::text::{Lang, texts};
use crate::web::{App, Choice, Filled, Member, Page, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/language", get(ask).post(choose))
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    lang: String,
}

#[derive(askama::Template)]
#[template(path = "account/language.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    languages: Vec<Choice>,
}

async fn ask(me: Member) -> Result<Response> {
    let mut tx = me.begin().await?;
    let lang = sqlx::query_scalar!("select lang from person where id = $1", me.id.0);
    let lang = lang.fetch_one(&mut *tx).await?;
    show(&me, Filled::fresh(Form { lang }))
}

async fn choose(me: Member, form: Posted<Form>) -> Result<Response> {
    let judged = form.judge(|f| {
        Lang::from_code(&f.lang).ok_or_else(|| vec![Problem::missing("lang", |l| Text(l).choose())])
    });
    let lang = match judged {
        Ok(lang) => lang,
        Err(form) => return show(&me, form),
    };
    let mut tx = me.begin().await?;
    let changed =
        sqlx::query!("update person set lang = $2 where id = $1 and lang <> $2", me.id.0, lang.code());
    if changed.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::LetterLanguageChosen, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/account?after=language")
}

fn show(me: &Member, form: Filled<Form>) -> Result<Response> {
    let chosen = |lang: Lang| Choice::new(lang.code(), lang.own_name(), form.values.lang == lang.code());
    let languages = Lang::ALL.map(chosen).to_vec();
    html(form.status(), &View { page: me.page(Text), shared: Shared(me.lang), form, languages })
}

texts!(Text {
    title: "Language of letters", "Langue des courriels", "Idioma de los mensajes";
    lead: "The language of the pages is chosen at the top of each page.", "La langue des pages se choisit en haut de chaque page.",
        "El idioma de las páginas se elige en la parte superior de cada una.";
    legend: "Send me letters in", "M’écrire en", "Escribirme en";
    choose: "Choose a language", "Choisissez une langue", "Elija un idioma";
    save: "Save", "Enregistrer", "Guardar";
});
