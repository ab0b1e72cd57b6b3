//! The six roles of the programme (`lifecycle.md`).

/// What somebody may be. A person may hold several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RoleName {
    Candidate,
    HrReviewer,
    Supervisor,
    HrDirector,
    MedicalOfficer,
    Administrator,
}

impl RoleName {
    pub const ALL: [RoleName; 6] = [
        RoleName::Candidate,
        RoleName::HrReviewer,
        RoleName::Supervisor,
        RoleName::HrDirector,
        RoleName::MedicalOfficer,
        RoleName::Administrator,
    ];

    /// The code used in the database, the audit trail and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            RoleName::Candidate => "candidate",
            RoleName::HrReviewer => "hr_reviewer",
            RoleName::Supervisor => "supervisor",
            RoleName::HrDirector => "hr_director",
            RoleName::MedicalOfficer => "medical_officer",
            RoleName::Administrator => "administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Everybody but candidates works for the organisation.
    pub fn is_staff(self) -> bool {
        self != RoleName::Candidate
    }
}
