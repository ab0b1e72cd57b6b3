//! Who fits some work: ranked by what people wish for, know and offer, and by nothing else.
//!
//! A rank is the sum of a few points, each of them with its reason. Age, gender, nationality and photograph cannot
//! count, because [`Stated`] does not hold them.

use super::OpeningId;
use super::eligibility::{LanguageSkills, Level, Outcome};
use super::opening::{Asked, ask};
use super::profile::{Dates, Profile, Wishes, fold};
use super::terms::{self, Stay, stay_end};
use chrono::NaiveDate;

/// What somebody is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    /// `None`: not announced; an office looks for somebody.
    pub opening: Option<OpeningId>,
    /// Id of the duty station.
    pub office: String,
    /// Its kind, such as `field_mission`, and the other duty stations of that kind.
    pub kind: &'static str,
    pub siblings: Vec<String>,
    /// `None`: any.
    pub area: Option<String>,
    /// What the area is called, in every language: a subject somebody studied may share a word with it.
    pub area_names: Vec<String>,
    /// ISO 639-1: a working knowledge of each is asked for.
    pub languages: Vec<String>,
    /// The first day, or later.
    pub start: NaiveDate,
}

/// What counts of a profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    pub wishes: Wishes,
    pub languages: Vec<LanguageSkills>,
    pub dates: Dates,
    /// Degrees and subjects, in the candidate's words.
    pub subjects: Vec<String>,
    pub openings: Vec<OpeningId>,
}

impl Stated {
    pub fn of(profile: &Profile) -> Stated {
        Stated {
            wishes: profile.wishes.clone(),
            languages: profile.languages.clone(),
            dates: profile.dates,
            subjects: profile.education.iter().map(|education| education.subject.clone()).collect(),
            openings: profile.openings.iter().map(|named| named.id).collect(),
        }
    }
}

/// How the duty station meets the wishes, from best to worst.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// It is the nth of the wishes, from 1.
    Here(usize),
    Anywhere,
    /// Others of the same kind are wished for.
    SameKind,
    Elsewhere,
}

/// How the area of work meets wishes and studies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Area {
    /// The work is in any area.
    Any,
    Wished,
    /// A subject that was studied is called like it.
    Studied(String),
    Other,
}

/// When somebody can come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Free {
    /// On the first day of the work, for the stay.
    OnTheDay(Stay),
    /// Only from a later day on.
    Later(Stay),
    /// Not for as long as the shortest stay.
    Never,
}

/// How well somebody fits, with everything that decided it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    /// The profile names this very opening.
    pub named: bool,
    pub wish: Wish,
    /// One answer for each language asked for.
    pub languages: Vec<Asked>,
    pub area: Area,
    pub free: Free,
    /// Whole months of the stay.
    pub months: u32,
    /// As long as the programme prefers, or longer.
    pub preferred_length: bool,
}

/// Points at most: a named opening, the wish, the languages, the area, the dates, the length.
pub const NAMED: u32 = 30;
pub const WISH: u32 = 30;
pub const LANGUAGES: u32 = 30;
pub const AREA: u32 = 20;
pub const DATES: u32 = 20;
pub const LENGTH: u32 = 10;

impl Work {
    /// What somebody in the pool may be found by, each with the points it is worth at most.
    pub fn keys(&self) -> Vec<(String, u32)> {
        let opening = self.opening.map(|id| (format!("opening:{id}"), NAMED));
        let places = [
            (format!("office:{}", self.office), WISH),
            ("anywhere".to_owned(), ANYWHERE),
            (format!("kind:{}", self.kind), SAME_KIND),
        ];
        let area = self.area.iter().map(|area| (format!("area:{area}"), AREA));
        let language = |code: &String| (format!("language:{code}"), share(LANGUAGES, self.languages.len()));
        opening.into_iter().chain(places).chain(area).chain(self.languages.iter().map(language)).collect()
    }

    /// Compares the work with what somebody states. `working_level` is the eligibility policy's.
    pub fn fit(&self, stated: &Stated, terms: &terms::Policy, working_level: Level) -> Fit {
        let free = self.free(stated.dates, terms);
        let months = match free {
            Free::OnTheDay(stay) | Free::Later(stay) => stay.length().months,
            Free::Never => 0,
        };
        Fit {
            named: self.opening.is_some_and(|id| stated.openings.contains(&id)),
            wish: self.wish(&stated.wishes),
            languages: ask(&self.languages, &stated.languages, working_level),
            area: self.area(stated),
            free,
            months,
            preferred_length: months >= terms.preferred_months,
        }
    }

    fn wish(&self, wishes: &Wishes) -> Wish {
        match wishes.offices.iter().position(|office| *office == self.office) {
            Some(nth) => Wish::Here(nth + 1),
            None if wishes.offices.is_empty() => Wish::Anywhere,
            None if wishes.offices.iter().any(|office| self.siblings.contains(office)) => Wish::SameKind,
            None => Wish::Elsewhere,
        }
    }

    fn area(&self, stated: &Stated) -> Area {
        match &self.area {
            None => Area::Any,
            Some(area) if stated.wishes.areas.contains(area) => Area::Wished,
            Some(_) => {
                let names: Vec<String> = self.area_names.iter().flat_map(|name| words(name)).collect();
                let studied = stated.subjects.iter().find(|subject| alike(&words(subject), &names));
                studied.map_or(Area::Other, |subject| Area::Studied(subject.clone()))
            }
        }
    }

    /// The stay that wishes and work leave, no longer than a first agreement.
    fn free(&self, dates: Dates, terms: &terms::Policy) -> Free {
        let start = dates.start.max(self.start);
        let end = dates.end.min(stay_end(start, terms.initial_months));
        if end < stay_end(start, terms.shortest_months) {
            return Free::Never;
        }
        let stay = Stay { start, end };
        if start == self.start { Free::OnTheDay(stay) } else { Free::Later(stay) }
    }
}

impl Fit {
    /// What the rank is made of: more is better, [`NAMED`] to [`LENGTH`] together at most.
    pub fn points(&self, work: &Work) -> u32 {
        let named = if self.named { NAMED } else { 0 };
        named
            + self.wish_points()
            + self.language_points()
            + match self.area {
                Area::Any | Area::Wished => AREA,
                Area::Studied(_) => AREA / 2,
                Area::Other => 0,
            }
            + self.date_points(work)
            + if self.preferred_length { LENGTH } else { LENGTH.min(self.months) }
    }

    fn wish_points(&self) -> u32 {
        match self.wish {
            Wish::Here(1) => WISH,
            Wish::Here(_) => WISH - 5,
            Wish::Anywhere => ANYWHERE,
            Wish::SameKind => SAME_KIND,
            Wish::Elsewhere => 0,
        }
    }

    /// Whoever may have a language without saying so gets half of its share; where none is asked for, all have it.
    fn language_points(&self) -> u32 {
        let worth = |asked: &Asked| match asked.outcome {
            Outcome::Met => 2,
            Outcome::NeedsInformation | Outcome::NeedsReview => 1,
            Outcome::NotMet => 0,
        };
        let halves: u32 = self.languages.iter().map(worth).sum();
        match u32::try_from(self.languages.len()).unwrap_or(u32::MAX) {
            0 => LANGUAGES,
            asked => LANGUAGES * halves / asked.saturating_mul(2),
        }
    }

    /// One point less for every week that the work has to wait, and one at least for whoever can come at all.
    fn date_points(&self, work: &Work) -> u32 {
        match self.free {
            Free::OnTheDay(_) => DATES,
            Free::Later(stay) => {
                let weeks = u32::try_from((stay.start - work.start).num_weeks()).unwrap_or(u32::MAX);
                DATES.saturating_sub(weeks.saturating_add(1)).max(1)
            }
            Free::Never => 0,
        }
    }

    /// The stay to propose; for whoever cannot come, the shortest one from the work's first day.
    pub fn stay(&self, work: &Work, terms: &terms::Policy) -> Stay {
        match self.free {
            Free::OnTheDay(stay) | Free::Later(stay) => stay,
            Free::Never => Stay { start: work.start, end: stay_end(work.start, terms.shortest_months) },
        }
    }
}

const ANYWHERE: u32 = WISH / 2;
const SAME_KIND: u32 = WISH / 3;

fn share(of: u32, parts: usize) -> u32 {
    of / u32::try_from(parts.max(1)).unwrap_or(u32::MAX)
}

/// The words of a name that say something, folded.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() >= 4).map(str::to_owned).collect()
}

/// Whether two lists share a word, be it in another number: `migration`, `migrations`.
fn alike(some: &[String], others: &[String]) -> bool {
    some.iter().any(|one| others.iter().any(|other| one.starts_with(other) || other.starts_with(one)))
}
