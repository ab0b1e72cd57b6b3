//! The reviewer puts a profile into the pool: every rule met, or judged as met in writing.

use super::{Case, Decided, Shared, along, case, decide};
use crate::domain::application::PoolProblem;
use crate::domain::eligibility::Outcome;
use crate::explain;
use crate::explain::eligibility::RuleLine;
use crate::text::texts;
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use serde_json::json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/pool", get(ask).post(pool))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// `next`: on to the next case of the list.
    then: String,
    #[validate(length(max = 4000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "review/pool.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    rules: Vec<RuleLine>,
    /// A rule must be judged by the reviewer, in writing.
    needs_reason: bool,
    /// What stands in the way, and nobody can override.
    blocked: Option<String>,
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

async fn pool(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let today = tx.today();
    let judged = form.judge(|f| {
        let reason = (!f.reason.is_empty()).then(|| f.reason.clone());
        let Ok(application) = now.case.in_review() else { return Ok((f.clone(), None)) };
        match application.pool(me.id, &now.rules, reason, today) {
            Ok(step) => Ok((f.clone(), Some(step))),
            Err(PoolProblem::NotYours(_)) => Ok((f.clone(), None)),
            Err(PoolProblem::ReasonMissing) => {
                Err(vec![Problem::missing("reason", |l| Text(l).write_reason())])
            }
            Err(PoolProblem::RuleNotMet) => Err(vec![Problem::at("rules", |l| Text(l).not_met())]),
            Err(PoolProblem::InformationMissing) => Err(vec![Problem::at("rules", |l| Text(l).missing())]),
        }
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    match decide(tx, now, form.seen, ("pool", &form.reason, json!({})), step).await? {
        Decided::Taken => along::go_on(&me, id, &form.then).await,
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version, ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

fn show(me: &HrReviewer, now: &Case, form: Filled<Form>) -> Result<Response> {
    let is = |outcome| now.rules.iter().any(|rule| rule.outcome == outcome);
    let t = Text(me.lang);
    let blocked = match () {
        () if is(Outcome::NotMet) => Some(t.not_met()),
        () if is(Outcome::NeedsInformation) => Some(t.missing()),
        () => None,
    };
    let view = View {
        page: me.page(Text),
        id: now.id(),
        name: now.name.clone(),
        rules: explain::eligibility::lines(&now.snapshot.assessment, me.lang),
        needs_reason: is(Outcome::NeedsReview),
        blocked,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Put into the pool", "Ajouter au vivier", "Añadir a la bolsa";
    lead: "Placements can be proposed from then on. The profile stays in the pool for 6 months, and the candidate is told until when.",
        "Des affectations peuvent dès lors être proposées. Le dossier reste 6 mois dans le vivier, et la personne candidate sait jusqu’à quand.",
        "A partir de entonces se pueden proponer plazas. El perfil permanece 6 meses en la bolsa y la persona candidata sabe hasta cuándo.";
    rules: "Rules", "Règles", "Normas";
    reason: "Why the rule counts as met", "Pourquoi la règle est considérée comme remplie", "Por qué la norma se considera cumplida";
    reason_hint: "It stays in the record. Say what you saw: a letter, a transcript, a call.",
        "Ce texte reste au registre. Dites ce que vous avez vu : une lettre, un relevé de notes, un appel.",
        "Este texto queda en el registro. Diga lo que ha visto: una carta, un expediente, una llamada.";
    write_reason: "Write why the rule that needs review counts as met", "Écrivez pourquoi la règle à examiner est considérée comme remplie",
        "Escriba por qué la norma por revisar se considera cumplida";
    not_met: "A rule is not met. Nobody can override it: ask for changes, or decide that the profile is not selected",
        "Une règle n’est pas remplie. Personne ne peut passer outre : demandez des modifications, ou ne retenez pas le dossier",
        "No se cumple una norma. Nadie puede pasarla por alto: pida cambios o no seleccione el perfil";
    missing: "Something is still unknown. Ask for changes first, so that the rule can be judged",
        "Il manque encore une information. Demandez d’abord des modifications, pour que la règle puisse être jugée",
        "Falta todavía información. Pida primero cambios, para que la norma se pueda juzgar";
    put: "Put into the pool", "Ajouter au vivier", "Añadir a la bolsa";
    ask_for_changes: "Ask for changes", "Demander des modifications", "Pedir cambios";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
