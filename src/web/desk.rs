//! Where somebody's work begins, or goes on.

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

/// A path of ours to go on to. Anything that a browser could take for another site is none.
pub fn local(next: &str) -> Option<&str> {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.chars().all(|c| c.is_ascii_graphic());
    plain.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_paths_of_ours_are_followed() {
        assert_eq!(local("/review/1?version=2"), Some("/review/1?version=2"));
        for elsewhere in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:1", "/a\tb", "/é"]
        {
            assert_eq!(local(elsewhere), None, "{elsewhere}");
        }
    }

    proptest::proptest! {
        /// A browser drops tabs and line breaks, and takes a backslash for a slash.
        #[test]
        fn whatever_is_followed_stays_here(next in "[/\\\\\t\n :@.ae?#%]{0,8}|\\PC{0,8}") {
            if let Some(path) = local(&next) {
                let read: String = path.chars().filter(|c| !c.is_control()).collect();
                let read = read.replace('\\', "/");
                assert!(read.starts_with('/') && !read.starts_with("//"), "{next:?}");
            }
        }
    }
}
