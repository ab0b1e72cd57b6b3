//! Human Resources ends an internship before its last day, with two weeks' notice unless both sides agree.

use crate::cases::take_if_seen;
use crate::domain::placement::{AnyPlacement, EARLY_END_NOTICE_DAYS, State};
use crate::text::texts;
use crate::underway::{Internship, Shared, internship};
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, TypedDate, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/end-early", get(ask).post(end))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    last_day: String,
    last_month: String,
    last_year: String,
    both_agree: bool,
    #[validate(length(max = 2000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "placements/end_early.html")]
struct View {
    page: Page<Text>,
    keep: String,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    ends_on: NaiveDate,
    earliest: NaiveDate,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    match now.case.started() {
        Ok(_) => show(&me, &now, tx.today(), Filled::fresh(Form { seen: now.version(), ..Form::default() })),
        Err(_) => see_other(&format!("/placements/{id}")),
    }
}

async fn end(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (now, today) = (internship(&mut tx, id).await?, tx.today());
    let (form, last_day) = match form.judge(|f| f.read(now.stay().start).map(|day| (f.clone(), day))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, today, form),
    };
    if let AnyPlacement::Started(it) = now.case {
        let Ok(step) = it.end_early(today, last_day, form.both_agree, form.reason.clone()) else {
            let earliest = today + Days::new(EARLY_END_NOTICE_DAYS.unsigned_abs());
            let problem = Problem::at("last", move |l| Text(l).not_that_day(l.date(earliest)));
            return show(&me, &now, today, Filled::with(form, vec![problem]));
        };
        if let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await? {
            tx.commit(done).await?;
            return see_other(&format!("/placements/{id}"));
        }
    }
    let now = internship(&mut tx, id).await?;
    match now.state() == State::EndedEarly && now.stay().end == last_day {
        true => see_other(&format!("/placements/{id}")), // pressed twice
        false => {
            let again = Form { seen: now.version(), ..form };
            show(&me, &now, today, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

impl Form {
    fn read(&self, starts_on: NaiveDate) -> Result<NaiveDate, Vec<Problem>> {
        let typed = TypedDate { day: &self.last_day, month: &self.last_month, year: &self.last_year };
        let mut problems = Vec::new();
        let day = match typed.read("last", |l| Text(l).last()) {
            Ok(Some(day)) if day < starts_on => Err(Problem::at("last", |l| Text(l).before_the_start())),
            Ok(Some(day)) => Ok(day),
            Ok(None) => Err(Problem::missing("last", |l| Text(l).enter_last())),
            Err(problem) => Err(problem),
        };
        if self.reason.is_empty() {
            problems.push(Problem::missing("reason", |l| Text(l).write_reason()));
        }
        match day {
            Ok(day) if problems.is_empty() => Ok(day),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.insert(0, problem);
                Err(problems)
            }
        }
    }
}

fn show(me: &HrReviewer, now: &Internship, today: NaiveDate, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        keep: Shared(me.lang).keep(),
        form,
        id: now.id(),
        name: now.name.clone(),
        ends_on: now.stay().end,
        earliest: today + Days::new(EARLY_END_NOTICE_DAYS.unsigned_abs()),
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "End the internship early", "Mettre fin au stage avant terme", "Terminar la pasantía antes";
    lead(ends, earliest): "The last day agreed is {ends}. With two weeks’ notice from today, the earliest last day is {earliest}.",
        "Le dernier jour convenu est le {ends}. Avec un préavis de deux semaines à compter d’aujourd’hui, le dernier jour est au plus tôt le {earliest}.",
        "El último día acordado es el {ends}. Con un preaviso de dos semanas desde hoy, el último día es como pronto el {earliest}.";
    last: "Last day", "Dernier jour", "Último día";
    last_hint: "For example, 30 6 2027.", "Par exemple, 30 6 2027.", "Por ejemplo, 30 6 2027.";
    enter_last: "Enter the last day", "Indiquez le dernier jour", "Indique el último día";
    before_the_start: "Last day must not be before the first day", "Le dernier jour ne peut pas précéder le premier", "El último día no puede ser anterior al primero";
    not_that_day(earliest): "Last day must be {earliest} or later, unless both sides agree, and before the last day agreed",
        "Le dernier jour doit être le {earliest} ou plus tard, sauf accord des deux parties, et précéder le dernier jour convenu",
        "El último día debe ser el {earliest} o posterior, salvo acuerdo de ambas partes, y anterior al último día acordado";
    both_agree: "Intern and office both agree to an earlier last day", "La personne en stage et le bureau acceptent tous deux un dernier jour plus proche",
        "La persona en pasantía y la oficina aceptan un último día más cercano";
    both_hint: "In writing.", "Par écrit.", "Por escrito.";
    reason: "Reason", "Motif", "Motivo";
    reason_hint: "It is kept with the record of this placement.", "Il est conservé avec l’historique de cette affectation.", "Se conserva con el historial de esta plaza.";
    write_reason: "Write the reason", "Écrivez le motif", "Escriba el motivo";
    end: "End the internship", "Mettre fin au stage", "Terminar la pasantía";
});
