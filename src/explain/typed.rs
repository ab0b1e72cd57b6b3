//! What somebody typed into a form, in words: where it has to be read outside the form's own page.

use super::profile::{Row, capitalised, level_name, section_name, sponsor_kind};
use crate::domain::profile::Section;
use crate::reference::{areas, countries, languages};
use crate::text::{Lang, texts};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// Fields that belong to the form, not to who filled it in.
const OF_THE_FORM: [&str; 8] = ["seen", "later", "add", "remove", "check", "case", "next", "form"];
/// More answers than any form of ours asks for.
const MOST: usize = 500;

/// One answer: the nth to its question, from 0. The three boxes of a date are one.
pub struct Answer {
    field: String,
    nth: usize,
    text: String,
}

/// Reads what was sent; `offices` gives the names of duty stations in the reader's language.
pub fn answers(sent: &[(String, String)], offices: &HashMap<String, String>, lang: Lang) -> Vec<Answer> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    let mut places: HashMap<(&str, usize), usize> = HashMap::new();
    let mut answers: Vec<Answer> = Vec::new();
    for (name, value) in sent.iter().filter(|(name, _)| !OF_THE_FORM.contains(&name.as_str())).take(MOST) {
        let asked = times.entry(name).or_default();
        let nth = *asked;
        *asked += 1;
        let field =
            ["_day", "_month", "_year"].iter().find_map(|part| name.strip_suffix(part)).unwrap_or(name);
        let text = in_words(field, value, offices, lang);
        match places.get(&(field, nth)).and_then(|place| answers.get_mut(*place)) {
            Some(answer) => answer.text = format!("{} {text}", answer.text).trim().to_owned(),
            None => {
                places.insert((field, nth), answers.len());
                answers.push(Answer { field: field.to_owned(), nth, text });
            }
        }
    }
    answers
}

/// The answers that are not empty, as rows with their questions.
pub fn rows(answers: &[Answer], lang: Lang) -> Vec<Row> {
    let given = answers.iter().filter(|answer| !answer.text.is_empty());
    let lines = |answer: &Answer| answer.text.lines().map(str::to_owned).collect();
    given.map(|answer| Row { label: numbered(answer, answers, lang), lines: lines(answer) }).collect()
}

/// One question that two people, or one in two places, answered differently.
#[derive(Clone, Debug)]
pub struct Difference {
    pub label: String,
    pub saved: String,
    pub typed: String,
}

/// Where what was typed is not what is saved.
pub fn differences(saved: &[Answer], typed: &[Answer], lang: Lang) -> Vec<Difference> {
    let of = |answers: &[Answer], one: &Answer| {
        let same = answers.iter().find(|a| a.field == one.field && a.nth == one.nth);
        same.map(|a| a.text.clone()).unwrap_or_default()
    };
    let only_saved = saved.iter().filter(|s| !typed.iter().any(|t| t.field == s.field && t.nth == s.nth));
    let shown = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    let questions = typed.iter().map(|one| (one, typed)).chain(only_saved.map(|one| (one, saved)));
    questions
        .filter(|(one, _)| of(saved, one) != of(typed, one))
        .map(|(one, among)| Difference {
            label: numbered(one, among, lang),
            saved: shown(of(saved, one)),
            typed: shown(of(typed, one)),
        })
        .collect()
}

/// The question, told from its like by a number where it was asked more than once.
fn numbered(one: &Answer, among: &[Answer], lang: Lang) -> String {
    let label = label(&one.field, lang);
    match one.nth > 0 || among.iter().any(|other| other.field == one.field && other.nth > 0) {
        true => format!("{label} ({})", one.nth + 1),
        false => label,
    }
}

/// What a coded answer means; everything else is in the words it was typed in.
fn in_words(field: &str, value: &str, offices: &HashMap<String, String>, lang: Lang) -> String {
    let t = Words(lang);
    let known = match (field, value) {
        (_, "true") | ("mother" | "scholarship" | "compulsory" | "sponsor" | "letter" | "still", "yes") => {
            Some(t.yes())
        }
        (_, "false") | ("mother" | "scholarship" | "compulsory" | "sponsor" | "letter" | "still", "no") => {
            Some(t.no())
        }
        ("state", "enrolled") => Some(t.enrolled()),
        ("state", "awarded") => Some(t.awarded()),
        ("nationality" | "residence" | "country", code) => {
            countries::country(code).map(|country| country.name(lang).to_owned())
        }
        ("language", code) => languages::language(code).map(|language| capitalised(language.name(lang))),
        ("area" | "areas", code) => areas::area(code).map(|area| area.name(lang).to_owned()),
        ("offices", id) => offices.get(id).cloned(),
        ("level", code) => coded(code).map(|level| level_name(level, lang)),
        ("sponsor_kind", code) => coded(code).map(|kind| sponsor_kind(kind, lang)),
        ("sections", code) => {
            let section = Section::ALL.into_iter().find(|section| section.code() == code);
            section.map(|section| section_name(section, lang))
        }
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}

fn coded<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(code.into()).ok()
}

fn label(field: &str, lang: Lang) -> String {
    let t = Words(lang);
    match field {
        "given_names" => t.given_names(),
        "family_names" => t.family_names(),
        "born" => t.born(),
        "nationality" => t.nationality(),
        "stateless" => t.stateless(),
        "residence" => t.residence(),
        "phone" => t.phone(),
        "level" => t.level(),
        "state" => t.state(),
        "institution" => t.institution(),
        "country" => t.country(),
        "subject" => t.subject(),
        "started" => t.started(),
        "final_year" => t.final_year(),
        "degree" => t.degree(),
        "language" => t.language(),
        "mother" => t.mother(),
        "listening" => t.listening(),
        "reading" => t.reading(),
        "speaking" => t.speaking(),
        "writing" => t.writing(),
        "scholarship" => t.scholarship(),
        "scholarship_from" => t.scholarship_from(),
        "compulsory" => t.compulsory(),
        "sponsor" => t.sponsor(),
        "sponsor_name" => t.sponsor_name(),
        "sponsor_kind" => t.sponsor_kind(),
        "covers_from" => t.covers_from(),
        "covers_to" => t.covers_to(),
        "area" | "areas" => t.areas(),
        "offices" => t.offices(),
        "anywhere" => t.anywhere(),
        "start" | "from" => t.first_day(),
        "end" | "to" => t.last_day(),
        "none" => t.none(),
        "role" => t.role(),
        "organisation" => t.organisation(),
        "still" => t.still(),
        "description" => t.description(),
        "letter" => t.letter(),
        "message" => t.message(),
        "why" | "reason" => t.reason(),
        "sections" => t.sections(),
        "supervisor" => t.supervisor(),
        "terms_of_reference" => t.terms_of_reference(),
        "tasks" => t.tasks(),
        "learning_goals" => t.learning_goals(),
        // better the field's own name than an answer without a question
        other => capitalised(&other.replace('_', " ")),
    }
}

texts!(Words {
    yes: "Yes", "Oui", "Sí";
    no: "No", "Non", "No";
    enrolled: "Enrolled", "En cours", "En curso";
    awarded: "Degree awarded", "Diplôme obtenu", "Título obtenido";
    given_names: "Given names", "Prénoms", "Nombres";
    family_names: "Family names", "Noms de famille", "Apellidos";
    born: "Date of birth", "Date de naissance", "Fecha de nacimiento";
    nationality: "Nationality", "Nationalité", "Nacionalidad";
    stateless: "No nationality", "Aucune nationalité", "Sin nacionalidad";
    residence: "Country of residence", "Pays de résidence", "País de residencia";
    phone: "Phone number", "Numéro de téléphone", "Número de teléfono";
    level: "Level", "Niveau", "Nivel";
    state: "Situation of the studies", "Situation des études", "Situación de los estudios";
    institution: "University or school", "Université ou école", "Universidad o centro";
    country: "Country of the university or school", "Pays de l’université ou de l’école", "País de la universidad o del centro";
    subject: "Degree and subject", "Diplôme et discipline", "Título y especialidad";
    started: "First day of the studies", "Premier jour des études", "Primer día de los estudios";
    final_year: "First day of the final academic year", "Premier jour de la dernière année universitaire", "Primer día del último año académico";
    degree: "Date of the degree", "Date du diplôme", "Fecha del título";
    language: "Language", "Langue", "Idioma";
    mother: "Mother tongue", "Langue maternelle", "Lengua materna";
    listening: "Listening", "Compréhension orale", "Comprensión oral";
    reading: "Reading", "Lecture", "Lectura";
    speaking: "Speaking", "Expression orale", "Expresión oral";
    writing: "Writing", "Écriture", "Escritura";
    scholarship: "Scholarship", "Bourse", "Beca";
    scholarship_from: "Who gives the scholarship", "Qui verse la bourse", "Quién concede la beca";
    compulsory: "Internship required by the degree", "Stage exigé par le diplôme", "Pasantía exigida por la carrera";
    sponsor: "Sponsor", "Parrainage", "Patrocinio";
    sponsor_name: "Name of the institution", "Nom de l’institution", "Nombre de la institución";
    sponsor_kind: "Kind of institution", "Type d’institution", "Tipo de institución";
    covers_from: "First day the letter covers", "Premier jour couvert par la lettre", "Primer día que cubre la carta";
    covers_to: "Last day the letter covers", "Dernier jour couvert par la lettre", "Último día que cubre la carta";
    areas: "Area of work", "Domaine de travail", "Área de trabajo";
    offices: "Duty station", "Lieu d’affectation", "Lugar de destino";
    anywhere: "Any duty station", "N’importe quel lieu d’affectation", "Cualquier lugar de destino";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    none: "No experience yet", "Pas encore d’expérience", "Aún sin experiencia";
    role: "Role", "Fonction", "Función";
    organisation: "Organisation", "Organisation", "Organización";
    still: "Still there", "Toujours en poste", "Sigue allí";
    description: "What was done", "Ce qui a été fait", "Qué se hizo";
    letter: "Letter", "Lettre", "Carta";
    message: "Message", "Message", "Mensaje";
    reason: "Reason", "Motif", "Motivo";
    sections: "Section", "Section", "Sección";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    terms_of_reference: "Terms of reference", "Mandat", "Términos de referencia";
    tasks: "Tasks", "Tâches", "Tareas";
    learning_goals: "Learning goals", "Objectifs d’apprentissage", "Objetivos de aprendizaje";
});

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sent: &str) -> Vec<Answer> {
        let sent: Vec<(String, String)> = serde_html_form::from_str(sent).unwrap();
        answers(&sent, &HashMap::new(), Lang::En)
    }

    #[test]
    fn what_was_typed_reads_like_the_form() {
        let typed = read(
            "seen=3&level=master&started_day=1&started_month=&started_year=2025&country=FR\
             &level=bachelor&started_day=&started_month=&started_year=&country=&note_to_self=a%0Ab",
        );
        let rows: Vec<(String, Vec<String>)> =
            rows(&typed, Lang::En).into_iter().map(|row| (row.label, row.lines)).collect();
        let expected = [
            ("Level (1)", vec!["Master’s degree"]),
            ("First day of the studies (1)", vec!["1 2025"]),
            ("Country of the university or school (1)", vec!["France"]),
            ("Level (2)", vec!["Bachelor’s degree or equivalent"]),
            ("Note to self", vec!["a", "b"]),
        ];
        let expected =
            expected.map(|(label, lines)| (label.to_owned(), lines.into_iter().map(str::to_owned).collect()));
        assert_eq!(rows, expected);
    }

    #[test]
    fn only_what_differs_is_told_from_both_sides() {
        let (saved, typed) = (read("role=Clerk&role=Cook&phone=1"), read("role=Clerk&phone=2&residence=PE"));
        let told = differences(&saved, &typed, Lang::En);
        let told: Vec<_> = told.iter().map(|d| (&*d.label, &*d.saved, &*d.typed)).collect();
        assert_eq!(
            told,
            [("Phone number", "1", "2"), ("Country of residence", "–", "Peru"), ("Role (2)", "Cook", "–"),]
        );
    }
}
