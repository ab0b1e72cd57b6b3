//! A candidate says where they have worked, or that they have not yet.

use super::entries::{self, Pins, entries};
use super::{Answers, SectionNames};
use crate::domain::profile::{Experience, Section};
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

const MOST: usize = 10;
const LONGEST_LINE: usize = 200;
const LONGEST: usize = 2000;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/experience", get(ask).post(keep))
}

/// The answers as typed: the nth of each list belong together.
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
    remove: String,
    none: bool,
    role: Vec<String>,
    organisation: Vec<String>,
    from_day: Vec<String>,
    from_month: Vec<String>,
    from_year: Vec<String>,
    /// `yes` or `no`.
    still: Vec<String>,
    to_day: Vec<String>,
    to_month: Vec<String>,
    to_year: Vec<String>,
    description: Vec<String>,
}

entries!(MOST; role, organisation, from_day, from_month, from_year, still, to_day, to_month, to_year, description);

#[derive(askama::Template)]
#[template(path = "profile/experience.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    words: entries::Words,
    entries: Vec<Entry>,
    form: Filled<Form>,
}

impl View {
    fn yes_no(&self, entry: &Entry) -> Vec<Choice> {
        let answers = [("yes", self.page.words.yes()), ("no", self.page.words.no())];
        answers.into_iter().map(|(code, name)| Choice::new(code, name, code == entry.still)).collect()
    }
}

async fn ask(me: Candidate) -> Result<Response> {
    let form = super::draft(&me).await?;
    show(&me, form)
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    super::answer(me, form, show).await
}

fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    let entries = form.values.entries();
    let words = entries::Words(me.lang);
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), words, entries, form })
}

impl Answers for Form {
    const SECTION: Section = Section::Experience;
    type Typed = Vec<Experience>;

    super::common_answers!();

    entries::entry_answers!("role");

    /// The latest first; empty for who has not worked yet.
    fn read(&self, today: NaiveDate) -> Result<Vec<Experience>, Vec<Problem>> {
        let entries = self.entries();
        let (mut work, mut problems) = (Vec::new(), Vec::new());
        let written = || entries.iter().enumerate().filter(|(_, entry)| !entry.is_blank());
        match (self.none, written().next().is_some()) {
            (true, true) => problems.push(Problem::at("none", |l| Text(l).not_both())),
            (false, false) => {
                problems.push(Problem::missing(entries::id("role", 1), |l| Text(l).enter_or_tick()));
            }
            _ => {}
        }
        for (nth, entry) in written() {
            let mut pins = Pins::new(nth + 1, entries.len(), |l, n| Text(l).nth_experience(n));
            if nth >= MOST {
                pins.wrong("role", |l| Text(l).too_many(MOST));
            }
            work.extend(entry.read(&mut pins, today));
            problems.extend(pins.into_problems());
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        work.sort_by_key(|e: &Experience| std::cmp::Reverse((e.to.is_none(), e.to, e.from)));
        Ok(work)
    }
}

impl Entry {
    fn read(&self, pins: &mut Pins, today: NaiveDate) -> Option<Experience> {
        let role = pins.text("role", &self.role, LONGEST_LINE, |l| Text(l).enter_role());
        let organisation =
            pins.text("organisation", &self.organisation, LONGEST_LINE, |l| Text(l).enter_organisation());
        let typed = TypedDate { day: &self.from_day, month: &self.from_month, year: &self.from_year };
        let from = pins.date("from", typed, |l| Text(l).from());
        if typed.is_empty() {
            pins.missing("from", |l| Text(l).enter_from());
        } else if from.is_some_and(|day| day > today) {
            pins.wrong("from", |l| Text(l).from_future());
        }
        let typed = TypedDate { day: &self.to_day, month: &self.to_month, year: &self.to_year };
        let to = pins.date("to", typed, |l| Text(l).to());
        match (self.still.as_str(), typed.is_empty()) {
            ("yes", false) => pins.wrong("still", |l| Text(l).still_or_day()),
            ("no", true) => pins.missing("to", |l| Text(l).enter_to()),
            ("yes", true) | (_, false) => {}
            (_, true) => pins.missing("still", |l| Text(l).choose_still()),
        }
        if to.zip(from).is_some_and(|(to, from)| to < from) {
            pins.wrong("to", |l| Text(l).to_first());
        } else if to.is_some_and(|day| day > today) {
            pins.wrong("to", |l| Text(l).to_future());
        }
        let description =
            pins.text("description", &self.description, LONGEST, |l| Text(l).enter_description());
        Some(Experience { role, organisation, from: from?, to, description })
    }
}

texts!(pub Text {
    lead: "Jobs, internships and volunteering. You can apply even if you have not worked yet.",
        "Emplois, stages et bénévolat. Vous pouvez postuler même si vous n’avez pas encore travaillé.",
        "Empleos, pasantías y voluntariado. Puede presentarse aunque aún no haya trabajado.";
    none: "I have no experience yet", "Je n’ai pas encore d’expérience", "Aún no tengo experiencia";
    none_hint: "Then leave the boxes below empty.", "Dans ce cas, laissez vides les cases ci-dessous.", "En ese caso, deje vacías las casillas siguientes.";
    not_both: "Describe your experience or tick that you have none, not both",
        "Décrivez votre expérience ou cochez que vous n’en avez pas, mais pas les deux",
        "Describa su experiencia o marque que no tiene, pero no ambas cosas";
    enter_or_tick: "Enter your role, or tick that you have no experience yet", "Indiquez votre fonction, ou cochez que vous n’avez pas encore d’expérience",
        "Indique su función, o marque que aún no tiene experiencia";
    nth_experience(n): "Experience {n}", "Expérience {n}", "Experiencia {n}";
    add: "Add another experience", "Ajouter une autre expérience", "Añadir otra experiencia";
    too_many(n): "You can list up to {n} experiences: remove one", "Vous pouvez indiquer {n} expériences au plus : retirez-en une",
        "Puede indicar {n} experiencias como máximo: quite una";
    role: "Your role", "Votre fonction", "Su función";
    role_hint: "For example, research assistant.", "Par exemple, assistance de recherche.", "Por ejemplo, asistencia de investigación.";
    enter_role: "Enter your role", "Indiquez votre fonction", "Indique su función";
    organisation: "Organisation", "Organisation", "Organización";
    enter_organisation: "Enter the name of the organisation", "Indiquez le nom de l’organisation", "Indique el nombre de la organización";
    from: "First day", "Premier jour", "Primer día";
    from_hint: "For example, 1 9 2024. If you do not know the day, enter the first day of the month.",
        "Par exemple, 1 9 2024. Si vous ne connaissez pas le jour, indiquez le premier du mois.",
        "Por ejemplo, 1 9 2024. Si no sabe el día, indique el primero del mes.";
    enter_from: "Enter your first day there", "Indiquez votre premier jour sur place", "Indique su primer día allí";
    from_future: "First day must be today or earlier", "Le premier jour ne peut pas être à venir", "El primer día no puede ser futuro";
    still: "Are you still there?", "Y êtes-vous encore ?", "¿Sigue allí?";
    choose_still: "Choose whether you are still there", "Choisissez si vous y êtes encore", "Elija si sigue allí";
    still_or_day: "Choose that you are still there or enter a last day, not both",
        "Choisissez que vous y êtes encore ou indiquez un dernier jour, mais pas les deux",
        "Elija que sigue allí o indique un último día, pero no ambas cosas";
    to: "Last day", "Dernier jour", "Último día";
    to_hint: "If you are still there, leave it empty.", "Si vous y êtes encore, laissez ces cases vides.", "Si sigue allí, deje vacías estas casillas.";
    enter_to: "Enter your last day there", "Indiquez votre dernier jour sur place", "Indique su último día allí";
    to_first: "Last day must be the first day or later", "Le dernier jour ne peut pas précéder le premier", "El último día no puede ser anterior al primero";
    to_future: "Last day must be today or earlier; until then, choose that you are still there",
        "Le dernier jour ne peut pas être à venir ; jusque-là, choisissez que vous y êtes encore",
        "El último día no puede ser futuro; hasta entonces, elija que sigue allí";
    description: "What you did", "Ce que vous avez fait", "Qué hizo";
    description_hint(n): "A few sentences, up to {n} characters.", "Quelques phrases, {n} caractères au plus.", "Unas frases, {n} caracteres como máximo.";
    enter_description: "Describe what you did", "Décrivez ce que vous avez fait", "Describa qué hizo";
});
