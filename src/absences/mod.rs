//! Days on which an intern was not at work, recorded by either side: the kind and how many, never why.

mod intern;
mod read;
mod record;
mod supervisor;

use crate::db::Tx;
use crate::text::{Lang, texts};
use crate::underway::{Internship, Side};
use crate::web::actor::Actor;
use crate::web::{App, Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new().merge(intern::routes()).merge(supervisor::routes()).merge(read::routes())
}

/// What sort of absence: a document would say why, and nobody here asks for one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Sick,
    Leave,
    Studies,
    Other,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Sick, Kind::Leave, Kind::Studies, Kind::Other];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Sick => "sick",
            Kind::Leave => "leave",
            Kind::Studies => "studies",
            Kind::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn name(self, lang: Lang) -> String {
        let t = Shared(lang);
        match self {
            Kind::Sick => t.sick(),
            Kind::Leave => t.leave(),
            Kind::Studies => t.studies(),
            Kind::Other => t.other(),
        }
    }
}

/// One entry of the record.
pub struct Entry {
    pub id: Uuid,
    pub kind: Kind,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// Working days, halves among them; 0: it was no absence after all.
    pub days: Decimal,
    pub recorded_by: String,
    pub recorded_at: DateTime<Utc>,
    /// Another entry has taken its place.
    pub is_replaced: bool,
}

/// As much as anybody reads; an internship lasts nine months.
const ENTRIES: i64 = 500;

/// The entries of an internship, the newest days first. Whether the reader may have them is decided before.
///
/// # Errors
/// If the database fails.
pub async fn entries<R: Side>(tx: &mut Tx<Actor<R>>, placement: Uuid) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select b.id, b.kind, b.first_day, b.last_day, b.days, b.recorded_at, b.replaced_at,
               trim(p.given_names || ' ' || p.family_names) as "recorded_by!"
           from absence b join person p on p.id = b.recorded_by
           where b.placement_id = $1 order by b.first_day desc, b.id desc limit $2"#,
        placement,
        ENTRIES
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                id: row.id,
                kind: Kind::from_code(&row.kind).ok_or(Error::Missing("a known kind"))?,
                first_day: row.first_day,
                last_day: row.last_day,
                days: row.days,
                recorded_by: row.recorded_by,
                recorded_at: row.recorded_at,
                is_replaced: row.replaced_at.is_some(),
            })
        })
        .collect()
}

/// The record of an internship in words.
pub struct Record {
    pub t: Shared,
    pub name: String,
    /// Kind and days; empty if nobody was ever away.
    pub totals: Vec<(String, String)>,
    pub lines: Vec<Line>,
}

pub struct Line {
    pub id: Uuid,
    pub kind: String,
    pub dates: String,
    pub days: String,
    pub recorded_by: String,
    pub recorded_at: DateTime<Utc>,
    pub is_replaced: bool,
}

impl Record {
    pub fn of(now: &Internship, entries: &[Entry], lang: Lang) -> Record {
        let t = Shared(lang);
        let in_force = || entries.iter().filter(|entry| !entry.is_replaced);
        let total = |kind: Kind| -> Decimal { in_force().filter(|e| e.kind == kind).map(|e| e.days).sum() };
        let totals = Kind::ALL.into_iter().map(|kind| (kind, total(kind)));
        let line = |entry: &Entry| Line {
            id: entry.id,
            kind: entry.kind.name(lang),
            dates: match entry.first_day == entry.last_day {
                true => lang.date(entry.first_day),
                false => t.from_to(lang.date(entry.first_day), lang.date(entry.last_day)),
            },
            days: number(entry.days, lang),
            recorded_by: entry.recorded_by.clone(),
            recorded_at: entry.recorded_at,
            is_replaced: entry.is_replaced,
        };
        Record {
            t,
            name: now.name.clone(),
            totals: totals
                .filter(|(_, days)| !days.is_zero())
                .map(|(kind, days)| (kind.name(lang), number(days, lang)))
                .collect(),
            lines: entries.iter().map(line).collect(),
        }
    }
}

/// `2`, `0.5`, `0,5`.
fn number(days: Decimal, lang: Lang) -> String {
    let plain = days.normalize().to_string();
    if lang == Lang::En { plain } else { plain.replace('.', ",") }
}

texts!(pub Shared {
    sick: "Sick", "Maladie", "Enfermedad";
    leave: "Leave", "Congé", "Permiso";
    studies: "Studies or exams", "Études ou examens", "Estudios o exámenes";
    other: "Other", "Autre", "Otro";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    title: "Absences", "Absences", "Ausencias";
    totals: "In all", "En tout", "En total";
    entries: "Entries", "Saisies", "Registros";
    kind: "Kind", "Nature", "Tipo";
    dates: "Dates", "Dates", "Fechas";
    days: "Working days", "Jours ouvrés", "Días laborables";
    by: "Recorded by", "Saisi par", "Registrado por";
    corrected: "Corrected by another entry", "Corrigée par une autre saisie", "Corregido por otro registro";
    correct: "Correct", "Corriger", "Corregir";
    none: "No absence is recorded.", "Aucune absence n’est enregistrée.", "No hay ninguna ausencia registrada.";
});
