//! Human Resources records that the intern did not come.

use crate::cases::take_if_seen;
use crate::domain::placement::State;
use crate::text::texts;
use crate::underway::{Internship, Shared, internship};
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/no-show", get(ask).post(record))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
}

#[derive(askama::Template)]
#[template(path = "placements/no_show.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    starts_on: NaiveDate,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    match now.case.no_show(tx.today()) {
        Ok(_) => show(&me, &now, Filled::fresh(Form { seen: now.version() })),
        Err(_) => see_other(&format!("/placements/{id}")),
    }
}

async fn record(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let form = match form.judge(|f| Ok(f.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, &now, form),
    };
    if let Ok(step) = now.case.no_show(tx.today())
        && let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await?
    {
        tx.commit(done).await?;
        return see_other(&format!("/placements/{id}"));
    }
    let now = internship(&mut tx, id).await?;
    match now.state() {
        State::NoShow => see_other(&format!("/placements/{id}")), // pressed twice
        _ => {
            let again = Form { seen: now.version() };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

fn show(me: &HrReviewer, now: &Internship, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        form,
        id: now.id(),
        name: now.name.clone(),
        starts_on: now.stay().start,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "The intern did not come", "La personne en stage ne s’est pas présentée", "La persona en pasantía no se presentó";
    lead(day): "The first day agreed was {day}. Ask the supervisor and the intern first: this closes the placement for good.",
        "Le premier jour convenu était le {day}. Demandez d’abord à la personne responsable et à la personne en stage : l’affectation est ensuite close définitivement.",
        "El primer día acordado era el {day}. Pregunte antes a la persona supervisora y a la persona en pasantía: esto cierra la plaza definitivamente.";
    record: "Record that the intern did not come", "Enregistrer l’absence", "Registrar la ausencia";
});
