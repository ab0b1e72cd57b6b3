//! Human Resources confirms a longer stay that supervisor and intern agree on, or declines it with a reason.

use crate::cases::{hold_placement, take_if_seen};
use crate::db::{Done, Note, Tx};
use crate::domain::letter::Letter;
use crate::domain::onboarding::Trust;
use crate::domain::placement::{AnyPlacement, ExtendProblem};
use crate::domain::policy::Policy;
use crate::domain::terms::{Gap, Stage, Stay, Terms};
use crate::explain;
use crate::explain::terms::Line;
use crate::offices;
use crate::papers;
use crate::text::texts;
use crate::underway::anew::{self, Anew, anew};
use crate::underway::extensions::{self, Extension, Standing};
use crate::underway::{Internship, Shared, internship};
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/extension", get(ask).post(decide))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// The extension that was read.
    wish: String,
    /// `confirm` or `decline`.
    decision: String,
    #[validate(length(max = 2000))]
    reason: String,
}

#[derive(Clone, Debug)]
enum Decision {
    Confirm,
    Decline { reason: String },
}

#[derive(askama::Template)]
#[template(path = "placements/extension.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    supervisor: String,
    ends_on: NaiveDate,
    asked: Extension,
    is_agreed: bool,
    terms: Vec<Line>,
    /// Days up to the new end that no verified policy covers.
    gaps: Vec<String>,
    decisions: Vec<Choice>,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (now, asked) = read(&mut tx, id).await?;
    if !asked.is_open() || now.case.started().is_err() {
        return see_other(&format!("/placements/{id}"));
    }
    let form = Form { seen: now.version(), wish: asked.id.to_string(), ..Form::default() };
    let anew = longer(&mut tx, &now, &asked).await?;
    show(&me, &mut tx, &now, asked, &anew, Filled::fresh(form)).await
}

async fn decide(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    // a policy that is sent back meanwhile waits for this decision, or this one for it
    hold_placement(&mut tx, id).await?;
    let (now, asked) = read(&mut tx, id).await?;
    let anew = longer(&mut tx, &now, &asked).await?;
    let (form, decision) = match form.judge(|f| f.read(&asked).map(|decision| (f.clone(), decision))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, &now, asked, &anew, form).await,
    };
    if let AnyPlacement::Started(it) = now.case
        && asked.is_open()
        && form.wish == asked.id.to_string()
    {
        let done = match &decision {
            Decision::Confirm => {
                let gaps = uncovered(&mut tx, &now, &asked, &anew).await?;
                let step = match it.extend(me.id, &asked.wish(), &anew.stated.terms, &gaps, tx.today()) {
                    Ok(step) => step,
                    Err(problems) => {
                        let (terms, policy) = (&anew.stated.terms, &anew.policy);
                        let said = problems.into_iter().flat_map(|p| said(p, terms, policy)).collect();
                        let form = Filled::with(form, said);
                        return show(&me, &mut tx, &now, asked, &anew, form).await;
                    }
                };
                match take_if_seen(&mut tx, Some(&step), form.seen).await? {
                    Some(done) => Some(confirm(&mut tx, &asked, &anew, done, id).await?),
                    None => None,
                }
            }
            Decision::Decline { .. } if !it.may_decide(me.id, &asked.wish()) => {
                let not_you = said(ExtendProblem::NotYou, &anew.stated.terms, &anew.policy);
                let form = Filled::with(form, not_you);
                return show(&me, &mut tx, &now, asked, &anew, form).await;
            }
            Decision::Decline { reason } => decline(&mut tx, &now, &asked, reason).await?,
        };
        if let Some(done) = done {
            tx.commit(done).await?;
            return see_other(&format!("/placements/{id}"));
        }
    }
    let (now, asked) = read(&mut tx, id).await?;
    let is_done = match decision {
        Decision::Confirm => asked.standing == Standing::Confirmed,
        Decision::Decline { reason } => asked.decline_reason == Some(reason),
    };
    if is_done && form.wish == asked.id.to_string() {
        return see_other(&format!("/placements/{id}")); // pressed twice
    }
    let again = Form { seen: now.version(), wish: asked.id.to_string(), ..form };
    show(&me, &mut tx, &now, asked, &anew, Filled::overtaken(again, |l| Shared(l).overtaken())).await
}

async fn read(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<(Internship, Extension)> {
    let now = internship(tx, id).await?;
    let asked = extensions::latest(tx, id).await?.ok_or(Error::NotFound)?;
    Ok((now, asked))
}

/// The stay with its new end.
async fn longer(tx: &mut Tx<HrReviewer>, now: &Internship, asked: &Extension) -> Result<Anew> {
    anew(tx, now, Stay { start: now.stay().start, end: asked.new_end }, Stage::Extension).await
}

/// Days up to the new end that no verified policy covers.
async fn uncovered(
    tx: &mut Tx<HrReviewer>,
    now: &Internship,
    asked: &Extension,
    anew: &Anew,
) -> Result<Vec<Gap>> {
    let shown = papers::documents(tx, now.id()).await?;
    let stay = Stay { start: now.stay().start, end: asked.new_end };
    Ok(papers::lacks(stay, &anew.stated.terms.insurance.required, &shown, Trust::Verified).gaps)
}

impl Form {
    fn read(&self, asked: &Extension) -> Result<Decision, Vec<Problem>> {
        match self.decision.as_str() {
            "decline" if self.reason.is_empty() => {
                Err(vec![Problem::missing("reason", |l| Text(l).write_reason())])
            }
            "decline" => Ok(Decision::Decline { reason: self.reason.clone() }),
            "confirm" if asked.standing == Standing::Asked => {
                Err(vec![Problem::at("decision", |l| Text(l).not_agreed())])
            }
            "confirm" => Ok(Decision::Confirm),
            _ => Err(vec![Problem::missing("decision", |l| Text(l).choose())]),
        }
    }
}

fn said(problem: ExtendProblem, terms: &Terms, policy: &Policy) -> Vec<Problem> {
    match problem {
        ExtendProblem::NotInsured => vec![Problem::at("decision", |l| Text(l).not_insured())],
        ExtendProblem::NotAgreed => vec![Problem::at("decision", |l| Text(l).not_agreed())],
        ExtendProblem::Over => vec![Problem::at("decision", |l| Text(l).over())],
        ExtendProblem::NotYou => vec![Problem::at("decision", |l| Text(l).acts_twice())],
        ExtendProblem::TooLate | ExtendProblem::NotLonger => {
            vec![Problem::at("decision", |l| Text(l).not_possible())]
        }
        ExtendProblem::TermsDoNotHold => {
            let problem = |code| {
                let (terms, policy) = (terms.clone(), policy.terms);
                Problem::at("decision", move |l| explain::terms::code(code, &terms, &policy, l))
            };
            terms.codes.iter().copied().filter(|code| code.forbids()).map(problem).collect()
        }
    }
}

/// # Errors
/// [`Error::Conflict`] if the extension is not open any more.
async fn confirm(
    tx: &mut Tx<HrReviewer>,
    asked: &Extension,
    anew: &Anew,
    done: Done,
    placement: Uuid,
) -> Result<Done> {
    let (me, now) = (tx.actor(), tx.now());
    let written = sqlx::query!(
        "update extension set confirmed_at = $2, decided_by = $3, covered_until = new_end
         where id = $1 and is_open and agreed_at is not null",
        asked.id,
        now,
        me.0
    );
    if written.execute(&mut **tx).await?.rows_affected() != 1 {
        return Err(Error::Conflict);
    }
    anew::keep(tx, placement, &anew.stated).await?;
    Ok(done)
}

/// `None`: it is not open any more.
async fn decline(
    tx: &mut Tx<HrReviewer>,
    case: &Internship,
    asked: &Extension,
    reason: &str,
) -> Result<Option<Done>> {
    let (me, now) = (tx.actor(), tx.now());
    let written = sqlx::query!(
        "update extension set declined_at = $2, decided_by = $3, decline_reason = $4 where id = $1 and is_open",
        asked.id,
        now,
        me.0,
        reason
    );
    if written.execute(&mut **tx).await?.rows_affected() != 1 {
        return Ok(None);
    }
    let letters = [
        (case.candidate(), Letter::ExtensionDecided),
        (case.case.facts().supervisor, Letter::ExtensionAnswered),
    ];
    Ok(Some(tx.note(Note::ExtensionDeclined, case.id(), &letters).await?))
}

async fn show(
    me: &HrReviewer,
    tx: &mut Tx<HrReviewer>,
    now: &Internship,
    asked: Extension,
    anew: &Anew,
    form: Filled<Form>,
) -> Result<Response> {
    let t = Text(me.lang);
    let places = offices::names(tx, me.lang).await?;
    let place = places.get(&now.office).unwrap_or(&now.office);
    let stay = Stay { start: now.stay().start, end: asked.new_end };
    let gap = |gap: &Gap| {
        let cover = explain::cover(gap.cover, me.lang);
        t.gap(cover, me.lang.date(gap.from), me.lang.date(gap.to))
    };
    let gaps = uncovered(tx, now, &asked, anew).await?.iter().map(gap).collect();
    let choice = |code: &str, label| Choice::new(code, label, form.values.decision == code);
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        id: now.id(),
        name: now.name.clone(),
        supervisor: now.supervisor.clone(),
        ends_on: now.stay().end,
        is_agreed: asked.standing != Standing::Asked,
        terms: explain::terms::lines(
            &anew.stated,
            stay,
            &anew.policy.terms,
            &now.profile.funding,
            place,
            me.lang,
        ),
        gaps,
        decisions: vec![choice("confirm", t.confirm()), choice("decline", t.decline())],
        asked,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "A longer stay", "Une prolongation", "Una prórroga";
    lead(supervisor, ends, to): "{supervisor} asks that the internship last until {to} instead of {ends}.",
        "{supervisor} demande que le stage dure jusqu’au {to} au lieu du {ends}.",
        "{supervisor} pide que la pasantía dure hasta el {to} en lugar del {ends}.";
    agreed: "The intern has agreed.", "La personne en stage a accepté.", "La persona en pasantía ha aceptado.";
    waiting: "The intern has not answered yet. You can decline now, or wait for the answer.",
        "La personne en stage n’a pas encore répondu. Vous pouvez refuser dès maintenant, ou attendre sa réponse.",
        "La persona en pasantía aún no ha respondido. Puede rechazarla ahora o esperar su respuesta.";
    why: "Why", "Pourquoi", "Por qué";
    terms: "Terms with the new last day", "Conditions avec le nouveau dernier jour", "Condiciones con el nuevo último día";
    decision: "Your decision", "Votre décision", "Su decisión";
    confirm: "Confirm the new last day", "Confirmer le nouveau dernier jour", "Confirmar el nuevo último día";
    decline: "Decline", "Refuser", "Rechazar";
    choose: "Choose to confirm or to decline", "Choisissez de confirmer ou de refuser", "Elija confirmar o rechazar";
    insurance: "Insurance up to the new last day", "Assurance jusqu’au nouveau dernier jour", "Seguro hasta el nuevo último día";
    insured: "Verified policies cover every day.", "Les polices vérifiées couvrent chaque jour.", "Las pólizas verificadas cubren todos los días.";
    gap(cover, from, to): "{cover}: {from} to {to} not covered", "{cover} : non couvert du {from} au {to}", "{cover}: sin cubrir del {from} al {to}";
    to_documents: "See what the intern has shown", "Voir ce que la personne en stage a fourni", "Ver lo que ha presentado la persona en pasantía";
    not_insured: "Insurance must reach the new last day: once a policy for the days named above is verified, confirm",
        "L’assurance doit aller jusqu’au nouveau dernier jour : confirmez une fois vérifiée une police pour les jours indiqués plus haut",
        "El seguro debe llegar hasta el nuevo último día: confirme cuando esté verificada una póliza para los días indicados arriba";
    reason: "Reason, if you decline", "Motif, en cas de refus", "Motivo, si la rechaza";
    reason_hint: "The intern and the supervisor read it.", "La personne en stage et la personne responsable le lisent.",
        "Lo leen la persona en pasantía y su supervisión.";
    write_reason: "Write the reason", "Écrivez le motif", "Escriba el motivo";
    not_agreed: "The intern has not agreed yet", "La personne en stage n’a pas encore accepté", "La persona en pasantía aún no ha aceptado";
    acts_twice: "Nobody acts twice on the same case: a colleague decides on this one", "Personne n’agit deux fois sur le même cas : un ou une collègue décide de celui-ci",
        "Nadie actúa dos veces sobre el mismo caso: decide otra persona";
    not_possible: "It was asked for too late, or the new last day is not later than the one agreed: decline it",
        "Elle a été demandée trop tard, ou le nouveau dernier jour n’est pas postérieur à celui convenu : refusez-la",
        "Se pidió demasiado tarde, o el nuevo último día no es posterior al acordado: rechácela";
    over: "The last day has passed, and what is over cannot be extended: decline it", "Le dernier jour est passé, et un stage terminé ne se prolonge plus : refusez la prolongation",
        "El último día ya pasó y lo que terminó no puede prorrogarse: rechácela";
    send: "Decide", "Décider", "Decidir";
});
