//! A candidate proposes when to come: a first and a last day.

use super::{Answers, SectionNames, wishes};
use crate::db::Tx;
use crate::domain::profile::{Dates, Section};
use crate::domain::terms::{Length, Policy, Stay, stay_end};
use crate::policies;
use crate::text::texts;
use crate::web::{App, Candidate, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};

pub fn routes() -> Router<App> {
    Router::new().route("/profile/dates", get(ask).post(keep))
}

/// The answers as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    start_day: String,
    start_month: String,
    start_year: String,
    end_day: String,
    end_month: String,
    end_year: String,
    /// How long, as the self-check was told: the last day follows from the first until one is typed.
    months: String,
}

#[derive(askama::Template)]
#[template(path = "profile/dates.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    terms: Policy,
    /// The last day of the first agreement, if the stay goes on beyond it.
    first_agreement: Option<NaiveDate>,
    form: Filled<Form>,
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let draft = super::load::<Form>(&mut tx).await?;
    let today = tx.today();
    let terms = terms(&mut tx, today).await?;
    show(&me, terms, Filled::fresh(Form { seen: draft.revision, ..draft.answers }))
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let terms = terms(&mut tx, today).await?;
    let judge = |f: &Form| match against_policy(f.read(today)?, &terms) {
        Some(problem) => Err(vec![problem]),
        None => Ok(()),
    };
    super::settle(&me, tx, form, judge, |form| show(&me, terms, form)).await
}

/// What the offices wished for so far allow.
async fn terms(tx: &mut Tx<Candidate>, today: NaiveDate) -> Result<Policy> {
    let wished = super::load::<wishes::Form>(tx).await?.answers.wished();
    Ok(policies::all(tx, today).await?.terms(&wished))
}

fn show(me: &Candidate, terms: Policy, form: Filled<Form>) -> Result<Response> {
    let first_agreement = form.values.first_agreement(&terms);
    html(
        form.status(),
        &View { page: me.page(Text), names: SectionNames(me.lang), terms, first_agreement, form },
    )
}

/// What the terms in force say against dates that are possible as such; the release asks again.
pub fn against_policy(dates: Dates, terms: &Policy) -> Option<Problem> {
    let (months, length) = (|months| Length { months, days: 0 }, length(dates));
    let (shortest, total) = (terms.shortest_months, terms.total_months);
    if length < months(shortest) {
        let earliest = stay_end(dates.start, shortest);
        return Some(Problem::at("end", move |l| Text(l).too_short(shortest, l.date(earliest))));
    }
    if length > months(total) {
        let latest = stay_end(dates.start, total);
        return Some(Problem::at("end", move |l| Text(l).too_long(total, l.date(latest))));
    }
    None
}

fn length(dates: Dates) -> Length {
    Stay { start: dates.start, end: dates.end }.length()
}

impl Answers for Form {
    const SECTION: Section = Section::Dates;
    type Typed = Dates;

    super::common_answers!();

    /// The last day that follows from the months is kept like one that was typed.
    fn tidied(self) -> Self {
        match self.end_by_months() {
            Some(end) => Form {
                end_day: end.day().to_string(),
                end_month: end.month().to_string(),
                end_year: end.year().to_string(),
                months: String::new(),
                ..self
            },
            None => self,
        }
    }

    fn read(&self, today: NaiveDate) -> Result<Dates, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut known = |read: Result<Option<NaiveDate>, Problem>, missing: Problem| match read {
            Ok(Some(day)) => Some(day),
            Ok(None) => {
                problems.push(missing);
                None
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let start = known(
            self.typed_start().read("start", |l| Text(l).start()),
            Problem::missing("start", |l| Text(l).enter_start()),
        );
        let end = known(
            self.typed_end().read("end", |l| Text(l).end()).map(|typed| typed.or(self.end_by_months())),
            Problem::missing("end", |l| Text(l).enter_end()),
        );
        if start.is_some_and(|day| day < today) {
            problems.push(Problem::at("start", |l| Text(l).start_past()));
        }
        match (start, end) {
            (Some(start), Some(end)) if end <= start => {
                problems.push(Problem::at("end", |l| Text(l).end_first()));
                Err(problems)
            }
            (Some(start), Some(end)) if problems.is_empty() => Ok(Dates { start, end }),
            _ => Err(problems),
        }
    }
}

impl Form {
    /// The proposed first day, as soon as it is a date: the eligibility panel does not wait for the rest.
    pub fn start(&self) -> Option<NaiveDate> {
        self.typed_start().real()
    }

    /// The proposed last day, as soon as it is a date.
    pub fn end(&self) -> Option<NaiveDate> {
        self.typed_end().real().or(self.end_by_months())
    }

    /// The last day by the first one and the months, as long as no other is typed.
    fn end_by_months(&self) -> Option<NaiveDate> {
        let is_typed = [&self.end_day, &self.end_month, &self.end_year].iter().any(|part| !part.is_empty());
        let months = self.months.parse().ok().filter(|months| !is_typed && (1..=99).contains(months))?;
        Some(stay_end(self.start()?, months))
    }

    /// The months to say on the page, while they still decide.
    fn months_said(&self) -> Option<&str> {
        let is_said = !self.months.is_empty() && self.typed_end().real().is_none();
        is_said.then_some(self.months.as_str())
    }

    fn typed_start(&self) -> TypedDate<'_> {
        TypedDate { day: &self.start_day, month: &self.start_month, year: &self.start_year }
    }

    fn typed_end(&self) -> TypedDate<'_> {
        TypedDate { day: &self.end_day, month: &self.end_month, year: &self.end_year }
    }

    fn first_agreement(&self, terms: &Policy) -> Option<NaiveDate> {
        let dates = Dates { start: self.start()?, end: self.end()? };
        let first = stay_end(dates.start, terms.initial_months);
        (dates.end > first && against_policy(dates, terms).is_none()).then_some(first)
    }
}

texts!(pub Text {
    lead(min, max): "An internship lasts from {min} to {max} months. Human Resources can propose other dates to you later.",
        "Un stage dure de {min} à {max} mois. Les Ressources humaines pourront vous proposer d’autres dates par la suite.",
        "Una pasantía dura de {min} a {max} meses. Recursos Humanos podrá proponerle otras fechas más adelante.";
    start: "First day", "Premier jour", "Primer día";
    start_hint: "The day you could begin. For example, 1 3 2027.",
        "Le jour où vous pourriez commencer. Par exemple, 1 3 2027.",
        "El día en que podría empezar. Por ejemplo, 1 3 2027.";
    end: "Last day", "Dernier jour", "Último día";
    end_hint(n): "The last day you would work. A first agreement covers up to {n} months; a longer stay needs an extension of it, which is agreed while you are there.",
        "Votre dernier jour de travail. Une première convention couvre {n} mois au plus ; un séjour plus long demande sa prolongation, convenue pendant le stage.",
        "Su último día de trabajo. Un primer acuerdo cubre como máximo {n} meses; una estancia más larga exige prorrogarlo, lo que se acuerda durante la pasantía.";
    extension(n, day): "Your stay is longer than {n} months. The first agreement would end on {day}; the rest needs an extension.",
        "Votre séjour dépasse {n} mois. La première convention prendrait fin le {day} ; le reste demande une prolongation.",
        "Su estancia supera los {n} meses. El primer acuerdo terminaría el {day}; el resto exige una prórroga.";
    months(n): "In the self-check you said: {n} months. Fill in the first day, and the last day follows by itself when you save. You can still change it.",
        "Dans le test d’éligibilité, vous avez indiqué : {n} mois. Indiquez le premier jour : le dernier s’ajoutera de lui-même à l’enregistrement. Vous pourrez encore le modifier.",
        "En la comprobación indicó: {n} meses. Indique el primer día y el último se añadirá por sí solo al guardar. Podrá cambiarlo después.";
    enter_start: "Enter the first day you propose", "Indiquez le premier jour que vous proposez", "Indique el primer día que propone";
    enter_end: "Enter the last day you propose", "Indiquez le dernier jour que vous proposez", "Indique el último día que propone";
    start_past: "First day must be today or later", "Le premier jour ne peut pas être déjà passé", "El primer día no puede haber pasado ya";
    end_first: "Last day must be after the first day", "Le dernier jour doit suivre le premier", "El último día debe ser posterior al primero";
    too_short(n, day): "Your internship must be {n} months or longer: with this first day, it ends on {day} or later",
        "Votre stage doit durer {n} mois au moins : avec ce premier jour, il se termine le {day} ou plus tard",
        "Su pasantía debe durar {n} meses como mínimo: con este primer día, termina el {day} o más tarde";
    too_long(n, day): "Your internship must be {n} months or fewer: with this first day, it ends on {day} or earlier",
        "Votre stage doit durer {n} mois au plus : avec ce premier jour, il se termine le {day} ou plus tôt",
        "Su pasantía debe durar {n} meses como máximo: con este primer día, termina el {day} o antes";
});
