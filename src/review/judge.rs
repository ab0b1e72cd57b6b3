//! The reviewer who has a case judges a rule that needs review: met or not, and why. Colleagues read it.

use super::{Case, Shared, case};
use crate::cases;
use crate::db::{Note, Tx};
use crate::domain::application::State;
use crate::domain::eligibility::{Outcome, Rule};
use crate::domain::judgement::Judgement;
use crate::explain;
use crate::explain::eligibility::RuleLine;
use crate::text::texts;
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/rules/{rule}", get(ask).post(judge))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    finding: String,
    #[validate(length(max = 4000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "review/judge.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    rule: RuleLine,
    findings: Vec<Choice>,
}

/// What somebody found about a rule of one version.
pub struct Judged {
    pub judgement: Judgement,
    pub by: Uuid,
    pub who: String,
    pub at: DateTime<Utc>,
}

async fn ask(me: HrReviewer, Path((id, rule)): Path<(Uuid, String)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let rule = under_review(&now, &rule)?;
    if !may_judge(&now, &me) {
        return see_other(&format!("/review/{id}"));
    }
    let judged =
        newest(&mut tx, id, now.latest).await?.into_iter().find(|judged| judged.judgement.rule == rule);
    let form = match judged {
        Some(Judged { judgement, .. }) => {
            Form { seen: now.version, finding: code(judgement.met).to_owned(), reason: judgement.reason }
        }
        None => Form { seen: now.version, ..Form::default() },
    };
    show(&me, &now, rule, Filled::fresh(form))
}

async fn judge(
    me: HrReviewer,
    Path((id, rule)): Path<(Uuid, String)>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    cases::hold(&mut tx, &[id]).await?;
    let now = case(&mut tx, id).await?;
    let rule = under_review(&now, &rule)?;
    let (form, met) = match form.judge(finding) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, rule, form),
    };
    let judgement = Judgement { rule, met, reason: form.reason.clone() };
    let newest = newest(&mut tx, id, now.latest).await?;
    if newest.iter().any(|judged| judged.judgement == judgement && judged.by == me.id.0) {
        return see_other(&format!("/review/{id}#verdicts")); // a double click
    }
    if form.seen != now.version || !may_judge(&now, &me) {
        let again = Form { seen: now.version, ..form };
        return show(&me, &now, rule, Filled::overtaken(again, |l| Shared(l).overtaken()));
    }
    keep(&mut tx, (id, now.latest), &[rule], met, &judgement.reason).await?;
    let done = tx.note(Note::RuleJudged(rule.code()), id, &[]).await?;
    tx.commit(done).await?;
    see_other(&format!("/review/{id}#verdicts"))
}

fn finding(form: &Form) -> Result<(Form, bool), Vec<Problem>> {
    let mut problems = Vec::new();
    let met = [true, false].into_iter().find(|met| code(*met) == form.finding);
    if met.is_none() {
        problems.push(Problem::missing("finding", |l| Text(l).choose_finding()));
    }
    if form.reason.is_empty() {
        problems.push(Problem::missing("reason", |l| Text(l).write_reason()));
    }
    match (met, problems.is_empty()) {
        (Some(met), true) => Ok((form.clone(), met)),
        _ => Err(problems),
    }
}

fn code(met: bool) -> &'static str {
    if met { "met" } else { "not_met" }
}

/// Whoever has the case; in the pool, where nobody has it, everybody who reads it: a newer version, or another first day,
/// may raise what was not asked before.
pub fn may_judge(now: &Case, me: &HrReviewer) -> bool {
    match now.state() {
        State::InReview => now.reviewer == Some(me.id),
        State::Pooled => true,
        _ => false,
    }
}

/// Whether there is something for a person to judge; in the pool, on another first day perhaps.
pub fn is_left_to_a_person(now: &Case, rule: Rule) -> bool {
    match now.snapshot.assessment.rule(rule).map(|it| it.outcome) {
        Some(Outcome::NeedsReview) => true,
        Some(Outcome::Met) => rule == Rule::Track && now.state() == State::Pooled,
        _ => false,
    }
}

/// # Errors
/// [`Error::NotFound`] if there is no such rule, or nobody has to judge it.
fn under_review(now: &Case, code: &str) -> Result<Rule> {
    let rule = Rule::from_code(code).ok_or(Error::NotFound)?;
    Some(rule).filter(|rule| is_left_to_a_person(now, *rule)).ok_or(Error::NotFound)
}

fn show(me: &HrReviewer, now: &Case, rule: Rule, form: Filled<Form>) -> Result<Response> {
    let t = Text(me.lang);
    let chosen = |met| form.values.finding == code(met);
    let findings = vec![
        Choice::new(code(true), t.met(), chosen(true)),
        Choice::new(code(false), t.not_met(), chosen(false)),
    ];
    let assessment = &now.snapshot.assessment;
    let rule = explain::eligibility::lines_of(assessment, me.lang)
        .into_iter()
        .find_map(|(it, line)| (it == rule).then_some(line))
        .ok_or(Error::NotFound)?;
    let view = View { page: me.page(Text), id: now.id(), name: now.name.clone(), rule, findings, form };
    html(view.form.status(), &view)
}

/// Writes down one finding about some rules of a version.
pub async fn keep(
    tx: &mut Tx<HrReviewer>,
    (id, number): (Uuid, i32),
    rules: &[Rule],
    met: bool,
    reason: &str,
) -> Result<()> {
    let (me, at) = (tx.actor(), tx.now());
    let codes: Vec<String> = rules.iter().map(|rule| rule.code().to_owned()).collect();
    sqlx::query!(
        "insert into rule_judgement (application_id, number, rule, met, reason, judged_by, judged_at)
         select $1, $2, rule, $4, $5, $6, $7 from unnest($3::text[]) as rule",
        id,
        number,
        &codes,
        met,
        reason,
        me.0,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The judgements that count about a version: of each rule the newest.
pub async fn newest(tx: &mut Tx<HrReviewer>, id: Uuid, number: i32) -> Result<Vec<Judged>> {
    let rows = sqlx::query!(
        r#"select distinct on (j.rule) j.rule, j.met, j.reason, j.judged_by, j.judged_at,
               trim(p.given_names || ' ' || p.family_names) as "who!"
           from rule_judgement j join person p on p.id = j.judged_by
           where j.application_id = $1 and j.number = $2 order by j.rule, j.id desc"#,
        id,
        number
    )
    .fetch_all(&mut **tx)
    .await?;
    let known = |code: &str| Rule::from_code(code).ok_or(Error::Missing("a known rule"));
    rows.into_iter()
        .map(|row| {
            let judgement = Judgement { rule: known(&row.rule)?, met: row.met, reason: row.reason };
            Ok(Judged { judgement, by: row.judged_by, who: row.who, at: row.judged_at })
        })
        .collect()
}

texts!(Text {
    title: "Judge a rule", "Juger une règle", "Juzgar una norma";
    lead: "The rules leave this to a person. What you find counts for this version of the profile; a newer version is judged anew.",
        "Les règles laissent ce point à l’appréciation d’une personne. Votre constat vaut pour cette version du dossier ; une nouvelle version sera jugée à nouveau.",
        "Las normas dejan este punto al juicio de una persona. Lo que usted constate vale para esta versión del perfil; una nueva versión se juzgará de nuevo.";
    finding: "What you find", "Votre constat", "Lo que usted constata";
    met: "The rule counts as met", "La règle est considérée comme remplie", "La norma se considera cumplida";
    not_met: "The rule is not met", "La règle n’est pas remplie", "La norma no se cumple";
    choose_finding: "Choose what you find", "Choisissez votre constat", "Elija lo que constata";
    reason: "Why", "Pourquoi", "Por qué";
    reason_hint: "Colleagues read it, and it stays in the record. Say what you saw: a letter, a transcript, a call.",
        "Vos collègues le lisent et ce texte reste au registre. Dites ce que vous avez vu : une lettre, un relevé de notes, un appel.",
        "Lo leen sus colegas y queda en el registro. Diga lo que ha visto: una carta, un expediente, una llamada.";
    write_reason: "Write why", "Écrivez pourquoi", "Escriba por qué";
    save: "Save what you find", "Enregistrer le constat", "Guardar lo constatado";
    keep: "Leave it as it is", "La laisser telle quelle", "Dejarla como está";
});
