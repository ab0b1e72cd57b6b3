//! A placement from the day it is agreed, as its three sides see it: the intern, the supervisor, Human Resources.

pub mod anew;
pub mod certificates;
pub mod evaluations;
pub mod export;
pub mod extensions;
pub mod list;
pub mod periods;
pub mod start;
pub mod story;

use crate::db::Tx;
use crate::domain::PersonId;
use crate::domain::placement::{AnyPlacement, Facts, State};
use crate::domain::profile::Profile;
use crate::domain::step::Approval;
use crate::domain::terms::Stay;
use crate::explain::terms::Stated;
use crate::text::texts;
use crate::web::actor::{Actor, Role, role};
use crate::web::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A role that has to do with internships: which are its own, and where it reads about one.
pub trait Side: Role {
    const NAME_OF_SIDE: &'static str;

    /// The page of an internship.
    fn home(id: Uuid) -> String;
}

impl Side for role::Candidate {
    const NAME_OF_SIDE: &'static str = "intern";

    fn home(id: Uuid) -> String {
        format!("/internship/{id}")
    }
}

impl Side for role::Supervisor {
    const NAME_OF_SIDE: &'static str = "supervisor";

    fn home(id: Uuid) -> String {
        format!("/supervision/{id}")
    }
}

impl Side for role::HrReviewer {
    const NAME_OF_SIDE: &'static str = "human_resources";

    fn home(id: Uuid) -> String {
        format!("/placements/{id}")
    }
}

/// A placement that was agreed.
pub struct Internship {
    pub case: AnyPlacement,
    pub reference: String,
    /// The intern's, as released.
    pub name: String,
    pub office: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub area: String,
    pub since: DateTime<Utc>,
    pub supervisor: String,
    pub supervisor_email: String,
    pub stated: Stated,
    pub approval: Option<Approval>,
    /// The newest version of the profile, and the day it was released.
    pub profile: Profile,
    pub released_on: NaiveDate,
}

impl Internship {
    pub fn id(&self) -> Uuid {
        self.case.facts().id.0
    }

    pub fn state(&self) -> State {
        self.case.name()
    }

    pub fn version(&self) -> i32 {
        self.case.facts().version
    }

    pub fn stay(&self) -> Stay {
        Stay { start: self.case.facts().starts_on, end: self.case.facts().ends_on }
    }

    pub fn candidate(&self) -> PersonId {
        self.case.facts().candidate
    }
}

/// An internship that is the reader's own: an intern's, a supervisor's or that of a supervisor for whom the reader
/// stands in, or any but one's own for Human Resources.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn internship<R: Side>(tx: &mut Tx<Actor<R>>, id: Uuid) -> Result<Internship> {
    let (me, today) = (tx.actor(), tx.today());
    let row = sqlx::query!(
        r#"select p.reference, p.office_id, p.area, p.starts_on, p.ends_on, p.proposed_by, p.supervisor_id, p.version,
               p.state, p.state_since, p.terms_of_reference, p.tasks, p.learning_goals,
               coalesce(p.current_terms, f.terms, p.terms) as "terms!", a.candidate_id, a.name, s.profile, s.released_on,
               o.country, v.email as "email!",
               trim(v.given_names || ' ' || v.family_names) as "supervisor!"
           from placement p join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join office o on o.id = p.office_id
           join person v on v.id = p.supervisor_id
           left join offer f on f.placement_id = p.id
           where p.id = $1 and (p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early')
                    or (p.state = 'no_show' and $3 <> 'intern'))
               and case $3 when 'intern' then a.candidate_id = $2
                           when 'supervisor' then p.id in (select placement_id from supervised($2, $4))
                           else a.candidate_id <> $2 end"#,
        id,
        me.0,
        R::NAME_OF_SIDE,
        today
    )
    .fetch_one(&mut **tx)
    .await?;
    if R::NAME_OF_SIDE == role::Supervisor::NAME_OF_SIDE && row.supervisor_id != me.0 {
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
    Ok(Internship {
        case: AnyPlacement::new(facts, State::from_code(&row.state).ok_or(Error::Missing("a known state"))?),
        reference: row.reference,
        name: row.name,
        office: row.office_id,
        country: row.country,
        area: row.area,
        since: row.state_since,
        supervisor: row.supervisor,
        supervisor_email: row.email,
        stated: serde_json::from_value(row.terms)?,
        approval: approval.map(|((terms_of_reference, tasks), learning_goals)| Approval {
            terms_of_reference,
            tasks,
            learning_goals,
        }),
        profile: serde_json::from_value(row.profile)?,
        released_on: row.released_on,
    })
}

/// Whether the placement is still as its reader saw it; it then stays so until the commit.
///
/// # Errors
/// If the database fails.
pub async fn still_so<R>(tx: &mut Tx<R>, id: Uuid, seen: i32) -> Result<bool> {
    let held =
        sqlx::query_scalar!("select id from placement where id = $1 and version = $2 for update", id, seen);
    Ok(held.fetch_optional(&mut **tx).await?.is_some())
}

texts!(pub Shared {
    overtaken: "Something happened to this internship meanwhile. Read what is new, then decide again. What you typed is still here.",
        "Ce stage a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta pasantía ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
    keep: "Go back without changing anything", "Revenir sans rien changer", "Volver sin cambiar nada";
});
