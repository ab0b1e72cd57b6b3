//! The candidate refuses an offer, with or without a reason, and stays in the pool.

use super::{Offer, Shared, offer};
use crate::cases::take_if_seen;
use crate::domain::placement::State;
use crate::text::texts;
use crate::web::{App, Candidate, Filled, Page, Path, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/offer/{id}/refuse", get(ask).post(refuse))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 1000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "offer/refuse.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    id: Uuid,
    /// Nothing is to be refused any more: what was typed is there to be read and copied.
    is_closed: bool,
}

async fn ask(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    match mine.is_open(tx.today()) {
        true => show(&me, &mine, Filled::fresh(Form { seen: mine.version(), ..Form::default() })),
        false => see_other(&format!("/offer/{id}")),
    }
}

async fn refuse(me: Candidate, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    let judged = form.judge(|f| {
        let reason = (!f.reason.is_empty()).then(|| f.reason.clone());
        Ok((f.clone(), mine.case.offered().and_then(|it| it.refuse(me.id, reason)).ok()))
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mine, form),
    };
    if let Some(done) = take_if_seen(&mut tx, step.as_ref(), form.seen).await? {
        tx.commit(done).await?;
        return see_other(&format!("/offer/{id}"));
    }
    let mine = offer(&mut tx, id).await?;
    let is_closed = mine.case.offered().is_err();
    if mine.is_done(form.seen, State::Refused) || is_closed && form.reason.is_empty() {
        return see_other(&format!("/offer/{id}")); // refused already, or no longer there: the page there says so
    }
    if is_closed {
        let is_accepted = mine.is_accepted();
        return show(&me, &mine, Filled::overtaken(form, move |l| Shared(l).closed(is_accepted)));
    }
    let again = Form { seen: mine.version(), ..form };
    show(&me, &mine, Filled::overtaken(again, |l| Shared(l).overtaken()))
}

fn show(me: &Candidate, mine: &Offer, form: Filled<Form>) -> Result<Response> {
    let (page, shared) = (me.page(Text), Shared(me.lang));
    let is_closed = mine.case.offered().is_err();
    html(form.status(), &View { page, shared, form, id: mine.id(), is_closed })
}

texts!(Text {
    title: "Refuse the offer", "Refuser l’offre", "Rechazar la oferta";
    lead: "It does no harm to your application: you stay in the pool, and Human Resources can offer you another place.",
        "Cela ne nuit pas à votre candidature : vous restez dans le vivier, et les Ressources humaines peuvent vous proposer une autre place.",
        "No perjudica a su candidatura: sigue en la bolsa, y Recursos Humanos puede ofrecerle otra plaza.";
    if_dates: "If only the dates do not suit you, ask for others instead.", "Si seules les dates ne vous conviennent pas, demandez-en plutôt d’autres.",
        "Si solo las fechas no le convienen, pida otras en su lugar.";
    ask_dates: "Ask for other dates", "Demander d’autres dates", "Pedir otras fechas";
    why: "Why? (optional)", "Pourquoi ? (facultatif)", "¿Por qué? (opcional)";
    why_hint: "Human Resources and the supervisor read this. It helps to find a place that suits you better.",
        "Les Ressources humaines et la personne responsable liront ce texte. Il aide à trouver une place qui vous convienne mieux.",
        "Recursos Humanos y la persona supervisora leerán este texto. Ayuda a encontrar una plaza que le convenga más.";
    refuse: "Refuse", "Refuser", "Rechazar";
});
