//! A reviewer takes a decision back, with a reason, within 12 months: the profile is reviewed again.

use super::{Case, Decided, Shared, case, decide};
use crate::text::texts;
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use serde_json::json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/reopen", get(ask).post(reopen))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 4000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "review/reopen.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let now = case(&mut me.begin().await?, id).await?;
    match now.case.not_selected() {
        Ok(_) => show(&me, &now, Filled::fresh(Form { seen: now.version, ..Form::default() })),
        Err(_) => see_other(&format!("/review/{id}")),
    }
}

async fn reopen(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let today = tx.today();
    let judged = form.judge(|f| {
        if f.reason.is_empty() {
            return Err(vec![Problem::missing("reason", |l| Text(l).write_reason())]);
        }
        let Ok(application) = now.case.not_selected() else { return Ok((f.clone(), None)) };
        match application.reopen(me.id, f.reason.clone(), today) {
            Ok(Some(step)) => Ok((f.clone(), Some(step))),
            Ok(None) => Err(vec![Problem::at("reason", |l| Text(l).too_late())]),
            Err(_) => Ok((f.clone(), None)),
        }
    });
    let (form, step) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    match decide(tx, now, form.seen, ("reopen", &form.reason, json!({})), step).await {
        Ok(Decided::Taken) => see_other(&format!("/review/{id}")),
        Ok(Decided::Overtaken(now)) => {
            let again = Form { seen: now.version, ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
        // nobody has two open applications: the candidate has released anew
        Err(error) if error.constraint() == Some("one_open_application") => {
            let now = case(&mut me.begin().await?, id).await?;
            show(&me, &now, Filled::with(form, vec![Problem::at("reason", |l| Text(l).another())]))
        }
        Err(error) => Err(error),
    }
}

fn show(me: &HrReviewer, now: &Case, form: Filled<Form>) -> Result<Response> {
    let status = form.status();
    html(status, &View { page: me.page(Text), form, id: now.id(), name: now.name.clone() })
}

texts!(Text {
    title: "Take the decision back", "Annuler la décision", "Revocar la decisión";
    lead: "The profile is yours to review again, and the candidate is told. The first decision stays in the record.",
        "Le dossier vous revient pour un nouvel examen, et la personne candidate est prévenue. La première décision reste au registre.",
        "El perfil vuelve a usted para otra revisión y se avisa a la persona candidata. La primera decisión queda en el registro.";
    reason: "Reason", "Motif", "Motivo";
    reason_hint: "Colleagues read it. The candidate does not.", "Vos collègues le lisent, pas la personne candidate.", "Lo leen sus colegas, no la persona candidata.";
    write_reason: "Write why the decision is taken back", "Écrivez pourquoi la décision est annulée", "Escriba por qué se revoca la decisión";
    too_late: "The decision is older than 12 months: the candidate has to release again",
        "La décision date de plus de 12 mois : la personne candidate doit transmettre à nouveau son dossier",
        "La decisión tiene más de 12 meses: la persona candidata debe enviar de nuevo su perfil";
    another: "The candidate has released a new application meanwhile: review that one",
        "La personne candidate a transmis une nouvelle candidature entre-temps : examinez celle-là",
        "La persona candidata ha enviado entretanto una nueva candidatura: revise esa";
    reopen: "Review again", "Examiner à nouveau", "Revisar de nuevo";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
