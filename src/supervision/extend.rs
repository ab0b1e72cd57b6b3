//! The supervisor asks for a longer stay. The intern agrees or not, then Human Resources confirms.

use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::domain::placement::{AnyPlacement, EXTENSION_NOTICE_DAYS, ExtendProblem, Wish};
use crate::domain::policy::Policy;
use crate::domain::terms::{Stage, Stay, Terms};
use crate::explain;
use crate::text::texts;
use crate::underway::anew::anew;
use crate::underway::extensions;
use crate::underway::{Internship, Shared, internship, still_so};
use crate::web::{App, Filled, Page, Path, Posted, Problem, Result, Supervisor, TypedDate, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision/{id}/extend", get(ask).post(send))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    end_day: String,
    end_month: String,
    end_year: String,
    #[validate(length(max = 2000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "supervision/extend.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    ends_on: NaiveDate,
    ask_by: NaiveDate,
}

async fn ask(me: Supervisor, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let is_asked = extensions::latest(&mut tx, id).await?.is_some_and(|asked| asked.is_open());
    if now.case.started().is_err() || is_asked {
        return see_other(&format!("/supervision/{id}"));
    }
    show(&me, &now, Filled::fresh(Form { seen: now.version(), ..Form::default() }))
}

async fn send(me: Supervisor, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let (form, new_end) = match form.judge(|f| f.read().map(|day| (f.clone(), day))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    let wish = Wish { new_end, asked_by: me.id, asked_on: tx.today(), is_agreed: false };
    let is_asked = extensions::latest(&mut tx, id).await?.is_some_and(|asked| asked.is_open());
    if let AnyPlacement::Started(it) = now.case
        && !is_asked
    {
        let stay = Stay { start: now.stay().start, end: new_end.max(now.stay().start) };
        let anew = anew(&mut tx, &now, stay, Stage::Extension).await?;
        if let Err(problems) = it.ask_extension(tx.hand(), &wish, &anew.stated.terms) {
            let said = problems.into_iter().flat_map(|p| said(p, &anew.stated.terms, &anew.policy)).collect();
            return show(&me, &now, Filled::with(form, said));
        }
        if still_so(&mut tx, id, form.seen).await? && insert(&mut tx, id, &wish, &form.reason).await? {
            let letters = [(now.candidate(), Letter::ExtensionAsked)];
            let done = tx.note(Note::ExtensionAsked, id, &letters).await?;
            tx.commit(done).await?;
            return see_other(&format!("/supervision/{id}"));
        }
    }
    let now = internship(&mut tx, id).await?;
    let known = extensions::latest(&mut tx, id).await?;
    match known.is_some_and(|asked| asked.new_end == new_end && asked.reason == form.reason) {
        true => see_other(&format!("/supervision/{id}")), // pressed twice
        false => {
            let again = Form { seen: now.version(), ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

impl Form {
    fn read(&self) -> Result<NaiveDate, Vec<Problem>> {
        let typed = TypedDate { day: &self.end_day, month: &self.end_month, year: &self.end_year };
        let mut problems = Vec::new();
        let day = match typed.read("end", |l| Text(l).end()) {
            Ok(None) => {
                problems.push(Problem::missing("end", |l| Text(l).enter_end()));
                None
            }
            Ok(day) => day,
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        if self.reason.is_empty() {
            problems.push(Problem::missing("reason", |l| Text(l).write_reason()));
        }
        day.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

fn said(problem: ExtendProblem, terms: &Terms, policy: &Policy) -> Vec<Problem> {
    match problem {
        ExtendProblem::TooLate => vec![Problem::at("end", |l| Text(l).too_late(EXTENSION_NOTICE_DAYS))],
        ExtendProblem::NotLonger => vec![Problem::at("end", |l| Text(l).not_longer())],
        ExtendProblem::TermsDoNotHold => {
            let problem = |code| {
                let (terms, policy) = (terms.clone(), policy.terms);
                Problem::at("end", move |l| explain::terms::code(code, &terms, &policy, l))
            };
            terms.codes.iter().copied().filter(|code| code.forbids()).map(problem).collect()
        }
        ExtendProblem::NotYou
        | ExtendProblem::NotAgreed
        | ExtendProblem::NotInsured
        | ExtendProblem::Over => {
            vec![Problem::at("end", |l| Text(l).not_you())]
        }
    }
}

/// `false`: another one is open, asked for this very moment.
async fn insert(tx: &mut Tx<Supervisor>, id: Uuid, wish: &Wish, reason: &str) -> Result<bool> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into extension (id, placement_id, new_end, reason, asked_by, asked_at, asked_on)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (placement_id) where is_open do nothing",
        Uuid::now_v7(),
        id,
        wish.new_end,
        reason,
        wish.asked_by.0,
        now,
        wish.asked_on
    );
    Ok(inserted.execute(&mut **tx).await?.rows_affected() == 1)
}

fn show(me: &Supervisor, now: &Internship, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        form,
        id: now.id(),
        name: now.name.clone(),
        ends_on: now.stay().end,
        ask_by: now.stay().end - Days::new(EXTENSION_NOTICE_DAYS.unsigned_abs()),
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Ask the intern to stay longer", "Proposer une prolongation", "Proponer una prórroga";
    lead(ends, by): "The last day agreed is {ends}. Ask by {by}: the intern answers, then Human Resources confirms.",
        "Le dernier jour convenu est le {ends}. Faites la demande au plus tard le {by} : la personne en stage répond, puis les Ressources humaines confirment.",
        "El último día acordado es el {ends}. Pídalo a más tardar el {by}: la persona en pasantía responde y después Recursos Humanos lo confirma.";
    end: "New last day", "Nouveau dernier jour", "Nuevo último día";
    end_hint: "All internships of one person here, taken together, are limited.", "La durée totale des stages d’une même personne ici est limitée.",
        "La duración total de las pasantías de una misma persona aquí es limitada.";
    enter_end: "Enter the new last day", "Indiquez le nouveau dernier jour", "Indique el nuevo último día";
    not_longer: "New last day must be after the one agreed so far", "Le nouveau dernier jour doit suivre celui convenu jusqu’ici",
        "El nuevo último día debe ser posterior al acordado hasta ahora";
    too_late(n): "It is too late: an extension is asked for at least {n} days before the last day",
        "Il est trop tard : une prolongation se demande au moins {n} jours avant le dernier jour",
        "Es demasiado tarde: la prórroga se pide al menos {n} días antes del último día";
    not_you: "Only the supervisor of this internship can ask", "Seule la personne responsable de ce stage peut le demander",
        "Solo puede pedirlo quien supervisa esta pasantía";
    reason: "Why", "Pourquoi", "Por qué";
    reason_hint: "What the intern would do in that time. The intern and Human Resources read it.",
        "Ce que la personne en stage ferait pendant ce temps. Elle le lit, et les Ressources humaines aussi.",
        "Qué haría la persona en pasantía en ese tiempo. Lo leen ella y Recursos Humanos.";
    write_reason: "Write why the internship should be longer", "Écrivez pourquoi prolonger le stage", "Escriba por qué prorrogar la pasantía";
    send: "Ask the intern", "Demander à la personne en stage", "Preguntar a la persona en pasantía";
});
