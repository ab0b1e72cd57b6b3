//! A release as it is written down: the snapshot word for word, and what the queue shows of it.

use super::newest::Newest;
use super::unreleased;
use crate::consents::{self, NOTICE};
use crate::db::{Done, Tx};
use crate::domain::eligibility::{LanguageSkills, Level, Outcome};
use crate::domain::release::Released;
use crate::domain::terms::Stay;
use crate::web::{Candidate, Error, Result};
use crate::words;
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

/// Writes down a new application, or a further version of the open one.
pub async fn write(
    tx: &mut Tx<Candidate>,
    released: &Released,
    open: Option<Newest>,
    working_level: Level,
) -> Result<Done> {
    unreleased::clear(tx).await?;
    match open {
        None => {
            close_over(tx).await?;
            let id = Uuid::now_v7();
            let inserted = insert(tx, id, &Columns::of(released, working_level)).await;
            inserted.map_err(|error| match error.constraint() {
                // an earlier one was reopened this very moment, or is not over yet
                Some("one_open_application") => Error::Conflict,
                _ => error,
            })?;
            keep(tx, id, 1, released).await?;
            Ok(tx.born(&released.open(id.into())).await?)
        }
        Some(open) => {
            let (id, number) = (open.case.id().0, open.latest + 1);
            let step = released.again(&open.case, number).map_err(|_| Error::Conflict)?;
            keep(tx, id, number, released).await?;
            // the step first: behind the wall, a candidate's hand changes only what a candidate's step has moved
            let done = tx.take(&step).await?;
            if done.is_fresh() {
                update(tx, id, number, &Columns::of(released, working_level)).await?;
            }
            Ok(done)
        }
    }
}

/// What has led to an internship that is over makes room for the next application.
async fn close_over(tx: &mut Tx<Candidate>) -> Result<()> {
    let (me, now) = (tx.actor(), tx.now());
    sqlx::query!(
        "update application set over_since = $2
         where candidate_id = $1 and is_current and state = 'placed' and is_over(id)",
        me.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What the queue shows, filters and searches.
struct Columns<'a> {
    released: &'a Released,
    name: String,
    search_key: String,
    /// The last start day that no rule forbids; `None`: every day is possible, or none.
    window_until: Option<NaiveDate>,
    tracks: Vec<String>,
    languages: Vec<String>,
    months: i16,
}

impl Columns<'_> {
    fn of(released: &Released, working_level: Level) -> Columns<'_> {
        let profile = &released.profile;
        let works = |skills: &&LanguageSkills| skills.at_level(working_level) == Outcome::Met;
        let stay = Stay { start: profile.dates.start, end: profile.dates.end };
        Columns {
            released,
            search_key: words::of(profile),
            window_until: released.assessment.possible_start.last(),
            tracks: released.assessment.tracks().iter().map(|track| track.code().to_owned()).collect(),
            languages: profile.languages.iter().filter(works).map(|skills| skills.code.clone()).collect(),
            months: i16::try_from(stay.length().months).unwrap_or(i16::MAX),
            name: profile.about.full_name(),
        }
    }
}

/// The row of a new application; the trigger counts its version and remembers where it came from.
async fn insert(tx: &mut Tx<Candidate>, id: Uuid, row: &Columns<'_>) -> Result<()> {
    let (me, now, year) = (tx.actor(), tx.now(), tx.today().year());
    let number = sqlx::query_scalar!(r#"select nextval('application_number') as "number!""#);
    let number = number.fetch_one(&mut **tx).await?;
    let profile = &row.released.profile;
    sqlx::query!(
        "insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
             waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months,
             residence, window_until, words_made)
         values ($1, $2, $3, 1, 'release', 'new', 'released', $4, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
             coalesce($15::date, '9999-12-31'), true)",
        id,
        format!("ST-{year}-{number:05}"),
        me.0,
        now,
        row.name,
        row.search_key,
        row.released.assessment.verdict.code(),
        &row.tracks,
        &row.languages,
        &profile.wishes.areas,
        &profile.wishes.offices,
        profile.dates.start,
        row.months,
        profile.about.residence,
        row.window_until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What the queue shows of the newest version; the step itself is taken apart.
async fn update(tx: &mut Tx<Candidate>, id: Uuid, latest: i32, row: &Columns<'_>) -> Result<()> {
    let profile = &row.released.profile;
    sqlx::query!(
        "update application set latest = $2, name = $3, search_key = $4, verdict = $5, tracks = $6, languages = $7,
             areas = $8, offices = $9, starts_on = $10, months = $11, residence = $12,
             window_until = coalesce($13::date, '9999-12-31'), words_made = true
         where id = $1",
        id,
        latest,
        row.name,
        row.search_key,
        row.released.assessment.verdict.code(),
        &row.tracks,
        &row.languages,
        &profile.wishes.areas,
        &profile.wishes.offices,
        profile.dates.start,
        row.months,
        profile.about.residence,
        row.window_until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The snapshot and its documents: written once.
async fn keep(tx: &mut Tx<Candidate>, id: Uuid, number: i32, released: &Released) -> Result<()> {
    let (me, now, today) = (tx.actor(), tx.now(), tx.today());
    let optional = consents::optional(tx, me).await?;
    let consents: Vec<String> = optional.into_iter().map(|purpose| purpose.code().to_owned()).collect();
    sqlx::query!(
        "insert into snapshot (application_id, number, released_at, released_on, profile, assessment, policy_version,
             privacy_version, acknowledged, consents)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        number,
        now,
        today,
        serde_json::to_value(&released.profile)?,
        serde_json::to_value(&released.assessment)?,
        released.policy_version,
        NOTICE,
        released.acknowledged,
        &consents
    )
    .execute(&mut **tx)
    .await?;
    let documents: Vec<Uuid> = released.profile.documents.iter().map(|document| document.id.0).collect();
    sqlx::query!(
        "insert into snapshot_document (application_id, number, document_id) select $1, $2, unnest($3::uuid[])",
        id,
        number,
        &documents
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
