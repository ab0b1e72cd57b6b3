//! Human Resources calls a placement off, and says why. Who was placed returns to the pool.

use super::case;
use super::reason::{self, Form, Words};
use crate::cases::{self, take_if_seen};
use crate::domain::application::AnyApplication;
use crate::domain::placement::State;
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Path, Posted, Result, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/cancel", get(ask).post(cancel))
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case.cancel(String::new()) {
        Ok(_) => reason::ask(&me, &now, words),
        Err(_) => see_other(&format!("/placements/{id}")),
    }
}

async fn cancel(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let judged = form.judge(|f| {
        f.read()?;
        Ok((f.clone(), now.case.cancel(f.reason.clone()).ok()))
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return reason::show(&me, &now, words, form),
    };
    let application = cases::application(&mut tx, now.application).await?;
    if let Some(mut done) = take_if_seen(&mut tx, step.as_ref(), form.seen).await? {
        if let AnyApplication::Placed(placed) = application {
            let today = tx.today();
            done = done.and(tx.follow(&placed.return_to_pool(today)).await?);
        }
        tx.commit(done).await?;
        return see_other(&format!("/placements/{id}"));
    }
    reason::moved_on(&me, tx, &now, words, form, State::Cancelled).await
}

fn words(lang: Lang) -> Words {
    let t = Text(lang);
    Words { title: t.title(), lead: t.lead() }
}

texts!(Text {
    title: "Call the placement off", "Annuler l’affectation", "Cancelar la plaza";
    lead: "The supervisor gets a letter at once, and so does a candidate who has accepted. The candidate is in the pool again, or stays there.",
        "La personne responsable reçoit aussitôt un courriel, de même que la personne candidate si elle avait accepté. Celle-ci retrouve le vivier, ou y reste.",
        "La persona supervisora recibe un mensaje de inmediato, y también la persona candidata si había aceptado. Esta vuelve a la bolsa, o sigue en ella.";
});
