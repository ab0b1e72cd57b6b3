//! A candidate takes the profile back: HR loses it at once, open placements are closed, the record stays.

use super::mine;
use crate::cases;
use crate::db::{Done, Tx};
use crate::domain::placement::AnyPlacement;
use crate::domain::step::Step;
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Error, Filled, Page, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/application/withdraw", get(ask).post(withdraw))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    why: String,
}

#[derive(askama::Template)]
#[template(path = "application/withdraw.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    reasons: Vec<Choice>,
}

async fn ask(me: Candidate) -> Result<Response> {
    let mine = mine(&mut me.begin().await?).await?.ok_or(Error::NotFound)?;
    if mine.case.withdraw(None).is_err() {
        return see_other("/application");
    }
    show(&me, Filled::fresh(Form { seen: mine.version, ..Form::default() }))
}

async fn withdraw(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let application = mine(&mut tx).await?.ok_or(Error::NotFound)?;
    let judged = form.judge(|f| match REASONS.contains(&f.why.as_str()) || f.why.is_empty() {
        true => Ok(f.clone()),
        false => Err(vec![Problem::at("why", |l| Text(l).choose_a_reason())]),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, form),
    };
    let reason = (!form.why.is_empty()).then(|| form.why.clone());
    let Ok(step) = application.case.withdraw(reason) else {
        return see_other("/application"); // taken back already, or no longer possible: the page there says so
    };
    if form.seen != application.version {
        let again = Form { seen: application.version, ..form };
        return show(&me, Filled::overtaken(again, |l| Text(l).overtaken()));
    }
    match take_back(&mut tx, application.id(), &step).await {
        Ok(done) => tx.commit(done).await?,
        // somebody was faster by a moment
        Err(Error::Conflict) => {
            drop(tx);
            let now = mine(&mut me.begin().await?).await?.ok_or(Error::NotFound)?;
            let again = Form { seen: now.version, ..form };
            return show(&me, Filled::overtaken(again, |l| Text(l).overtaken()));
        }
        Err(error) => return Err(error),
    }
    see_other("/application")
}

async fn take_back(tx: &mut Tx<Candidate>, application: Uuid, step: &Step) -> Result<Done> {
    let mut done = tx.take(step).await?;
    for closed in cases::open_placements(tx, application).await?.iter().filter_map(AnyPlacement::close) {
        done = done.and(tx.take(&closed).await?);
    }
    Ok(done)
}

fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    let t = Text(me.lang);
    let label = |code: &str| match code {
        "correct_something" => t.correct_something(),
        "dates_changed" => t.dates_changed(),
        "another_offer" => t.another_offer(),
        _ => t.no_longer_interested(),
    };
    let reasons = REASONS.map(|code| Choice::new(code, label(code), form.values.why == code)).to_vec();
    html(form.status(), &View { page: me.page(Text), form, reasons })
}

const REASONS: [&str; 4] = ["correct_something", "dates_changed", "another_offer", "no_longer_interested"];

texts!(Text {
    title: "Take your profile back", "Reprendre votre dossier", "Retirar su perfil";
    back: "Where it stands", "Où j’en suis", "Estado";
    lead: "Human Resources and offices stop seeing it straight away. Your answers and documents stay with you, and you can release them again later. You will then join the end of the list.",
        "Les Ressources humaines et les bureaux cessent aussitôt de le voir. Vos réponses et vos documents restent à votre disposition, et vous pourrez les transmettre à nouveau plus tard. Vous serez alors en fin de liste.",
        "Recursos Humanos y las oficinas dejan de verlo de inmediato. Sus respuestas y documentos siguen a su disposición y podrá enviarlos de nuevo más adelante. Entonces pasará al final de la lista.";
    no_need: "To correct something, you do not need to take it back: change your profile and release it again. It keeps its place in the list.",
        "Pour corriger un point, inutile de le reprendre : modifiez votre dossier et transmettez-le à nouveau. Il garde sa place dans la liste.",
        "Para corregir algo no hace falta retirarlo: cambie su perfil y envíelo de nuevo. Conserva su lugar en la lista.";
    why: "Why are you taking it back? (optional)", "Pourquoi le reprenez-vous ? (facultatif)", "¿Por qué lo retira? (opcional)";
    choose_a_reason: "Choose a reason from the list", "Choisissez un motif dans la liste", "Elija un motivo de la lista";
    correct_something: "I need to correct something", "Je dois corriger quelque chose", "Necesito corregir algo";
    dates_changed: "My dates have changed", "Mes dates ont changé", "Mis fechas han cambiado";
    another_offer: "I have accepted another offer", "J’ai accepté une autre offre", "He aceptado otra oferta";
    no_longer_interested: "I am no longer interested", "Cela ne m’intéresse plus", "Ya no me interesa";
    take_back: "Take my profile back", "Reprendre mon dossier", "Retirar mi perfil";
    keep: "Keep it released", "Ne pas le reprendre", "No retirarlo";
    overtaken: "Something happened to your application meanwhile. Read what is new, then decide again.",
        "Votre candidature a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau.",
        "Su candidatura ha cambiado entretanto. Lea las novedades y decida de nuevo.";
});
