//! The reviewer puts a profile into the pool: every rule met, or judged as met in writing.

use super::judge::{self, Judged};
use super::later::{self, Decision};
use super::{Case, Decided, Shared, along, case, decide};
use crate::domain::application::PoolProblem;
use crate::domain::eligibility::Outcome;
use crate::domain::judgement::{self, Judgement};
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
    /// `next`: on to the next case of the list; `later`: the same, and the candidate is told another time.
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
    /// Why rules that were judged count as met.
    judged: Vec<Judged>,
    /// A rule must still be judged by the reviewer, in writing.
    needs_reason: bool,
    /// What stands in the way, and nobody can override.
    blocked: Option<String>,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    match now.case.in_review() {
        Ok(_) if now.reviewer == Some(me.id) => {
            let judged = judge::newest(&mut tx, id, now.latest).await?;
            show(&me, &now, judged, Filled::fresh(Form { seen: now.version, ..Form::default() }))
        }
        _ => see_other(&format!("/review/{id}")),
    }
}

async fn pool(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let today = tx.today();
    let found = judge::newest(&mut tx, id, now.latest).await?;
    let judgements: Vec<Judgement> = found.iter().map(|judged| judged.judgement.clone()).collect();
    let judged = form.judge(|f| {
        let typed = Some(f.reason.as_str()).filter(|reason| !reason.is_empty());
        let Ok(ground) = judgement::ground(&now.rules, &judgements, typed) else {
            return Err(vec![Problem::at("rules", |l| Text(l).judged_not_met())]);
        };
        let said = ground.clone().unwrap_or_default();
        let Ok(application) = now.case.in_review() else { return Ok((f.clone(), said, None)) };
        match application.pool(me.id, &now.rules, ground, today) {
            Ok(step) => Ok((f.clone(), said, Some(step))),
            Err(PoolProblem::NotYours(_)) => Ok((f.clone(), said, None)),
            Err(PoolProblem::ReasonMissing) => {
                Err(vec![Problem::missing("reason", |l| Text(l).write_reason())])
            }
            Err(PoolProblem::RuleNotMet) => Err(vec![Problem::at("rules", |l| Text(l).not_met())]),
            Err(PoolProblem::InformationMissing) => Err(vec![Problem::at("rules", |l| Text(l).missing())]),
        }
    });
    let (form, said, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, found, form),
    };
    if form.then == "later" && step.is_some() {
        let decision = Decision::Pool { reason: form.reason.clone() };
        let drafted = later::draft(tx, now, form.seen, &decision).await?;
        return answer(&me, id, form, found, drafted).await;
    }
    let unjudged = judgement::unjudged(&now.rules, &judgements);
    if step.is_some() && !unjudged.is_empty() {
        judge::keep(&mut tx, (id, now.latest), &unjudged, true, &form.reason).await?;
    }
    let decided = decide(tx, now, form.seen, ("pool", &said, json!({})), step).await?;
    answer(&me, id, form, found, decided).await
}

async fn answer(
    me: &HrReviewer,
    id: Uuid,
    form: Form,
    found: Vec<Judged>,
    decided: Decided,
) -> Result<Response> {
    match decided {
        Decided::Taken => along::go_on(me, id, &form.then).await,
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version, ..form };
            show(me, &now, found, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

fn show(me: &HrReviewer, now: &Case, found: Vec<Judged>, form: Filled<Form>) -> Result<Response> {
    let judgements: Vec<Judgement> = found.iter().map(|judged| judged.judgement.clone()).collect();
    let is = |outcome| now.rules.iter().any(|rule| rule.outcome == outcome);
    let t = Text(me.lang);
    let blocked = match () {
        () if is(Outcome::NotMet) => Some(t.not_met()),
        () if is(Outcome::NeedsInformation) => Some(t.missing()),
        () if judgement::ground(&now.rules, &judgements, None).is_err() => Some(t.judged_not_met()),
        () => None,
    };
    let view = View {
        page: me.page(Text),
        id: now.id(),
        name: now.name.clone(),
        rules: explain::eligibility::lines(&now.snapshot.assessment, me.lang),
        needs_reason: !judgement::unjudged(&now.rules, &judgements).is_empty(),
        judged: found,
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
    judged_not_met: "A rule that needs review was judged not to be met. Judge it anew, ask for changes, or decide that the profile is not selected",
        "Une règle à examiner a été jugée non remplie. Jugez-la à nouveau, demandez des modifications, ou ne retenez pas le dossier",
        "Una norma por revisar se juzgó no cumplida. Júzguela de nuevo, pida cambios o no seleccione el perfil";
    judged: "What was found", "Ce qui a été constaté", "Lo que se constató";
    put: "Put into the pool", "Ajouter au vivier", "Añadir a la bolsa";
    ask_for_changes: "Ask for changes", "Demander des modifications", "Pedir cambios";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
