//! One opening at an address that stays: what it is, what it asks, how to apply; and for machines (schema.org).

use super::rows::{Opening, opening};
use super::structured::job_posting;
use crate::db::Tx;
use crate::domain::opening::{MOST_NAMED, State};
use crate::explain::opening::{Words, area_name};
use crate::offices;
use crate::text::texts;
use crate::web::{Anyone, App, Error, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/openings/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "openings/show.html")]
struct View {
    page: Page<Text>,
    title: Words,
    description: Words,
    place: String,
    area: String,
    languages: String,
    /// JSON-LD; `None`: it is closed.
    posting: Option<String>,
    naming: Naming,
    opening: Opening,
}

/// What its reader can do about it.
enum Naming {
    /// Not signed in, or no candidate.
    NotMine,
    Possible,
    Done,
    /// As many are named as there may be.
    Full,
}

impl View {
    fn is_closed(&self) -> bool {
        self.opening.state() == State::Closed
    }
}

async fn show(anyone: Anyone, Path(id): Path<Uuid>) -> Result<Response> {
    let lang = anyone.lang;
    let mut tx = anyone.begin().await?;
    let opening = opening(&mut tx, id).await?;
    if opening.state() == State::Draft {
        return Err(Error::NotFound);
    }
    let page = anyone.page(Text);
    let naming = match page.reader() {
        Some(reader) if reader.is("candidate") => naming(&mut tx, id).await?,
        _ => Naming::NotMine,
    };
    let offices = offices::names(&mut tx, lang).await?;
    let office = offices.get(&opening.office_id).unwrap_or(&opening.office_id);
    let (title, description) = (opening.title(lang), opening.description(lang));
    let site = &anyone.settings().url;
    let posting = (opening.state() == State::Published).then(|| {
        let published = opening.published_at.map(|at| page.day_of(&at));
        job_posting(
            &opening,
            published,
            (&title, &description),
            office,
            (site, &format!("{site}/openings/{id}")),
        )
    });
    let view = View {
        page,
        place: opening.place(&offices, lang),
        area: area_name(&opening.area, lang),
        languages: opening.language_names(lang),
        title,
        description,
        posting,
        naming,
        opening,
    };
    html(StatusCode::OK, &view)
}

/// What the signed-in candidate has named so far.
async fn naming(tx: &mut Tx<Anyone>, id: Uuid) -> Result<Naming> {
    let me = tx.signature().person.map(|person| person.0);
    let named = sqlx::query_scalar!("select opening_id from opening_choice where person_id = $1", me);
    let named = named.fetch_all(&mut **tx).await?;
    Ok(match named.contains(&id) {
        true => Naming::Done,
        false if named.len() >= MOST_NAMED => Naming::Full,
        false => Naming::Possible,
    })
}

texts!(Text {
    back: "Openings", "Annonces", "Vacantes";
    closed: "This opening is closed. The pool is always open: you do not need an opening to release a profile.",
        "Cette annonce est close. Le vivier est toujours ouvert : vous n’avez pas besoin d’une annonce pour transmettre un dossier.",
        "Esta vacante está cerrada. La bolsa está siempre abierta: no necesita una vacante para enviar un perfil.";
    other_openings: "See other openings", "Voir d’autres annonces", "Ver otras vacantes";
    in_another_language(language): "This opening is written in: {language}", "Cette annonce est rédigée dans une autre langue : {language}", "Esta vacante está escrita en otro idioma: {language}";
    facts: "What is asked", "Ce qui est demandé", "Lo que se pide";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    languages: "Languages, at working level", "Langues, à un niveau de travail", "Idiomas, a nivel de trabajo";
    no_languages: "None beyond the programme’s own rule", "Aucune en plus de la règle du programme", "Ninguno además de la norma del programa";
    start: "First day, or later", "Premier jour, ou plus tard", "Primer día, o más tarde";
    length: "Length", "Durée", "Duración";
    months(n): "{n} months", "{n} mois", "{n} meses";
    places: "Places", "Places", "Plazas";
    published: "Published on", "Publiée le", "Publicada el";
    the_work: "The work", "Le travail", "El trabajo";
    how: "How to apply", "Comment postuler", "Cómo presentarse";
    how_check: "See in a minute whether you meet the programme’s rules", "Voir en une minute si vous remplissez les conditions du programme", "Ver en un minuto si cumple las normas del programa";
    how_register: "Start your profile", "Commencer votre dossier", "Empezar su perfil";
    how_name: "Name this opening in your profile, then release the profile. It goes into the pool like every other one and says that you want this.",
        "Mentionnez cette annonce dans votre dossier, puis transmettez le dossier. Il rejoint le vivier comme tous les autres et indique votre intérêt.",
        "Mencione esta vacante en su perfil y después envíe el perfil. Entra en la bolsa como todos los demás e indica su interés.";
    name_it: "Name this opening in my profile", "Mentionner cette annonce dans mon dossier", "Mencionar esta vacante en mi perfil";
    named: "You name this opening in your profile.", "Vous mentionnez cette annonce dans votre dossier.", "Menciona esta vacante en su perfil.";
    full: "You name five openings, the most there can be. Take one out to name this one.",
        "Vous mentionnez cinq annonces, le maximum. Retirez-en une pour mentionner celle-ci.", "Menciona cinco vacantes, el máximo. Quite una para mencionar esta.";
    to_named: "See the openings you name", "Voir les annonces que vous mentionnez", "Ver las vacantes que menciona";
});
