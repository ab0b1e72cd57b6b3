//! Who in the pool fits a duty station, whether it has announced anything or not.

use super::find::{Found, find, work};
use crate::db::Tx;
use crate::offices;
use crate::reference::{areas, languages};
use crate::sheets::Format;
use crate::text::{Lang, texts};
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Problem, Query, Recent, Result, TypedDate, html,
};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/placements/match", get(show))
        .route("/placements/match/export/{format}", get(export))
}

/// Lives in the address: whoever keeps it keeps the search.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct Form {
    office: String,
    area: String,
    language: String,
    start_day: String,
    start_month: String,
    start_year: String,
}

impl Form {
    fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }
}

#[derive(askama::Template)]
#[template(path = "matching/office.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    offices: Vec<Choice>,
    areas: Vec<Choice>,
    languages: Vec<Choice>,
    /// `None`: nobody is looked for yet.
    found: Option<Found>,
}

struct Search {
    offices: Vec<offices::Office>,
    problems: Vec<Problem>,
    found: Option<Found>,
}

async fn search(tx: &mut Tx<HrReviewer>, form: &Form, lang: Lang) -> Result<Search> {
    let today = tx.today();
    let offices = offices::open(tx, lang, today).await?;
    let typed = TypedDate { day: &form.start_day, month: &form.start_month, year: &form.start_year };
    let (start, problems) = match typed.read("start", |l| Text(l).start()) {
        Ok(day) => (day.unwrap_or(today).max(today), Vec::new()),
        Err(problem) => (today, vec![problem]),
    };
    let area = areas::area(&form.area).map(|area| area.code);
    let language = languages::language(&form.language).map(|language| language.code.to_owned());
    let office = offices.iter().find(|office| office.id == form.office);
    let found = match office {
        Some(office) if problems.is_empty() => {
            let work = work(&offices, office, None, area, language.into_iter().collect(), start);
            Some(find(tx, &work, office.name(lang), lang).await?)
        }
        _ => None,
    };
    Ok(Search { offices, problems, found })
}

/// There is no file before somebody is looked for.
async fn export(
    Recent(me): Recent<HrReviewer>,
    Path(format): Path<Format>,
    Query(form): Query<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let found = search(&mut tx, &form, me.lang).await?.found.ok_or(Error::NotFound)?;
    found.download(tx, format).await
}

async fn show(me: HrReviewer, Query(form): Query<Form>) -> Result<Response> {
    let lang = me.lang;
    let Search { offices, problems, found } = search(&mut me.begin().await?, &form, lang).await?;
    let place = |office: &offices::Office| {
        Choice::new(office.id.as_str(), office.name(lang), office.id == form.office)
    };
    let area = |area: &areas::Area| Choice::new(area.code, area.name(lang), area.code == form.area);
    let language = |language: &languages::Language| {
        Choice::new(language.code, language.name(lang), language.code == form.language)
    };
    let view = View {
        page: me.page(Text),
        offices: offices.iter().map(place).collect(),
        areas: areas::sorted(lang).into_iter().map(area).collect(),
        languages: languages::sorted(lang).into_iter().map(language).collect(),
        form: Filled::with(form, problems),
        found,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Find people in the pool", "Trouver des personnes dans le vivier", "Encontrar personas en la bolsa";
    lead: "For a duty station, whether it has announced an opening or not.", "Pour un lieu d’affectation, qu’il ait publié une annonce ou non.",
        "Para un lugar de destino, haya anunciado o no una vacante.";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    language: "Language asked for", "Langue demandée", "Idioma que se pide";
    start: "First day", "Premier jour", "Primer día";
    start_hint: "Empty: from today.", "Vide : à partir d’aujourd’hui.", "Vacío: desde hoy.";
    find: "Find", "Chercher", "Buscar";
});
