//! The first day has come: the supervisor says so, or Human Resources does.

use super::anew::{self, anew};
use super::{Internship, Shared, Side, internship};
use crate::cases::take_if_seen;
use crate::domain::placement::{AnyPlacement, StartProblem, State};
use crate::domain::terms::{Stage, Stay};
use crate::explain;
use crate::text::texts;
use crate::web::actor::Actor;
use crate::web::{Filled, Page, Path, Posted, Problem, Result, TypedDate, html, see_other};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    seen: i32,
    first_day: String,
    first_month: String,
    first_year: String,
}

#[derive(askama::Template)]
#[template(path = "underway/start.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    home: String,
    name: String,
    planned: NaiveDate,
}

pub async fn ask<R: Side>(me: Actor<R>, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    if now.case.ready().is_err() {
        return see_other(&R::home(id));
    }
    let today = tx.today();
    let form = Form {
        seen: now.version(),
        first_day: today.day().to_string(),
        first_month: today.month().to_string(),
        first_year: today.year().to_string(),
    };
    show(&me, &now, Filled::fresh(form))
}

pub async fn begin<R: Side>(me: Actor<R>, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let (form, first_day) = match form.judge(|f| f.read().map(|day| (f.clone(), day)).map_err(|p| vec![p])) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    if let AnyPlacement::Ready(it) = now.case {
        let stay = Stay { start: first_day, end: now.stay().end.max(first_day) };
        let anew = anew(&mut tx, &now, stay, Stage::Initial).await?;
        let step = match it.start(tx.today(), first_day, &anew.stated.terms, (&anew.assessment, &anew.judged))
        {
            Ok(step) => step,
            Err(problems) => {
                let problems = problems.into_iter().flat_map(|problem| said(problem, &anew)).collect();
                return show(&me, &now, Filled::with(form, problems));
            }
        };
        if let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await? {
            if stay != now.stay() {
                anew::keep(&mut tx, id, &anew.stated).await?;
            }
            tx.commit(done).await?;
            return see_other(&R::home(id));
        }
    }
    let now = internship(&mut tx, id).await?;
    match now.state() == State::Started && now.stay().start == first_day {
        true => see_other(&R::home(id)),
        false => {
            let again = Form { seen: now.version(), ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

impl Form {
    fn read(&self) -> Result<NaiveDate, Problem> {
        let typed = TypedDate { day: &self.first_day, month: &self.first_month, year: &self.first_year };
        typed
            .read("first", |l| Text(l).first())?
            .ok_or_else(|| Problem::missing("first", |l| Text(l).enter_first()))
    }
}

fn said(problem: StartProblem, anew: &anew::Anew) -> Vec<Problem> {
    match problem {
        StartProblem::TooEarly => vec![Problem::at("first", |l| Text(l).too_early())],
        StartProblem::Ahead => vec![Problem::at("first", |l| Text(l).ahead())],
        StartProblem::AfterTheEnd => vec![Problem::at("first", |l| Text(l).after_the_end())],
        StartProblem::NotEligible => vec![Problem::at("first", |l| Text(l).not_eligible())],
        StartProblem::TermsDoNotHold => {
            let (terms, policy) = (&anew.stated.terms, anew.policy.terms);
            let problem = |code| {
                let terms = terms.clone();
                Problem::at("first", move |l| explain::terms::code(code, &terms, &policy, l))
            };
            terms.codes.iter().copied().filter(|code| code.forbids()).map(problem).collect()
        }
    }
}

fn show<R: Side>(me: &Actor<R>, now: &Internship, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        form,
        home: R::home(now.id()),
        name: now.name.clone(),
        planned: now.stay().start,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "The internship begins", "Le stage commence", "Empieza la pasantía";
    lead(day): "The first day agreed is {day}. If the intern really began later, say so: the rules, the length and the allowance are then worked out again.",
        "Le premier jour convenu est le {day}. Si la personne en stage a commencé plus tard, indiquez-le : les règles, la durée et l’allocation sont alors recalculées.",
        "El primer día acordado es el {day}. Si la persona en pasantía empezó más tarde, indíquelo: entonces se vuelven a calcular las normas, la duración y la asignación.";
    first: "First day at work", "Premier jour de travail", "Primer día de trabajo";
    first_hint: "For example, 1 2 2027.", "Par exemple, 1 2 2027.", "Por ejemplo, 1 2 2027.";
    enter_first: "Enter the first day at work", "Indiquez le premier jour de travail", "Indique el primer día de trabajo";
    too_early: "First day at work must not be before the day agreed: insurance and agreement begin on that day",
        "Le premier jour de travail ne peut pas précéder le jour convenu : l’assurance et la convention commencent ce jour-là",
        "El primer día de trabajo no puede ser anterior al acordado: el seguro y el acuerdo empiezan ese día";
    ahead: "First day at work must be today or earlier", "Le premier jour de travail ne peut pas être à venir",
        "El primer día de trabajo no puede estar aún por venir";
    after_the_end: "First day at work must be before the last day agreed", "Le premier jour de travail doit précéder le dernier jour convenu",
        "El primer día de trabajo debe ser anterior al último día acordado";
    not_eligible: "A rule of eligibility is not met on this day: call the placement off and propose it again, or ask the intern for new proof",
        "Une règle d’admissibilité n’est pas remplie ce jour-là : annulez l’affectation et proposez-la à nouveau, ou demandez un nouveau justificatif à la personne en stage",
        "Una norma de admisión no se cumple ese día: cancele la plaza y propóngala de nuevo, o pida un nuevo justificante a la persona en pasantía";
    confirm: "Confirm the first day", "Confirmer le premier jour", "Confirmar el primer día";
});
