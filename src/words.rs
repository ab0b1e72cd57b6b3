//! What a search finds an application by: names and institutions, what was studied and done, and languages.

use crate::domain::profile::{Profile, search_key};
use crate::reference::languages;
use crate::text::Lang;

/// The search key of a profile. It begins with the name, because names are sorted by it.
pub fn of(profile: &Profile) -> String {
    let name = profile.about.full_name();
    let mut words = vec![name.as_str()];
    for education in &profile.education {
        words.extend([education.institution.as_str(), education.subject.as_str()]);
    }
    for experience in &profile.experience {
        words.extend([experience.role.as_str(), experience.organisation.as_str()]);
    }
    for language in profile.languages.iter().filter_map(|skills| languages::language(&skills.code)) {
        words.extend(Lang::ALL.map(|lang| language.name(lang)));
    }
    search_key(&words)
}
