//! A candidate's offer: read it, accept or refuse it, ask for other dates.

mod accept;
mod dates;
mod letter;
mod refuse;
mod show;

use crate::db::Tx;
use crate::domain::placement::{AnyPlacement, Facts, State};
use crate::domain::step::Approval;
use crate::domain::terms::Stay;
use crate::explain::terms::Stated;
use crate::text::texts;
use crate::web::{App, Candidate, Error, Result};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(show::routes())
        .merge(accept::routes())
        .merge(refuse::routes())
        .merge(dates::routes())
        .merge(letter::routes())
}

/// An offer made to me.
pub struct Offer {
    pub case: AnyPlacement,
    pub application: Uuid,
    pub reference: String,
    pub office: String,
    pub area: String,
    pub supervisor: String,
    /// As offered.
    pub stated: Stated,
    pub answer_by: NaiveDate,
    pub approval: Approval,
    /// Who gives a scholarship, as released.
    pub scholarship: Option<String>,
    /// Why the last step was taken.
    pub reason: Option<String>,
}

impl Offer {
    pub fn id(&self) -> Uuid {
        self.case.facts().id.0
    }

    pub fn version(&self) -> i32 {
        self.case.facts().version
    }

    pub fn stay(&self) -> Stay {
        Stay { start: self.case.facts().starts_on, end: self.case.facts().ends_on }
    }

    /// Whether it can be answered today.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.case.name() == State::Offered && today <= self.answer_by
    }

    pub fn is_accepted(&self) -> bool {
        matches!(
            self.case.name(),
            State::Accepted | State::Ready | State::Started | State::Completed | State::EndedEarly
        )
    }

    /// Whether the step after the version `seen` led to this state: then it was pressed twice.
    pub fn is_done(&self, seen: i32, state: State) -> bool {
        seen.saturating_add(1) == self.version() && self.case.name() == state
    }
}

/// My offer, whatever became of it.
///
/// # Errors
/// [`Error::NotFound`] if none was made to me.
pub async fn offer(tx: &mut Tx<Candidate>, id: Uuid) -> Result<Offer> {
    let me = tx.actor();
    let row = sqlx::query!(
        r#"select p.application_id, p.reference, p.office_id, p.area, p.supervisor_id, p.proposed_by, p.starts_on,
               p.ends_on, p.version, p.state, o.terms, o.answer_by, p.terms_of_reference as "terms_of_reference!",
               p.tasks as "tasks!", p.learning_goals as "learning_goals!",
               s.profile #>> '{funding,scholarship}' as scholarship,
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               (select e.reason from audit_event e where e.subject = 'placement' and e.subject_id = p.id
                    and e.version = p.version) as reason
           from placement p join offer o on o.placement_id = p.id
           join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join person v on v.id = p.supervisor_id
           where p.id = $1 and a.candidate_id = $2"#,
        id,
        me.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let facts = Facts {
        id: id.into(),
        candidate: me,
        supervisor: row.supervisor_id.into(),
        proposed_by: row.proposed_by.into(),
        version: row.version,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    };
    Ok(Offer {
        case: AnyPlacement::new(facts, State::from_code(&row.state).ok_or(Error::Missing("a known state"))?),
        application: row.application_id,
        reference: row.reference,
        office: row.office_id,
        area: row.area,
        supervisor: row.supervisor,
        stated: serde_json::from_value(row.terms)?,
        answer_by: row.answer_by,
        approval: Approval {
            terms_of_reference: row.terms_of_reference,
            tasks: row.tasks,
            learning_goals: row.learning_goals,
        },
        scholarship: row.scholarship,
        reason: row.reason,
    })
}

texts!(Shared {
    back: "Your offer", "Votre offre", "Su oferta";
    keep: "Decide later", "Décider plus tard", "Decidir más tarde";
    answer_by(day): "You have until the end of {day} to answer.", "Vous avez jusqu’à la fin du {day} pour répondre.",
        "Tiene hasta el final del {day} para responder.";
    overtaken: "Something happened to this offer meanwhile. Read what is new, then decide again. What you typed is still here.",
        "Cette offre a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta oferta ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
    accepted_meanwhile: "You have accepted this offer meanwhile, so nothing was changed. What you typed was sent to nobody, and is still here.",
        "Vous avez accepté cette offre entre-temps : rien n’a été modifié. Ce que vous avez saisi n’a été envoyé à personne et figure encore ici.",
        "Entretanto ha aceptado esta oferta: nada ha cambiado. Lo que escribió no se ha enviado a nadie y sigue aquí.";
    over_meanwhile: "This offer can no longer be answered. What you typed was sent to nobody, and is still here.",
        "Il n’est plus possible de répondre à cette offre. Ce que vous avez saisi n’a été envoyé à personne et figure encore ici.",
        "Ya no se puede responder a esta oferta. Lo que escribió no se ha enviado a nadie y sigue aquí.";
    typed: "What you had written", "Ce que vous aviez écrit", "Lo que había escrito";
});

impl Shared {
    /// What happened to an offer that somebody was still writing about.
    pub fn closed(self, is_accepted: bool) -> String {
        if is_accepted { self.accepted_meanwhile() } else { self.over_meanwhile() }
    }
}
