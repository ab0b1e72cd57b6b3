//! The intern reads an evaluation, and may answer it with one comment.

use crate::domain::letter::Letter;
use crate::domain::placement::Which;
use crate::explain::profile::Row;
use crate::text::texts;
use crate::underway::evaluations::{self, Comment, Evaluation};
use crate::underway::{Internship, internship};
use crate::web::{App, Candidate, Error, Filled, Page, Path, Posted, Problem, Result, html, see_other};
use crate::{db::Note, db::Tx};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/internship/{id}/evaluation/{which}", get(ask).post(comment))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The revision that was read.
    seen: i32,
    #[validate(length(max = 4000))]
    comment: String,
}

#[derive(askama::Template)]
#[template(path = "internship/evaluation.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    title: String,
    supervisor: String,
    written_at: DateTime<Utc>,
    rows: Vec<Row>,
    comment: Option<Comment>,
    form: Filled<Form>,
}

async fn ask(me: Candidate, Path((id, which)): Path<(Uuid, String)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (now, evaluation) = read(&mut tx, id, &which).await?;
    let form = Form { seen: evaluation.revision, comment: String::new() };
    show(&me, &now, evaluation, Filled::fresh(form))
}

async fn comment(
    me: Candidate,
    Path((id, which)): Path<(Uuid, String)>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (now, evaluation) = read(&mut tx, id, &which).await?;
    let form = match form.judge(|f| match f.comment.is_empty() {
        true => Err(vec![Problem::missing("comment", |l| Text(l).write())]),
        false => Ok(f.clone()),
    }) {
        Ok(form) => form,
        Err(form) => return show(&me, &now, evaluation, form),
    };
    if write(&mut tx, id, evaluation.which, &form).await? {
        let supervisor = now.case.facts().supervisor;
        let letters = [(supervisor, Letter::EvaluationCommented)];
        let done = tx.note(Note::EvaluationCommented, id, &letters).await?;
        tx.commit(done).await?;
        return see_other(&format!("/internship/{id}/evaluation/{which}"));
    }
    let (now, evaluation) = read(&mut tx, id, &which).await?;
    match &evaluation.comment {
        // pressed twice
        Some(comment) if comment.text == form.comment => {
            see_other(&format!("/internship/{id}/evaluation/{which}"))
        }
        Some(_) => show(&me, &now, evaluation, Filled::overtaken(form, |l| Text(l).once())),
        None => {
            let again = Form { seen: evaluation.revision, ..form };
            show(&me, &now, evaluation, Filled::overtaken(again, |l| Text(l).changed()))
        }
    }
}

async fn read(tx: &mut Tx<Candidate>, id: Uuid, which: &str) -> Result<(Internship, Evaluation)> {
    let which = Which::from_code(which).ok_or(Error::NotFound)?;
    let now = internship(tx, id).await?;
    let evaluation = evaluations::one(tx, id, which).await?.ok_or(Error::NotFound)?;
    Ok((now, evaluation))
}

/// `false`: the evaluation was answered already, or is no longer the one that was read.
async fn write(tx: &mut Tx<Candidate>, id: Uuid, which: Which, form: &Form) -> Result<bool> {
    let now = tx.now();
    let written = sqlx::query!(
        "update evaluation set comment = $3, commented_at = $4
         where placement_id = $1 and which = $2 and revision = $5 and comment is null",
        id,
        which.code(),
        form.comment,
        now,
        form.seen
    );
    Ok(written.execute(&mut **tx).await?.rows_affected() == 1)
}

fn show(me: &Candidate, now: &Internship, evaluation: Evaluation, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        id: now.id(),
        title: evaluations::Text(me.lang).title(evaluation.which),
        supervisor: now.supervisor.clone(),
        written_at: evaluation.written_at,
        rows: evaluations::rows(&evaluation.words, me.lang),
        comment: evaluation.comment,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    back: "Your internship", "Votre stage", "Su pasantía";
    by(name, at): "Written by {name}, {at}", "Écrite par {name}, {at}", "Escrita por {name}, {at}";
    your_comment: "Your comment", "Votre commentaire", "Su comentario";
    comment: "Your comment (one, and it stays)", "Votre commentaire (un seul, définitif)", "Su comentario (uno solo y definitivo)";
    comment_hint: "Your supervisor and Human Resources read it. You do not have to write one.",
        "Votre responsable et les Ressources humaines le lisent. Vous n’êtes pas tenu d’en écrire un.",
        "Lo leen su supervisión y Recursos Humanos. No es obligatorio escribirlo.";
    write: "Write your comment", "Écrivez votre commentaire", "Escriba su comentario";
    send: "Send my comment", "Envoyer mon commentaire", "Enviar mi comentario";
    once: "You have commented on this evaluation already: your first comment stays. What you typed now is still below.",
        "Vous avez déjà commenté cette évaluation : votre premier commentaire est conservé. Ce que vous venez de saisir figure encore ci-dessous.",
        "Ya ha comentado esta evaluación: su primer comentario se conserva. Lo que acaba de escribir sigue abajo.";
    changed: "Your supervisor has changed the evaluation meanwhile. Read it again, then send your comment: it is still here.",
        "Votre responsable a modifié l’évaluation entre-temps. Relisez-la, puis envoyez votre commentaire : il est toujours là.",
        "Su supervisión ha cambiado la evaluación entretanto. Léala de nuevo y envíe su comentario: sigue aquí.";
});
