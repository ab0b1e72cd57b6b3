//! Who in the pool fits an opening.

use super::find::{Found, find, work};
use crate::db::Tx;
use crate::domain::opening::State;
use crate::explain::opening::{Words, area_name, in_language, language_name};
use crate::offices;
use crate::sheets::Format;
use crate::text::{Lang, texts};
use crate::web::{App, Error, HrReviewer, Page, Path, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/openings/{id}/match", get(show))
        .route("/review/openings/{id}/match/export/{format}", get(export))
}

#[derive(askama::Template)]
#[template(path = "matching/opening.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    it: Search,
}

struct Search {
    title: Words,
    reference: String,
    /// What is looked for, in one line.
    wanted: Vec<String>,
    found: Found,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let it = search(&mut me.begin().await?, id, me.lang).await?;
    html(StatusCode::OK, &View { page: me.page(Text), id, it })
}

async fn export(
    Recent(me): Recent<HrReviewer>,
    Path((id, format)): Path<(Uuid, Format)>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let found = search(&mut tx, id, me.lang).await?.found;
    found.download(tx, format).await
}

/// A closed opening looks for nobody.
async fn search(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Search> {
    let today = tx.today();
    let row = sqlx::query!(
        "select reference, office_id, area, languages, starts_on, title_en, title_fr, title_es
         from opening where id = $1 and state <> $2",
        id,
        State::Closed.code()
    );
    let row = row.fetch_one(&mut **tx).await?;
    let offices = offices::open(tx, lang, today).await?;
    let office = offices.iter().find(|office| office.id == row.office_id).ok_or(Error::NotFound)?;
    let start = row.starts_on.max(today);
    let work = work(&offices, office, Some(id.into()), Some(&row.area), row.languages, start);
    let place = office.name(lang);
    let languages: Vec<String> = work.languages.iter().map(|code| language_name(code, lang)).collect();
    let mut wanted = vec![place.to_owned(), area_name(&row.area, lang)];
    wanted.extend((!languages.is_empty()).then(|| lang.list(&languages)));
    wanted.push(Text(lang).from(lang.date(start)));
    Ok(Search {
        found: find(tx, &work, place, lang).await?,
        title: in_language([&row.title_en, &row.title_fr, &row.title_es], lang),
        reference: row.reference,
        wanted,
    })
}

texts!(Text {
    title: "Who fits", "Qui convient", "Quién encaja";
    back: "Openings", "Annonces", "Vacantes";
    from(day): "from {day}", "à partir du {day}", "desde el {day}";
});
