//! "Not mine": a reviewer with a conflict of interest says so, and the case is closed to that person from then on.

use super::{along, case};
use crate::cases;
use crate::db::Note;
use crate::domain::application::AnyApplication;
use crate::text::texts;
use crate::web::{App, Error, Filled, HrReviewer, Page, Path, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/conflict", get(ask).post(declare))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(custom(function = crate::web::form::ticked))]
    sure: bool,
}

#[derive(askama::Template)]
#[template(path = "review/conflict.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    show(&me, id, now.name, Filled::fresh(Form::default()))
}

async fn declare(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    // whoever is about to be given the case gets it first, and gives it back here
    cases::hold(&mut tx, &[id]).await?;
    let now = match case(&mut tx, id).await {
        Err(Error::Forbidden) => return see_other("/review"), // a double click: the door is shut
        now => now?,
    };
    if let Err(form) = form.judge(|_| Ok(())) {
        return show(&me, id, now.name, form);
    }
    let next = along::after(&mut tx, id).await?;
    // the step first: afterwards, the case is nothing to this person
    let given_back = match now.case {
        AnyApplication::InReview(application) if now.reviewer == Some(me.id) => {
            let step = application.unclaim(me.id, None).map_err(|_| Error::Forbidden)?;
            Some(tx.take(&step).await?)
        }
        _ => None,
    };
    sqlx::query!(
        "insert into conflict_of_interest (person_id, application_id, declared_at) values ($1, $2, $3)
         on conflict do nothing",
        me.id.0,
        id,
        tx.now()
    )
    .execute(&mut *tx)
    .await?;
    // what was written about the case and has not left is no longer for this reader
    sqlx::query!(
        "delete from outbox where recipient_id = $1 and sent_at is null
             and about in (select $2::uuid union all select id from placement where application_id = $2)",
        me.id.0,
        id
    )
    .execute(&mut *tx)
    .await?;
    let noted = tx.note(Note::ConflictDeclared, id, &[]).await?;
    tx.commit(noted.with(given_back)).await?;
    see_other(&next)
}

fn show(me: &HrReviewer, id: Uuid, name: String, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), form, id, name })
}

texts!(Text {
    title: "Not mine: a conflict of interest", "Pas pour moi : un conflit d’intérêts", "No es para mí: un conflicto de intereses";
    lead: "Say so if you know the candidate, or if anybody could doubt that you are impartial. You need not say why.",
        "Dites-le si vous connaissez la personne candidate, ou si l’on pouvait douter de votre impartialité. Vous n’avez pas à dire pourquoi.",
        "Dígalo si conoce a la persona candidata o si alguien pudiera dudar de su imparcialidad. No tiene que decir por qué.";
    what: "The case goes back into the queue if you have it, and you no longer see it: not in lists, not in searches. You cannot take this back yourself.",
        "Si vous avez le dossier, il retourne dans la liste, et vous ne le voyez plus : ni dans les listes, ni dans les recherches. Vous ne pouvez pas l’annuler vous-même.",
        "Si tiene el caso, vuelve a la lista y usted deja de verlo: ni en listas ni en búsquedas. Usted no puede deshacerlo.";
    sure: "I have a conflict of interest in this case", "J’ai un conflit d’intérêts dans ce dossier", "Tengo un conflicto de intereses en este caso";
    declare: "Close this case to me", "Me fermer ce dossier", "Cerrarme este caso";
    keep: "Go back to the case", "Revenir au dossier", "Volver al caso";
});
