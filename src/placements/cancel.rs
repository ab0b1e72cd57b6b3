//! Human Resources calls a placement off, and says why. Who was placed returns to the pool.

use super::{Case, Shared, case};
use crate::cases::{self, take_if_seen};
use crate::domain::application::AnyApplication;
use crate::domain::placement::State;
use crate::text::texts;
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/cancel", get(ask).post(cancel))
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
    match now.case.cancel(String::new()) {
        Ok(_) => show(&me, &now, Filled::fresh(Form { seen: now.version(), ..Form::default() })),
        Err(_) => see_other(&format!("/placements/{id}")),
    }
}

async fn cancel(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let judged = form.judge(|f| match f.reason.is_empty() {
        true => Err(vec![Problem::missing("reason", |l| Shared(l).say_why())]),
        false => Ok((f.clone(), now.case.cancel(f.reason.clone()).ok())),
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
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
    let now = case(&mut tx, id).await?;
    if now.is_done(form.seen, State::Cancelled, &form.reason) {
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
    title: "Call the placement off", "Annuler l’affectation", "Cancelar la plaza";
    lead: "The supervisor gets a letter at once, and so does a candidate who has accepted. The candidate is in the pool again, or stays there.",
        "La personne responsable reçoit aussitôt un courriel, de même que la personne candidate si elle avait accepté. Celle-ci retrouve le vivier, ou y reste.",
        "La persona supervisora recibe un mensaje de inmediato, y también la persona candidata si había aceptado. Esta vuelve a la bolsa, o sigue en ella.";
});
