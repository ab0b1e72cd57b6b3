//! Who in the pool fits an opening.

use super::find::{Found, find, work};
use crate::domain::opening::State;
use crate::explain::opening::{Words, area_name, in_language, language_name};
use crate::offices;
use crate::text::texts;
use crate::web::{App, Error, HrReviewer, Page, Path, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/openings/{id}/match", get(show))
}

#[derive(askama::Template)]
#[template(path = "matching/opening.html")]
struct View {
    page: Page<Text>,
    title: Words,
    reference: String,
    /// What is looked for, in one line.
    wanted: Vec<String>,
    found: Found,
}

/// A closed opening looks for nobody.
async fn show(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let row = sqlx::query!(
        "select reference, office_id, area, languages, starts_on, title_en, title_fr, title_es
         from opening where id = $1 and state <> $2",
        id,
        State::Closed.code()
    );
    let row = row.fetch_one(&mut *tx).await?;
    let offices = offices::open(&mut tx, me.lang, today).await?;
    let office = offices.iter().find(|office| office.id == row.office_id).ok_or(Error::NotFound)?;
    let start = row.starts_on.max(today);
    let work = work(&offices, office, Some(id.into()), Some(&row.area), row.languages, start);
    let place = office.name(me.lang);
    let languages: Vec<String> = work.languages.iter().map(|code| language_name(code, me.lang)).collect();
    let mut wanted = vec![place.to_owned(), area_name(&row.area, me.lang)];
    wanted.extend((!languages.is_empty()).then(|| me.lang.list(&languages)));
    wanted.push(Text(me.lang).from(me.lang.date(start)));
    let view = View {
        found: find(&mut tx, &work, place, me.lang).await?,
        page: me.page(Text),
        title: in_language([&row.title_en, &row.title_fr, &row.title_es], me.lang),
        reference: row.reference,
        wanted,
    };
    html(StatusCode::OK, &view)
}

texts!(Text {
    title: "Who fits", "Qui convient", "Quién encaja";
    back: "Openings", "Annonces", "Vacantes";
    from(day): "from {day}", "à partir du {day}", "desde el {day}";
});
