//! A reviewer takes a released profile. One at a time: whoever comes second is told who has it.

use super::{Case, case};
use crate::domain::PersonId;
use crate::domain::application::{AnyApplication, State};
use crate::text::texts;
use crate::web::{App, Error, HrReviewer, Page, Path, Posted, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/claim", get(read).post(claim))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
}

#[derive(askama::Template)]
#[template(path = "review/claim.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    title: String,
    lead: String,
    /// Still free: what changed can be read and it can be claimed then.
    is_free: bool,
}

/// Whoever reloads the answer, or asks for it in another language, reads the profile.
async fn read(_: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    see_other(&format!("/review/{id}"))
}

async fn claim(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let Ok(form) = form.judge(|f| Ok(f.clone())) else { return Err(Error::Unreadable) };
    let application = match now.case {
        AnyApplication::Released(application) if form.seen == now.version => application,
        _ => return too_late(&me, &now),
    };
    let step = application.claim(me.id).map_err(|_| Error::Forbidden)?;
    match tx.take(&step).await {
        Ok(done) => {
            tx.commit(done).await?;
            see_other(&format!("/review/{id}"))
        }
        // somebody was faster by a moment: read again who
        Err(crate::db::Error::Conflict) => too_late(&me, &case(&mut tx, id).await?),
        Err(error) => Err(error.into()),
    }
}

fn too_late(me: &HrReviewer, now: &Case) -> Result<Response> {
    if is_mine(now, me.id) {
        return see_other(&format!("/review/{}", now.id())); // a double click
    }
    let t = Text(me.lang);
    let since = me.lang.moment(now.state_since, me.zone());
    let (title, lead) = match now.state() {
        State::InReview => {
            let who = now.reviewer_name.clone().unwrap_or_default();
            (t.taken_title(&who), t.taken_lead(&who, since))
        }
        State::Released => (t.changed_title(), t.changed_lead()),
        _ => (t.moved_title(), t.moved_lead(since)),
    };
    let view = View {
        page: me.page(Text),
        id: now.id(),
        name: now.name.clone(),
        title,
        lead,
        is_free: now.state() == State::Released,
    };
    html(StatusCode::CONFLICT, &view)
}

fn is_mine(now: &Case, me: PersonId) -> bool {
    now.state() == State::InReview && now.reviewer == Some(me)
}

texts!(Text {
    back: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    taken_title(who): "{who} was faster", "{who} a été plus rapide", "{who} se ha adelantado";
    taken_lead(who, since): "{who} has had this profile since {since}. Nothing is lost: you can read it, or take the next one.",
        "{who} a ce dossier depuis le {since}. Rien n’est perdu : vous pouvez le lire, ou prendre le suivant.",
        "{who} tiene este perfil desde el {since}. No se ha perdido nada: puede leerlo o tomar el siguiente.";
    changed_title: "The profile has changed since you opened it", "Le dossier a changé depuis que vous l’avez ouvert",
        "El perfil ha cambiado desde que lo abrió";
    changed_lead: "Nobody has it yet. Read what is new, then take it.", "Personne ne l’a encore. Lisez ce qui est nouveau, puis prenez-le.",
        "Nadie lo tiene todavía. Lea las novedades y tómelo después.";
    moved_title: "This profile is no longer waiting", "Ce dossier n’attend plus", "Este perfil ya no está en espera";
    moved_lead(since): "Its state changed on {since}. The profile shows what happened.", "Son état a changé le {since}. Le dossier montre ce qui s’est passé.",
        "Su estado cambió el {since}. El perfil muestra lo que ha ocurrido.";
    read(name): "Read the profile of {name}", "Lire le dossier de {name}", "Leer el perfil de {name}";
    next: "Go to the queue", "Aller à la liste", "Ir a la lista";
});
