//! A candidate says what they study and studied, with the dates that decide how they qualify.

use super::entries::{self, Pins, entries};
use super::{Answers, SectionNames};
use crate::domain::eligibility::{DegreeLevel, Study, StudyState};
use crate::domain::profile::{Education, Section};
use crate::explain::profile::level_name;
use crate::reference::countries;
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

const MOST: usize = 8;
const LONGEST: usize = 200;

const LEVELS: [(&str, DegreeLevel); 6] = [
    ("bachelor", DegreeLevel::Bachelor),
    ("master", DegreeLevel::Master),
    ("doctorate", DegreeLevel::Doctorate),
    ("certificate", DegreeLevel::Certificate),
    ("short_cycle", DegreeLevel::ShortCycle),
    ("secondary", DegreeLevel::Secondary),
];

pub fn routes() -> Router<App> {
    Router::new().route("/profile/education", get(ask).post(keep))
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
    level: Vec<String>,
    state: Vec<String>,
    institution: Vec<String>,
    country: Vec<String>,
    subject: Vec<String>,
    started_day: Vec<String>,
    started_month: Vec<String>,
    started_year: Vec<String>,
    final_year_day: Vec<String>,
    final_year_month: Vec<String>,
    final_year_year: Vec<String>,
    /// Of the degree: expected or awarded.
    degree_day: Vec<String>,
    degree_month: Vec<String>,
    degree_year: Vec<String>,
}

entries!(MOST; level, state, institution, country, subject, started_day, started_month, started_year,
    final_year_day, final_year_month, final_year_year, degree_day, degree_month, degree_year);

#[derive(askama::Template)]
#[template(path = "profile/education.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    words: entries::Words,
    entries: Vec<Entry>,
    form: Filled<Form>,
}

impl View {
    fn levels(&self, entry: &Entry) -> Vec<Choice> {
        let choice =
            |(code, level)| Choice::new(code, level_name(level, self.page.lang), code == entry.level);
        LEVELS.into_iter().map(choice).collect()
    }

    fn states(&self, entry: &Entry) -> Vec<Choice> {
        let t = Text(self.page.lang);
        let states = [("enrolled", t.enrolled()), ("awarded", t.awarded())];
        states.into_iter().map(|(code, name)| Choice::new(code, name, code == entry.state)).collect()
    }

    fn countries(&self, entry: &Entry) -> Vec<Choice> {
        let lang = self.page.lang;
        let choice = |c: &countries::Country| Choice::new(c.code, c.name(lang), c.code == entry.country);
        countries::sorted(lang).into_iter().map(choice).collect()
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
    const SECTION: Section = Section::Education;
    type Typed = Vec<Education>;

    super::common_answers!();

    entries::entry_answers!("level");

    /// The highest level first, and of one level the latest.
    fn read(&self, today: NaiveDate) -> Result<Vec<Education>, Vec<Problem>> {
        let entries = self.entries();
        let (mut studies, mut problems) = (Vec::new(), Vec::new());
        for (nth, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.is_blank()) {
            let mut pins = Pins::new(nth + 1, entries.len(), |l, n| Text(l).study(n));
            if nth >= MOST {
                pins.wrong("level", |l| Text(l).too_many(MOST));
            }
            studies.extend(entry.read(&mut pins, today));
            problems.extend(pins.into_problems());
        }
        if studies.is_empty() && problems.is_empty() {
            problems.push(Problem::missing(entries::id("level", 1), |l| Text(l).choose_level()));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        studies.sort_by_key(|e: &Education| {
            let date = e.study.awarded_on.or(e.study.ends_on);
            std::cmp::Reverse((e.study.level, date))
        });
        Ok(studies)
    }
}

impl Form {
    /// Every study whose level and state are known and whose dates are possible: the eligibility panel does not
    /// wait for the rest, and tells which date it lacks.
    pub fn studies(&self, today: NaiveDate) -> Vec<Study> {
        let study = |entry: Entry| {
            let mut pins = Pins::new(1, 1, |_, _| String::new());
            entry.study(&mut pins, today).filter(|_| pins.nothing_wrong())
        };
        self.entries().into_iter().filter_map(study).collect()
    }
}

impl Form {
    /// The entries in which nothing is missing.
    pub fn whole(&self, today: NaiveDate) -> Vec<Education> {
        let education = |entry: Entry| {
            let mut pins = Pins::new(1, 1, |_, _| String::new());
            let education = entry.read(&mut pins, today);
            education.filter(|_| pins.into_problems().is_empty())
        };
        self.entries().into_iter().filter_map(education).collect()
    }
}

impl Entry {
    fn read(&self, pins: &mut Pins, today: NaiveDate) -> Option<Education> {
        let study = self.study(pins, today);
        let institution =
            pins.text("institution", &self.institution, LONGEST, |l| Text(l).enter_institution());
        if countries::country(&self.country).is_none() {
            pins.missing("country", |l| Text(l).choose_country());
        }
        let subject = pins.text("subject", &self.subject, LONGEST, |l| Text(l).enter_subject());
        Some(Education { study: study?, institution, country: self.country.clone(), subject })
    }

    /// What eligibility asks for; a date that is missing is a problem, but no reason to wait.
    fn study(&self, pins: &mut Pins, today: NaiveDate) -> Option<Study> {
        let level = LEVELS.into_iter().find(|(code, _)| *code == self.level).map(|(_, level)| level);
        if level.is_none() {
            pins.missing("level", |l| Text(l).choose_level());
        }
        let started =
            TypedDate { day: &self.started_day, month: &self.started_month, year: &self.started_year };
        let final_year = TypedDate {
            day: &self.final_year_day,
            month: &self.final_year_month,
            year: &self.final_year_year,
        };
        let degree = TypedDate { day: &self.degree_day, month: &self.degree_month, year: &self.degree_year };
        let started_on = pins.date("started", started, |l| Text(l).started());
        let degree_on = pins.date("degree", degree, |l| Text(l).degree());
        let ends_first = started_on.zip(degree_on).is_some_and(|(from, to)| to < from);
        if ends_first {
            pins.wrong("degree", |l| Text(l).ends_first());
        }
        match self.state.as_str() {
            "enrolled" => {
                if started.is_empty() {
                    pins.missing("started", |l| Text(l).enter_started());
                }
                if degree.is_empty() {
                    pins.missing("degree", |l| Text(l).enter_expected());
                }
                let final_year_on = pins.date("final_year", final_year, |l| Text(l).final_year());
                if final_year.is_empty() && level == Some(DegreeLevel::Bachelor) {
                    pins.missing("final_year", |l| Text(l).enter_final_year());
                }
                let early = started_on.zip(final_year_on).is_some_and(|(from, last)| last < from);
                let late = degree_on.zip(final_year_on).is_some_and(|(to, last)| last > to);
                if !ends_first && (early || late) {
                    pins.wrong("final_year", |l| Text(l).final_year_outside());
                }
                Some(Study {
                    level: level?,
                    state: StudyState::Enrolled,
                    started_on,
                    final_year_starts_on: final_year_on,
                    ends_on: degree_on,
                    awarded_on: None,
                })
            }
            "awarded" => {
                if degree.is_empty() {
                    pins.missing("degree", |l| Text(l).enter_awarded());
                } else if degree_on.is_some_and(|day| day > today) {
                    pins.wrong("degree", |l| Text(l).not_awarded_yet());
                }
                Some(Study {
                    level: level?,
                    state: StudyState::Awarded,
                    started_on,
                    final_year_starts_on: None,
                    ends_on: None,
                    awarded_on: degree_on,
                })
            }
            _ => {
                pins.missing("state", |l| Text(l).choose_state());
                None
            }
        }
    }
}

texts!(pub Text {
    lead: "List the studies that matter for your internship, finished or not. If two of them let you qualify, one is enough.",
        "Indiquez les études utiles à votre stage, terminées ou non. Si deux d’entre elles vous donnent accès au programme, une seule suffit.",
        "Indique los estudios que importan para su pasantía, terminados o no. Si dos de ellos le dan acceso al programa, basta con uno.";
    study(n): "Study {n}", "Études {n}", "Estudios {n}";
    add: "Add another study", "Ajouter d’autres études", "Añadir otros estudios";
    too_many(n): "You can list up to {n} studies: remove one", "Vous pouvez indiquer {n} études au plus : retirez-en une",
        "Puede indicar {n} estudios como máximo: quite uno";
    level: "Level", "Niveau", "Nivel";
    choose_level: "Choose the level of your studies", "Choisissez le niveau de vos études", "Elija el nivel de sus estudios";
    state: "Where you are with it", "Où vous en êtes", "Situación de estos estudios";
    enrolled: "I am enrolled", "Ces études sont en cours", "Estoy cursándolos";
    awarded: "The degree was awarded", "Le diplôme a été obtenu", "El título ya se obtuvo";
    choose_state: "Choose whether you are enrolled or the degree was awarded",
        "Choisissez si ces études sont en cours ou si le diplôme a été obtenu",
        "Elija si está cursando los estudios o si el título ya se obtuvo";
    institution: "Name of your university or school", "Nom de votre université ou école", "Nombre de su universidad o centro";
    institution_hint: "As it is written on your student card or degree, in its own language.",
        "Comme sur votre carte étudiante ou votre diplôme, dans la langue de l’établissement.",
        "Como figura en su carné de estudiante o en su título, en su propio idioma.";
    enter_institution: "Enter the name of your university or school", "Indiquez le nom de votre université ou école",
        "Indique el nombre de su universidad o centro";
    country: "Country of the university or school", "Pays de l’université ou de l’école", "País de la universidad o del centro";
    choose_country: "Choose the country of the university or school", "Choisissez le pays de l’université ou de l’école",
        "Elija el país de la universidad o del centro";
    subject: "Degree and subject", "Diplôme et discipline", "Título y especialidad";
    subject_hint: "For example, Master’s in Migration and Development.", "Par exemple, master Migrations et développement.",
        "Por ejemplo, máster en Migración y Desarrollo.";
    enter_subject: "Enter your degree and subject", "Indiquez votre diplôme et votre discipline", "Indique su título y su especialidad";
    started: "First day of the studies", "Premier jour des études", "Primer día de los estudios";
    started_hint: "For example, 1 9 2024. If the degree was awarded, you can leave it empty.",
        "Par exemple, 1 9 2024. Si le diplôme a été obtenu, vous pouvez laisser ces cases vides.",
        "Por ejemplo, 1 9 2024. Si el título ya se obtuvo, puede dejar vacías estas casillas.";
    enter_started: "Enter the first day of the studies", "Indiquez le premier jour des études", "Indique el primer día de los estudios";
    final_year: "First day of your final academic year", "Premier jour de votre dernière année universitaire",
        "Primer día de su último año académico";
    final_year_hint: "If you are enrolled in a bachelor’s degree; for any other degree, only if you know it. If it is still to come, enter the day you expect.",
        "Si vous suivez une licence ; pour un autre diplôme, seulement si vous le connaissez. S’il est à venir, indiquez le jour prévu.",
        "Si cursa un grado; para otros títulos, solo si lo conoce. Si aún no ha llegado, indique el día previsto.";
    enter_final_year: "Enter the first day of your final academic year", "Indiquez le premier jour de votre dernière année universitaire",
        "Indique el primer día de su último año académico";
    final_year_outside: "First day of your final academic year must be within the studies",
        "Le premier jour de votre dernière année universitaire doit se situer pendant les études",
        "El primer día de su último año académico debe estar dentro de los estudios";
    degree: "Date of the degree", "Date du diplôme", "Fecha del título";
    degree_hint: "If you are enrolled, the day you expect to graduate; otherwise the day the degree was awarded. If you do not know the day, enter the last day of the month.",
        "Si ces études sont en cours, la date prévue du diplôme ; sinon, celle de son obtention. Si vous ne connaissez pas le jour, indiquez le dernier du mois.",
        "Si está cursando los estudios, la fecha prevista de graduación; si no, la de obtención del título. Si no sabe el día, indique el último del mes.";
    enter_expected: "Enter the day you expect to graduate", "Indiquez la date prévue du diplôme", "Indique la fecha prevista de graduación";
    enter_awarded: "Enter the day the degree was awarded", "Indiquez la date d’obtention du diplôme", "Indique la fecha de obtención del título";
    ends_first: "Date of the degree must be after the first day of the studies", "La date du diplôme doit suivre le premier jour des études",
        "La fecha del título debe ser posterior al primer día de los estudios";
    not_awarded_yet: "Date of a degree that was awarded must be today or earlier; if it is still to come, choose that you are enrolled",
        "La date d’un diplôme obtenu ne peut pas être à venir ; s’il reste à obtenir, choisissez que ces études sont en cours",
        "La fecha de un título ya obtenido no puede ser futura; si aún no lo tiene, elija que está cursando los estudios";
});
