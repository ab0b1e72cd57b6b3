//! Human Resources asks the Director to waive the allowance of a local intern, before the offer.

use super::{Case, Shared, case};
use crate::cases::take_if_seen;
use crate::db::Tx;
use crate::domain::placement::{DECIDE_DAYS, WaiverProblem};
use crate::explain::terms::Line;
use crate::text::texts;
use crate::waivers::{self, Waiver};
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::Days;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/waiver", get(ask).post(request))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    #[validate(length(max = 1000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "placements/waiver.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    /// The last request, if there was one.
    before: Vec<Line>,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    if now.case.approved().is_err() {
        return see_other(&format!("/placements/{id}"));
    }
    let last = waivers::last(&mut tx, id).await?;
    show(&me, &now, last.as_ref(), Filled::fresh(Form { seen: now.version(), ..Form::default() }))
}

async fn request(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let last = waivers::last(&mut tx, id).await?;
    let judged = form.judge(|f| match f.reason.is_empty() {
        true => Err(vec![Problem::missing("reason", |l| Text(l).write_reason())]),
        false => Ok(f.clone()),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, &now, last.as_ref(), form),
    };
    if let Ok(approved) = now.case.approved()
        && form.seen == now.version()
    {
        let (local, standing) = (now.stated.terms.local, last.as_ref().map(|waiver| waiver.standing));
        let directors = waivers::directors(&mut tx).await?;
        let step = match approved.request_waiver(me.id, local, standing, &directors, form.reason.clone()) {
            Ok(step) => step,
            Err(problems) => {
                let problems = problems.into_iter().map(said).collect();
                return show(&me, &now, last.as_ref(), Filled::with(form, problems));
            }
        };
        if let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await? {
            insert(&mut tx, id, &form.reason).await?;
            tx.commit(done).await?;
            return see_other(&format!("/placements/{id}"));
        }
    }
    let (now, last) = (case(&mut tx, id).await?, waivers::last(&mut tx, id).await?);
    let asked = |waiver: &Waiver| waiver.requested_by == me.id && waiver.reason == form.reason;
    if form.seen.saturating_add(1) == now.version() && last.as_ref().is_some_and(asked) {
        return see_other(&format!("/placements/{id}")); // pressed twice
    }
    let again = Form { seen: now.version(), ..form };
    show(&me, &now, last.as_ref(), Filled::overtaken(again, |l| Shared(l).overtaken()))
}

fn said(problem: WaiverProblem) -> Problem {
    Problem::at("reason", move |l| {
        let t = Text(l);
        match problem {
            WaiverProblem::OwnApplication => t.acts_twice(),
            WaiverProblem::NotLocal => t.not_local(),
            WaiverProblem::AlreadyAsked => t.already_asked(),
            WaiverProblem::AlreadyGranted => t.already_granted(),
            WaiverProblem::NobodyDecides => t.nobody_decides(),
        }
    })
}

fn show(me: &HrReviewer, now: &Case, last: Option<&Waiver>, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        id: now.id(),
        name: now.name.clone(),
        before: last.map(|waiver| waiver.line(me.lang)).into_iter().collect(),
        form,
    };
    html(view.form.status(), &view)
}

async fn insert(tx: &mut Tx<HrReviewer>, placement: Uuid, reason: &str) -> Result<()> {
    let (me, now, today) = (tx.actor(), tx.now(), tx.today());
    sqlx::query!(
        "insert into waiver (id, placement_id, reason, requested_by, requested_at, requested_on, due_on)
         values ($1, $2, $3, $4, $5, $6, $7)",
        Uuid::now_v7(),
        placement,
        reason,
        me.0,
        now,
        today,
        today + Days::new(DECIDE_DAYS.unsigned_abs())
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

texts!(Text {
    title: "Ask for a waiver of the allowance", "Demander une dispense d’allocation", "Pedir una exención de la asignación";
    lead(days): "The Director of Human Resources decides within {days} days. The offer can be made after that, and says what was decided and why.",
        "La direction des ressources humaines décide dans les {days} jours. L’offre peut être faite ensuite ; elle indique la décision et son motif.",
        "La Dirección de Recursos Humanos decide en un plazo de {days} días. La oferta puede hacerse después, e indica la decisión y su motivo.";
    rule: "Only the allowance of a local intern can be waived: a national of the country of the duty station who was recruited there.",
        "Seule l’allocation d’une personne en stage local peut faire l’objet d’une dispense : elle a la nationalité du pays d’affectation et y a été recrutée.",
        "Solo se puede eximir la asignación de una pasantía local: la persona es nacional del país de destino y se la contrató allí.";
    before: "The last request", "La dernière demande", "La última solicitud";
    reason: "Why the allowance should be waived", "Pourquoi une dispense d’allocation", "Por qué debería eximirse la asignación";
    reason_hint: "For example, a third party pays for the same months. The Director and the supervisor read this.",
        "Par exemple, un tiers paie les mêmes mois. La direction et la personne responsable liront ce texte.",
        "Por ejemplo, un tercero paga los mismos meses. La Dirección y la persona supervisora leerán este texto.";
    write_reason: "Write why the allowance should be waived", "Écrivez pourquoi vous demandez une dispense", "Escriba por qué debería eximirse la asignación";
    acts_twice: "Nobody acts on their own application", "Personne n’agit sur sa propre candidature", "Nadie actúa sobre su propia candidatura";
    not_local: "The allowance of this intern cannot be waived: the intern is not a national of the country of the duty station, or was not recruited there",
        "Aucune dispense n’est possible pour cette personne : elle n’a pas la nationalité du pays d’affectation, ou n’y a pas été recrutée",
        "La asignación de esta persona no se puede eximir: no es nacional del país de destino, o no se la contrató allí";
    already_asked: "A waiver has been asked for and is not decided yet", "Une dispense a déjà été demandée et n’est pas encore décidée",
        "Ya se ha pedido una exención y aún no se ha decidido";
    already_granted: "The allowance is waived already", "La dispense est déjà accordée", "La exención ya está concedida";
    nobody_decides: "Nobody can decide: the Director of Human Resources must be somebody who has no other part in this placement",
        "Personne ne peut décider : la direction des ressources humaines ne doit avoir aucun autre rôle dans cette affectation",
        "Nadie puede decidir: la Dirección de Recursos Humanos no puede tener otra función en esta plaza";
    send: "Ask the Director", "Demander à la direction", "Pedirlo a la Dirección";
});
