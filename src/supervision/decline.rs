//! The supervisor declines a placement, with a reason. The candidate stays in the pool.

use super::{Case, Decided, Shared, case, decide};
use crate::domain::placement::State;
use crate::text::texts;
use crate::web::{App, Filled, Page, Path, Posted, Problem, Result, Supervisor, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/decline", get(ask).post(decline))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 4000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "supervision/decline.html")]
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

async fn decline(me: Supervisor, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let judged = form.judge(|f| match f.reason.is_empty() {
        true => Err(vec![Problem::missing("reason", |l| Text(l).write_reason())]),
        false => Ok(f.clone()),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, &now, form),
    };
    let hand = tx.hand();
    let step = now.case.proposed().and_then(|it| it.decline(hand, form.reason.clone())).ok();
    let reason = form.reason.clone();
    let is_done = |now: &Case| now.state() == State::Declined && now.reason.as_ref() == Some(&reason);
    match decide(tx, now, form.seen, step, is_done).await? {
        Decided::Taken => see_other(&format!("/supervision/{id}")),
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version(), ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

fn show(me: &Supervisor, now: &Case, form: Filled<Form>) -> Result<Response> {
    let keep = Shared(me.lang).keep();
    let status = form.status();
    html(status, &View { page: me.page(Text), keep, form, id: now.id(), name: now.name.clone() })
}

texts!(Text {
    title: "Decline the placement", "Refuser l’affectation", "Rechazar la plaza";
    lead: "Human Resources reads the reason and looks for another place. The candidate stays in the pool and does not read what you write.",
        "Les Ressources humaines lisent le motif et cherchent une autre place. La personne candidate reste dans le vivier et ne lit pas ce que vous écrivez.",
        "Recursos Humanos lee el motivo y busca otra plaza. La persona candidata sigue en la bolsa y no lee lo que usted escribe.";
    reason: "Reason", "Motif", "Motivo";
    reason_hint: "For example, no desk before June, or a conflict of interest.", "Par exemple, pas de poste avant juin, ou un conflit d’intérêts.",
        "Por ejemplo, no hay puesto antes de junio, o un conflicto de intereses.";
    write_reason: "Write why you decline", "Écrivez pourquoi vous refusez", "Escriba por qué rechaza";
    decline: "Decline", "Refuser", "Rechazar";
});
