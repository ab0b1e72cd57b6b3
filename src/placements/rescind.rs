//! Human Resources takes an offer back before it is answered, and says why. The candidate stays in the pool.

use super::case;
use super::reason::{self, Form, Words};
use crate::cases::take_if_seen;
use crate::domain::placement::State;
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Path, Posted, Result, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/rescind", get(ask).post(rescind))
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case.offered() {
        Ok(_) => reason::ask(&me, &now, words),
        Err(_) => see_other(&format!("/placements/{id}")),
    }
}

async fn rescind(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let judged = form.judge(|f| {
        f.read()?;
        Ok((f.clone(), now.case.offered().ok().map(|it| it.rescind(f.reason.clone()))))
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return reason::show(&me, &now, words, form),
    };
    if let Some(done) = take_if_seen(&mut tx, step.as_ref(), form.seen).await? {
        tx.commit(done).await?;
        return see_other(&format!("/placements/{id}"));
    }
    reason::moved_on(&me, tx, &now, words, form, State::Rescinded).await
}

fn words(lang: Lang) -> Words {
    let t = Text(lang);
    Words { title: t.title(), lead: t.lead() }
}

texts!(Text {
    title: "Take the offer back", "Retirer l’offre", "Retirar la oferta";
    lead: "The candidate gets a letter at once and stays in the pool, so another placement can be proposed.",
        "La personne candidate reçoit aussitôt un courriel et reste dans le vivier : une autre affectation peut lui être proposée.",
        "La persona candidata recibe un mensaje de inmediato y sigue en la bolsa: se le puede proponer otra plaza.";
});
