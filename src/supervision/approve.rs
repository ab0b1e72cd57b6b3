//! The supervisor approves a placement: the work in writing, and no conflict of interest.

use super::{Case, Decided, Shared, case, decide};
use crate::domain::placement::{Refusal, State};
use crate::domain::step::Approval;
use crate::text::texts;
use crate::web::{App, Filled, Page, Path, Posted, Problem, Result, Supervisor, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/approve", get(ask).post(approve))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 4000))]
    terms_of_reference: String,
    #[validate(length(max = 4000))]
    tasks: String,
    #[validate(length(max = 4000))]
    learning_goals: String,
    no_conflict: bool,
}

#[derive(askama::Template)]
#[template(path = "supervision/approve.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
}

async fn ask(me: Supervisor, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case.proposed() {
        Ok(_) => show(&me, &now, Filled::fresh(Form { seen: now.version(), ..Form::default() })),
        Err(_) => see_other(&format!("/supervision/{id}")),
    }
}

async fn approve(me: Supervisor, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let hand = tx.hand();
    let judged = form.judge(|f| {
        let mut problems = missing(f);
        let step = now.case.proposed().and_then(|it| it.approve(hand, f.writing(), f.no_conflict));
        match step {
            Err(Refusal::ConflictOfInterest) => {
                problems.push(Problem::at("no_conflict", |l| Text(l).declare()));
                Err(problems)
            }
            _ if !problems.is_empty() => Err(problems),
            step => Ok((f.clone(), step.ok())),
        }
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    let writing = form.writing();
    let is_done = |now: &Case| now.state() == State::Approved && now.approval.as_ref() == Some(&writing);
    match decide(tx, now, form.seen, step, is_done).await? {
        Decided::Taken => see_other(&format!("/supervision/{id}")),
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version(), ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

impl Form {
    fn writing(&self) -> Approval {
        Approval {
            terms_of_reference: self.terms_of_reference.clone(),
            tasks: self.tasks.clone(),
            learning_goals: self.learning_goals.clone(),
        }
    }
}

fn missing(form: &Form) -> Vec<Problem> {
    let mut problems = Vec::new();
    if form.terms_of_reference.is_empty() {
        problems.push(Problem::missing("terms_of_reference", |l| Text(l).write_terms_of_reference()));
    }
    if form.tasks.is_empty() {
        problems.push(Problem::missing("tasks", |l| Text(l).write_tasks()));
    }
    if form.learning_goals.is_empty() {
        problems.push(Problem::missing("learning_goals", |l| Text(l).write_learning_goals()));
    }
    problems
}

fn show(me: &Supervisor, now: &Case, form: Filled<Form>) -> Result<Response> {
    let keep = Shared(me.lang).keep();
    let status = form.status();
    html(status, &View { page: me.page(Text), keep, form, id: now.id(), name: now.name.clone() })
}

texts!(Text {
    title: "Approve the placement", "Approuver l’affectation", "Aprobar la plaza";
    lead: "What you write here is what the intern will be offered and measured by.",
        "Ce que vous écrivez ici sera proposé à la personne en stage et servira à l’évaluer.",
        "Lo que escriba aquí se ofrecerá a la persona en pasantía y servirá para evaluarla.";
    terms_of_reference: "Terms of reference", "Mandat", "Términos de referencia";
    terms_of_reference_hint: "The unit, the purpose of the work, whom the intern works with.",
        "L’unité, le but du travail, avec qui la personne en stage travaille.", "La unidad, el propósito del trabajo, con quién trabaja la persona en pasantía.";
    write_terms_of_reference: "Write the terms of reference", "Écrivez le mandat", "Escriba los términos de referencia";
    tasks: "Tasks", "Tâches", "Tareas";
    tasks_hint: "One line for each. They match the intern’s education and experience.",
        "Une ligne par tâche. Elles correspondent aux études et à l’expérience de la personne en stage.",
        "Una línea por tarea. Corresponden a los estudios y la experiencia de la persona en pasantía.";
    write_tasks: "Write the tasks", "Écrivez les tâches", "Escriba las tareas";
    learning_goals: "Learning goals", "Objectifs d’apprentissage", "Objetivos de aprendizaje";
    learning_goals_hint: "What the intern will be able to do at the end.", "Ce que la personne en stage saura faire à la fin.", "Lo que la persona en pasantía sabrá hacer al final.";
    write_learning_goals: "Write the learning goals", "Écrivez les objectifs d’apprentissage", "Escriba los objetivos de aprendizaje";
    no_conflict: "I have no conflict of interest, and I will be the supervisor for the whole period",
        "Je n’ai pas de conflit d’intérêts, et j’encadrerai la personne en stage pendant toute la période",
        "No tengo conflicto de intereses y supervisaré a la persona en pasantía durante todo el periodo";
    no_conflict_hint: "There is one if the candidate is a relative, your partner or a business partner. If so, decline and say so.",
        "Un lien familial, conjugal ou d’affaires avec la personne candidate en est un. Si c’est le cas, refusez et dites-le.",
        "Un vínculo familiar, de pareja o de negocios con la persona candidata lo es. Si es el caso, rechace e indíquelo.";
    declare: "Declare that you have no conflict of interest", "Déclarez que vous n’avez pas de conflit d’intérêts", "Declare que no tiene conflicto de intereses";
    approve: "Approve", "Approuver", "Aprobar";
});
