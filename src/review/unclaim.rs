//! Back into the queue: by whoever has it, or by another reviewer with a reason. It keeps its place there.

use super::{Case, Decided, Shared, case, decide};
use crate::domain::application::AnyApplication;
use crate::text::texts;
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use serde_json::json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/unclaim", get(ask).post(unclaim))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 2000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "review/unclaim.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    who: String,
    is_mine: bool,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case {
        AnyApplication::InReview(_) => {
            show(&me, &now, Filled::fresh(Form { seen: now.version, ..Form::default() }))
        }
        _ => see_other(&format!("/review/{id}")),
    }
}

async fn unclaim(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let judged = form.judge(|f| {
        let reason = (!f.reason.is_empty()).then(|| f.reason.clone());
        let Ok(application) = now.case.in_review() else { return Ok((f.clone(), None)) };
        match application.unclaim(me.id, reason) {
            Ok(step) => Ok((f.clone(), Some(step))),
            Err(_) => Err(vec![Problem::at("reason", |l| Text(l).say_why())]),
        }
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    match decide(tx, now, form.seen, ("unclaim", &form.reason, json!({})), step).await? {
        Decided::Taken => see_other(&format!("/review/{id}")),
        Decided::Overtaken(now) => {
            let again = Form { seen: now.version, ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

fn show(me: &HrReviewer, now: &Case, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        id: now.id(),
        name: now.name.clone(),
        who: now.reviewer_name.clone().unwrap_or_default(),
        is_mine: now.reviewer.is_none_or(|reviewer| reviewer == me.id),
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Put the profile back into the queue", "Remettre le dossier dans la liste", "Devolver el perfil a la lista";
    mine: "Anybody in Human Resources can take it then. It keeps its place.", "Toute personne des Ressources humaines pourra alors le prendre. Il garde sa place.",
        "Cualquier persona de Recursos Humanos podrá tomarlo entonces. Conserva su lugar.";
    theirs(who): "{who} has this profile. Put it back only if they cannot go on, and say why: the reason stays in the record.",
        "{who} a ce dossier. Ne le remettez dans la liste que si cette personne ne peut pas continuer, et dites pourquoi : le motif reste au registre.",
        "{who} tiene este perfil. Devuélvalo solo si esa persona no puede continuar y diga por qué: el motivo queda en el registro.";
    reason: "Reason", "Motif", "Motivo";
    reason_hint: "Colleagues read it. The candidate does not.", "Vos collègues le lisent, pas la personne candidate.", "Lo leen sus colegas, no la persona candidata.";
    say_why: "Write why you put it back", "Écrivez pourquoi vous le remettez dans la liste", "Escriba por qué lo devuelve";
    put_back: "Put it back", "Le remettre dans la liste", "Devolverlo a la lista";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
