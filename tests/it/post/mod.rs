mod deliver;
mod letters;
pub mod mail_server;
mod mailbox;
mod rewrite;

use crate::support::{Reader, World};
use chrono::TimeDelta;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::domain::letter::Letter;
use stagiaire::post::{self, Transport};
use uuid::Uuid;

/// Owes somebody a letter, as the commit of a change does.
async fn owe(world: &World, reader: &Reader<'_>, letter: Letter, about: Option<Uuid>) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query("insert into outbox (id, recipient_id, letter, about, created_at, next_attempt_at) values ($1, $2, $3, $4, $5, $5)")
        .bind(id)
        .bind(reader.id)
        .bind(letter.code())
        .bind(about)
        .bind(world.now)
        .execute(&world.db)
        .await
        .unwrap();
    id
}

/// The postman's view of the database.
fn database(world: &World) -> Db {
    Db::new(world.db.clone(), chrono_tz::Europe::Zurich)
}

/// One round of the postman, so long after the world's own moment: how many letters went out.
async fn round_after(world: &World, wait: TimeDelta, transport: &Transport) -> usize {
    let clock = Clock::Stopped(world.now + wait);
    post::deliver_due(&database(world), world.app.settings(), transport, clock).await.unwrap()
}

pub async fn round(world: &World, transport: &Transport) -> usize {
    round_after(world, TimeDelta::zero(), transport).await
}

/// A released application: just enough for letters to be about it.
async fn application(world: &World, candidate: &Reader<'_>, reference: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
            waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months)
         values ($1, $2, $3, 1, 'release', 'new', 'released', $4, $4, 1, 'Ana Beltrán', 'ana beltran', 'eligible',
            '{}', '{}', '{}', '{}', '2027-02-01', 6)",
    )
    .bind(id)
    .bind(reference)
    .bind(candidate.id)
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();
    id
}

/// A placement proposed for it.
async fn placement(world: &World, application: Uuid, supervisor: &Reader<'_>, reference: &str) -> Uuid {
    let (id, proposer) = (Uuid::now_v7(), world.reviewer("en").await);
    sqlx::query(
        "insert into placement (id, reference, application_id, office_id, supervisor_id, area, starts_on, ends_on,
            terms, proposed_by, version, action, came_from, state, state_since)
         values ($1, $2, $3, 'geneva', $4, 'data', '2027-02-01', '2027-07-31', '{}', $5, 1, 'propose', 'new',
            'proposed', $6)",
    )
    .bind(id)
    .bind(reference)
    .bind(application)
    .bind(supervisor.id)
    .bind(proposer.id)
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();
    id
}
