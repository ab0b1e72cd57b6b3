//! A search of the queue in its three forms: the address, the words of the box, and what the database is asked.

use super::queue_rows::{Place, Sort};
use crate::domain::application::State;
use crate::domain::eligibility::{Track, Verdict};
use crate::domain::profile::{search_alike, search_pattern};
use crate::domain::search::{Fault, Key, Search, Term, What, Why, parse};
use crate::offices::{Kind, Office};
use crate::reference::{areas, countries};
use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

/// Everything but what was taken back, which nobody finds.
pub const STATES: [State; 7] = [
    State::Released,
    State::InReview,
    State::ChangesRequested,
    State::Pooled,
    State::Placed,
    State::NotSelected,
    State::Expired,
];
/// The languages the programme works in.
pub const WORKING: [&str; 3] = ["en", "fr", "es"];
pub const PLACES: [(&str, Kind); 3] =
    [("headquarters", Kind::Headquarters), ("field", Kind::FieldMission), ("country", Kind::CountryOffice)];

macro_rules! filters {
    ($($field:ident: $key:ident),+) => {
        /// The address is the view: whoever keeps it keeps the filters.
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct Filters {
            $(#[serde(skip_serializing_if = "String::is_empty")]
            pub $field: String,)+
            /// What only words say.
            #[serde(skip_serializing_if = "String::is_empty")]
            pub q: String,
            #[serde(skip_serializing_if = "String::is_empty")]
            pub sort: String,
            /// Whether words may be mistyped.
            #[serde(skip_serializing_if = "String::is_empty")]
            pub alike: String,
            #[serde(skip_serializing_if = "String::is_empty")]
            pub after: String,
            #[serde(skip_serializing_if = "String::is_empty")]
            pub before: String,
        }

        impl Filters {
            pub fn of(&self, key: Key) -> &str {
                match key {
                    $(Key::$key => &self.$field),+
                }
            }

            fn set(&mut self, key: Key, value: String) {
                match key {
                    $(Key::$key => self.$field = value),+
                }
            }
        }

        /// The name a key has in the address.
        pub fn field(key: Key) -> &'static str {
            match key {
                $(Key::$key => stringify!($field)),+
            }
        }
    };
}

filters! {
    state: Is, verdict: Rule, area: Area, place: Place, office: Office, track: Track, language: Lang,
    country: Country, assignee: Assignee, waiting: Waiting, start: Start
}

/// What the database is asked; see `cases_found`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Wanted {
    pub state: &'static str,
    pub tags: Vec<String>,
    pub one_of: Option<Vec<String>>,
    pub not_tags: Vec<String>,
    pub assignee: Option<Uuid>,
    pub of_nobody: bool,
    pub waiting_before: Option<DateTime<Utc>>,
    pub starts_before: Option<NaiveDate>,
    pub words: Vec<String>,
    pub without: Vec<String>,
    pub alike: Vec<String>,
    /// Whether so much is asked for that few rows may fit: unless they turn out to be many, they are then met in the index
    /// of filters and words. Otherwise enough of them are met along the order of the page.
    pub by_index: bool,
    #[serde(skip)]
    pub with_skipped: bool,
}

/// Who asks, when, and which offices there are: what a search depends on beside its words.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub me: Uuid,
    pub now: DateTime<Utc>,
    pub offices: &'a [Office],
}

/// Whether a key of a fixed list has a value, in lower case.
pub fn is_known(key: Key, value: &str, offices: &[Office]) -> bool {
    match key {
        Key::Is => STATES.iter().any(|state| state.code() == value),
        Key::Rule => Verdict::from_code(value).is_some(),
        Key::Area => areas::area(value).is_some(),
        Key::Place => PLACES.iter().any(|(code, _)| *code == value),
        Key::Office => offices.iter().any(|office| office.id == value),
        Key::Track => Track::from_code(value).is_some(),
        Key::Lang => WORKING.contains(&value),
        Key::Country => countries::country(&value.to_uppercase()).is_some(),
        Key::Assignee => ["me", "none"].contains(&value),
        Key::Waiting | Key::Start => true,
    }
}

impl Filters {
    /// A search that was kept, as an address.
    pub fn of_text(text: &str, sort: &str, offices: &[Office]) -> Filters {
        let said = Filters { q: text.to_owned(), sort: sort.to_owned(), ..Filters::default() };
        said.tidied(offices).0
    }

    /// The one form of every view: filters that the box names move to their place, what nobody could have chosen counts
    /// as not chosen, and what cannot be understood stays in the box and is told.
    pub fn tidied(self, offices: &[Office]) -> (Filters, Vec<Fault>) {
        let known = |key: Key, value: &str| is_known(key, value, offices);
        let (search, faults) = self.understood(known);
        let open_ended = |fault: &&Fault| fault.why != Why::OpenQuote; // the phrase itself is understood
        let not_understood = faults.iter().filter(open_ended).map(|fault| fault.term.clone());
        let mut tidy = Filters {
            q: std::iter::once(search.box_text()).chain(not_understood).collect::<Vec<_>>().join(" "),
            sort: Sort::read(&self.sort).code(),
            alike: if self.alike.is_empty() { String::new() } else { "1".to_owned() },
            after: self.after,
            before: self.before,
            ..Filters::default()
        };
        tidy.q = tidy.q.trim().to_owned();
        for (key, value) in search.filters {
            tidy.set(key, value);
        }
        if tidy.state == State::Released.code() {
            tidy.state.clear();
        }
        (tidy, faults)
    }

    /// What was chosen together with what was typed, and what of the words cannot be understood.
    fn understood(&self, known: impl Fn(Key, &str) -> bool) -> (Search, Vec<Fault>) {
        let typed: String = self.q.chars().filter(|c| !c.is_control()).take(400).collect();
        let (said, faults) = parse(&typed, &known);
        let (mut search, _) = parse(&self.chosen().to_string(), &known);
        for (key, value) in said.filters {
            search.add(key, value);
        }
        search.terms.extend(said.terms);
        (search, faults)
    }

    /// The filters alone. Keys of the address hold what could have been typed.
    fn chosen(&self) -> Search {
        let plain = |value: &str| !value.contains(|c: char| c.is_whitespace() || c == '"' || c.is_control());
        let filters = Key::ALL.iter().map(|key| (*key, self.of(*key).to_lowercase()));
        Search {
            filters: filters.filter(|(_, value)| !value.is_empty() && plain(value)).collect(),
            terms: Vec::new(),
        }
    }

    /// The whole search in words, as it is kept under a name.
    pub fn search(&self, offices: &[Office]) -> Search {
        self.understood(|key, value| is_known(key, value, offices)).0
    }

    pub fn state(&self) -> State {
        STATES.into_iter().find(|state| state.code() == self.state).unwrap_or(State::Released)
    }

    pub fn sort(&self) -> Sort {
        Sort::read(&self.sort)
    }

    pub fn place(&self) -> Place {
        Place::read(&self.after, &self.before)
    }

    /// The same view from its beginning.
    pub fn first_page(&self) -> Filters {
        Filters { after: String::new(), before: String::new(), ..self.clone() }
    }

    /// The same view without one filter.
    pub fn without(&self, key: Key) -> Filters {
        let mut rest = Filters { alike: String::new(), ..self.first_page() };
        rest.set(key, String::new());
        rest
    }

    /// After the question mark; empty for the queue itself.
    pub fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }

    pub fn address(&self) -> String {
        at("/review", &self.query())
    }

    /// What the database is asked.
    pub fn wanted(&self, context: Context<'_>) -> Wanted {
        let search = self.search(context.offices);
        let mut wanted = Wanted {
            state: self.state().code(),
            tags: Vec::new(),
            one_of: None,
            not_tags: Vec::new(),
            assignee: None,
            of_nobody: false,
            waiting_before: None,
            starts_before: None,
            words: Vec::new(),
            without: Vec::new(),
            alike: Vec::new(),
            by_index: false,
            with_skipped: true,
        };
        for (key, value) in &search.filters {
            wanted.ask(*key, value, context);
        }
        // a phrase is meant as it is written
        let (mut words, mut alike): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for Term { not, what } in &search.terms {
            match (not, what) {
                (false, What::Filter(key, value)) => wanted.ask(*key, value, context),
                (true, What::Filter(key, value)) => {
                    wanted.not_tags.extend(places(*key, value, context.offices))
                }
                (false, What::Word(text)) if !self.alike.is_empty() => alike.push(text),
                (false, What::Word(text) | What::Phrase(text)) => words.push(text),
                (true, What::Word(text) | What::Phrase(text)) => wanted.without.extend(search_pattern(text)),
            }
        }
        for some in [&mut words, &mut alike] {
            some.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        }
        wanted.words = words.into_iter().filter_map(search_pattern).collect();
        wanted.alike = alike.into_iter().filter_map(search_alike).take(2).collect();
        wanted.by_index = wanted.is_rare();
        wanted
    }
}

/// An address with its query, if there is one.
pub fn at(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The tags of a filter.
fn places(key: Key, value: &str, offices: &[Office]) -> Vec<String> {
    match key {
        Key::Office => vec![format!("office:{value}")],
        Key::Place => {
            let kind = PLACES.iter().find(|(code, _)| *code == value).map(|(_, kind)| *kind);
            let of_kind = offices.iter().filter(|office| Some(office.kind) == kind);
            of_kind.map(|office| format!("office:{}", office.id)).collect()
        }
        Key::Country => vec![format!("country:{}", value.to_uppercase())],
        key => vec![format!("{}:{value}", key.code())],
    }
}

impl Wanted {
    fn is_rare(&self) -> bool {
        // many work in a language, and many have a verdict
        let is_frequent = |tag: &String| tag.starts_with("lang:") || tag.starts_with("rule:");
        self.one_of.is_some()
            || self.tags.len() > 1
            || !self.tags.iter().all(is_frequent)
            || !self.words.is_empty()
            || !self.alike.is_empty()
    }

    fn ask(&mut self, key: Key, value: &str, context: Context<'_>) {
        match key {
            Key::Is => {}
            Key::Office | Key::Place => {
                let mut these = places(key, value, context.offices);
                // whoever can work anywhere can work there
                these.push("office:any".to_owned());
                match &mut self.one_of {
                    None => self.one_of = Some(these),
                    // a duty station and its kind, or two: whatever fits both
                    Some(there) => there.retain(|tag| these.contains(tag)),
                }
            }
            Key::Assignee => {
                self.assignee = (value == "me").then_some(context.me);
                self.of_nobody = value == "none";
            }
            Key::Waiting => {
                let days = value.parse().ok().map(Days::new);
                self.waiting_before = days.and_then(|days| context.now.checked_sub_days(days));
            }
            Key::Start => self.starts_before = value.parse().ok(),
            key => self.tags.extend(places(key, value, context.offices)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidy(query: &str) -> (String, usize) {
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let (filters, faults) = filters.tidied(&[]);
        (filters.query(), faults.len())
    }

    #[test]
    fn what_the_box_names_moves_to_its_filter() {
        for (query, tidied) in [
            ("", ""),
            ("q=is:pooled+lang:fr+ana", "state=pooled&language=fr&q=ana"),
            ("q=lang:fr&language=es", "language=es&q=lang%3Afr"),
            ("q=is:pooled&state=in_review&language=es", "state=pooled&language=es"),
            ("q=is:released+area:field+waiting:%3E12d", "place=field&waiting=12"),
            ("q=-lang:es+%22a+b%22&state=released&sort=x", "q=-lang%3Aes+%22a+b%22"),
            ("language=FR&country=pe&verdict=x&waiting=-1&assignee=you", "language=fr&country=pe"),
            ("sort=-name&after=zz", "sort=-name&after=zz"),
        ] {
            assert_eq!(tidy(query), (tidied.to_owned(), 0), "{query}");
            assert_eq!(tidy(tidied), (tidied.to_owned(), 0), "again: {tidied}");
        }
        assert_eq!(tidy("q=colour:red+ana"), ("q=ana+colour%3Ared".to_owned(), 1));
    }

    #[test]
    fn a_view_is_the_same_in_words() {
        for query in
            ["state=pooled&language=fr&q=ana+-lang%3Aes", "place=field&waiting=12&start=2027-03-01", ""]
        {
            let filters: Filters = serde_html_form::from_str(query).unwrap();
            let text = filters.search(&[]).to_string();
            assert_eq!(Filters::of_text(&text, "", &[]).query(), query, "{text}");
        }
    }
}
