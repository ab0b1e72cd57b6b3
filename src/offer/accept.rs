//! The candidate accepts: the application is placed, and what else was open for it is closed, all at once.

use super::{Offer, Shared, offer};
use crate::cases::{self, take_if_seen};
use crate::db::{Done, Tx};
use crate::domain::application::AnyApplication;
use crate::domain::placement::State;
use crate::domain::step::Step;
use crate::offices;
use crate::text::texts;
use crate::web::form::ticked;
use crate::web::{App, Candidate, Filled, Page, Path, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/offer/{id}/accept", get(ask).post(accept))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(custom(function = ticked))]
    agreed: bool,
}

#[derive(askama::Template)]
#[template(path = "offer/accept.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    id: Uuid,
    what: String,
}

async fn ask(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    if !mine.is_open(tx.today()) {
        return see_other(&format!("/offer/{id}"));
    }
    let form = Form { seen: mine.version(), ..Form::default() };
    show(&me, &mut tx, &mine, Filled::fresh(form)).await
}

async fn accept(me: Candidate, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    let today = tx.today();
    let judged = form.judge(|f| {
        let step = mine.case.offered().and_then(|it| it.accept(me.id, today, mine.answer_by));
        Ok((f.clone(), step.ok()))
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, &mine, form).await,
    };
    if let Some(done) = place(&mut tx, mine.application, step.as_ref(), form.seen).await? {
        tx.commit(done).await?;
        return see_other(&format!("/onboarding/{id}"));
    }
    let mine = offer(&mut tx, id).await?;
    if mine.is_done(form.seen, State::Accepted) {
        return see_other(&format!("/onboarding/{id}"));
    }
    if !mine.is_open(today) {
        return see_other(&format!("/offer/{id}")); // too late, taken back or answered: the page there says so
    }
    let again = Form { seen: mine.version(), ..form };
    show(&me, &mut tx, &mine, Filled::overtaken(again, |l| Shared(l).overtaken())).await
}

/// `None`: overtaken.
async fn place(
    tx: &mut Tx<Candidate>,
    application: Uuid,
    step: Option<&Step>,
    seen: i32,
) -> Result<Option<Done>> {
    let AnyApplication::Pooled(pooled) = cases::application(tx, application).await? else { return Ok(None) };
    let Some(mut done) = take_if_seen(tx, step, seen).await? else { return Ok(None) };
    done = done.and(tx.follow(&pooled.place()).await?);
    let others = cases::open_placements(tx, application).await?;
    Ok(Some(cases::close(tx, &others, done).await?))
}

async fn show(me: &Candidate, tx: &mut Tx<Candidate>, mine: &Offer, form: Filled<Form>) -> Result<Response> {
    let place = offices::names(tx, me.lang).await?.remove(&mine.office).unwrap_or(mine.office.clone());
    let (stay, t) = (mine.stay(), Text(me.lang));
    let what = t.what(place, me.lang.weekday_date(stay.start), me.lang.weekday_date(stay.end));
    let (page, shared) = (me.page(Text), Shared(me.lang));
    html(form.status(), &View { page, shared, form, id: mine.id(), what })
}

texts!(Text {
    title: "Accept the offer", "Accepter l’offre", "Aceptar la oferta";
    what(place, from, to): "{place}, {from} to {to}.", "{place}, du {from} au {to}.", "{place}, del {from} al {to}.";
    next: "Next, you show your insurance for every day, a medical certificate, your vaccination record, your passport and the signed agreement. You will see them as a list.",
        "Ensuite, vous fournissez votre assurance pour chaque jour, un certificat médical, votre carnet de vaccination, votre passeport et la convention signée. Vous en verrez la liste.",
        "Después presenta su seguro para cada día, un certificado médico, su cartilla de vacunación, su pasaporte y el acuerdo firmado. Verá la lista.";
    others: "Other offices that are looking at your profile stop doing so.", "Les autres bureaux qui examinent votre dossier cessent de le faire.",
        "Las demás oficinas que estudian su perfil dejan de hacerlo.";
    agreed: "I have read the offer and accept its terms", "J’ai lu l’offre et j’en accepte les conditions", "He leído la oferta y acepto sus condiciones";
    accept: "Accept", "Accepter", "Aceptar";
});
