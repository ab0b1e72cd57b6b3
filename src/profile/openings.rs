//! A candidate names openings beside the wishes, and takes them out; each says what it asks for.

use super::{languages, load, touch};
use crate::db::{Note, Tx};
use crate::domain::eligibility::{LanguageSkills, Level};
use crate::domain::opening::{MOST_NAMED, Named, State, ask};
use crate::explain::opening::{self, AskedLine, Words};
use crate::explain::profile::Reader;
use crate::text::Lang;
use crate::web::{App, Candidate, Error, Path, Result, see_other};
use crate::{offices, policies};
use axum::response::{Redirect, Response};
use axum::{Router, routing::get};
use uuid::Uuid;

/// Where the named ones are listed.
const LIST: &str = "/profile/wishes#openings";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile/openings/{id}/name", get(back).post(name))
        .route("/profile/openings/{id}/remove", get(back).post(remove))
}

/// For whoever had to sign in first.
async fn back(_: Candidate, Path(id): Path<Uuid>) -> Redirect {
    Redirect::to(&format!("/openings/{id}"))
}

async fn name(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    touch(&mut tx).await?; // one naming at a time: nobody names one too many from two tabs
    let now = tx.now();
    let state = sqlx::query_scalar!("select state from opening where id = $1", id);
    if state.fetch_one(&mut *tx).await? != State::Published.code() {
        return Err(Error::NotFound);
    }
    let named = sqlx::query!(
        "insert into opening_choice (person_id, opening_id, chosen_at)
         select $1, $2, $3 where (select count(*) from opening_choice where person_id = $1) < $4
         on conflict do nothing",
        me.id.0,
        id,
        now,
        MOST_NAMED as i64
    );
    // twice is once, and one too many is told on the list
    if named.execute(&mut *tx).await?.rows_affected() == 1 {
        let done = tx.note(Note::OpeningNamed, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(LIST)
}

async fn remove(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    touch(&mut tx).await?;
    let removed =
        sqlx::query!("delete from opening_choice where person_id = $1 and opening_id = $2", me.id.0, id);
    if removed.execute(&mut *tx).await?.rows_affected() == 1 {
        let done = tx.note(Note::OpeningRemoved, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(LIST)
}

/// A named opening as the list shows it.
pub struct Line {
    pub id: Uuid,
    pub title: Words,
    pub place: String,
    pub is_closed: bool,
    pub asked: Vec<AskedLine>,
}

/// The openings I name, in words.
pub async fn lines(tx: &mut Tx<Candidate>, lang: Lang) -> Result<Vec<Line>> {
    let today = tx.today();
    let working_level = policies::in_force(&mut *tx, today).await?.eligibility.working_level;
    let skills = load::<languages::Form>(tx).await?.answers.skills();
    let offices = offices::names(&mut *tx, lang).await?;
    let line = |(named, state): (Named, State)| Line {
        id: named.id.0,
        title: opening::title(&named, lang),
        place: offices.get(&named.office).unwrap_or(&named.office).clone(),
        is_closed: state == State::Closed,
        asked: opening::asked(&named, Reader::Candidate, lang),
    };
    Ok(named(tx, &skills, working_level).await?.into_iter().map(line).collect())
}

/// The openings I name, in the order of naming, compared with what I state; closed ones stay until I take them out.
pub async fn named(
    tx: &mut Tx<Candidate>,
    skills: &[LanguageSkills],
    working_level: Level,
) -> Result<Vec<(Named, State)>> {
    let rows = sqlx::query!(
        "select o.id, o.reference, o.title_en, o.title_fr, o.title_es, o.office_id, o.languages, o.state
         from opening_choice c join opening o on o.id = c.opening_id
         where c.person_id = $1 order by c.chosen_at, o.id",
        tx.actor().0
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let named = rows.into_iter().map(|row| {
        let named = Named {
            id: row.id.into(),
            reference: row.reference,
            titles: [row.title_en, row.title_fr, row.title_es],
            office: row.office_id,
            asked: ask(&row.languages, skills, working_level),
        };
        (named, State::from_code(&row.state).unwrap_or(State::Closed))
    });
    Ok(named.collect())
}
