//! A candidate states languages, and how well: four skills each.

use super::entries::{self, Entries};
use super::{Answers, Kept, SectionNames};
use crate::domain::eligibility::{LanguageSkills, Level};
use crate::domain::profile::Section;
use crate::reference::languages;
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Query, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

const SKILLS: [&str; 4] = ["listening", "reading", "speaking", "writing"];
const LEVELS: [(&str, Level); 6] = [
    ("A1", Level::A1),
    ("A2", Level::A2),
    ("B1", Level::B1),
    ("B2", Level::B2),
    ("C1", Level::C1),
    ("C2", Level::C2),
];

pub fn routes() -> Router<App> {
    Router::new().route("/profile/languages", get(ask).post(keep))
}

/// What is asked about each entry.
const QUESTIONS: [&str; 6] = ["language", "mother_tongue", "listening", "reading", "speaking", "writing"];
const MOST: usize = 8;

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
#[template(path = "profile/languages.html")]
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

    fn languages(&self, nth: &usize) -> Vec<Choice> {
        let (lang, chosen) = (self.page.lang, self.get("language", nth));
        let choice = |l: &languages::Language| Choice::new(l.code, l.name(lang), l.code == chosen);
        // the working languages first: they are the answer most look for
        let (first, others): (Vec<_>, Vec<_>) =
            languages::sorted(lang).into_iter().partition(|l| ["en", "fr", "es"].contains(&l.code));
        first.into_iter().chain(others).map(choice).collect()
    }

    fn skills(&self, nth: &usize) -> Vec<(&'static str, String, Vec<Choice>)> {
        let t = self.page.t;
        let levels = |skill| {
            let chosen = self.get(skill, nth);
            LEVELS.iter().map(|(code, _)| Choice::new(*code, *code, *code == chosen)).collect()
        };
        let names = [t.listening(), t.reading(), t.speaking(), t.writing()];
        SKILLS.into_iter().zip(names).map(|(skill, name)| (skill, name, levels(skill))).collect()
    }

    fn is_mother_tongue(&self, nth: &usize) -> bool {
        self.form.values.entries.is_ticked("mother_tongue", *nth)
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
        Kept::Saved(answers) if answers.add => see_other("/profile/languages?more=true#add"),
        Kept::Saved(answers) if answers.remove.is_some() => see_other("/profile/languages"),
        Kept::Saved(answers) => super::go_on(&answers),
        Kept::Again(form) => show(&me, form, false),
    }
}

fn show(me: &Candidate, form: Filled<Form>, more: bool) -> Result<Response> {
    let room = (form.values.entries.count() + usize::from(more)).clamp(1, MOST);
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), form, room })
}

impl Answers for Form {
    const SECTION: Section = Section::Languages;
    type Typed = Vec<LanguageSkills>;

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

    fn read(&self, _: NaiveDate) -> Result<Vec<LanguageSkills>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut all: Vec<LanguageSkills> = Vec::new();
        for nth in self.entries.written() {
            let skills = self.one(nth);
            if languages::language(&skills.code).is_none() {
                problems.push(Problem::missing(entries::id("language", nth), |l| Text(l).choose_language()));
            } else if all.iter().any(|other| other.code == skills.code) {
                problems.push(Problem::at(entries::id("language", nth), |l| Text(l).each_once()));
            }
            let of_all = [skills.listening, skills.reading, skills.speaking, skills.writing];
            if let Some(place) = of_all.iter().position(Option::is_none).filter(|_| !skills.mother_tongue) {
                problems.push(Problem::missing(entries::id(SKILLS[place], nth), |l| Text(l).choose_levels()));
            }
            all.push(skills);
        }
        if all.is_empty() {
            problems.push(Problem::missing("language-0", |l| Text(l).choose_language()));
        }
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }
}

impl Form {
    /// What is known of the languages, as soon as it is: `None` while nothing was said.
    pub fn skills(&self) -> Option<Vec<LanguageSkills>> {
        let stated = self.entries.written().map(|nth| self.one(nth));
        let known: Vec<_> = stated.filter(|skills| languages::language(&skills.code).is_some()).collect();
        (!known.is_empty()).then_some(known)
    }

    fn one(&self, nth: usize) -> LanguageSkills {
        let level =
            |skill| LEVELS.iter().find(|(code, _)| *code == self.entries.get(skill, nth)).map(|(_, l)| *l);
        let [listening, reading, speaking, writing] = SKILLS.map(level);
        LanguageSkills {
            code: self.entries.get("language", nth).to_owned(),
            mother_tongue: self.entries.is_ticked("mother_tongue", nth),
            listening,
            reading,
            speaking,
            writing,
        }
    }
}

texts!(pub Text {
    lead: "You need a working knowledge of English, French or Spanish: your mother tongue, or B2 in all four skills of one of them. Others are welcome too.",
        "Il vous faut une connaissance pratique de l’anglais, du français ou de l’espagnol : langue maternelle, ou B2 dans les quatre compétences de l’une d’elles. D’autres langues sont aussi les bienvenues.",
        "Necesita un conocimiento práctico de inglés, francés o español: lengua materna, o B2 en las cuatro destrezas de una de ellas. Otras lenguas también son bienvenidas.";
    levels_help: "A1 and A2 are beginners, B1 and B2 get along alone, C1 and C2 are at ease (Common European Framework).",
        "A1 et A2 : débutant ; B1 et B2 : indépendant ; C1 et C2 : à l’aise (Cadre européen commun de référence).",
        "A1 y A2: principiante; B1 y B2: independiente; C1 y C2: con soltura (Marco común europeo de referencia).";
    entry(n): "Language {n}", "Langue {n}", "Idioma {n}";
    language: "Language", "Langue", "Idioma";
    choose_language: "Choose a language", "Choisissez une langue", "Elija un idioma";
    each_once: "State each language only once", "N’indiquez chaque langue qu’une fois", "Indique cada idioma una sola vez";
    mother_tongue: "It is my mother tongue", "C’est ma langue maternelle", "Es mi lengua materna";
    listening: "Listening", "Écouter", "Escuchar";
    reading: "Reading", "Lire", "Leer";
    speaking: "Speaking", "Parler", "Hablar";
    writing: "Writing", "Écrire", "Escribir";
    choose_levels: "Choose your level in all four skills, or tick that it is your mother tongue",
        "Choisissez votre niveau dans les quatre compétences, ou cochez que c’est votre langue maternelle",
        "Elija su nivel en las cuatro destrezas, o marque que es su lengua materna";
    add: "Add another language", "Ajouter une langue", "Añadir otro idioma";
    remove(n): "Remove language {n}", "Retirer la langue {n}", "Quitar el idioma {n}";
});
