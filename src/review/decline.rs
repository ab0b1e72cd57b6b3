//! The reviewer does not select a profile: a reason from the list and a message, both shown to the candidate.

use super::later::{self, Decision};
use super::{Case, Decided, Shared, along, case, decide};
use crate::domain::application::DeclineReason;
use crate::reasons;
use crate::text::texts;
use crate::web::{App, Choice, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use serde_json::json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/decline", get(ask).post(decline))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// `next`: on to the next case of the list; `later`: the same, and the candidate is told another time.
    then: String,
    why: String,
    #[validate(length(max = 4000))]
    message: String,
}

#[derive(askama::Template)]
#[template(path = "review/decline.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    reasons: Vec<Choice>,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    match now.case.in_review() {
        Ok(_) if now.reviewer == Some(me.id) => {
            let offered = reasons::offered(&mut tx, me.lang).await?;
            show(&me, &now, &offered, Filled::fresh(Form { seen: now.version, ..Form::default() }))
        }
        _ => see_other(&format!("/review/{id}")),
    }
}

async fn decline(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let offered = reasons::offered(&mut tx, me.lang).await?;
    let (form, why) = match form.judge(|form| read(form, &offered)) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, &offered, form),
    };
    let decided = if form.then == "later" {
        let decision = Decision::Decline { why, message: form.message.clone() };
        later::draft(tx, now, form.seen, &decision).await?
    } else {
        let application = now.case.in_review().ok();
        let step =
            application.and_then(|application| application.decline(me.id, &why, form.message.clone()).ok());
        let facts = json!({ "reason": why.code() });
        decide(tx, now, form.seen, ("decline", &form.message, facts), step).await?
    };
    match decided {
        Decided::Taken => along::go_on(&me, id, &form.then).await,
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version, ..form };
            show(&me, &now, &offered, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

fn read(form: &Form, offered: &[(String, String)]) -> Result<(Form, DeclineReason), Vec<Problem>> {
    let mut problems = Vec::new();
    let why =
        DeclineReason::from_code(&form.why).filter(|why| offered.iter().any(|(code, _)| code == why.code()));
    if why.is_none() {
        problems.push(Problem::missing("why", |l| Text(l).choose_why()));
    }
    if form.message.is_empty() {
        problems.push(Problem::missing("message", |l| Text(l).write_message()));
    }
    match (why, problems.is_empty()) {
        (Some(why), true) => Ok((form.clone(), why)),
        _ => Err(problems),
    }
}

fn show(me: &HrReviewer, now: &Case, offered: &[(String, String)], form: Filled<Form>) -> Result<Response> {
    let chosen = form.values.why.clone();
    let reasons = offered
        .iter()
        .map(|(code, words)| Choice::new(code.as_str(), words.as_str(), *code == chosen))
        .collect();
    let status = form.status();
    html(status, &View { page: me.page(Text), form, id: now.id(), name: now.name.clone(), reasons })
}

texts!(Text {
    title: "Not selected", "Ne pas retenir", "No seleccionar";
    lead: "The candidate reads the reason and your message word for word, and may release again. You can take the decision back within 12 months.",
        "La personne candidate lit le motif et votre message mot pour mot, et peut transmettre à nouveau son dossier. Vous pouvez annuler la décision pendant 12 mois.",
        "La persona candidata lee el motivo y su mensaje tal cual, y puede enviar de nuevo su perfil. Usted puede revocar la decisión durante 12 meses.";
    why: "Reason", "Motif", "Motivo";
    choose_why: "Choose the reason", "Choisissez le motif", "Elija el motivo";
    message: "Message to the candidate", "Message à la personne candidate", "Mensaje a la persona candidata";
    message_hint: "Say what decided it, and what could be different another time. Up to 4,000 characters.",
        "Dites ce qui a été décisif, et ce qui pourrait changer une autre fois. Jusqu’à 4 000 caractères.",
        "Diga qué fue decisivo y qué podría cambiar en otra ocasión. Hasta 4.000 caracteres.";
    write_message: "Write a message to the candidate", "Écrivez un message à la personne candidate", "Escriba un mensaje a la persona candidata";
    send: "Decide and tell the candidate", "Décider et prévenir la personne candidate", "Decidir y avisar a la persona candidata";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
