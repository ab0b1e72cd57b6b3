//! Human Resources proposes placements, offers them, calls them off, and sees what becomes of them.

mod cancel;
mod end_early;
mod export;
mod extension;
mod letter;
mod list;
mod no_show;
mod offer;
mod plan;
mod propose;
mod reason;
mod rescind;
mod show;
mod start;
mod support;
mod under_way;
mod waiver;

use crate::db::Tx;
use crate::domain::placement::{AnyPlacement, Facts, State};
use crate::domain::terms::Stay;
use crate::explain::terms::Stated;
use crate::text::texts;
use crate::web::{App, Error, HrReviewer, Result};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(list::routes())
        .merge(under_way::routes())
        .merge(export::routes())
        .merge(propose::routes())
        .merge(show::routes())
        .merge(waiver::routes())
        .merge(offer::routes())
        .merge(letter::routes())
        .merge(rescind::routes())
        .merge(cancel::routes())
        .merge(start::routes())
        .merge(extension::routes())
        .merge(end_early::routes())
        .merge(no_show::routes())
}

/// One placement as Human Resources decides on it.
pub struct Case {
    pub case: AnyPlacement,
    pub application: Uuid,
    pub name: String,
    pub office: String,
    /// As computed when it was proposed; once it is offered, as offered.
    pub stated: Stated,
    /// Once it is offered.
    pub answer_by: Option<NaiveDate>,
    /// Why the last step was taken.
    pub reason: Option<String>,
}

impl Case {
    pub fn id(&self) -> Uuid {
        self.case.facts().id.0
    }

    pub fn version(&self) -> i32 {
        self.case.facts().version
    }

    pub fn stay(&self) -> Stay {
        Stay { start: self.case.facts().starts_on, end: self.case.facts().ends_on }
    }

    /// Whether the step after the version `seen` led to this state, for this reason: then it was pressed twice.
    pub fn is_done(&self, seen: i32, state: State, reason: &str) -> bool {
        seen.saturating_add(1) == self.version()
            && self.case.name() == state
            && self.reason.as_deref() == Some(reason)
    }
}

/// A placement that is not my own.
///
/// # Errors
/// [`Error::NotFound`] if there is none, it is the reader's own or the candidate withdrew.
pub async fn case(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Case> {
    let me = tx.actor();
    let row = sqlx::query!(
        r#"select p.application_id, p.office_id, p.supervisor_id, p.proposed_by, p.starts_on, p.ends_on, p.version,
               p.state, a.candidate_id, a.name, o.answer_by as "answer_by?",
               coalesce(p.current_terms, o.terms, p.terms) as "terms!",
               (select e.reason from audit_event e where e.subject = 'placement' and e.subject_id = p.id
                    and e.version = p.version) as reason
           from placement p join application a on a.id = p.application_id
           left join offer o on o.placement_id = p.id
           where p.id = $1 and a.state <> 'withdrawn' and a.candidate_id <> $2"#,
        id,
        me.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let facts = Facts {
        id: id.into(),
        candidate: row.candidate_id.into(),
        supervisor: row.supervisor_id.into(),
        proposed_by: row.proposed_by.into(),
        version: row.version,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    };
    Ok(Case {
        case: AnyPlacement::new(facts, State::from_code(&row.state).ok_or(Error::Missing("a known state"))?),
        application: row.application_id,
        name: row.name,
        office: row.office_id,
        stated: serde_json::from_value(row.terms)?,
        answer_by: row.answer_by,
        reason: row.reason,
    })
}

texts!(Shared {
    overtaken: "Something happened to this placement meanwhile. Read what is new, then decide again. What you typed is still here.",
        "Cette affectation a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta plaza ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
    keep: "Leave it as it is", "La laisser telle quelle", "Dejarla como está";
    why: "Why?", "Pourquoi ?", "¿Por qué?";
    why_hint: "The candidate and the supervisor read this.", "La personne candidate et la personne responsable liront ce texte.",
        "La persona candidata y la persona supervisora leerán este texto.";
    say_why: "Say why", "Indiquez pourquoi", "Indique por qué";
});
