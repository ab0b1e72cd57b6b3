//! The words of the queue's search box, and what they mean.
//!
//! ```text
//! search := { ["-"] ( key ":" value | "phrase" | word ) }
//! ```
//!
//! A key that is given once is a filter of the form beside the box; whatever else is said stays in the box. So both are
//! two forms of one search: [`Search`] reads either and writes the other.

use std::collections::BTreeMap;
use std::fmt;

/// More than so many words in a search tell nothing apart.
pub const MOST_TERMS: usize = 20;

macro_rules! keys {
    ($($(#[$meaning:meta])* $name:ident = $code:literal;)+) => {
        /// What a search can ask for by name.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Key {
            $($(#[$meaning])* $name),+
        }

        impl Key {
            pub const ALL: &'static [Key] = &[$(Key::$name),+];

            /// As it is typed before the colon.
            pub fn code(self) -> &'static str {
                match self {
                    $(Key::$name => $code),+
                }
            }
        }
    };
}

keys! {
    /// The state of the application.
    Is = "is";
    /// The verdict on the rules.
    Rule = "rule";
    /// The area of work that is wished for.
    Area = "area";
    /// The kind of duty station that is wished for.
    Place = "place";
    /// The duty station that is wished for.
    Office = "office";
    /// By which track the candidate qualifies.
    Track = "track";
    /// Working knowledge of a language.
    Lang = "lang";
    /// Where the candidate lives.
    Country = "country";
    /// Who has the case.
    Assignee = "assignee";
    /// Longer than so many days.
    Waiting = "waiting";
    /// Free to start before a day.
    Start = "start";
}

impl Key {
    pub fn from_code(code: &str) -> Option<Key> {
        Self::ALL.iter().copied().find(|key| key.code() == code)
    }

    /// Whether `-key:value` makes sense: what a case is not.
    pub fn can_be_refused(self) -> bool {
        !matches!(self, Key::Is | Key::Assignee | Key::Waiting | Key::Start)
    }
}

/// One thing that a search asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Not this.
    pub not: bool,
    pub what: What,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    Word(String),
    /// Words that follow each other.
    Phrase(String),
    /// Of a key that the form has another value of, or that is refused.
    Filter(Key, String),
}

/// What is searched for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    /// One value of each key: what the form shows.
    pub filters: BTreeMap<Key, String>,
    /// What only the box can say.
    pub terms: Vec<Term>,
}

/// Why a part of what was typed is not searched for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// As typed.
    pub term: String,
    pub why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// There is no such key.
    UnknownKey,
    /// The key has no such value.
    UnknownValue(Key),
    /// It takes `>10d`, a number of days that is waited longer.
    NoDays,
    /// It takes `<2027-03-01`.
    NoDay,
    /// One cannot ask for what is not this.
    NotRefusable,
    /// A phrase does not end.
    OpenQuote,
    /// More than [`MOST_TERMS`].
    TooMany,
}

/// Reads what was typed. `is_known` tells whether a key of a fixed list has a value, which is compared in lower case.
/// Whatever is at fault is left out, and said.
pub fn parse(typed: &str, is_known: impl Fn(Key, &str) -> bool) -> (Search, Vec<Fault>) {
    let (mut search, mut faults) = (Search::default(), Vec::new());
    for (nth, token) in tokens(typed).into_iter().enumerate() {
        let fault = |why| Fault { term: token.text.clone(), why };
        if nth >= MOST_TERMS {
            faults.push(fault(Why::TooMany));
            break;
        }
        if token.is_open {
            faults.push(fault(Why::OpenQuote));
        }
        match token.read(&is_known) {
            Err(why) => faults.push(fault(why)),
            Ok(None) => {}
            Ok(Some(Term { not: false, what: What::Filter(key, value) })) => search.add(key, value),
            Ok(Some(term)) => search.terms.push(term),
        }
    }
    (search, faults)
}

impl Search {
    /// The first value of a key is the form's, a further one the box's; of the keys that have one value at a time, the
    /// last one typed counts.
    pub fn add(&mut self, key: Key, value: String) {
        match self.filters.get(&key) {
            Some(there) if *there == value => {}
            Some(_) if key.can_be_refused() => {
                let term = Term { not: false, what: What::Filter(key, value) };
                if !self.terms.contains(&term) {
                    self.terms.push(term);
                }
            }
            _ => {
                self.filters.insert(key, value);
            }
        }
    }

    /// What the box holds once the form shows the filters.
    pub fn box_text(&self) -> String {
        self.terms.iter().map(Term::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// As it could be typed: reading it again gives the same search.
impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filters = self
            .filters
            .iter()
            .map(|(key, value)| Term { not: false, what: What::Filter(*key, value.clone()) }.to_string());
        let all: Vec<String> = filters.chain(self.terms.iter().map(Term::to_string)).collect();
        f.write_str(&all.join(" "))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.not {
            f.write_str("-")?;
        }
        match &self.what {
            What::Word(word) => f.write_str(word),
            What::Phrase(phrase) => write!(f, "\"{phrase}\""),
            What::Filter(Key::Waiting, days) => write!(f, "waiting:>{days}d"),
            What::Filter(Key::Start, day) => write!(f, "start:<{day}"),
            What::Filter(key, value) => write!(f, "{}:{value}", key.code()),
        }
    }
}

/// A part of what was typed, up to a space outside of quotes.
struct Token {
    text: String,
    is_open: bool,
}

fn tokens(typed: &str) -> Vec<Token> {
    let (mut tokens, mut text, mut quoted) = (Vec::new(), String::new(), false);
    let mut end = |text: &mut String, is_open| {
        if !text.is_empty() {
            tokens.push(Token { text: std::mem::take(text), is_open });
        }
    };
    // people and telephones type curly quotes, too
    for c in typed.chars().map(|c| if matches!(c, '“' | '”' | '„' | '«' | '»') { '"' } else { c }) {
        match c {
            '"' if quoted => {
                text.push('"');
                quoted = false;
                end(&mut text, false);
            }
            '"' => {
                if text != "-" {
                    end(&mut text, false);
                }
                text.push('"');
                quoted = true;
            }
            c if c.is_whitespace() && !quoted => end(&mut text, false),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    end(&mut text, quoted);
    tokens
}

impl Token {
    fn read(&self, is_known: &impl Fn(Key, &str) -> bool) -> Result<Option<Term>, Why> {
        let (not, rest) = match self.text.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, self.text.as_str()),
        };
        if let Some(quoted) = rest.strip_prefix('"') {
            let inner = quoted.strip_suffix('"').unwrap_or(quoted);
            let phrase = inner.split_whitespace().collect::<Vec<_>>().join(" ");
            let what = What::Phrase(phrase);
            return Ok((what != What::Phrase(String::new())).then_some(Term { not, what }));
        }
        let Some((before, value)) = rest.split_once(':').filter(|(before, _)| !before.is_empty()) else {
            return Ok(Some(Term { not, what: What::Word(rest.to_owned()) }));
        };
        let key = Key::from_code(&before.to_lowercase()).ok_or(Why::UnknownKey)?;
        if not && !key.can_be_refused() {
            return Err(Why::NotRefusable);
        }
        let value = value.to_lowercase();
        // people say "area" of both
        let key = if key == Key::Area && is_known(Key::Place, &value) { Key::Place } else { key };
        let value = match key {
            Key::Waiting => days(&value).ok_or(Why::NoDays)?,
            Key::Start => day(&value).ok_or(Why::NoDay)?,
            _ if is_known(key, &value) => value,
            _ => return Err(Why::UnknownValue(key)),
        };
        Ok(Some(Term { not, what: What::Filter(key, value) }))
    }
}

/// `>10d`, or `10`: a number of days up to 9999, as the form has it.
fn days(value: &str) -> Option<String> {
    let number = value.strip_prefix('>').unwrap_or(value);
    let number = number.strip_suffix('d').unwrap_or(number);
    let is_number = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.parse::<u16>().ok()).flatten().map(|days| days.to_string())
}

/// `<2027-03-01`.
fn day(value: &str) -> Option<String> {
    let day: chrono::NaiveDate = value.strip_prefix('<').unwrap_or(value).parse().ok()?;
    let written = day.to_string();
    (written.len() == 10).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(key: Key, value: &str) -> bool {
        match key {
            Key::Is => ["released", "pooled"].contains(&value),
            Key::Lang => ["en", "fr", "es"].contains(&value),
            Key::Place => value == "field",
            Key::Assignee => ["me", "none"].contains(&value),
            _ => value == "one" || value == "two",
        }
    }

    fn read(typed: &str) -> (String, Vec<Why>) {
        let (search, faults) = parse(typed, known);
        (search.to_string(), faults.into_iter().map(|fault| fault.why).collect())
    }

    #[test]
    fn what_is_typed_is_what_is_searched() {
        for (typed, written) in [
            ("", ""),
            (
                "is:released lang:fr place:field waiting:>10d assignee:me",
                "is:released place:field lang:fr assignee:me waiting:>10d",
            ),
            ("María José", "María José"),
            ("area:field", "place:field"),
            ("lang:FR Is:Pooled", "is:pooled lang:fr"),
            ("lang:fr lang:es lang:fr", "lang:fr lang:es"),
            ("is:released is:pooled", "is:pooled"),
            ("\"a  phrase\" -not: -lang:es -\"other one\"", "\"a phrase\" -lang:es -\"other one\""),
            ("“université de Genève”", "\"université de Genève\""),
            ("before\"phrase\"after", "before \"phrase\" after"),
            ("- -- :x", "- -- :x"),
            ("waiting:5 start:<2027-03-01", "waiting:>5d start:<2027-03-01"),
            ("Ben-Salah O’Neill", "Ben-Salah O’Neill"),
        ] {
            assert_eq!(read(typed).0, written, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_searched_for_is_said() {
        for (typed, why) in [
            ("colour:red", Why::UnknownKey),
            ("is:gone", Why::UnknownValue(Key::Is)),
            ("waiting:long", Why::NoDays),
            ("waiting:>99999d", Why::NoDays),
            ("start:soon", Why::NoDay),
            ("start:<+12027-03-01", Why::NoDay),
            ("-is:released", Why::NotRefusable),
            ("\"no end", Why::OpenQuote),
            (&"x ".repeat(MOST_TERMS + 5), Why::TooMany),
        ] {
            assert_eq!(read(typed).1, [why], "{typed}");
        }
        assert_eq!(read("maría lang:fr \"and so on\"").1, []);
    }

    #[test]
    fn the_box_keeps_what_the_form_has_no_place_for() {
        let (search, _) = parse("ana lang:fr -lang:es lang:en is:pooled", known);
        assert_eq!(search.box_text(), "ana -lang:es lang:en");
        assert_eq!(search.filters[&Key::Lang], "fr");
    }

    proptest! {
        #[test]
        fn reading_what_was_written_gives_the_same_search(typed in "(-?(is:|lang:|waiting:>|start:<|x:|\")?[a-z0-9à “\":-]{0,9} ){0,8}") {
            let (once, _) = parse(&typed, known);
            let (again, faults) = parse(&once.to_string(), known);
            prop_assert_eq!(&once, &again);
            prop_assert_eq!(faults, []);
        }

        #[test]
        fn nothing_typed_is_too_much(typed in "\\PC{0,200}", all in any::<bool>()) {
            let (search, faults) = parse(&typed, |_, _| all);
            prop_assert!(search.filters.len() + search.terms.len() + faults.len() <= 2 * MOST_TERMS + 1);
        }
    }
}
