//! Where I am signed in: every session, seen and ended.

use super::{Shared, end_others};
use crate::db::Note;
use crate::text::texts;
use crate::web::{App, Member, Page, Path, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/sessions", get(show).post(end_all_others))
        .route("/account/sessions/{id}/end", get(back).post(end))
}

#[derive(askama::Template)]
#[template(path = "account/sessions.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    sessions: Vec<Session>,
}

struct Session {
    id: Uuid,
    device: String,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    is_this: bool,
}

async fn show(me: Member) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    // the newest are enough for a page: whoever has more ends all others
    let rows = sqlx::query!(
        r#"select id, agent, created_at, last_seen_at, token_hash = $3 as "is_this!" from session
           where person_id = $1 and expires_at > $2
             and last_seen_at + make_interval(secs => idle_seconds) > $2
           order by token_hash = $3 desc, last_seen_at desc, id limit 50"#,
        me.id.0,
        now,
        me.session
    )
    .fetch_all(&mut *tx)
    .await?;
    let t = Text(me.lang);
    let sessions = rows.into_iter().map(|row| Session {
        id: row.id,
        device: device(&t, &row.agent),
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        is_this: row.is_this,
    });
    let sessions = sessions.collect();
    html(StatusCode::OK, &View { page: me.page(Text), shared: Shared(me.lang), sessions })
}

/// Whoever had to sign in first comes back here, and decides again.
async fn back(_: Member) -> Result<Response> {
    see_other("/account/sessions")
}

async fn end(me: Member, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let ended = sqlx::query!("delete from session where id = $1 and person_id = $2", id, me.id.0);
    // twice is once, and what was never mine is not told from what has ended
    if ended.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::SessionEnded, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/account/sessions")
}

async fn end_all_others(me: Member) -> Result<Response> {
    let mut tx = me.begin().await?;
    if end_others(&mut tx, &me).await? > 0 {
        let done = tx.note(Note::SessionEnded, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/account/sessions")
}

/// The coarse words that `web::agent` kept, as a sentence.
fn device(t: &Text, agent: &str) -> String {
    match agent.split_once('/') {
        None => t.unknown(),
        Some((browser, "")) => browser.to_owned(),
        Some(("", system)) => system.to_owned(),
        Some((browser, system)) => t.on(browser, system),
    }
}

texts!(Text {
    title: "Where you are signed in", "Où votre session est ouverte", "Dónde tiene la sesión iniciada";
    lead: "End any session that is not yours, then change your password.", "Fermez toute session qui n’est pas la vôtre, puis changez de mot de passe.",
        "Cierre toda sesión que no sea suya y cambie después su contraseña.";
    on(browser, system): "{browser} on {system}", "{browser} sur {system}", "{browser} en {system}";
    unknown: "Unknown device", "Appareil inconnu", "Dispositivo desconocido";
    this: "This session", "Cette session", "Esta sesión";
    since(at): "Signed in {at}", "Ouverte le {at}", "Iniciada el {at}";
    seen(at): "last used {at}", "dernière activité le {at}", "último uso el {at}";
    end: "End", "Fermer", "Cerrar";
    end_others: "End all other sessions", "Fermer toutes les autres sessions", "Cerrar todas las demás sesiones";
    only_this: "You are signed in nowhere else.", "Aucune autre session n’est ouverte.", "No tiene ninguna otra sesión abierta.";
});
