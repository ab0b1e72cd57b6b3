//! Anybody trying the product out reads the letters it would have sent. In production there is no such page.

use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{Anyone, App, Error, Page, Path, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

const PER_PAGE: usize = 20;

pub fn routes() -> Router<App> {
    Router::new().route("/mailbox", get(list)).route("/mailbox/{id}", get(show))
}

/// Where the page before ended.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct From {
    before: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "post/mailbox.html")]
struct View {
    page: Page<Text>,
    letters: Vec<Line>,
    is_first: bool,
    /// Where the next page begins, if there is one.
    older: Option<Uuid>,
}

struct Line {
    id: Uuid,
    sent_at: DateTime<Utc>,
    recipient: String,
    subject: String,
}

async fn list(me: Anyone, Query(from): Query<From>) -> Result<Response> {
    try_out_only(&me)?;
    let mut tx = me.begin().await?;
    let mut letters = sqlx::query_as!(
        Line,
        "select id, sent_at, recipient, subject from mailbox
         where $1::uuid is null or (sent_at, id) < (select m.sent_at, m.id from mailbox m where m.id = $1)
         order by sent_at desc, id desc limit $2",
        from.before,
        PER_PAGE as i64 + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let older = next_after(&mut letters, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), letters, is_first: from.before.is_none(), older })
}

#[derive(askama::Template)]
#[template(path = "post/letter.html")]
struct LetterView {
    page: Page<Text>,
    sent_at: DateTime<Utc>,
    recipient: String,
    subject: String,
    /// Paragraphs of lines of pieces.
    text: Vec<Vec<Vec<Piece>>>,
}

/// Words, or an address to follow.
#[derive(PartialEq, Eq, Debug)]
enum Piece {
    Words(String),
    Link(String),
}

async fn show(me: Anyone, Path(id): Path<Uuid>) -> Result<Response> {
    try_out_only(&me)?;
    let mut tx = me.begin().await?;
    let row = sqlx::query!("select sent_at, recipient, subject, plain from mailbox where id = $1", id)
        .fetch_one(&mut *tx)
        .await?;
    html(
        StatusCode::OK,
        &LetterView {
            page: me.page(Text),
            sent_at: row.sent_at,
            recipient: row.recipient,
            subject: row.subject,
            text: paragraphs(&row.plain, &me.settings().url),
        },
    )
}

fn try_out_only(me: &Anyone) -> Result<()> {
    if me.settings().try_out { Ok(()) } else { Err(Error::NotFound) }
}

fn paragraphs(plain: &str, site: &str) -> Vec<Vec<Vec<Piece>>> {
    let lines = |block: &str| block.lines().map(|line| pieces(line, site)).collect();
    plain.split("\n\n").filter(|block| !block.trim().is_empty()).map(lines).collect()
}

/// Only addresses of this site become links: those the product wrote itself.
fn pieces(line: &str, site: &str) -> Vec<Piece> {
    let site = format!("{site}/");
    let (mut found, mut rest) = (Vec::new(), line);
    while let Some(start) = rest.find(&site) {
        let (words, address) = rest.split_at(start);
        let (address, after) = address.split_at(address.find(char::is_whitespace).unwrap_or(address.len()));
        if !words.is_empty() {
            found.push(Piece::Words(words.to_owned()));
        }
        found.push(Piece::Link(address.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest.to_owned()));
    }
    found
}

texts!(Text {
    title: "Letters sent", "Courriels envoyés", "Mensajes enviados";
    lead: "You are trying Stagiaire out: no letter leaves this computer. Here is each one that would have been sent, the newest first.",
        "Vous essayez Stagiaire : aucun courriel ne quitte cet ordinateur. Voici tous ceux qui auraient été envoyés, les plus récents d’abord.",
        "Está probando Stagiaire: ningún mensaje sale de este ordenador. Aquí están todos los que se habrían enviado, los más recientes primero.";
    none: "No letter yet", "Aucun courriel pour l’instant", "Todavía no hay mensajes";
    none_lead: "As soon as somebody creates an account or releases a profile, the letters appear here.",
        "Dès que quelqu’un crée un compte ou transmet un dossier, les courriels apparaissent ici.",
        "En cuanto alguien cree una cuenta o envíe un perfil, los mensajes aparecerán aquí.";
    none_older: "There are no older letters", "Il n’y a pas de courriels plus anciens", "No hay mensajes más antiguos";
    subject: "Subject", "Objet", "Asunto";
    to: "To", "À", "Para";
    sent: "Sent", "Envoyé", "Enviado";
    pages: "Pages", "Pages", "Páginas";
    newest: "Newest letters", "Courriels les plus récents", "Mensajes más recientes";
    older: "Older letters", "Courriels plus anciens", "Mensajes más antiguos";
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_are_links() {
        let found = pieces("Open: http://a.test/x and http://b.test/y", "http://a.test");
        assert_eq!(
            found,
            [
                Piece::Words("Open: ".into()),
                Piece::Link("http://a.test/x".into()),
                Piece::Words(" and http://b.test/y".into())
            ]
        );
    }
}
