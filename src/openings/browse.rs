//! Anybody browses the published openings by area, country, language and words; the filters live in the address.

use super::rows::{Opening, Wanted, on_offer, published};
use crate::explain::opening::{Words, area_name, language_name};
use crate::explain::profile::capitalised;
use crate::offices;
use crate::reference::{areas, countries, languages};
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{Anyone, App, Choice, Page, Query, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

const PER_PAGE: usize = 20;

pub fn routes() -> Router<App> {
    Router::new().route("/openings", get(browse))
}

#[derive(askama::Template)]
#[template(path = "openings/browse.html")]
struct View {
    page: Page<Text>,
    wanted: Wanted,
    areas: Vec<Choice>,
    countries: Vec<Choice>,
    languages: Vec<Choice>,
    lines: Vec<Line>,
    feed: String,
    first: Option<String>,
    next: Option<String>,
}

struct Line {
    id: Uuid,
    title: Words,
    place: String,
    area: String,
    languages: String,
    starts_on: NaiveDate,
    months: i16,
}

async fn browse(anyone: Anyone, Query(wanted): Query<Wanted>) -> Result<Response> {
    let lang = anyone.lang;
    let mut tx = anyone.begin().await?;
    let mut found = published(&mut tx, &wanted, PER_PAGE + 1).await?;
    if found.is_empty() && !wanted.after.is_empty() {
        return see_other(&wanted.first_page().address("/openings")); // a place in a list of yesterday
    }
    let next = next_after(&mut found, PER_PAGE, |last| {
        Wanted { after: last.id.to_string(), ..wanted.clone() }.address("/openings")
    });
    let offices = offices::names(&mut tx, lang).await?;
    let (countries, languages) = on_offer(&mut tx).await?;
    let line = |opening: &Opening| Line {
        id: opening.id,
        title: opening.title(lang),
        place: opening.place(&offices, lang),
        area: area_name(&opening.area, lang),
        languages: opening.language_names(lang),
        starts_on: opening.starts_on,
        months: opening.months,
    };
    let view = View {
        page: anyone.page(Text),
        areas: choices(
            areas::sorted(lang).into_iter().map(|area| (area.code, area.name(lang).to_owned())),
            &wanted.area,
        ),
        countries: choices(
            countries::sorted(lang)
                .into_iter()
                .filter(|country| countries.iter().any(|code| code == country.code))
                .map(|country| (country.code, country.name(lang).to_owned())),
            &wanted.country,
        ),
        languages: choices(
            languages::sorted(lang)
                .into_iter()
                .filter(|language| languages.iter().any(|code| code == language.code))
                .map(|language| (language.code, capitalised(language.name(lang)))),
            &wanted.language,
        ),
        lines: found.iter().map(line).collect(),
        feed: wanted.first_page().address("/openings.atom"),
        first: (!wanted.after.is_empty()).then(|| wanted.first_page().address("/openings")),
        next,
        wanted,
    };
    html(StatusCode::OK, &view)
}

fn choices(all: impl Iterator<Item = (&'static str, String)>, chosen: &str) -> Vec<Choice> {
    all.map(|(code, name)| Choice::new(code, name, code == chosen)).collect()
}

/// What a filtered list is called: "Openings", then what it is narrowed to.
pub fn list_title(wanted: &Wanted, lang: Lang) -> String {
    let mut parts = vec![Text(lang).title()];
    if !wanted.area.is_empty() {
        parts.push(area_name(&wanted.area, lang));
    }
    if let Some(country) = countries::country(&wanted.country) {
        parts.push(country.name(lang).to_owned());
    }
    if !wanted.language.is_empty() {
        parts.push(capitalised(&language_name(&wanted.language, lang)));
    }
    if !wanted.q.is_empty() {
        parts.push(wanted.q.clone());
    }
    parts.join(" – ")
}

texts!(Text {
    title: "Openings", "Annonces", "Vacantes";
    lead: "What offices look for at the moment. The pool is always open beside it: you do not need an opening to release a profile.",
        "Ce que les bureaux cherchent en ce moment. Le vivier reste toujours ouvert à côté : vous n’avez pas besoin d’une annonce pour transmettre un dossier.",
        "Lo que buscan las oficinas en este momento. La bolsa está siempre abierta al lado: no necesita una vacante para enviar un perfil.";
    filter_openings: "Filter openings", "Filtrer les annonces", "Filtrar las vacantes";
    search: "Words in the opening", "Mots de l’annonce", "Palabras de la vacante";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    country: "Country", "Pays", "País";
    language: "Language asked for", "Langue demandée", "Idioma pedido";
    any: "Any", "Indifférent", "Cualquiera";
    filter: "Filter", "Filtrer", "Filtrar";
    clear: "Show all openings", "Afficher toutes les annonces", "Mostrar todas las vacantes";
    from(day): "From {day}", "À partir du {day}", "Desde el {day}";
    months(n): "{n} months", "{n} mois", "{n} meses";
    asks_for(languages): "Asks for: {languages}", "Langues demandées : {languages}", "Idiomas que pide: {languages}";
    none: "No opening at the moment", "Aucune annonce en ce moment", "Ninguna vacante en este momento";
    no_match: "No opening matches these filters", "Aucune annonce ne correspond à ces filtres", "Ninguna vacante coincide con estos filtros";
    pool: "The pool is always open: release a profile with your wishes, and Human Resources proposes it to the offices you choose.",
        "Le vivier est toujours ouvert : transmettez un dossier avec vos souhaits, et les Ressources humaines le proposent aux bureaux que vous choisissez.",
        "La bolsa está siempre abierta: envíe un perfil con sus deseos y Recursos Humanos lo propone a las oficinas que elija.";
    start_profile: "Start your profile", "Commencer votre dossier", "Empezar su perfil";
    to_profile: "Go to my profile", "Aller à mon dossier", "Ir a mi perfil";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
    feed: "Feed of these openings (Atom)", "Flux de ces annonces (Atom)", "Canal de estas vacantes (Atom)";
    letters: "Get a letter when an opening fits your wishes", "Recevoir un courriel quand une annonce correspond à vos souhaits",
        "Recibir un mensaje cuando una vacante se ajuste a sus deseos";
});
