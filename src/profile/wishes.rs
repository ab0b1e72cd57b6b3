//! A candidate says what work they want, and where they want to do it.

use super::openings::{self, Line};
use super::{Answers, SectionNames};
use crate::domain::opening::MOST_NAMED;
use crate::domain::profile::{Section, Wishes};
use crate::offices::{self, Kind, Office};
use crate::reference::{areas, countries};
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

/// Who wants everything wants nothing.
const MOST_AREAS: usize = 5;
const MOST_OFFICES: usize = 3;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/wishes", get(ask).post(keep))
}

/// The answers as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    /// Codes of areas of work.
    areas: Vec<String>,
    /// Ids of duty stations, the dearest first; empty choices are left out.
    offices: Vec<String>,
    anywhere: bool,
}

/// The duty stations of one kind.
struct Group {
    label: String,
    choices: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "profile/wishes.html")]
struct View<'a> {
    page: Page<Text>,
    names: SectionNames,
    open: &'a [Office],
    named: &'a [Line],
    form: Filled<Form>,
}

impl View<'_> {
    fn areas(&self) -> Vec<Choice> {
        let chosen = &self.form.values.areas;
        let choice = |area: &areas::Area| {
            Choice::new(area.code, area.name(self.page.lang), chosen.iter().any(|code| code == area.code))
        };
        areas::sorted(self.page.lang).into_iter().map(choice).collect()
    }

    /// All places for one wish, by kind of place.
    fn groups(&self, nth: &usize) -> Vec<Group> {
        let lang = self.page.lang;
        let chosen = self.form.values.offices.get(*nth).map_or("", String::as_str);
        let kinds = [
            (Kind::Headquarters, Text(lang).headquarters()),
            (Kind::FieldMission, Text(lang).field_missions()),
            (Kind::CountryOffice, Text(lang).country_offices()),
        ];
        let choice = |office: &Office| {
            let country = countries::country(&office.country).map_or("", |country| country.name(lang));
            Choice::new(&office.id, format!("{}, {country}", office.name(lang)), office.id == chosen)
        };
        let group = |(kind, label)| {
            let places = self.open.iter().filter(|office| office.kind == kind);
            Group { label, choices: places.map(choice).collect() }
        };
        kinds.into_iter().map(group).filter(|group| !group.choices.is_empty()).collect()
    }

    fn nth_label(&self, nth: &usize) -> String {
        match nth {
            0 => self.page.t.first_choice(),
            1 => self.page.t.second_choice(),
            _ => self.page.t.third_choice(),
        }
    }
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let draft = super::load::<Form>(&mut tx).await?;
    let today = tx.today();
    let open = offices::open(&mut tx, me.lang, today).await?;
    let named = openings::lines(&mut tx, me.lang).await?;
    show(&me, &open, &named, Filled::fresh(Form { seen: draft.revision, ..draft.answers }))
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let open = offices::open(&mut tx, me.lang, today).await?;
    let named = openings::lines(&mut tx, me.lang).await?;
    let judge = |f: &Form| match against_offices(&f.read(today)?, &open) {
        Some(problem) => Err(vec![problem]),
        None => Ok(()),
    };
    super::settle(&me, tx, form, judge, |form| show(&me, &open, &named, form)).await
}

fn show(me: &Candidate, open: &[Office], named: &[Line], form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), open, named, form })
}

/// Whether every wished place is one, and open today; the release asks again.
pub fn against_offices(wishes: &Wishes, open: &[Office]) -> Option<Problem> {
    let known = |id: &String| open.iter().any(|office| office.id == *id);
    (!wishes.offices.iter().all(known)).then(|| Problem::at("offices", |l| Text(l).office_closed()))
}

impl Form {
    /// The duty stations chosen so far, the dearest first.
    pub fn wished(&self) -> Vec<String> {
        distinct(&self.offices).0
    }
}

impl Answers for Form {
    const SECTION: Section = Section::Wishes;
    type Typed = Wishes;

    super::common_answers!();

    fn read(&self, _: NaiveDate) -> Result<Wishes, Vec<Problem>> {
        let mut problems = Vec::new();
        let (chosen, _) = distinct(&self.areas);
        if chosen.is_empty() {
            problems.push(Problem::missing("areas", |l| Text(l).choose_areas()));
        } else if chosen.len() > MOST_AREAS || chosen.iter().any(|code| areas::area(code).is_none()) {
            problems.push(Problem::at("areas", |l| Text(l).fewer_areas(MOST_AREAS)));
        }
        let (offices, twice) = distinct(&self.offices);
        if twice {
            problems.push(Problem::at("offices", |l| Text(l).each_once()));
        } else if offices.len() > MOST_OFFICES {
            problems.push(Problem::at("offices", |l| Text(l).fewer_offices(MOST_OFFICES)));
        } else if offices.is_empty() && !self.anywhere {
            problems.push(Problem::missing("offices", |l| Text(l).choose_office()));
        } else if !offices.is_empty() && self.anywhere {
            problems.push(Problem::at("anywhere", |l| Text(l).not_both()));
        }
        match problems.is_empty() {
            true => Ok(Wishes { areas: chosen, offices }),
            false => Err(problems),
        }
    }
}

/// The answers given, in their order, each once; and whether one was given twice.
fn distinct(answers: &[String]) -> (Vec<String>, bool) {
    let mut once: Vec<String> = Vec::new();
    let mut twice = false;
    for answer in answers.iter().filter(|answer| !answer.is_empty()) {
        match once.contains(answer) {
            true => twice = true,
            false => once.push(answer.clone()),
        }
    }
    (once, twice)
}

texts!(pub Text {
    openings: "Openings you name", "Annonces que vous mentionnez", "Vacantes que menciona";
    openings_lead(most): "Up to {most}, beside your wishes. They are released with your profile. What an opening asks for is its own: it does not change what the programme’s rules say.",
        "Jusqu’à {most}, en plus de vos souhaits. Elles sont transmises avec votre dossier. Ce qu’une annonce demande lui est propre : cela ne change rien à ce que disent les règles du programme.",
        "Hasta {most}, además de sus deseos. Se envían con su perfil. Lo que pide una vacante es solo suyo: no cambia lo que dicen las normas del programa.";
    no_openings: "You name none. You do not have to.", "Vous n’en mentionnez aucune. Rien ne vous y oblige.", "No menciona ninguna. No es necesario.";
    full: "You name as many as there can be. Take one out to name another.", "Vous avez atteint le maximum. Retirez-en une pour en mentionner une autre.",
        "Ha llegado al máximo. Quite una para mencionar otra.";
    find_openings: "Find openings", "Trouver des annonces", "Buscar vacantes";
    opening_closed: "This opening is closed.", "Cette annonce est close.", "Esta vacante está cerrada.";
    take_out: "Take out", "Retirer", "Quitar";
    areas: "Areas of work", "Domaines de travail", "Áreas de trabajo";
    areas_hint: "Choose from one to five.", "Choisissez-en de un à cinq.", "Elija de una a cinco.";
    choose_areas: "Choose at least one area of work", "Choisissez au moins un domaine de travail", "Elija al menos un área de trabajo";
    fewer_areas(n): "Choose up to {n} areas of work from the list", "Choisissez au plus {n} domaines de travail dans la liste",
        "Elija como máximo {n} áreas de trabajo de la lista";
    offices: "Duty stations", "Lieux d’affectation", "Lugares de destino";
    offices_hint: "Up to three, in your order of preference. These are wishes: we may propose another place to you, and you are free to refuse it.",
        "Trois au plus, par ordre de préférence. Ce sont des souhaits : un autre lieu peut vous être proposé, et vous êtes libre de le refuser.",
        "Tres como máximo, por orden de preferencia. Son deseos: se le puede proponer otro lugar y puede rechazarlo.";
    first_choice: "First choice", "Premier choix", "Primera opción";
    second_choice: "Second choice", "Deuxième choix", "Segunda opción";
    third_choice: "Third choice", "Troisième choix", "Tercera opción";
    headquarters: "Headquarters", "Siège", "Sede";
    field_missions: "Field missions", "Missions de terrain", "Misiones sobre el terreno";
    country_offices: "Country offices", "Bureaux de pays", "Oficinas de país";
    anywhere: "I can work at any duty station", "Je peux travailler dans n’importe quel lieu d’affectation",
        "Puedo trabajar en cualquier lugar de destino";
    choose_office: "Choose at least one duty station, or tick that any will do",
        "Choisissez au moins un lieu d’affectation, ou cochez que tous vous conviennent",
        "Elija al menos un lugar de destino, o marque que le sirve cualquiera";
    fewer_offices(n): "Choose up to {n} duty stations", "Choisissez au plus {n} lieux d’affectation", "Elija como máximo {n} lugares de destino";
    each_once: "Choose each duty station only once", "Ne choisissez chaque lieu d’affectation qu’une fois",
        "Elija cada lugar de destino una sola vez";
    office_closed: "Choose duty stations from the list: one you chose is not open",
        "Choisissez des lieux d’affectation dans la liste : l’un de ceux que vous avez choisis n’est pas ouvert",
        "Elija lugares de destino de la lista: uno de los elegidos no está abierto";
    not_both: "Choose duty stations or tick that any will do, not both",
        "Choisissez des lieux d’affectation ou cochez que tous vous conviennent, mais pas les deux",
        "Elija lugares de destino o marque que le sirve cualquiera, pero no ambas cosas";
});
