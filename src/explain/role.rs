//! What the six roles are called.

use crate::domain::role::RoleName;
use crate::text::{Lang, texts};

pub fn name(role: RoleName, lang: Lang) -> String {
    let t = Words(lang);
    match role {
        RoleName::Candidate => t.candidate(),
        RoleName::HrReviewer => t.hr_reviewer(),
        RoleName::Supervisor => t.supervisor(),
        RoleName::HrDirector => t.hr_director(),
        RoleName::MedicalOfficer => t.medical_officer(),
        RoleName::Administrator => t.administrator(),
    }
}

texts!(Words {
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    hr_reviewer: "Human Resources", "Ressources humaines", "Recursos Humanos";
    supervisor: "Supervisor", "Responsable de stage", "Persona supervisora";
    hr_director: "Director of Human Resources", "Direction des Ressources humaines", "Dirección de Recursos Humanos";
    medical_officer: "Medical officer", "Médecin", "Personal médico";
    administrator: "Administrator", "Administration", "Administración";
});
