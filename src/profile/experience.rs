//! A candidate states experience: what they did, where and when. None is fine.

use super::entries::{self, Entries};
use super::{Answers, Kept, SectionNames};
use crate::domain::profile::{Experience, Section};
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Filled, Page, Posted, Problem, Query, Result, TypedDate, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/experience", get(ask).post(keep))
}

/// What is asked about each entry.
const QUESTIONS: [&str; 6] = ["role", "organisation", "from", "to", "still", "description"];
const MOST: usize = 10;

/// The answers as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    #[serde(skip_serializing)]
    add: bool,
    #[serde(skip_serializing)]
    remove: Option<usize>,
    none: bool,
    #[serde(flatten)]
    entries: Entries,
}

/// Asked for one more entry than there are.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Wanted {
    more: bool,
}

#[derive(askama::Template)]
#[template(path = "profile/experience.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    form: Filled<Form>,
    /// How many entries the page has room for.
    room: usize,
}

impl View {
    fn id(&self, question: &str, nth: &usize) -> String {
        entries::id(question, *nth)
    }

    fn get(&self, question: &str, nth: &usize) -> &str {
        self.form.values.entries.get(question, *nth)
    }

    fn may_add(&self) -> bool {
        self.room < MOST
    }

    fn date(&self, question: &str, nth: &usize) -> TypedDate<'_> {
        self.form.values.entries.date(question, *nth)
    }

    fn is_still(&self, nth: &usize) -> bool {
        self.form.values.entries.is_ticked("still", *nth)
    }
}

async fn ask(me: Candidate, Query(wanted): Query<Wanted>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let draft = super::load::<Form>(&mut tx).await?;
    show(&me, Filled::fresh(Form { seen: draft.revision, ..draft.answers }), wanted.more)
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let tx = me.begin().await?;
    let today = tx.today();
    match super::keep(tx, form, |f| f.read(today).map(drop)).await? {
        Kept::Saved(answers) if answers.add => see_other("/profile/experience?more=true#add"),
        Kept::Saved(answers) if answers.remove.is_some() => see_other("/profile/experience"),
        Kept::Saved(answers) => super::go_on(&answers),
        Kept::Again(form) => show(&me, form, false),
    }
}

fn show(me: &Candidate, form: Filled<Form>, more: bool) -> Result<Response> {
    let room = (form.values.entries.count() + usize::from(more)).clamp(1, MOST);
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), form, room })
}

impl Answers for Form {
    const SECTION: Section = Section::Experience;
    type Typed = Vec<Experience>;

    fn seen(&self) -> i32 {
        self.seen
    }

    fn showing(self, seen: i32) -> Self {
        Form { seen, ..self }
    }

    fn later(&self) -> bool {
        self.later || self.add || self.remove.is_some()
    }

    fn tidied(self) -> Self {
        let entries = self.entries.known(&QUESTIONS, MOST);
        Form { entries: self.remove.map_or_else(|| entries.clone(), |nth| entries.without(nth)), ..self }
    }

    fn read(&self, today: NaiveDate) -> Result<Vec<Experience>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut all = Vec::new();
        for nth in self.entries.written() {
            match self.one(nth, today) {
                Ok(one) => all.push(one),
                Err(more) => problems.extend(more),
            }
        }
        if self.none && self.entries.count() > 0 {
            problems.push(Problem::at("none", |l| Text(l).not_both()));
        } else if !self.none && self.entries.count() == 0 {
            problems.push(Problem::missing("none", |l| Text(l).some_or_none()));
        }
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }
}

impl Form {
    fn one(&self, nth: usize, today: NaiveDate) -> Result<Experience, Vec<Problem>> {
        let mut problems = Vec::new();
        let entries = &self.entries;
        let id = |question| entries::id(question, nth);
        let mut text = |question, most, missing: fn(Lang) -> String| {
            let answer = entries.text(question, nth, most, Problem::missing(id(question), missing));
            answer.map_err(|problem| problems.push(problem)).unwrap_or_default()
        };
        let role = text("role", 200, |l| Text(l).enter_role());
        let organisation = text("organisation", 200, |l| Text(l).enter_organisation());
        let description = text("description", 2000, |l| Text(l).enter_description());
        let still = entries.is_ticked("still", nth);
        let mut date = |question, label: fn(Lang) -> String| {
            let read = entries.date(question, nth).read(id(question), label);
            read.map_err(|problem| problems.push(problem)).unwrap_or_default()
        };
        let from = date("from", |l| Text(l).from());
        let to = date("to", |l| Text(l).to());
        if entries.date("from", nth).is_empty() {
            problems.push(Problem::missing(id("from"), |l| Text(l).enter_from()));
        }
        match (entries.date("to", nth).is_empty(), still) {
            (true, false) => problems.push(Problem::missing(id("to"), |l| Text(l).enter_to())),
            (false, true) => problems.push(Problem::at(id("to"), |l| Text(l).still_or_to())),
            _ => {}
        }
        if from.is_some_and(|day| day > today) {
            problems.push(Problem::at(id("from"), |l| Text(l).from_later()));
        } else if from.zip(to).is_some_and(|(from, to)| to < from) {
            problems.push(Problem::at(id("to"), |l| Text(l).to_first()));
        }
        match (from, problems.is_empty()) {
            (Some(from), true) => Ok(Experience { role, organisation, from, to, description }),
            _ => Err(problems),
        }
    }
}

texts!(pub Text {
    lead: "Jobs, internships, volunteering, projects: what shows what you can do. None is needed.",
        "Emplois, stages, bénévolat, projets : ce qui montre ce que vous savez faire. Rien n’est exigé.",
        "Empleos, pasantías, voluntariado, proyectos: lo que muestra lo que sabe hacer. Nada es obligatorio.";
    entry(n): "Experience {n}", "Expérience {n}", "Experiencia {n}";
    role: "What you were", "Votre fonction", "Su función";
    role_hint: "For example, research assistant.", "Par exemple, assistante de recherche.", "Por ejemplo, asistente de investigación.";
    enter_role: "Enter what you were", "Indiquez votre fonction", "Indique su función";
    organisation: "Where", "Où", "Dónde";
    organisation_hint: "The name of the organisation.", "Le nom de l’organisation.", "El nombre de la organización.";
    enter_organisation: "Enter the name of the organisation", "Indiquez le nom de l’organisation", "Indique el nombre de la organización";
    from: "First day", "Premier jour", "Primer día";
    to: "Last day", "Dernier jour", "Último día";
    day_hint: "If you do not know the day, enter 1.", "Si vous ne connaissez pas le jour, indiquez 1.", "Si no sabe el día, indique 1.";
    enter_from: "Enter the first day", "Indiquez le premier jour", "Indique el primer día";
    from_later: "The first day must not be in the future", "Le premier jour ne peut pas être futur", "El primer día no puede ser futuro";
    enter_to: "Enter the last day, or tick that you are still there", "Indiquez le dernier jour, ou cochez que vous y êtes encore",
        "Indique el último día, o marque que sigue allí";
    to_first: "The last day must come after the first", "Le dernier jour doit venir après le premier", "El último día debe ser posterior al primero";
    still: "I am still there", "J’y suis encore", "Sigo allí";
    still_or_to: "Enter a last day or tick that you are still there, not both", "Indiquez un dernier jour ou cochez que vous y êtes encore, mais pas les deux",
        "Indique un último día o marque que sigue allí, pero no ambas cosas";
    description: "What you did", "Ce que vous y avez fait", "Qué hizo allí";
    description_hint: "Two or three sentences. Up to 2,000 characters.", "Deux ou trois phrases. Jusqu’à 2 000 caractères.",
        "Dos o tres frases. Hasta 2.000 caracteres.";
    enter_description: "Write what you did there", "Écrivez ce que vous y avez fait", "Escriba qué hizo allí";
    none: "I have no experience to state yet", "Je n’ai pas encore d’expérience à indiquer", "Todavía no tengo experiencia que indicar";
    some_or_none: "State one experience, or tick that you have none yet", "Indiquez une expérience, ou cochez que vous n’en avez pas encore",
        "Indique una experiencia, o marque que todavía no tiene";
    not_both: "State your experience or tick that you have none, not both", "Indiquez votre expérience ou cochez que vous n’en avez pas, mais pas les deux",
        "Indique su experiencia o marque que no tiene, pero no ambas cosas";
    add: "Add another experience", "Ajouter une expérience", "Añadir otra experiencia";
    remove(n): "Remove experience {n}", "Retirer l’expérience {n}", "Quitar la experiencia {n}";
});
