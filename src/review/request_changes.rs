//! The reviewer asks the candidate to change named sections, and says what is missing.

use super::{Case, Decided, Shared, along, case, decide};
use crate::domain::profile::Section;
use crate::explain::profile::section_name;
use crate::text::{Lang, texts};
use crate::web::{App, Choice, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use serde_json::json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/changes", get(ask).post(request))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// `next`: on to the next case of the list.
    then: String,
    sections: Vec<String>,
    #[validate(length(max = 4000))]
    message: String,
}

#[derive(askama::Template)]
#[template(path = "review/request_changes.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    sections: Vec<Choice>,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case.in_review() {
        Ok(_) if now.reviewer == Some(me.id) => {
            show(&me, &now, Filled::fresh(Form { seen: now.version, ..Form::default() }))
        }
        _ => see_other(&format!("/review/{id}")),
    }
}

async fn request(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let (form, sections) = match form.judge(|form| Ok((form.clone(), read(&form.sections, &form.message)?))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    let step = now
        .case
        .in_review()
        .ok()
        .and_then(|application| application.request_changes(me.id, &sections, form.message.clone()).ok());
    let facts = json!({ "sections": sections });
    match decide(tx, now, form.seen, ("request_changes", &form.message, facts), step).await? {
        Decided::Taken => along::go_on(&me, id, &form.then).await,
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version, ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

/// The sections that are named, or what is missing.
pub fn read(named: &[String], message: &str) -> Result<Vec<&'static str>, Vec<Problem>> {
    let mut problems = Vec::new();
    let is_named = |section: &&Section| named.iter().any(|code| code == section.code());
    let sections: Vec<&'static str> =
        Section::ALL.iter().filter(is_named).map(|section| section.code()).collect();
    if sections.is_empty() {
        problems.push(Problem::missing("sections", |l| Text(l).choose_sections()));
    }
    if message.is_empty() {
        problems.push(Problem::missing("message", |l| Text(l).write_message()));
    }
    if problems.is_empty() { Ok(sections) } else { Err(problems) }
}

/// Every section to choose from, with those that are named.
pub fn choices(named: &[String], lang: Lang) -> Vec<Choice> {
    let chosen = |section: Section| named.iter().any(|code| code == section.code());
    Section::ALL
        .map(|section| Choice::new(section.code(), section_name(section, lang), chosen(section)))
        .to_vec()
}

fn show(me: &HrReviewer, now: &Case, form: Filled<Form>) -> Result<Response> {
    let sections = choices(&form.values.sections, me.lang);
    let status = form.status();
    html(status, &View { page: me.page(Text), form, id: now.id(), name: now.name.clone(), sections })
}

texts!(pub Text {
    title: "Ask for changes", "Demander des modifications", "Pedir cambios";
    lead(days): "The candidate reads your message word for word, changes the profile and releases it again. It comes back to you, at its old place in the queue. Without an answer within {days} days it expires.",
        "La personne candidate lit votre message mot pour mot, modifie le dossier et le transmet à nouveau. Il vous revient, à son ancienne place dans la liste. Sans réponse dans les {days} jours, il expire.",
        "La persona candidata lee su mensaje tal cual, cambia el perfil y lo envía de nuevo. Vuelve a usted, a su antiguo lugar en la lista. Sin respuesta en {days} días, caduca.";
    sections: "Sections to change", "Sections à modifier", "Secciones que cambiar";
    choose_sections: "Choose at least one section", "Choisissez au moins une section", "Elija al menos una sección";
    message: "What is missing", "Ce qui manque", "Qué falta";
    message_hint: "Say what to change, and what will be enough. Up to 4,000 characters.",
        "Dites ce qui est à modifier et ce qui suffira. Jusqu’à 4 000 caractères.",
        "Diga qué hay que cambiar y qué bastará. Hasta 4.000 caracteres.";
    write_message: "Write what is missing", "Écrivez ce qui manque", "Escriba qué falta";
    send: "Send to the candidate", "Envoyer à la personne candidate", "Enviar a la persona candidata";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
