//! Along the list that a case was opened from: the one before, the one after, and "skip for now"; and who else has the
//! case open, so that nobody reviews twice.

use super::case;
use super::queue_rows::{self, PRESENT, Place, Sort};
use super::search::{Context, Filters, at};
use crate::db::{Note, Tx};
use crate::offices;
use crate::text::texts;
use crate::web::{App, HrReviewer, Page, Path, Result, see_other};
use askama::Template;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Router, http::StatusCode};
use chrono::TimeDelta;
use uuid::Uuid;

/// What is skipped comes back after so long.
const SKIPPED: TimeDelta = TimeDelta::hours(12);

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/{id}/next", get(next))
        .route("/review/{id}/previous", get(previous))
        .route("/review/{id}/skip", post(skip))
        .route("/review/{id}/open", post(open))
}

#[derive(askama::Template)]
#[template(path = "review/along.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    /// Colleagues who have the case open now.
    others: Vec<String>,
}

/// The bar on the page of a case. Whoever reads the page has the case open, and goes on along `list`.
pub async fn bar(me: &HrReviewer, tx: &mut Tx<HrReviewer>, id: Uuid, list: Option<&str>) -> Result<String> {
    me.is_at(id, list).await?;
    let others = sqlx::query_scalar!(
        r#"select trim(p.given_names || ' ' || p.family_names) as "name!"
           from review_presence o join person p on p.id = o.person_id
           where o.application_id = $1 and o.person_id <> $2 and o.seen_at > $3 order by o.since limit 5"#,
        id,
        me.id.0,
        tx.now() - PRESENT
    );
    let others = others.fetch_all(&mut **tx).await?;
    Ok(View { page: me.page(Text), id, others }.render()?)
}

/// The page says every minute or so that it is still open.
async fn open(me: HrReviewer, Path(id): Path<Uuid>) -> Result<StatusCode> {
    case(&mut me.begin().await?, id).await?;
    me.is_at(id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn next(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let to = after(&mut me.begin().await?, id).await?;
    see_other(&to)
}

async fn previous(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let to = beside(&mut me.begin().await?, id, Place::Before).await?;
    see_other(&to)
}

/// Passed over for now, by this person only: it stays in the queue and says so.
async fn skip(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    case(&mut tx, id).await?;
    let to = after(&mut tx, id).await?;
    sqlx::query!(
        "insert into review_skip (person_id, application_id, until) values ($1, $2, $3)
         on conflict (person_id, application_id) do update set until = excluded.until",
        me.id.0,
        id,
        tx.now() + SKIPPED
    )
    .execute(&mut *tx)
    .await?;
    let done = tx.note_sitting(Note::CaseSkipped, id, SKIPPED).await?;
    tx.commit(done).await?;
    see_other(&to)
}

/// Where a decision leads: to the next case, if its button said so or the case is done with for now, or back to its own.
pub async fn go_on(me: &HrReviewer, id: Uuid, then: &str) -> Result<Response> {
    let to = match then {
        "next" | "later" => after(&mut me.begin().await?, id).await?,
        _ => format!("/review/{id}"),
    };
    see_other(&to)
}

/// The address of the case that follows in the list one came from; of the list itself where it ends.
pub async fn after(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<String> {
    beside(tx, id, Place::After).await
}

async fn beside(tx: &mut Tx<HrReviewer>, id: Uuid, towards: fn(String, Uuid) -> Place) -> Result<String> {
    let list = sqlx::query_scalar!(
        "select query from review_presence where application_id = $1 and person_id = $2",
        id,
        tx.actor().0
    );
    let list = list.fetch_optional(&mut **tx).await?.unwrap_or_default();
    let offices = offices::every(tx).await?;
    let filters: Filters = serde_html_form::from_str(&list).unwrap_or_default();
    let filters = filters.tidied(&offices).0.first_page();
    let mut wanted = filters.wanted(Context { me: tx.actor().0, now: tx.now(), offices: &offices });
    wanted.with_skipped = false;
    let sort: Sort = filters.sort();
    let found = match queue_rows::place_of(tx, id, sort.by).await? {
        Some((key, id)) => queue_rows::next(tx, &wanted, sort, &towards(key, id)).await?,
        None => None,
    };
    Ok(match found {
        Some(next) => {
            let list = serde_html_form::to_string([("list", &list)]).unwrap_or_default();
            at(&format!("/review/{next}"), &list)
        }
        None => filters.address(),
    })
}

texts!(Text {
    along: "Along the list", "Dans la liste", "En la lista";
    previous: "Previous case", "Dossier précédent", "Caso anterior";
    next: "Next case", "Dossier suivant", "Caso siguiente";
    skip: "Skip for now", "Passer pour l’instant", "Omitir por ahora";
    not_mine: "Not mine (conflict of interest)", "Pas pour moi (conflit d’intérêts)", "No es para mí (conflicto de intereses)";
    open_with(who): "{who} has this case open now.", "{who} a ce dossier ouvert en ce moment.", "{who} tiene este caso abierto ahora.";
});
