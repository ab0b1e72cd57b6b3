//! Human Resources writes an opening, and corrects it until it is closed.

use super::rows::{Opening, opening};
use super::written::{Written, insert, key, update};
use crate::db::{Note, Tx};
use crate::domain::opening::State;
use crate::explain::profile::capitalised;
use crate::offices::{self, Office};
use crate::reference::{areas, languages};
use crate::text::{Lang, texts};
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, TypedDate, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

const MOST_LANGUAGES: usize = 4;
const MONTHS: std::ops::RangeInclusive<i16> = 2..=6;
const PLACES: std::ops::RangeInclusive<i16> = 1..=99;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/openings/new", get(ask_new).post(add))
        .route("/review/openings/{id}/edit", get(ask).post(edit))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Of a new opening, chosen with the form: sent twice, it is written once.
    id: String,
    seen: i32,
    office: String,
    area: String,
    /// ISO 639-1; empty choices are left out.
    language: Vec<String>,
    start_day: String,
    start_month: String,
    start_year: String,
    months: String,
    places: String,
    #[validate(length(max = 120))]
    title_en: String,
    #[validate(length(max = 6000))]
    description_en: String,
    #[validate(length(max = 120))]
    title_fr: String,
    #[validate(length(max = 6000))]
    description_fr: String,
    #[validate(length(max = 120))]
    title_es: String,
    #[validate(length(max = 6000))]
    description_es: String,
}

#[derive(askama::Template)]
#[template(path = "openings/write.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    open: Vec<Office>,
    /// `None`: not written yet.
    state: Option<State>,
}

impl View {
    fn offices(&self) -> Vec<Choice> {
        let (lang, chosen) = (self.page.lang, &self.form.values.office);
        let choice = |office: &Office| {
            let place = crate::explain::opening::place(office.name(lang), &office.country, lang);
            Choice::new(&office.id, place, office.id == *chosen)
        };
        self.open.iter().map(choice).collect()
    }

    fn areas(&self) -> Vec<Choice> {
        let (lang, chosen) = (self.page.lang, &self.form.values.area);
        let choice = |area: &areas::Area| Choice::new(area.code, area.name(lang), area.code == chosen);
        areas::sorted(lang).into_iter().map(choice).collect()
    }

    fn languages(&self, nth: &usize) -> Vec<Choice> {
        let lang = self.page.lang;
        let chosen = self.form.values.language.get(*nth).map_or("", String::as_str);
        let choice = |language: &languages::Language| {
            Choice::new(language.code, capitalised(language.name(lang)), language.code == chosen)
        };
        languages::sorted(lang).into_iter().map(choice).collect()
    }

    /// Language of the text, its title and its description: the three pairs of fields.
    fn texts(&self) -> [(Lang, &str, &str); 3] {
        let it = &self.form.values;
        [
            (Lang::En, &it.title_en, &it.description_en),
            (Lang::Fr, &it.title_fr, &it.description_fr),
            (Lang::Es, &it.title_es, &it.description_es),
        ]
    }
}

async fn ask_new(me: HrReviewer) -> Result<Response> {
    let open = open_offices(&mut me.begin().await?, me.lang).await?;
    let form = Form { id: Uuid::now_v7().to_string(), ..Form::default() };
    show(&me, open, None, Filled::fresh(form))
}

async fn add(me: HrReviewer, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let open = open_offices(&mut tx, me.lang).await?;
    let today = tx.today();
    let judged = form.judge(|f| Ok((f.id.parse().unwrap_or_else(|_| Uuid::now_v7()), f.read(today, &open)?)));
    let (id, written) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, open, None, form),
    };
    if insert(&mut tx, id, &written).await? {
        let done = tx.note(Note::OpeningWritten, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/review/openings/{id}/publish"))
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = opening(&mut tx, id).await?;
    if now.state() == State::Closed {
        return see_other(&format!("/openings/{id}"));
    }
    let open = open_offices(&mut tx, me.lang).await?;
    show(&me, open, Some(now.state()), Filled::fresh(Form::of(&now)))
}

async fn edit(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = opening(&mut tx, id).await?;
    let open = open_offices(&mut tx, me.lang).await?;
    // a first day that was possible when it was written stays possible
    let earliest = tx.today().min(now.starts_on);
    let (form, written) = match form.judge(|f| Ok((f.clone(), f.read(earliest, &open)?))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, open, Some(now.state()), form),
    };
    let to = match now.state() {
        State::Draft => format!("/review/openings/{id}/publish"),
        State::Published | State::Closed => format!("/openings/{id}"),
    };
    match update(&mut tx, id, form.seen, &written).await {
        Ok(()) => {
            let done = tx.note(Note::OpeningWritten, id, &[]).await?;
            tx.commit(done).await?;
            see_other(&to)
        }
        // the very same, sent twice
        Err(Error::Conflict) if written.is(&now) && now.version == form.seen.saturating_add(1) => {
            see_other(&to)
        }
        Err(Error::Conflict) => {
            let again = Form { seen: now.version, ..form };
            show(&me, open, Some(now.state()), Filled::overtaken(again, |l| Text(l).overtaken()))
        }
        Err(error) => Err(error),
    }
}

fn show(me: &HrReviewer, open: Vec<Office>, state: Option<State>, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), form, open, state })
}

impl Form {
    fn of(now: &Opening) -> Form {
        let it = now.clone();
        Form {
            id: String::new(),
            seen: it.version,
            office: it.office_id,
            area: it.area,
            language: it.languages,
            start_day: it.starts_on.day().to_string(),
            start_month: it.starts_on.month().to_string(),
            start_year: it.starts_on.year().to_string(),
            months: it.months.to_string(),
            places: it.places.to_string(),
            title_en: it.title_en,
            description_en: it.description_en,
            title_fr: it.title_fr,
            description_fr: it.description_fr,
            title_es: it.title_es,
            description_es: it.description_es,
        }
    }

    fn read(&self, earliest: NaiveDate, open: &[Office]) -> Result<Written, Vec<Problem>> {
        let mut problems = Vec::new();
        let office = open.iter().find(|office| office.id == self.office);
        if office.is_none() {
            problems.push(Problem::missing("office", |l| Text(l).choose_office()));
        }
        let area = areas::area(&self.area);
        if area.is_none() {
            problems.push(Problem::missing("area", |l| Text(l).choose_area()));
        }
        let mut asked: Vec<String> = self.language.iter().filter(|code| !code.is_empty()).cloned().collect();
        asked.sort();
        asked.dedup();
        if asked.len() > MOST_LANGUAGES || asked.iter().any(|code| languages::language(code).is_none()) {
            problems.push(Problem::at("language", |l| Text(l).choose_languages()));
        }
        let typed = TypedDate { day: &self.start_day, month: &self.start_month, year: &self.start_year };
        let start = typed.read("start", |l| Text(l).start()).unwrap_or_else(|problem| {
            problems.push(problem);
            Some(earliest)
        });
        match start {
            None => problems.push(Problem::missing("start", |l| Text(l).enter_start())),
            Some(day) if day < earliest => problems.push(Problem::at("start", |l| Text(l).start_passed())),
            Some(_) => {}
        }
        let months = self.months.parse().ok().filter(|n| MONTHS.contains(n));
        if months.is_none() {
            problems.push(Problem::at("months", |l| Text(l).enter_months()));
        }
        let places = self.places.parse().ok().filter(|n| PLACES.contains(n));
        if places.is_none() {
            problems.push(Problem::at("places", |l| Text(l).enter_places()));
        }
        let pairs = [
            ("en", &self.title_en, &self.description_en),
            ("fr", &self.title_fr, &self.description_fr),
            ("es", &self.title_es, &self.description_es),
        ];
        for (code, title, description) in pairs {
            if title.is_empty() && !description.is_empty() {
                problems.push(Problem::missing(format!("title_{code}"), |l| Text(l).enter_title()));
            } else if !title.is_empty() && description.is_empty() {
                problems
                    .push(Problem::missing(format!("description_{code}"), |l| Text(l).enter_description()));
            }
        }
        if pairs.iter().all(|(_, title, description)| title.is_empty() && description.is_empty()) {
            problems.push(Problem::missing("title_en", |l| Text(l).one_language_at_least()));
        }
        match (office, area, start, months, places) {
            (Some(office), Some(area), Some(starts_on), Some(months), Some(places))
                if problems.is_empty() =>
            {
                Ok(Written {
                    office: office.id.clone(),
                    area: area.code.to_owned(),
                    languages: asked,
                    starts_on,
                    months,
                    places,
                    titles: pairs.map(|(_, title, _)| title.clone()),
                    descriptions: pairs.map(|(_, _, description)| description.clone()),
                    search_key: key(office, area, pairs.map(|(_, t, d)| [t.as_str(), d.as_str()])),
                })
            }
            _ => Err(problems),
        }
    }
}

async fn open_offices(tx: &mut Tx<HrReviewer>, lang: Lang) -> Result<Vec<Office>> {
    let today = tx.today();
    Ok(offices::open(tx, lang, today).await?)
}

texts!(Text {
    title_new: "Write an opening", "Rédiger une annonce", "Redactar una vacante";
    title_edit: "Edit the opening", "Modifier l’annonce", "Editar la vacante";
    back: "Openings", "Annonces", "Vacantes";
    lead: "Nobody sees it until you publish it. You read it once more first.", "Personne ne la voit avant sa publication. Vous la relirez d’abord une fois.",
        "Nadie la ve hasta que se publique. Antes podrá leerla una vez más.";
    lead_published: "It is published: what you save here is read at once. Nobody gets a second letter.",
        "Elle est publiée : ce que vous enregistrez ici se lit aussitôt. Personne ne reçoit un second courriel.",
        "Está publicada: lo que guarde aquí se lee de inmediato. Nadie recibe un segundo mensaje.";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    choose_office: "Choose a duty station", "Choisissez un lieu d’affectation", "Elija un lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    choose_area: "Choose an area of work", "Choisissez un domaine de travail", "Elija un área de trabajo";
    languages: "Languages this opening asks for", "Langues demandées par cette annonce", "Idiomas que pide esta vacante";
    languages_hint: "At working level, each of them. Leave them empty if the programme’s languages are enough.",
        "À un niveau de travail, chacune. N’en choisissez pas si les langues du programme suffisent.",
        "A nivel de trabajo, cada uno. No elija ninguno si bastan los idiomas del programa.";
    nth_language(n): "Language {n}", "Langue {n}", "Idioma {n}";
    choose_languages: "Choose up to four languages from the list", "Choisissez au plus quatre langues dans la liste", "Elija como máximo cuatro idiomas de la lista";
    start: "First day, or later", "Premier jour, ou plus tard", "Primer día, o más tarde";
    start_hint: "For example, 1 2 2027.", "Par exemple, 1 2 2027.", "Por ejemplo, 1 2 2027.";
    enter_start: "Enter the first day on which somebody can start", "Indiquez le premier jour possible", "Indique el primer día posible";
    start_passed: "The first day must be today or later", "Le premier jour doit être aujourd’hui ou plus tard", "El primer día debe ser hoy o más tarde";
    months: "Length in months", "Durée en mois", "Duración en meses";
    enter_months: "Enter a length of 2 to 6 months", "Indiquez une durée de 2 à 6 mois", "Indique una duración de 2 a 6 meses";
    places: "How many interns", "Combien de stagiaires", "Cuántas personas";
    enter_places: "Enter how many interns, from 1 to 99", "Indiquez combien de stagiaires, de 1 à 99", "Indique cuántas personas, de 1 a 99";
    text_in(language): "Text in {language}", "Texte : {language}", "Texto: {language}";
    texts_hint: "One language is enough. Readers of another one see it with its language named.",
        "Une langue suffit. Les personnes qui lisent une autre langue voient le texte avec sa langue indiquée.",
        "Basta un idioma. Quienes lean en otro verán el texto con su idioma indicado.";
    text_title: "Title", "Intitulé", "Título";
    description: "Description: the tasks, the team, what one learns", "Description : les tâches, l’équipe, ce que l’on apprend", "Descripción: las tareas, el equipo, lo que se aprende";
    enter_title: "Write the title that goes with the description", "Écrivez l’intitulé qui va avec la description", "Escriba el título que acompaña a la descripción";
    enter_description: "Write the description that goes with the title", "Écrivez la description qui va avec l’intitulé", "Escriba la descripción que acompaña al título";
    one_language_at_least: "Write a title and a description in at least one language", "Écrivez un intitulé et une description dans une langue au moins",
        "Escriba un título y una descripción en al menos un idioma";
    overtaken: "Somebody changed this opening meanwhile. What you typed is still here: compare it with what is saved, then save again.",
        "Quelqu’un a modifié cette annonce entre-temps. Ce que vous avez saisi est toujours là : comparez avec ce qui est enregistré, puis enregistrez à nouveau.",
        "Alguien cambió esta vacante entretanto. Lo que escribió sigue aquí: compárelo con lo guardado y guarde de nuevo.";
    save_draft: "Save and read it once more", "Enregistrer et relire", "Guardar y releer";
    save: "Save", "Enregistrer", "Guardar";
    keep: "Leave it as it is", "La laisser telle quelle", "Dejarla como está";
});
