//! A candidate says which languages they know, and how well: four skills each.

use super::entries::{self, Pins, entries};
use super::{Answers, SectionNames};
use crate::domain::eligibility::{LanguageSkills, Level};
use crate::domain::profile::Section;
use crate::explain::profile::capitalised;
use crate::reference::languages;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

const MOST: usize = 10;

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
    /// ISO 639-1.
    language: Vec<String>,
    /// Whether it is the mother tongue: `yes` or `no`.
    mother: Vec<String>,
    listening: Vec<String>,
    reading: Vec<String>,
    speaking: Vec<String>,
    writing: Vec<String>,
}

entries!(MOST; language, mother, listening, reading, speaking, writing);

#[derive(askama::Template)]
#[template(path = "profile/languages.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    words: entries::Words,
    entries: Vec<Entry>,
    form: Filled<Form>,
}

impl View {
    fn languages(&self, entry: &Entry) -> Vec<Choice> {
        let lang = self.page.lang;
        let choice = |language: &languages::Language| {
            Choice::new(language.code, capitalised(language.name(lang)), language.code == entry.language)
        };
        languages::sorted(lang).into_iter().map(choice).collect()
    }

    fn yes_no(&self, entry: &Entry) -> Vec<Choice> {
        let answers = [("yes", self.page.words.yes()), ("no", self.page.words.no())];
        answers.into_iter().map(|(code, name)| Choice::new(code, name, code == entry.mother)).collect()
    }

    fn levels(&self, chosen: &str) -> Vec<Choice> {
        let choice = |(code, level)| Choice::new(code, level_name(level, self.page.lang), code == chosen);
        LEVELS.into_iter().map(choice).collect()
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
    const SECTION: Section = Section::Languages;
    type Typed = Vec<LanguageSkills>;

    super::common_answers!();

    entries::entry_answers!("language");

    fn read(&self, _: NaiveDate) -> Result<Vec<LanguageSkills>, Vec<Problem>> {
        let entries = self.entries();
        let (mut known, mut problems) = (Vec::<LanguageSkills>::new(), Vec::new());
        for (nth, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.is_blank()) {
            let mut pins = Pins::new(nth + 1, entries.len(), |l, n| Text(l).nth_language(n));
            if nth >= MOST {
                pins.wrong("language", |l| Text(l).too_many(MOST));
            } else if known.iter().any(|skills| skills.code == entry.language) {
                pins.wrong("language", |l| Text(l).each_once());
            }
            known.extend(entry.read(&mut pins));
            problems.extend(pins.into_problems());
        }
        if known.is_empty() && problems.is_empty() {
            problems.push(Problem::missing(entries::id("language", 1), |l| Text(l).choose_language()));
        }
        if problems.is_empty() { Ok(known) } else { Err(problems) }
    }
}

impl Form {
    /// Every language with what is stated of it so far: the eligibility panel does not wait for the rest.
    pub fn skills(&self) -> Vec<LanguageSkills> {
        let mut known = Vec::<LanguageSkills>::new();
        for skills in self.entries().iter().filter_map(Entry::skills) {
            if known.iter().all(|other| other.code != skills.code) {
                known.push(skills);
            }
        }
        known
    }
}

impl Entry {
    /// `None` while the language itself is not known.
    fn skills(&self) -> Option<LanguageSkills> {
        let code = languages::language(&self.language)?.code.to_owned();
        let mother_tongue = self.mother == "yes";
        // a mother tongue is graded by nobody
        let level = |typed: &str| if mother_tongue { None } else { level(typed) };
        Some(LanguageSkills {
            code,
            mother_tongue,
            listening: level(&self.listening),
            reading: level(&self.reading),
            speaking: level(&self.speaking),
            writing: level(&self.writing),
        })
    }

    fn read(&self, pins: &mut Pins) -> Option<LanguageSkills> {
        let skills = self.skills();
        if skills.is_none() {
            pins.missing("language", |l| Text(l).choose_language());
        }
        match self.mother.as_str() {
            "yes" => {}
            "no" => {
                let mut ask = |field, typed, why: fn(Lang) -> String| {
                    if level(typed).is_none() {
                        pins.missing(field, why);
                    }
                };
                ask("listening", &self.listening, |l| Text(l).choose_listening());
                ask("reading", &self.reading, |l| Text(l).choose_reading());
                ask("speaking", &self.speaking, |l| Text(l).choose_speaking());
                ask("writing", &self.writing, |l| Text(l).choose_writing());
            }
            _ => pins.missing("mother", |l| Text(l).choose_mother()),
        }
        skills
    }
}

fn level(typed: &str) -> Option<Level> {
    LEVELS.into_iter().find(|(code, _)| *code == typed).map(|(_, level)| level)
}

fn level_name(level: Level, lang: Lang) -> String {
    let t = Text(lang);
    match level {
        Level::A1 => t.a1(),
        Level::A2 => t.a2(),
        Level::B1 => t.b1(),
        Level::B2 => t.b2(),
        Level::C1 => t.c1(),
        Level::C2 => t.c2(),
    }
}

texts!(pub Text {
    lead: "List every language you can use, your mother tongue too. For each skill, choose the level you have today.",
        "Indiquez toutes les langues que vous pouvez utiliser, y compris votre langue maternelle. Pour chaque compétence, choisissez votre niveau actuel.",
        "Indique todos los idiomas que puede usar, también su lengua materna. Para cada destreza, elija el nivel que tiene hoy.";
    levels_hint: "The levels are those of the Common European Framework, from A1 to C2. B2 means that you can work in the language.",
        "Les niveaux sont ceux du Cadre européen commun, de A1 à C2. B2 signifie que vous pouvez travailler dans la langue.",
        "Los niveles son los del Marco común europeo, de A1 a C2. B2 significa que puede trabajar en el idioma.";
    nth_language(n): "Language {n}", "Langue {n}", "Idioma {n}";
    add: "Add another language", "Ajouter une autre langue", "Añadir otro idioma";
    too_many(n): "You can list up to {n} languages: remove one", "Vous pouvez indiquer {n} langues au plus : retirez-en une",
        "Puede indicar {n} idiomas como máximo: quite uno";
    each_once: "Choose each language once", "Choisissez chaque langue une seule fois", "Elija cada idioma una sola vez";
    language: "Language", "Langue", "Idioma";
    choose_language: "Choose a language you know", "Choisissez une langue que vous connaissez", "Elija un idioma que conozca";
    mother: "Is it your mother tongue?", "Est-ce votre langue maternelle ?", "¿Es su lengua materna?";
    mother_hint: "If it is, leave the four levels empty.", "Si oui, ne choisissez aucun des quatre niveaux.",
        "Si lo es, deje vacíos los cuatro niveles.";
    choose_mother: "Choose whether it is your mother tongue", "Choisissez si c’est votre langue maternelle", "Elija si es su lengua materna";
    listening: "Listening", "Compréhension orale", "Comprensión oral";
    reading: "Reading", "Lecture", "Lectura";
    speaking: "Speaking", "Expression orale", "Expresión oral";
    writing: "Writing", "Écriture", "Escritura";
    choose_listening: "Choose your level in listening", "Choisissez votre niveau en compréhension orale", "Elija su nivel de comprensión oral";
    choose_reading: "Choose your level in reading", "Choisissez votre niveau en lecture", "Elija su nivel de lectura";
    choose_speaking: "Choose your level in speaking", "Choisissez votre niveau en expression orale", "Elija su nivel de expresión oral";
    choose_writing: "Choose your level in writing", "Choisissez votre niveau en écriture", "Elija su nivel de escritura";
    a1: "A1, beginner", "A1, débutant", "A1, principiante";
    a2: "A2, elementary", "A2, élémentaire", "A2, elemental";
    b1: "B1, intermediate", "B1, intermédiaire", "B1, intermedio";
    b2: "B2, upper intermediate", "B2, intermédiaire supérieur", "B2, intermedio alto";
    c1: "C1, advanced", "C1, avancé", "C1, avanzado";
    c2: "C2, proficient", "C2, maîtrise", "C2, dominio";
});
