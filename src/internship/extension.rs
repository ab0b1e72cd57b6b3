//! The intern says yes or no to a longer stay, knowing its terms.

use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::domain::placement::State;
use crate::domain::terms::{Stage, Stay};
use crate::explain;
use crate::explain::terms::Line;
use crate::offices;
use crate::text::texts;
use crate::underway::anew::anew;
use crate::underway::extensions::{self, Extension, Standing};
use crate::underway::{Internship, Shared, internship};
use crate::web::{
    App, Candidate, Choice, Error, Filled, Page, Path, Posted, Problem, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/internship/{id}/extension", get(ask).post(answer))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The extension that was read.
    wish: String,
    /// `yes` or `no`.
    answer: String,
}

#[derive(askama::Template)]
#[template(path = "internship/extension.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    keep: String,
    lead: String,
    supervisor: String,
    asked: Extension,
    terms: Vec<Line>,
    answers: Vec<Choice>,
    form: Filled<Form>,
}

async fn ask(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let asked = extensions::latest(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if asked.standing != Standing::Asked || !may_answer(&now, tx.today()) {
        return see_other(&format!("/internship/{id}"));
    }
    let form = Form { wish: asked.id.to_string(), answer: String::new() };
    show(&me, &mut tx, &now, asked, Filled::fresh(form)).await
}

async fn answer(me: Candidate, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let asked = extensions::latest(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let (form, says_yes) = match form.judge(|f| match f.answer.as_str() {
        "yes" => Ok((f.clone(), true)),
        "no" => Ok((f.clone(), false)),
        _ => Err(vec![Problem::missing("answer", |l| Text(l).choose())]),
    }) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, &now, asked, form).await,
    };
    if says_yes && asked.standing == Standing::Asked && !may_answer(&now, tx.today()) {
        let over = Filled::with(form, vec![Problem::at("answer", |l| Text(l).over())]);
        return show(&me, &mut tx, &now, asked, over).await;
    }
    let is_this = form.wish == asked.id.to_string() && now.state() == State::Started;
    if is_this && write(&mut tx, asked.id, says_yes).await? {
        let facts = now.case.facts();
        let (note, letter) = match says_yes {
            true => (Note::ExtensionAgreed, (facts.proposed_by, Letter::ExtensionAgreed)),
            false => (Note::ExtensionRefused, (facts.supervisor, Letter::ExtensionAnswered)),
        };
        let done = tx.note(note, id, &[letter]).await?;
        tx.commit(done).await?;
        return see_other(&format!("/internship/{id}"));
    }
    let asked = extensions::latest(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let said = match asked.standing {
        Standing::Agreed | Standing::Confirmed => Some(true),
        Standing::Refused => Some(false),
        Standing::Asked | Standing::Declined => None,
    };
    if form.wish == asked.id.to_string() && said == Some(says_yes) {
        return see_other(&format!("/internship/{id}")); // pressed twice
    }
    let again = Form { wish: asked.id.to_string(), ..form };
    show(&me, &mut tx, &now, asked, Filled::overtaken(again, |l| Shared(l).overtaken())).await
}

/// Whether a longer stay can still come.
fn may_answer(now: &Internship, today: NaiveDate) -> bool {
    now.case.started().is_ok_and(|it| it.may_agree_extension(today))
}

/// `false`: it was answered already, or Human Resources has declined it.
async fn write(tx: &mut Tx<Candidate>, extension: Uuid, says_yes: bool) -> Result<bool> {
    let now = tx.now();
    let written = sqlx::query!(
        "update extension set agreed_at = case when $2 then $3::timestamptz end,
             refused_at = case when not $2 then $3::timestamptz end
         where id = $1 and is_open and agreed_at is null",
        extension,
        says_yes,
        now
    );
    Ok(written.execute(&mut **tx).await?.rows_affected() == 1)
}

async fn show(
    me: &Candidate,
    tx: &mut Tx<Candidate>,
    now: &Internship,
    asked: Extension,
    form: Filled<Form>,
) -> Result<Response> {
    let stay = Stay { start: now.stay().start, end: asked.new_end };
    let anew = anew(tx, now, stay, Stage::Extension).await?;
    let places = offices::names(tx, me.lang).await?;
    let place = places.get(&now.office).unwrap_or(&now.office);
    let t = Text(me.lang);
    let choice = |code: &str, label| Choice::new(code, label, form.values.answer == code);
    let view = View {
        page: me.page(Text),
        id: now.id(),
        keep: Shared(me.lang).keep(),
        lead: t.lead(&now.supervisor, me.lang.date(now.stay().end), me.lang.date(asked.new_end)),
        supervisor: now.supervisor.clone(),
        terms: explain::terms::lines(
            &anew.stated,
            stay,
            &anew.policy.terms,
            &now.profile.funding,
            place,
            me.lang,
        ),
        answers: vec![choice("yes", t.yes()).hint(t.yes_hint()), choice("no", t.no()).hint(t.no_hint())],
        asked,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Would you like to stay longer?", "Souhaitez-vous rester plus longtemps ?", "¿Desea quedarse más tiempo?";
    back: "Your internship", "Votre stage", "Su pasantía";
    lead(name, from, to): "{name} asks you to stay until {to} instead of {from}. You are free to say no.",
        "{name} vous propose de rester jusqu’au {to} au lieu du {from}. Vous êtes libre de refuser.",
        "{name} le propone quedarse hasta el {to} en lugar del {from}. Puede decir que no con toda libertad.";
    why: "Why", "Pourquoi", "Por qué";
    terms: "Your terms with the new last day", "Vos conditions avec le nouveau dernier jour", "Sus condiciones con el nuevo último día";
    insurance: "Your insurance must cover every day up to the new last day. Human Resources asks you for the proof before it confirms.",
        "Votre assurance doit couvrir chaque jour jusqu’au nouveau dernier jour. Les Ressources humaines vous demandent le justificatif avant de confirmer.",
        "Su seguro debe cubrir todos los días hasta el nuevo último día. Recursos Humanos le pide el justificante antes de confirmar.";
    answer: "Your answer", "Votre réponse", "Su respuesta";
    choose: "Choose yes or no", "Choisissez oui ou non", "Elija sí o no";
    over: "Your last day has passed, and what is over cannot be extended", "Votre dernier jour est passé, et un stage terminé ne se prolonge plus",
        "Su último día ya pasó y lo que terminó no puede prorrogarse";
    yes: "Yes, I stay longer", "Oui, je reste plus longtemps", "Sí, me quedo más tiempo";
    yes_hint: "Human Resources then confirms", "Les Ressources humaines confirment ensuite", "Después Recursos Humanos lo confirma";
    no: "No, I keep my last day", "Non, je garde mon dernier jour", "No, mantengo mi último día";
    no_hint: "Your supervisor is told; nothing else changes", "Votre responsable en est informé ; rien d’autre ne change", "Se informa a su supervisión; no cambia nada más";
    send: "Send my answer", "Envoyer ma réponse", "Enviar mi respuesta";
});
