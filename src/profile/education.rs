//! A candidate states their studies: degrees they have, and degrees they study for.

use super::entries::{self, Entries};
use super::{Answers, Kept, SectionNames};
use crate::domain::eligibility::{DegreeLevel, Study, StudyState};
use crate::domain::profile::{Education, Section};
use crate::explain;
use crate::reference::countries;
use crate::text::{Lang, texts};
use crate::web::{
    App, Candidate, Choice, Filled, Page, Posted, Problem, Query, Result, TypedDate, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

const LEVELS: [(&str, DegreeLevel); 6] = [
    ("bachelor", DegreeLevel::Bachelor),
    ("master", DegreeLevel::Master),
    ("doctorate", DegreeLevel::Doctorate),
    ("secondary", DegreeLevel::Secondary),
    ("short_cycle", DegreeLevel::ShortCycle),
    ("certificate", DegreeLevel::Certificate),
];

pub fn routes() -> Router<App> {
    Router::new().route("/profile/education", get(ask).post(keep))
}

/// What is asked about each entry.
const QUESTIONS: [&str; 8] =
    ["level", "state", "subject", "institution", "country", "started", "final_year", "ends"];
const MOST: usize = 6;

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
#[template(path = "profile/education.html")]
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

    fn levels(&self, nth: &usize) -> Vec<Choice> {
        let name = |level| explain::profile::level_name(level, self.page.lang);
        let chosen = self.get("level", nth);
        LEVELS.iter().map(|(code, level)| Choice::new(*code, name(*level), *code == chosen)).collect()
    }

    fn states(&self, nth: &usize) -> Vec<Choice> {
        let (chosen, t) = (self.get("state", nth), self.page.t);
        vec![
            Choice::new("enrolled", t.enrolled(), chosen == "enrolled"),
            Choice::new("awarded", t.awarded(), chosen == "awarded"),
        ]
    }

    fn countries(&self, nth: &usize) -> Vec<Choice> {
        let (lang, chosen) = (self.page.lang, self.get("country", nth));
        let choice = |c: &countries::Country| Choice::new(c.code, c.name(lang), c.code == chosen);
        countries::sorted(lang).into_iter().map(choice).collect()
    }

    fn date(&self, question: &str, nth: &usize) -> TypedDate<'_> {
        self.form.values.entries.date(question, *nth)
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
        Kept::Saved(answers) if answers.add => see_other("/profile/education?more=true#add"),
        Kept::Saved(answers) if answers.remove.is_some() => see_other("/profile/education"),
        Kept::Saved(answers) => super::go_on(&answers),
        Kept::Again(form) => show(&me, form, false),
    }
}

fn show(me: &Candidate, form: Filled<Form>, more: bool) -> Result<Response> {
    let room = (form.values.entries.count() + usize::from(more)).clamp(1, MOST);
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), form, room })
}

impl Answers for Form {
    const SECTION: Section = Section::Education;
    type Typed = Vec<Education>;

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

    fn read(&self, today: NaiveDate) -> Result<Vec<Education>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut studies = Vec::new();
        for nth in self.entries.written() {
            match self.study(nth, today) {
                Ok(study) => studies.push(study),
                Err(more) => problems.extend(more),
            }
        }
        if self.none && self.entries.count() > 0 {
            problems.push(Problem::at("none", |l| Text(l).not_both()));
        } else if !self.none && self.entries.count() == 0 {
            problems.push(Problem::missing("level-0", |l| Text(l).choose_level()));
        }
        if problems.is_empty() { Ok(studies) } else { Err(problems) }
    }
}

impl Form {
    /// What is known of the studies, as soon as it is: `None` while nothing whole was said.
    pub fn studies(&self, today: NaiveDate) -> Option<Vec<Study>> {
        let studies: Vec<Study> = self.whole(today).into_iter().map(|education| education.study).collect();
        (self.none || !studies.is_empty()).then_some(studies)
    }

    /// The entries in which nothing is missing.
    pub fn whole(&self, today: NaiveDate) -> Vec<Education> {
        self.entries.written().filter_map(|nth| self.study(nth, today).ok()).collect()
    }

    fn study(&self, nth: usize, today: NaiveDate) -> Result<Education, Vec<Problem>> {
        let mut problems = Vec::new();
        let entries = &self.entries;
        let id = |question| entries::id(question, nth);
        let level =
            LEVELS.iter().find(|(code, _)| *code == entries.get("level", nth)).map(|(_, level)| *level);
        if level.is_none() {
            problems.push(Problem::missing(id("level"), |l| Text(l).choose_level()));
        }
        let state = match entries.get("state", nth) {
            "enrolled" => Some(StudyState::Enrolled),
            "awarded" => Some(StudyState::Awarded),
            _ => {
                problems.push(Problem::missing(id("state"), |l| Text(l).choose_state()));
                None
            }
        };
        let mut text = |question, most, missing: fn(Lang) -> String| {
            let answer = entries.text(question, nth, most, Problem::missing(id(question), missing));
            answer.map_err(|problem| problems.push(problem)).unwrap_or_default()
        };
        let subject = text("subject", 200, |l| Text(l).enter_subject());
        let institution = text("institution", 200, |l| Text(l).enter_institution());
        let country = entries.get("country", nth).to_owned();
        if countries::country(&country).is_none() {
            problems.push(Problem::missing(id("country"), |l| Text(l).choose_country()));
        }
        let mut date = |question, label: fn(Lang) -> String| {
            let read = entries.date(question, nth).read(id(question), label);
            read.map_err(|problem| problems.push(problem)).unwrap_or_default()
        };
        let started_on = date("started", |l| Text(l).started());
        let final_year_starts_on = date("final_year", |l| Text(l).final_year());
        let ends = date("ends", |l| Text(l).ends());
        let (enrolled, awarded) = (state == Some(StudyState::Enrolled), state == Some(StudyState::Awarded));
        let unanswered = |question| entries.date(question, nth).is_empty();
        if enrolled && unanswered("started") {
            problems.push(Problem::missing(id("started"), |l| Text(l).enter_started()));
        }
        if enrolled && level == Some(DegreeLevel::Bachelor) && unanswered("final_year") {
            problems.push(Problem::missing(id("final_year"), |l| Text(l).enter_final_year()));
        }
        if state.is_some() && unanswered("ends") {
            problems.push(Problem::missing(id("ends"), |l| Text(l).enter_ends()));
        }
        if started_on.zip(ends).is_some_and(|(from, to)| to < from) {
            problems.push(Problem::at(id("ends"), |l| Text(l).ends_first()));
        } else if awarded && ends.is_some_and(|day| day > today) {
            problems.push(Problem::at(id("ends"), |l| Text(l).awarded_later()));
        }
        let within = |day| started_on.is_none_or(|from| from <= day) && ends.is_none_or(|to| day <= to);
        if final_year_starts_on.is_some_and(|day| !within(day)) {
            problems.push(Problem::at(id("final_year"), |l| Text(l).final_year_outside()));
        }
        match (level, state, problems.is_empty()) {
            (Some(level), Some(state), true) => Ok(Education {
                study: Study {
                    level,
                    state,
                    started_on,
                    final_year_starts_on: final_year_starts_on.filter(|_| enrolled),
                    ends_on: ends.filter(|_| enrolled),
                    awarded_on: ends.filter(|_| awarded),
                },
                institution,
                country,
                subject,
            }),
            _ => Err(problems),
        }
    }
}

texts!(pub Text {
    lead: "State every degree you study for or have, and nothing you do not want counted. One that you can prove is enough.",
        "Indiquez chaque diplôme que vous préparez ou possédez, et rien que vous ne vouliez voir compter. Un seul, que vous pouvez prouver, suffit.",
        "Indique cada título que estudia o posee, y nada que no quiera que cuente. Basta con uno que pueda demostrar.";
    entry(n): "Study {n}", "Études {n}", "Estudio {n}";
    level: "Level", "Niveau", "Nivel";
    choose_level: "Choose the level of the degree", "Choisissez le niveau du diplôme", "Elija el nivel del título";
    state: "Where are you with it?", "Où en êtes-vous ?", "¿En qué punto está?";
    enrolled: "I am studying for it", "Je le prépare", "Lo estoy estudiando";
    awarded: "I have it", "Je l’ai obtenu", "Lo tengo";
    choose_state: "Choose whether you study for the degree or have it", "Choisissez si vous préparez le diplôme ou si vous l’avez",
        "Elija si estudia para el título o si lo tiene";
    subject: "Degree and subject", "Diplôme et matière", "Título y materia";
    enter_subject: "Enter the degree and its subject", "Indiquez le diplôme et la matière", "Indique el título y la materia";
    institution: "Name of your university or school", "Nom de votre université ou école", "Nombre de su universidad o escuela";
    institution_hint: "As it is written on your student card, in its own language.",
        "Comme il figure sur votre carte d’étudiant, dans sa langue.", "Como figura en su carné de estudiante, en su idioma.";
    enter_institution: "Enter the name of your university", "Indiquez le nom de votre université", "Indique el nombre de su universidad";
    country: "Its country", "Son pays", "Su país";
    choose_country: "Choose the country of your university", "Choisissez le pays de votre université", "Elija el país de su universidad";
    started: "First day of the studies", "Premier jour des études", "Primer día de los estudios";
    started_hint: "For example, 1 9 2024. You may leave it empty if you have the degree.",
        "Par exemple, 1 9 2024. Vous pouvez le laisser vide si vous avez le diplôme.",
        "Por ejemplo, 1 9 2024. Puede dejarlo vacío si ya tiene el título.";
    enter_started: "Enter the first day of your studies", "Indiquez le premier jour de vos études", "Indique el primer día de sus estudios";
    final_year: "First day of the final academic year", "Premier jour de la dernière année d’études", "Primer día del último año académico";
    final_year_hint: "For a bachelor’s degree you still study for: this year, or the year it will be.",
        "Pour une licence en cours : cette année, ou l’année où ce sera.",
        "Para una licenciatura en curso: este año, o el año en que será.";
    enter_final_year: "Enter the first day of your final academic year", "Indiquez le premier jour de votre dernière année d’études",
        "Indique el primer día de su último año académico";
    final_year_outside: "The final academic year must begin between the first day and the degree",
        "La dernière année doit commencer entre le premier jour et le diplôme",
        "El último año académico debe empezar entre el primer día y el título";
    ends: "Day of the degree", "Date du diplôme", "Fecha del título";
    ends_hint: "When you got it or expect it. If you do not know the day, enter the last day of the month.",
        "Quand vous l’avez obtenu ou l’attendez. Si vous ne connaissez pas le jour, indiquez le dernier jour du mois.",
        "Cuándo lo obtuvo o lo espera. Si no sabe el día, indique el último día del mes.";
    enter_ends: "Enter when you got the degree, or expect it", "Indiquez quand vous avez obtenu le diplôme, ou quand vous l’attendez",
        "Indique cuándo obtuvo el título, o cuándo lo espera";
    ends_first: "The degree must come after the first day of the studies", "Le diplôme doit venir après le premier jour des études",
        "El título debe ser posterior al primer día de los estudios";
    awarded_later: "The day of a degree you have must not be in the future", "La date d’un diplôme que vous avez ne peut pas être future",
        "La fecha de un título que ya tiene no puede ser futura";
    none: "I have no studies to state", "Je n’ai pas d’études à indiquer", "No tengo estudios que indicar";
    none_hint: "Only with a sponsor can you come without a degree.", "Sans diplôme, il faut un parrainage.", "Sin título, solo se puede venir con un patrocinador.";
    not_both: "State your studies or tick that you have none, not both", "Indiquez vos études ou cochez que vous n’en avez pas, mais pas les deux",
        "Indique sus estudios o marque que no tiene, pero no ambas cosas";
    add: "Add another degree", "Ajouter un diplôme", "Añadir otro título";
    remove(n): "Remove study {n}", "Retirer les études {n}", "Quitar el estudio {n}";
});
