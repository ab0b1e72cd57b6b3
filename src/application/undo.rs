//! A candidate undoes a withdrawal within a day: back to where the profile was, with whom it was.

use super::{mine, show as status};
use crate::text::texts;
use crate::web::{App, Candidate, Error, Posted, Result, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/application/withdraw/undo", get(back).post(undo))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
}

/// Whoever had to sign in first comes back here, and decides again.
async fn back(_: Candidate) -> Result<Response> {
    see_other("/application")
}

async fn undo(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let application = mine(&mut tx).await?.ok_or(Error::NotFound)?;
    let Ok(form) = form.judge(|f| Ok(f.clone())) else { return Err(Error::Unreadable) };
    let case = match application.case.withdrawn() {
        Ok(case) if form.seen == application.version => case,
        _ => return see_other("/application"), // undone already, or something else happened: the page there says so
    };
    let Ok(step) = case.undo_withdraw(application.withdrawal(), tx.now()) else {
        drop(tx);
        return status::page(&me, StatusCode::CONFLICT, Some(Text(me.lang).too_late())).await;
    };
    match tx.take(&step).await {
        Ok(done) => tx.commit(done).await?,
        // another tab was faster by a moment: it undid the same, or released anew
        Err(error) if is_overtaken(&error) => {}
        Err(error) => return Err(error.into()),
    }
    see_other("/application")
}

fn is_overtaken(error: &crate::db::Error) -> bool {
    matches!(error, crate::db::Error::Conflict) || error.constraint() == Some("one_open_application")
}

texts!(Text {
    too_late: "Taking your profile back can be undone for 24 hours, and they are over. You can release your profile again: your answers and documents are still here.",
        "La reprise d’un dossier peut être annulée pendant 24 heures, et elles sont écoulées. Vous pouvez transmettre à nouveau votre dossier : vos réponses et documents sont toujours là.",
        "La retirada de un perfil puede deshacerse durante 24 horas, y ya han pasado. Puede enviar de nuevo su perfil: sus respuestas y documentos siguen aquí.";
});
