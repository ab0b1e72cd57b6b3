//! The supervisor closes the internship, and the certificate is issued with it.

use crate::cases::take_if_seen;
use crate::db::Tx;
use crate::domain::certificate::Code;
use crate::domain::placement::{AnyPlacement, COMPLETE_DAYS, Refusal, State, Which};
use crate::offices;
use crate::text::texts;
use crate::underway::evaluations;
use crate::underway::{Internship, Shared, internship};
use crate::web::{App, Error, Filled, Page, Path, Posted, Problem, Result, Supervisor, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/complete", get(ask).post(complete))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
}

#[derive(askama::Template)]
#[template(path = "supervision/complete.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    place: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    is_evaluated: bool,
    not_before: Option<NaiveDate>,
}

async fn ask(me: Supervisor, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    match now.case.started() {
        Ok(_) => show(&me, &mut tx, &now, Filled::fresh(Form { seen: now.version() })).await,
        Err(_) => see_other(&format!("/supervision/{id}")),
    }
}

async fn complete(me: Supervisor, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let form = match form.judge(|f| Ok(f.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, &mut tx, &now, form).await,
    };
    if let AnyPlacement::Started(it) = now.case {
        let is_evaluated = is_evaluated(&mut tx, id).await?;
        let step = match it.complete(tx.hand(), is_evaluated, tx.today()) {
            Ok(step) => step,
            Err(Refusal::WrongDay) => {
                let missing = missing(is_evaluated, not_before(&now, tx.today()));
                return show(&me, &mut tx, &now, Filled::with(form, missing)).await;
            }
            Err(_) => return Err(Error::Forbidden),
        };
        if let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await? {
            issue(&mut tx, &now).await?;
            tx.commit(done).await?;
            return see_other(&format!("/supervision/{id}"));
        }
    }
    let now = internship(&mut tx, id).await?;
    match now.state() {
        State::Completed => see_other(&format!("/supervision/{id}")), // pressed twice
        _ => {
            let again = Form { seen: now.version() };
            show(&me, &mut tx, &now, Filled::overtaken(again, |l| Shared(l).overtaken())).await
        }
    }
}

/// What has to come first, told beside the notes of the page that tell it, too.
fn missing(is_evaluated: bool, not_before: Option<NaiveDate>) -> Vec<Problem> {
    let evaluation = (!is_evaluated).then(|| Problem::at("evaluation", |l| Text(l).not_evaluated()));
    let day = not_before.map(|day| Problem::at("day", move |l| Text(l).not_before(l.date(day))));
    evaluation.into_iter().chain(day).collect()
}

/// The day from which it can be completed, while that has not come.
fn not_before(now: &Internship, today: NaiveDate) -> Option<NaiveDate> {
    let from = now.stay().end - Days::new(COMPLETE_DAYS.unsigned_abs());
    Some(from).filter(|from| today < *from)
}

async fn is_evaluated(tx: &mut Tx<Supervisor>, id: Uuid) -> Result<bool> {
    Ok(evaluations::one(tx, id, Which::Final).await?.is_some())
}

/// What the certificate states stays as it is today, whatever changes later.
async fn issue(tx: &mut Tx<Supervisor>, now: &Internship) -> Result<()> {
    let (today, code) = (tx.today(), Code::from_bits(rand::random()));
    sqlx::query!(
        "insert into certificate (code, placement_id, issued_on, name, office_id, area, starts_on, ends_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        code.as_str(),
        now.id(),
        today,
        now.name,
        now.office,
        now.area,
        now.stay().start,
        now.stay().end
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn show(
    me: &Supervisor,
    tx: &mut Tx<Supervisor>,
    now: &Internship,
    form: Filled<Form>,
) -> Result<Response> {
    let places = offices::names(tx, me.lang).await?;
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        form,
        id: now.id(),
        name: now.name.clone(),
        place: places.get(&now.office).unwrap_or(&now.office).clone(),
        starts_on: now.stay().start,
        ends_on: now.stay().end,
        is_evaluated: is_evaluated(tx, now.id()).await?,
        not_before: not_before(now, tx.today()),
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Complete the internship", "Clore le stage", "Cerrar la pasantía";
    lead: "The certificate is issued at once, in three languages, with a code that anybody can verify. It states:",
        "L’attestation est délivrée aussitôt, en trois langues, avec un code que tout le monde peut vérifier. Elle indique :",
        "El certificado se expide de inmediato, en tres idiomas, con un código que cualquiera puede verificar. Indica:";
    name: "Name", "Nom", "Nombre";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    dates: "Dates", "Dates", "Fechas";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    not_evaluated: "The final evaluation is not written yet.", "L’évaluation finale n’est pas encore écrite.", "La evaluación final aún no está escrita.";
    write: "Write the final evaluation", "Écrire l’évaluation finale", "Escribir la evaluación final";
    not_before(day): "The internship can be completed from {day}.", "Le stage peut être clos à partir du {day}.", "La pasantía se puede cerrar a partir del {day}.";
    complete: "Complete and issue the certificate", "Clore et délivrer l’attestation", "Cerrar y expedir el certificado";
});
