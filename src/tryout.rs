//! Demonstration people, and something to do for them: only where there is no database but our own.

use crate::db::Note;
use crate::domain::role::RoleName;
use crate::files::Files;
use crate::passwords;
use crate::seed;
use crate::system::System;
use anyhow::Context;
use uuid::Uuid;

/// Of everybody below. It opens nothing but made-up data.
pub const PASSWORD: &str = "internship-try-out";

/// So that the queue is not empty the first time.
const APPLICATIONS: u32 = 24;
const SEED: u32 = 1;

/// Somebody to be for a while.
pub struct Demo {
    pub email: &'static str,
    pub given_names: &'static str,
    pub family_names: &'static str,
    pub role: RoleName,
    /// Of supervisors.
    pub office: Option<&'static str>,
    /// For whoever tries it out.
    pub what: &'static str,
}

const fn demo(
    email: &'static str,
    (given_names, family_names): (&'static str, &'static str),
    role: RoleName,
    office: Option<&'static str>,
    what: &'static str,
) -> Demo {
    Demo { email, given_names, family_names, role, office, what }
}

pub static PEOPLE: [Demo; 8] = [
    demo(
        "candidate@example.org",
        ("Wanjiru", "Kamau"),
        RoleName::Candidate,
        None,
        "a candidate who has not begun",
    ),
    demo("hr@example.org", ("Inés", "Carvajal Ríos"), RoleName::HrReviewer, None, "Human Resources"),
    demo(
        "hr2@example.org",
        ("Mamadou", "Diallo"),
        RoleName::HrReviewer,
        None,
        "Human Resources, a colleague",
    ),
    demo(
        "supervisor@example.org",
        ("Élise", "Favre"),
        RoleName::Supervisor,
        Some("geneva"),
        "a supervisor in Geneva",
    ),
    demo(
        "supervisor.nairobi@example.org",
        ("Joy", "Otieno"),
        RoleName::Supervisor,
        Some("nairobi"),
        "a supervisor in Nairobi",
    ),
    demo(
        "director@example.org",
        ("Anjali", "Menon"),
        RoleName::HrDirector,
        None,
        "the director of Human Resources",
    ),
    demo("medical@example.org", ("Kofi", "Mensah"), RoleName::MedicalOfficer, None, "the medical officer"),
    demo(
        "administrator@example.org",
        ("Ceren", "Yıldız"),
        RoleName::Administrator,
        None,
        "the administrator",
    ),
];

/// Lets the demonstration people in, and gives them applications the first time. Does nothing the second time.
pub async fn furnish(system: &System, files: &Files) -> anyhow::Result<()> {
    let mut tx = system.begin().await?;
    let now = tx.now();
    let mut hash = None;
    let mut done = None;
    for it in &PEOPLE {
        let known = sqlx::query_scalar!("select id from person where email_key = lower($1)", it.email);
        if known.fetch_optional(&mut *tx).await?.is_some() {
            continue;
        }
        let hash = match &hash {
            Some(hash) => hash,
            None => hash.insert(password_hash().await?),
        };
        let id = Uuid::now_v7();
        sqlx::query!(
            "insert into person (id, email, given_names, family_names, lang, password_hash, email_confirmed_at,
                 created_at)
             values ($1, $2, $3, $4, 'en', $5, $6, $6)",
            id,
            it.email,
            it.given_names,
            it.family_names,
            hash,
            now
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!("insert into person_role (person_id, role) values ($1, $2)", id, it.role.code())
            .execute(&mut *tx)
            .await?;
        if let Some(office) = it.office {
            sqlx::query!("insert into supervisor_office (person_id, office_id) values ($1, $2)", id, office)
                .execute(&mut *tx)
                .await?;
        }
        let note = if it.role.is_staff() { Note::Invited } else { Note::Registered };
        let noted = tx.note(note, id, &[]).await?;
        done = Some(match done {
            Some(done) => noted.and(done),
            None => noted,
        });
    }
    let is_empty = sqlx::query_scalar!(r#"select not exists (select from application) as "empty!""#)
        .fetch_one(&mut *tx)
        .await?;
    if let Some(done) = done {
        tx.commit(done).await?;
    }
    if is_empty {
        seed::sow(system, files, SEED, APPLICATIONS, |_| {}).await?;
        seed::openings::announce(system).await?;
    }
    Ok(())
}

async fn password_hash() -> anyhow::Result<String> {
    let hash = tokio::task::spawn_blocking(|| passwords::hash_now(PASSWORD)).await?;
    hash.context("no memory is left to hash a password")
}
