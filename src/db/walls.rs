//! The second wall: which rows of the database a unit of work meets, whatever its statements ask for.

use super::{Db, Signature};
use crate::domain::role::RoleName;

/// A role in the database. What each has rights to says `tests/it/database/grants.rs`, which rows it meets the newest
/// migration about walls. It holds statements that are ours; whoever can send others can leave it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wall {
    /// All rows, though not all rights: neither the schema changes nor what is written once. For the product itself, and
    /// for what people do with their own account.
    Server,
    /// All rows but the keys of medical files, and the placements of cases closed by a conflict of interest; no secrets.
    Staff,
    /// A candidate's own.
    Candidate,
    /// The cases of a supervisor, and of those they stand in for.
    Supervisor,
    /// Medical documents, and whose they are: a name and a placement.
    Medical,
}

impl Wall {
    pub fn around(role: RoleName) -> Wall {
        match role {
            RoleName::Candidate => Wall::Candidate,
            RoleName::Supervisor => Wall::Supervisor,
            RoleName::MedicalOfficer => Wall::Medical,
            RoleName::HrReviewer | RoleName::HrDirector | RoleName::Administrator => Wall::Staff,
        }
    }

    fn role(self) -> &'static str {
        match self {
            Wall::Server => "stagiaire_server",
            Wall::Staff => "stagiaire_staff",
            Wall::Candidate => "stagiaire_candidate",
            Wall::Supervisor => "stagiaire_supervisor",
            Wall::Medical => "stagiaire_medical",
        }
    }
}

impl Db {
    /// How a unit of work begins, in one message. Nothing in it was typed by anybody.
    pub(super) fn beginning(&self, who: Signature, wall: Wall) -> String {
        let role = wall.role();
        match who.person {
            Some(person) if wall != Wall::Server => format!(
                "begin; set local role {role}; set local stagiaire.person = '{}'; set local stagiaire.day = '{}'",
                person.0,
                who.now.with_timezone(&self.zone).date_naive()
            ),
            _ => format!("begin; set local role {role}"),
        }
    }
}
