//! Made-up applications on their way into the database: a chunk at a time, a set per table.

use super::story::Taken;
use crate::consents::NOTICE;
use crate::db::Tx;
use crate::domain::eligibility::Assessment;
use crate::domain::profile::{Document, Profile};
use crate::files::Stored;
use crate::system::System;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::types::Json;
use std::collections::HashSet;
use uuid::Uuid;

#[derive(Serialize)]
pub struct PersonRow {
    pub id: Uuid,
    pub email: String,
    pub given_names: String,
    pub family_names: String,
    pub lang: &'static str,
    pub role: &'static str,
    pub created_at: DateTime<Utc>,
}

#[derive(Serialize)]
pub struct CaseRow {
    pub id: Uuid,
    pub candidate: Uuid,
    pub released_at: DateTime<Utc>,
    pub released_on: NaiveDate,
    pub name: String,
    pub search_key: String,
    pub verdict: &'static str,
    pub tracks: Vec<&'static str>,
    pub languages: Vec<String>,
    pub months: i16,
    pub profile: Profile,
    pub assessment: Assessment,
    pub policy_version: NaiveDate,
}

#[derive(Serialize)]
struct StepRow<'a> {
    id: Uuid,
    seen: i32,
    action: &'static str,
    to_state: &'static str,
    at: DateTime<Utc>,
    sets_reviewer: bool,
    reviewer: Option<Uuid>,
    pooled_until: Option<NaiveDate>,
    by: Option<Uuid>,
    role: &'static str,
    reason: Option<&'a str>,
    facts: &'a serde_json::Value,
}

/// Which candidates of a seed are there already, by number.
pub async fn sown(tx: &mut Tx<System>, seed: u32) -> sqlx::Result<HashSet<u32>> {
    let theirs = format!("c{seed}-%@example.org");
    let emails =
        sqlx::query_scalar!(r#"select email_key as "email!" from person where email_key like $1"#, theirs);
    let number = |email: &String| email.split(['-', '@']).nth(1).and_then(|number| number.parse().ok());
    Ok(emails.fetch_all(&mut **tx).await?.iter().filter_map(number).collect())
}

/// Whether everybody in the database is made up.
pub async fn all_made_up(tx: &mut Tx<System>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select not exists (select from person where email_key not like '%@example.org') as "made_up!""#
    )
    .fetch_one(&mut **tx)
    .await
}

pub async fn reviewers(tx: &mut Tx<System>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select p.id from person p join person_role r on r.person_id = p.id
         where r.role = 'hr_reviewer' and p.disabled_at is null order by p.email_key limit 50"
    )
    .fetch_all(&mut **tx)
    .await
}

pub async fn offices(tx: &mut Tx<System>) -> sqlx::Result<Vec<String>> {
    let today = tx.today();
    sqlx::query_scalar!("select id from office where closed_on is null or closed_on > $1 order by id", today)
        .fetch_all(&mut **tx)
        .await
}

pub async fn insert_people(tx: &mut Tx<System>, people: &[PersonRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "with made as (
             select * from jsonb_to_recordset($1) as p (id uuid, email text, given_names text, family_names text,
                 lang text, role text, created_at timestamptz)),
         person as (
             insert into person (id, email, given_names, family_names, lang, email_confirmed_at, created_at)
             select id, email, given_names, family_names, lang, created_at, created_at from made),
         role as (insert into person_role (person_id, role) select id, role from made)
         insert into audit_event (at, actor_id, actor_role, subject, subject_id, action)
         select created_at, case when role = 'candidate' then id end,
             case when role = 'candidate' then 'anyone' else 'system' end, 'person', id,
             case when role = 'candidate' then 'register' else 'invite' end from made",
        Json(people) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The applications as first released, what was released, and the record of it.
pub async fn insert_cases(tx: &mut Tx<System>, cases: &[CaseRow]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"with made as (
               select *, nextval('application_number')::text as number
               from jsonb_to_recordset($1) as c (id uuid, candidate uuid, released_at timestamptz,
                   released_on date, name text, search_key text, verdict text, tracks text[], languages text[],
                   months smallint, profile jsonb, assessment jsonb, policy_version date)),
           born as (
               insert into application (id, reference, candidate_id, action, state, state_since, waiting_since,
                   latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months,
                   residence, window_until, words_made)
               select id, 'ST-' || to_char(released_on, 'YYYY') || '-'
                       || lpad(number, greatest(5, length(number)), '0'),
                   candidate, 'release', 'released', released_at, released_at, 1, name, search_key, verdict,
                   tracks, languages, array(select jsonb_array_elements_text(profile->'wishes'->'areas')),
                   array(select jsonb_array_elements_text(profile->'wishes'->'offices')),
                   (profile->'dates'->>'start')::date, months, profile->'about'->>'residence',
                   coalesce((assessment->'possible_start'->-1->>'to')::date, '9999-12-31'), true from made
               returning id, candidate_id, version, action, came_from, state, state_since),
           kept as (
               insert into snapshot (application_id, number, released_at, released_on, profile, assessment,
                   policy_version, privacy_version, acknowledged)
               select id, 1, released_at, released_on, profile, assessment, policy_version, $2,
                   verdict <> 'eligible' from made),
           agreed as (
               insert into consent (person_id, purpose, version, given_at)
               select candidate, purpose, $2, released_at from made
               cross join unnest(array['privacy_notice', 'other_offices']) as purpose)
           insert into audit_event (at, actor_id, actor_role, subject, subject_id, version, action, from_state,
               to_state, facts)
           select state_since, candidate_id, 'candidate', 'application', id, version, action, came_from, state,
               '{"number": 1}' from born"#,
        Json(cases) as _,
        NOTICE
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One step of many applications, moved and recorded as [`Tx::take`] does it for one.
pub async fn take(tx: &mut Tx<System>, steps: &[(Uuid, &Taken)]) -> sqlx::Result<()> {
    let rows: Vec<StepRow<'_>> = steps
        .iter()
        .map(|(id, taken)| {
            let effects = &taken.step.effects;
            StepRow {
                id: *id,
                seen: taken.step.seen,
                action: taken.step.action,
                to_state: taken.step.to,
                at: taken.at,
                sets_reviewer: effects.reviewer.is_some(),
                reviewer: effects.reviewer.flatten().map(|person| person.0),
                pooled_until: effects.pooled_until,
                by: taken.by.map(|person| person.0),
                role: taken.role,
                reason: taken.step.reason.as_deref(),
                facts: &taken.step.facts,
            }
        })
        .collect();
    sqlx::query!(
        "with step as (
             select * from jsonb_to_recordset($1) as s (id uuid, seen int, action text, to_state text,
                 at timestamptz, sets_reviewer bool, reviewer uuid, pooled_until date, by uuid, role text,
                 reason text, facts jsonb)),
         moved as (
             update application a set version = a.version + 1, action = s.action, state = s.to_state,
                 state_since = s.at, reviewer_id = case when s.sets_reviewer then s.reviewer else a.reviewer_id end,
                 pooled_until = coalesce(s.pooled_until, a.pooled_until)
             from step s where a.id = s.id and a.version = s.seen
             returning a.id, a.version, a.action, a.came_from, a.state, s.at, s.by, s.role, s.reason, s.facts)
         insert into audit_event (at, actor_id, actor_role, subject, subject_id, version, action, from_state,
             to_state, reason, facts)
         select at, by, role, 'application', id, version, action, came_from, state, reason, facts
         from moved order by at",
        Json(&rows) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The documents of one application.
pub async fn insert_documents(
    tx: &mut Tx<System>,
    case: &CaseRow,
    documents: &[(Document, Stored)],
) -> sqlx::Result<()> {
    for (document, stored) in documents {
        sqlx::query!(
            "insert into document (id, person_id, kind, file_name, media_type, bytes, sha256, uploaded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            document.id.0,
            case.candidate,
            document.kind.code(),
            document.file_name,
            document.media_type,
            document.bytes,
            stored.sha256,
            document.uploaded_at
        )
        .execute(&mut **tx)
        .await?;
        sqlx::query!("insert into snapshot_document values ($1, 1, $2)", case.id, document.id.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
