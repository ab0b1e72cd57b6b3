//! A feed of the newest openings for any filter (Atom, RFC 4287), in the language the reader's program asks for.

use super::browse::list_title;
use super::rows::{Wanted, published};
use crate::explain::opening::{Words, area_name};
use crate::offices;
use crate::text::{Lang, texts};
use crate::web::{Anyone, App, Query, Result};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use chrono::{DateTime, SecondsFormat, Utc};

const ENTRIES: usize = 30;

pub fn routes() -> Router<App> {
    Router::new().route("/openings.atom", get(feed))
}

#[derive(Template)]
#[template(path = "openings/feed.xml", escape = "html")]
struct View {
    lang: Lang,
    title: String,
    site: String,
    /// Of the feed and of the page with the same filter, below the site.
    feed: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    address: String,
    title: Words,
    summary: String,
    content: Words,
    area: String,
    published: String,
    updated: String,
}

async fn feed(anyone: Anyone, Query(wanted): Query<Wanted>) -> Result<Response> {
    let (lang, wanted) = (anyone.lang, wanted.first_page());
    let mut tx = anyone.begin().await?;
    let found = published(&mut tx, &wanted, ENTRIES).await?;
    let offices = offices::names(&mut tx, lang).await?;
    let site = &anyone.settings().url;
    let t = Text(lang);
    let entries = found.iter().map(|opening| Entry {
        address: format!("{site}/openings/{}", opening.id),
        title: printable(opening.title(lang)),
        summary: t.summary(
            opening.place(&offices, lang),
            area_name(&opening.area, lang),
            lang.date(opening.starts_on),
            opening.months,
        ),
        content: printable(opening.description(lang)),
        area: opening.area.clone(),
        published: stamp(opening.published_at.unwrap_or(opening.edited_at)),
        updated: stamp(opening.published_at.map_or(opening.edited_at, |at| at.max(opening.edited_at))),
    });
    let entries: Vec<Entry> = entries.collect();
    let view = View {
        lang,
        title: printable(Words { text: list_title(&wanted, lang), lang }).text,
        feed: wanted.address("/openings.atom"),
        page: wanted.address("/openings"),
        updated: entries.iter().map(|e| e.updated.clone()).max().unwrap_or_else(|| stamp(tx.now())),
        site: site.clone(),
        entries,
    };
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], view.render()?).into_response())
}

/// RFC 3339, always as long and in UTC: the order of the words is that of the moments.
fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// XML 1.0 has no place for some characters, even escaped.
fn printable(words: Words) -> Words {
    let is_known = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    Words { text: words.text.chars().filter(is_known).collect(), ..words }
}

texts!(Text {
    summary(place, area, from, months): "{place}. {area}. From {from}, {months} months.", "{place}. {area}. À partir du {from}, {months} mois.",
        "{place}. {area}. Desde el {from}, {months} meses.";
});
