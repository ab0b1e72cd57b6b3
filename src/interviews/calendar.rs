//! The interview as iCalendar (RFC 5545): its identifier stays, its number grows, and one that is off says so.

use super::{Case, Interview, case};
use crate::offices;
use crate::text::{Lang, texts};
use crate::underway::Side;
use crate::web::actor::{Actor, role};
use crate::web::{App, Error, Path, Result};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/interview/{id}/interview.ics", get(file::<role::Candidate>))
        .route("/supervision/{id}/interview/interview.ics", get(file::<role::Supervisor>))
        .route("/placements/{id}/interview/interview.ics", get(file::<role::HrReviewer>))
}

async fn file<R: Side>(me: Actor<R>, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let interview = now.interview.as_ref().ok_or(Error::NotFound)?;
    let starts_at = interview.starts_at.ok_or(Error::NotFound)?;
    let place = offices::names(&mut tx, me.lang).await?.remove(&now.office).unwrap_or(now.office.clone());
    let calendar = calendar(&now, interview, starts_at, &place, tx.now(), me.lang);
    let mut response = calendar.to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"interview.ics\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

fn calendar(
    now: &Case,
    interview: &Interview,
    starts_at: DateTime<Utc>,
    place: &str,
    at: DateTime<Utc>,
    lang: Lang,
) -> Calendar {
    let t = Text(lang);
    // whoever takes the file in answers nobody: it is published, or cancelled (RFC 5546, 3.2.1 and 3.2.5)
    let (method, status) = match interview.is_cancelled {
        true => ("CANCEL", "CANCELLED"),
        false => ("PUBLISH", "CONFIRMED"),
    };
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Stagiaire//Interview//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    let event = Event::new()
        .uid(&format!("interview-{}@stagiaire", now.id))
        .sequence(u32::try_from(interview.sequence).unwrap_or(0))
        .timestamp(at)
        .starts(starts_at)
        .ends(starts_at + TimeDelta::minutes(i64::from(interview.minutes)))
        .summary(&t.summary(place))
        .location(&interview.meeting)
        .description(&t.with(&now.name, &now.supervisor_name, &now.reference))
        .add_property("STATUS", status)
        .add_property("ORGANIZER", format!("mailto:{}", now.supervisor_email))
        .done();
    calendar.push(event);
    calendar
}

texts!(Text {
    summary(place): "Internship interview, {place}", "Entretien de stage, {place}", "Entrevista de pasantía, {place}";
    with(name, supervisor, reference): "Candidate: {name}\nSupervisor: {supervisor}\nReference: {reference}",
        "Personne candidate : {name}\nResponsable : {supervisor}\nRéférence : {reference}",
        "Persona candidata: {name}\nPersona supervisora: {supervisor}\nReferencia: {reference}";
});
