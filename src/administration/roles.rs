//! What somebody may do and where, as two forms ask for it.

use crate::domain::role::RoleName;
use crate::explain;
use crate::offices::Office;
use crate::text::{Lang, texts};
use crate::web::{Choice, Problem};

/// Roles of staff, and the offices of a supervisor.
pub struct Roles {
    pub roles: Vec<RoleName>,
    pub offices: Vec<String>,
}

impl Roles {
    /// # Errors
    /// No role, a supervisor without an office, an office without a supervisor, or one that is not among `known`.
    pub fn read(roles: &[String], offices: &[String], known: &[Office]) -> Result<Roles, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut read: Vec<RoleName> = roles
            .iter()
            .filter_map(|code| RoleName::from_code(code))
            .filter(|role| role.is_staff())
            .collect();
        read.dedup();
        let offices: Vec<String> = offices.iter().filter(|office| !office.is_empty()).cloned().collect();
        if read.is_empty() {
            problems.push(Problem::missing("role", |l| RoleWords(l).choose_role()));
        }
        let supervises = read.contains(&RoleName::Supervisor);
        if offices.iter().any(|office| known.iter().all(|open| open.id != *office)) {
            problems.push(Problem::at("office", |l| RoleWords(l).choose_open()));
        } else if supervises && offices.is_empty() {
            problems.push(Problem::missing("office", |l| RoleWords(l).choose_office()));
        } else if !supervises && !offices.is_empty() {
            problems.push(Problem::at("office", |l| RoleWords(l).only_supervisors()));
        }
        if problems.is_empty() { Ok(Roles { roles: read, offices }) } else { Err(problems) }
    }
}

pub fn roles_to_choose(chosen: &[String], lang: Lang) -> Vec<Choice> {
    let choice = |role: RoleName| {
        let is_chosen = chosen.iter().any(|code| code == role.code());
        Choice::new(role.code(), explain::role::name(role, lang), is_chosen)
    };
    RoleName::ALL.into_iter().filter(|role| role.is_staff()).map(choice).collect()
}

pub fn offices_to_choose(open: &[Office], chosen: &[String], lang: Lang) -> Vec<Choice> {
    open.iter()
        .map(|office| Choice::new(&office.id, office.name(lang), chosen.contains(&office.id)))
        .collect()
}

texts!(pub RoleWords {
    roles: "Roles", "Rôles", "Funciones";
    offices: "Offices", "Bureaux", "Oficinas";
    offices_hint: "Where a supervisor works. Other roles have no office.",
        "Où travaille une personne responsable de stage. Les autres rôles n’ont pas de bureau.",
        "Dónde trabaja una persona supervisora. Las demás funciones no tienen oficina.";
    choose_role: "Choose at least one role", "Choisissez au moins un rôle", "Elija al menos una función";
    choose_office: "Choose where the supervisor works", "Choisissez où travaille la personne responsable", "Elija dónde trabaja la persona supervisora";
    choose_open: "Choose offices that are open", "Choisissez des bureaux ouverts", "Elija oficinas abiertas";
    only_supervisors: "Only supervisors have offices: choose that role too, or no office",
        "Seules les personnes responsables de stage ont un bureau : choisissez aussi ce rôle, ou aucun bureau",
        "Solo las personas supervisoras tienen oficina: elija también esa función, o ninguna oficina";
});
