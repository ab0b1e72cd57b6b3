//! The supervisor evaluates the internship in writing: at half-time, and at the end.

use crate::cases::take_if_seen;
use crate::db::Tx;
use crate::domain::placement::{AnyPlacement, FINAL_EVALUATION_DAYS, Which};
use crate::explain::profile::Row;
use crate::text::texts;
use crate::underway::evaluations::{self, Comment, Evaluation, Words};
use crate::underway::{Internship, Shared, internship};
use crate::web::{App, Error, Filled, Page, Path, Posted, Problem, Result, Supervisor, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::Days;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/evaluate/{which}", get(ask).post(evaluate))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 4000))]
    work: String,
    #[validate(length(max = 4000))]
    strengths: String,
    #[validate(length(max = 4000))]
    improve: String,
    #[validate(length(max = 4000))]
    goals: String,
    #[validate(length(max = 4000))]
    advice: String,
}

#[derive(askama::Template)]
#[template(path = "supervision/evaluate.html")]
struct View {
    page: Page<Text>,
    q: evaluations::Text,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    title: String,
    learning_goals: String,
    /// Why it cannot be written or changed now.
    closed: Option<String>,
    rows: Vec<Row>,
    comment: Option<Comment>,
}

/// An internship and one of its evaluations, if it is written.
struct Case {
    now: Internship,
    which: Which,
    written: Option<Evaluation>,
}

async fn ask(me: Supervisor, Path((id, which)): Path<(Uuid, String)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let case = case(&mut tx, id, &which).await?;
    let words = case.written.as_ref().map_or(Words::default(), |written| written.words.clone());
    let form = Form {
        seen: case.now.version(),
        work: words.work,
        strengths: words.strengths,
        improve: words.improve,
        goals: words.goals,
        advice: words.advice,
    };
    show(&me, &tx, &case, Filled::fresh(form))
}

async fn evaluate(
    me: Supervisor,
    Path((id, which)): Path<(Uuid, String)>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let case_now = case(&mut tx, id, &which).await?;
    let form = match form.judge(|f| {
        let missing = missing(f);
        if missing.is_empty() { Ok(f.clone()) } else { Err(missing) }
    }) {
        Ok(form) => form,
        Err(form) => return show(&me, &tx, &case_now, form),
    };
    if let AnyPlacement::Started(it) = case_now.now.case
        && case_now.written.as_ref().is_none_or(|written| written.is_open(tx.now()))
    {
        let Ok(step) = it.evaluate(tx.hand(), case_now.which, tx.today(), case_now.written.is_none()) else {
            return show(&me, &tx, &case_now, Filled::overtaken(form, |l| Text(l).not_now()));
        };
        if let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await? {
            write(&mut tx, id, case_now.which, &form).await?;
            tx.commit(done).await?;
            return see_other(&format!("/supervision/{id}"));
        }
    }
    let case_now = case(&mut tx, id, &which).await?;
    match case_now.written.as_ref().is_some_and(|written| written.words == form.words()) {
        true => see_other(&format!("/supervision/{id}")), // pressed twice
        false => {
            let again = Form { seen: case_now.now.version(), ..form };
            show(&me, &tx, &case_now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

impl Form {
    fn words(&self) -> Words {
        Words {
            work: self.work.clone(),
            strengths: self.strengths.clone(),
            improve: self.improve.clone(),
            goals: self.goals.clone(),
            advice: self.advice.clone(),
        }
    }
}

fn missing(form: &Form) -> Vec<Problem> {
    type Asks = fn(&Text) -> String;
    let fields: [(&str, &str, Asks); 4] = [
        ("work", &form.work, Text::write_work),
        ("strengths", &form.strengths, Text::write_strengths),
        ("improve", &form.improve, Text::write_improve),
        ("goals", &form.goals, Text::write_goals),
    ];
    fields
        .into_iter()
        .filter(|(_, value, _)| value.is_empty())
        .map(|(field, _, why)| Problem::missing(field, move |l| why(&Text(l))))
        .collect()
}

async fn case(tx: &mut Tx<Supervisor>, id: Uuid, which: &str) -> Result<Case> {
    let which = Which::from_code(which).ok_or(Error::NotFound)?;
    let now = internship(tx, id).await?;
    let written = evaluations::one(tx, id, which).await?;
    Ok(Case { now, which, written })
}

/// Never over an evaluation that was answered this very moment.
///
/// # Errors
/// [`Error::Conflict`] if it was.
async fn write(tx: &mut Tx<Supervisor>, id: Uuid, which: Which, form: &Form) -> Result<()> {
    let now = tx.now();
    let written = sqlx::query!(
        "insert into evaluation (placement_id, which, work, strengths, improve, goals, advice, revision, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, 1, $8)
         on conflict (placement_id, which) do update set work = excluded.work, strengths = excluded.strengths,
             improve = excluded.improve, goals = excluded.goals, advice = excluded.advice,
             revision = evaluation.revision + 1
         where evaluation.comment is null",
        id,
        which.code(),
        form.work,
        form.strengths,
        form.improve,
        form.goals,
        form.advice,
        now
    );
    match written.execute(&mut **tx).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Conflict),
    }
}

fn show(me: &Supervisor, tx: &Tx<Supervisor>, case: &Case, form: Filled<Form>) -> Result<Response> {
    let t = Text(me.lang);
    let from = case.now.stay().end - Days::new(FINAL_EVALUATION_DAYS.unsigned_abs());
    let closed = match (&case.now.case, &case.written) {
        (_, Some(written)) if written.comment.is_some() => Some(t.answered()),
        (_, Some(written)) if !written.is_open(tx.now()) => Some(t.settled()),
        (AnyPlacement::Started(_), _) if case.which == Which::Final && tx.today() < from => {
            Some(t.from_day(me.lang.date(from)))
        }
        (AnyPlacement::Started(_), _) => None,
        (AnyPlacement::Completed(_) | AnyPlacement::EndedEarly(_), _) => Some(t.over()),
        _ => Some(t.not_begun()),
    };
    let goals = case.now.approval.as_ref().map_or(String::new(), |approval| approval.learning_goals.clone());
    let view = View {
        page: me.page(Text),
        q: evaluations::Text(me.lang),
        keep: Shared(me.lang).keep(),
        id: case.now.id(),
        name: case.now.name.clone(),
        title: evaluations::Text(me.lang).title(case.which),
        learning_goals: goals,
        closed,
        rows: case.written.as_ref().map_or(Vec::new(), |w| evaluations::rows(&w.words, me.lang)),
        comment: case.written.as_ref().and_then(|written| written.comment.clone()),
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    lead: "The intern reads it and may comment. You can change it for two weeks, or until the intern has commented.",
        "La personne en stage la lit et peut la commenter. Vous pouvez la modifier pendant deux semaines, ou jusqu’à son commentaire.",
        "La persona en pasantía la lee y puede comentarla. Puede modificarla durante dos semanas, o hasta que la comente.";
    work_hint: "The tasks, and how they went.", "Les tâches, et comment elles se sont déroulées.", "Las tareas y cómo se desarrollaron.";
    strengths_hint: "With an example.", "Avec un exemple.", "Con un ejemplo.";
    improve_hint: "One or two things that can be learned.", "Un ou deux points qui s’apprennent.", "Una o dos cosas que se puedan aprender.";
    goals_agreed(goals): "Agreed: {goals}", "Convenus : {goals}", "Acordados: {goals}";
    advice_hint: "For the rest of the internship, or after it.", "Pour la suite du stage, ou après.", "Para el resto de la pasantía o para después.";
    write_work: "Write what was done", "Écrivez le travail accompli", "Escriba el trabajo realizado";
    write_strengths: "Write the strengths", "Écrivez les points forts", "Escriba los puntos fuertes";
    write_improve: "Write what to improve", "Écrivez les points à améliorer", "Escriba qué mejorar";
    write_goals: "Write which learning goals were reached", "Écrivez quels objectifs d’apprentissage ont été atteints",
        "Escriba qué objetivos de aprendizaje se han alcanzado";
    save: "Give it to the intern", "La remettre à la personne en stage", "Entregarla a la persona en pasantía";
    not_now: "It cannot be written yet. What you typed is still here.", "Elle ne peut pas encore être écrite. Ce que vous avez saisi est toujours là.",
        "Todavía no se puede escribir. Lo que escribió sigue aquí.";
    answered: "The intern has commented: the evaluation stays as it is.", "La personne en stage a commenté : l’évaluation reste telle quelle.",
        "La persona en pasantía la ha comentado: la evaluación queda como está.";
    settled: "It was written more than two weeks ago, and stays as it is.", "Elle a été écrite il y a plus de deux semaines et reste telle quelle.",
        "Se escribió hace más de dos semanas y queda como está.";
    from_day(day): "The final evaluation can be written from {day}.", "L’évaluation finale peut être écrite à partir du {day}.",
        "La evaluación final se puede escribir a partir del {day}.";
    over: "The internship is over.", "Le stage est terminé.", "La pasantía ha terminado.";
    not_begun: "The internship has not begun yet.", "Le stage n’a pas encore commencé.", "La pasantía aún no ha empezado.";
});
