//! Human Resources takes an offer back before it is answered, and says why. The candidate stays in the pool.

use super::{Case, Shared, case};
use crate::cases::take_if_seen;
use crate::domain::placement::State;
use crate::text::texts;
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/rescind", get(ask).post(rescind))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 1000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "placements/reason.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    id: Uuid,
    name: String,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case.offered() {
        Ok(_) => show(&me, &now, Filled::fresh(Form { seen: now.version(), ..Form::default() })),
        Err(_) => see_other(&format!("/placements/{id}")),
    }
}

async fn rescind(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let judged = form.judge(|f| match f.reason.is_empty() {
        true => Err(vec![Problem::missing("reason", |l| Shared(l).say_why())]),
        false => Ok((f.clone(), now.case.offered().ok().map(|it| it.rescind(f.reason.clone())))),
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    if let Some(done) = take_if_seen(&mut tx, step.as_ref(), form.seen).await? {
        tx.commit(done).await?;
        return see_other(&format!("/placements/{id}"));
    }
    let now = case(&mut tx, id).await?;
    if now.is_done(form.seen, State::Rescinded, &form.reason) {
        return see_other(&format!("/placements/{id}"));
    }
    let again = Form { seen: now.version(), ..form };
    show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
}

fn show(me: &HrReviewer, now: &Case, form: Filled<Form>) -> Result<Response> {
    let (page, shared) = (me.page(Text), Shared(me.lang));
    html(form.status(), &View { page, shared, form, id: now.id(), name: now.name.clone() })
}

texts!(Text {
    title: "Take the offer back", "Retirer l’offre", "Retirar la oferta";
    lead: "The candidate gets a letter at once and stays in the pool, so another placement can be proposed.",
        "La personne candidate reçoit aussitôt un courriel et reste dans le vivier : une autre affectation peut lui être proposée.",
        "La persona candidata recibe un mensaje de inmediato y sigue en la bolsa: se le puede proponer otra plaza.";
});
