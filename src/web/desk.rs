//! Where somebody's work begins.

use crate::domain::role::RoleName;

/// One line per role, the one that counts first if somebody holds several.
const DESKS: [(RoleName, &str); 6] = [
    (RoleName::HrReviewer, "/review/home"),
    (RoleName::Supervisor, "/supervision/home"),
    (RoleName::HrDirector, "/direction"),
    (RoleName::MedicalOfficer, "/medical/home"),
    (RoleName::Administrator, "/administration/home"),
    (RoleName::Candidate, "/profile"),
];

/// `/` if there is no page for these roles.
pub fn desk(roles: &[RoleName]) -> &'static str {
    DESKS.into_iter().find(|(role, _)| roles.contains(role)).map_or("/", |(_, address)| address)
}
