//! The dates of the internship as iCalendar (RFC 5545): first day, mid-term evaluation, last day.

use crate::domain::calendar::day_after;
use crate::domain::placement::mid_term_on;
use crate::offices;
use crate::text::{Lang, texts};
use crate::underway::{Internship, internship};
use crate::web::{App, Candidate, Path, Result};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/internship/{id}/calendar.ics", get(file))
}

async fn file(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let places = offices::names(&mut tx, me.lang).await?;
    let place = places.get(&now.office).unwrap_or(&now.office);
    let mut response = calendar(&now, place, tx.now(), me.lang).to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"internship.ics\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

fn calendar(now: &Internship, place: &str, at: DateTime<Utc>, lang: Lang) -> Calendar {
    let t = Text(lang);
    let stay = now.stay();
    let half = mid_term_on(stay.start, stay.end);
    let days = [
        ("first-day", stay.start, t.first_day(place)),
        ("mid-term", half, t.mid_term(place)),
        ("last-day", stay.end, t.last_day(place)),
    ];
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Stagiaire//Internship//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    for (which, day, summary) in days {
        calendar.push(event(now, which, day, &summary, place, at, lang));
    }
    calendar
}

/// One whole day. Its identifier stays the same however the days move, and whoever reads a later version knows it by
/// its number (RFC 5545, 3.8.7.4).
fn event(
    now: &Internship,
    which: &str,
    day: NaiveDate,
    summary: &str,
    place: &str,
    at: DateTime<Utc>,
    lang: Lang,
) -> Event {
    Event::new()
        .uid(&format!("{which}-{}@stagiaire", now.id()))
        .sequence(u32::try_from(now.version()).unwrap_or(0))
        .timestamp(at)
        // a day ends where the next begins: the end must be later than the start (RFC 5545, 3.8.2.2)
        .starts(day)
        .ends(day_after(day))
        .summary(summary)
        .location(place)
        .description(&Text(lang).with(&now.supervisor, &now.supervisor_email, &now.reference))
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}

texts!(Text {
    first_day(place): "First day of the internship, {place}", "Premier jour du stage, {place}", "Primer día de la pasantía, {place}";
    mid_term(place): "Mid-term evaluation of the internship, {place}", "Évaluation à mi-parcours du stage, {place}", "Evaluación intermedia de la pasantía, {place}";
    last_day(place): "Last day of the internship, {place}", "Dernier jour du stage, {place}", "Último día de la pasantía, {place}";
    with(supervisor, email, reference): "Supervisor: {supervisor}, {email}\nReference: {reference}", "Responsable : {supervisor}, {email}\nRéférence : {reference}",
        "Persona supervisora: {supervisor}, {email}\nReferencia: {reference}";
});
