//! Human Resources closes an opening: its page stays and says so, nobody can name it any more.

use super::rows::{Opening, opening, step};
use crate::db::Note;
use crate::domain::opening::State;
use crate::explain::opening::Words;
use crate::text::texts;
use crate::web::{App, Error, Filled, HrReviewer, Page, Path, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/openings/{id}/close", get(ask).post(close))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
}

#[derive(askama::Template)]
#[template(path = "openings/close.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    title: Words,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = opening(&mut *me.begin().await?, id).await?;
    match now.state() {
        State::Published => show(&me, &now, Filled::fresh(Form { seen: now.version })),
        State::Draft | State::Closed => see_other("/review/openings"),
    }
}

async fn close(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = opening(&mut tx, id).await?;
    let form = match form.judge(|f| Ok(f.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, &now, form),
    };
    match step(&mut tx, id, form.seen, ("close", State::Closed)).await {
        Ok(()) => {
            let done = tx.note(Note::OpeningClosed, id, &[]).await?;
            tx.commit(done).await?;
            see_other("/review/openings?state=closed")
        }
        Err(Error::Conflict) => {
            let now = opening(&mut tx, id).await?;
            match now.state() {
                State::Published => {
                    let again = Form { seen: now.version };
                    show(&me, &now, Filled::overtaken(again, |l| Text(l).overtaken()))
                }
                State::Closed => see_other("/review/openings?state=closed"), // by this click or by a colleague
                State::Draft => see_other("/review/openings?state=draft"),
            }
        }
        Err(error) => Err(error),
    }
}

fn show(me: &HrReviewer, now: &Opening, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), title: now.title(me.lang), form })
}

texts!(Text {
    title: "Close the opening", "Clore l’annonce", "Cerrar la vacante";
    back: "Openings", "Annonces", "Vacantes";
    lead: "Its page stays at its address and says that it is closed. Candidates who named it keep it in what they released. This cannot be taken back.",
        "Sa page reste à son adresse et indique qu’elle est close. Les personnes candidates qui l’ont mentionnée la gardent dans le dossier transmis. C’est définitif.",
        "Su página permanece en su dirección e indica que está cerrada. Quienes la mencionaron la conservan en lo que enviaron. No se puede deshacer.";
    close: "Close it", "La clore", "Cerrarla";
    keep: "Leave it open", "La laisser ouverte", "Dejarla abierta";
    overtaken: "Somebody changed this opening since you opened the page. Decide again.",
        "Quelqu’un a modifié cette annonce depuis que vous avez ouvert la page. Décidez à nouveau.",
        "Alguien cambió esta vacante desde que abrió la página. Decida de nuevo.";
});
