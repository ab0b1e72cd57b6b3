//! Supervisors decide on placements proposed to them.

mod approve;
mod complete;
mod decided;
mod decline;
mod document;
mod evaluate;
mod extend;
mod interns;
mod queue;
mod show;
mod start;

use crate::db::Tx;
use crate::domain::placement::{AnyPlacement, Facts, State};
use crate::domain::profile::Profile;
use crate::domain::step::{Approval, Step};
use crate::domain::terms::Stay;
use crate::explain::terms::Stated;
use crate::text::texts;
use crate::web::{App, Error, Result, Supervisor};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(queue::routes())
        .merge(decided::routes())
        .merge(interns::routes())
        .merge(show::routes())
        .merge(document::routes())
        .merge(approve::routes())
        .merge(decline::routes())
        .merge(start::routes())
        .merge(evaluate::routes())
        .merge(extend::routes())
        .merge(complete::routes())
}

/// One placement of mine, or of somebody for whom I stand in.
pub struct Case {
    pub case: AnyPlacement,
    pub reference: String,
    pub name: String,
    /// The name of the supervisor for whom I stand in.
    pub instead_of: Option<String>,
    pub office: String,
    pub area: String,
    pub since: DateTime<Utc>,
    pub proposer: String,
    pub stated: Stated,
    pub approval: Option<Approval>,
    pub reason: Option<String>,
    /// The newest version of the profile.
    pub profile: Profile,
    pub application: Uuid,
    pub latest: i32,
}

impl Case {
    pub fn state(&self) -> State {
        self.case.name()
    }

    pub fn id(&self) -> Uuid {
        self.case.facts().id.0
    }

    pub fn version(&self) -> i32 {
        self.case.facts().version
    }

    pub fn stay(&self) -> Stay {
        Stay { start: self.case.facts().starts_on, end: self.case.facts().ends_on }
    }

    /// Whether the profile is still for me: not once the placement is off, nor after the candidate withdrew.
    pub fn may_read_profile(&self) -> bool {
        !matches!(
            self.state(),
            State::Declined | State::Cancelled | State::Refused | State::Lapsed | State::Rescinded
        )
    }
}

/// A placement that I supervise today; what I do with one of an absent colleague is done for the colleague.
///
/// # Errors
/// [`Error::NotFound`] if there is none, [`Error::Erased`] if its candidate is gone.
pub async fn case(tx: &mut Tx<Supervisor>, id: Uuid) -> Result<Case> {
    let (me, today) = (tx.actor(), tx.today());
    let row = sqlx::query!(
        r#"select p.application_id, p.reference, p.supervisor_id, p.office_id, p.area, p.starts_on, p.ends_on,
               coalesce(p.current_terms, f.terms, p.terms) as "terms!", p.proposed_by, p.version,
               p.state, p.state_since, p.terms_of_reference, p.tasks, p.learning_goals,
               a.candidate_id, a.name, a.latest, s.profile,
               trim(h.given_names || ' ' || h.family_names) as "proposer!",
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               exists (select from person c where c.id = a.candidate_id and c.erased_at is not null) as "erased!",
               (select e.reason from audit_event e where e.subject = 'placement' and e.subject_id = p.id
                order by e.id desc limit 1) as reason
           from placement p join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join person h on h.id = p.proposed_by
           join person v on v.id = p.supervisor_id
           left join offer f on f.placement_id = p.id
           where p.id = $1 and p.id in (select placement_id from supervised($2, $3))"#,
        id,
        me.0,
        today
    )
    .fetch_one(&mut **tx)
    .await?;
    if row.erased {
        return Err(Error::Erased);
    }
    let instead_of = (row.supervisor_id != me.0).then_some(row.supervisor);
    if instead_of.is_some() {
        tx.act_for(row.supervisor_id.into());
    }
    let facts = Facts {
        id: id.into(),
        candidate: row.candidate_id.into(),
        supervisor: row.supervisor_id.into(),
        proposed_by: row.proposed_by.into(),
        version: row.version,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    };
    let approval = row.terms_of_reference.zip(row.tasks).zip(row.learning_goals);
    Ok(Case {
        case: AnyPlacement::new(facts, State::from_code(&row.state).ok_or(Error::Missing("a known state"))?),
        reference: row.reference,
        name: row.name,
        instead_of,
        office: row.office_id,
        area: row.area,
        since: row.state_since,
        proposer: row.proposer,
        stated: serde_json::from_value(row.terms)?,
        approval: approval.map(|((terms_of_reference, tasks), learning_goals)| Approval {
            terms_of_reference,
            tasks,
            learning_goals,
        }),
        reason: row.reason,
        profile: serde_json::from_value(row.profile)?,
        application: row.application_id,
        latest: row.latest,
    })
}

/// What became of a decision.
pub enum Decided {
    /// It is taken; or it was, by the same person a moment ago.
    Taken,
    /// Something happened meanwhile: how the case stands now.
    Overtaken(Box<Case>),
}

/// Takes the step that a form has earned, if its writer saw the placement as it stands. `is_done` tells whether a
/// placement says what the form says already: then it was pressed twice.
pub async fn decide(
    mut tx: Tx<Supervisor>,
    now: Case,
    seen: i32,
    step: Option<Step>,
    is_done: impl Fn(&Case) -> bool,
) -> Result<Decided> {
    let now = match step.filter(|_| seen == now.version()) {
        Some(step) => match tx.take(&step).await {
            Ok(done) if done.is_fresh() => {
                tx.commit(done).await?;
                return Ok(Decided::Taken);
            }
            Ok(_) | Err(crate::db::Error::Conflict) => case(&mut tx, now.id()).await?,
            Err(error) => return Err(error.into()),
        },
        None => now,
    };
    Ok(match seen.saturating_add(1) == now.version() && is_done(&now) {
        true => Decided::Taken,
        false => Decided::Overtaken(Box::new(now)),
    })
}

texts!(Shared {
    overtaken: "Something happened to this placement meanwhile. Read what is new, then decide again. What you typed is still here.",
        "Cette affectation a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta plaza ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
    keep: "Decide later", "Décider plus tard", "Decidir más tarde";
});
