//! Colleagues named in a note: `@Kavita Raman`, or `@Kavita` where there is only one.

use super::PersonId;
use super::profile::fold;
use uuid::Uuid;

/// Somebody who can be named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Colleague {
    pub id: PersonId,
    pub given_names: String,
    pub family_names: String,
}

impl Colleague {
    pub fn name(&self) -> String {
        format!("{} {}", self.given_names, self.family_names).trim().to_owned()
    }

    /// Whether somebody may be meant who was written as `name`, which is folded.
    fn is_called(&self, name: &str) -> bool {
        let (given, family) = (fold(&self.given_names), fold(&self.family_names));
        [format!("{given} {family}"), format!("{family} {given}"), given, family]
            .iter()
            .any(|one| one == name)
    }
}

/// A note whose mentions are known. In `text` each is `@{id}`, so that it follows the person and not the name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Addressed {
    pub text: String,
    /// Each once, in the order of the text.
    pub people: Vec<PersonId>,
}

/// Why nobody can be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unclear {
    Nobody { called: String },
    Several { called: String, names: Vec<String> },
}

/// Names have so many words at most.
const MOST_WORDS: usize = 6;

/// Finds who is named. An `@` within a word, as in an email address, names nobody.
///
/// # Errors
/// Every mention that could be nobody, or more than one.
pub fn address(written: &str, colleagues: &[Colleague]) -> Result<Addressed, Vec<Unclear>> {
    let (mut text, mut people, mut unclear) = (String::with_capacity(written.len()), Vec::new(), Vec::new());
    let mut rest = written;
    while let Some(at) = rest.find('@') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let within_a_word = text.chars().chain(before.chars()).next_back().is_some_and(char::is_alphanumeric);
        text.push_str(before);
        rest = after;
        let ends = ends_of_words(after);
        let (Some(first), false) = (ends.first(), within_a_word) else {
            text.push('@');
            continue;
        };
        let longest = ends.iter().rev().find_map(|end| {
            let called = fold(&after[..*end]);
            let meant: Vec<&Colleague> = colleagues.iter().filter(|one| one.is_called(&called)).collect();
            (!meant.is_empty()).then_some((*end, meant))
        });
        match longest {
            Some((end, meant)) if meant.len() == 1 => {
                text.push_str(&format!("@{{{}}}", meant[0].id));
                if !people.contains(&meant[0].id) {
                    people.push(meant[0].id);
                }
                rest = &after[end..];
            }
            Some((end, meant)) => unclear.push(Unclear::Several {
                called: after[..end].to_owned(),
                names: meant.iter().map(|one| one.name()).collect(),
            }),
            None => unclear.push(Unclear::Nobody { called: after[..*first].to_owned() }),
        }
    }
    text.push_str(rest);
    if unclear.is_empty() { Ok(Addressed { text, people }) } else { Err(unclear) }
}

/// Where each of the words ends that follow each other with one space between them.
fn ends_of_words(text: &str) -> Vec<usize> {
    let of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '\u{300}'..='\u{36f}');
    let (mut ends, mut at) = (Vec::new(), 0);
    while ends.len() < MOST_WORDS {
        let length: usize = text[at..].chars().take_while(|c| of_a_name(*c)).map(char::len_utf8).sum();
        if length == 0 {
            break;
        }
        at += length;
        ends.push(at);
        match text[at..].starts_with(' ') {
            true => at += 1,
            false => break,
        }
    }
    ends
}

/// The note as it is read: `name` gives the present name of a person, `None` of one it does not name.
pub fn with_names(text: &str, name: impl Fn(Uuid) -> Option<String>) -> String {
    let mut pieces = text.split("@{");
    let mut read = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let named = piece.split_once('}').and_then(|(id, rest)| Some((name(id.parse().ok()?)?, rest)));
        match named {
            Some((name, rest)) => read.push_str(&format!("@{name}{rest}")),
            None => read.push_str(&format!("@{{{piece}")),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colleagues() -> Vec<Colleague> {
        let one = |n: u128, given: &str, family: &str| Colleague {
            id: Uuid::from_u128(n).into(),
            given_names: given.into(),
            family_names: family.into(),
        };
        vec![
            one(1, "Kavita", "Raman"),
            one(2, "Benoît", "Lacombe"),
            one(3, "Ana María", "de la Cruz"),
            one(4, "Kavita", "Singh"),
        ]
    }

    fn told(text: &str) -> Result<Vec<u128>, Vec<Unclear>> {
        address(text, &colleagues()).map(|it| it.people.iter().map(|person| person.0.as_u128()).collect())
    }

    #[test]
    fn colleagues_are_named_by_as_much_as_tells_them_apart() {
        for (text, people) in [
            ("@Kavita Raman, can you look?", vec![1]),
            ("@benoit: the letter is here", vec![2]),
            ("Ask @ana maría de la cruz or @Lacombe Benoît.", vec![3, 2]),
            ("@Raman @raman", vec![1]),
            ("write to ines@example.org at 10 @ noon", vec![]),
            ("(@Singh)", vec![4]),
            ("@", vec![]),
        ] {
            assert_eq!(told(text).unwrap(), people, "{text}");
        }
        let several = Unclear::Several {
            called: "Kavita".into(),
            names: vec!["Kavita Raman".into(), "Kavita Singh".into()],
        };
        let nobody = Unclear::Nobody { called: "Kavitha".into() };
        assert_eq!(told("@Kavita and @Kavitha"), Err(vec![several, nobody]));
    }

    #[test]
    fn a_mention_follows_the_person() {
        let it = address("Thanks @Benoît Lacombe, and a@b @{x}", &colleagues()).unwrap();
        assert!(!it.text.contains("Lacombe"), "{}", it.text);
        let read = |name: Option<&str>| with_names(&it.text, |_| name.map(str::to_owned));
        assert_eq!(read(Some("Benoît L.")), "Thanks @Benoît L., and a@b @{x}");
        assert_eq!(read(None), it.text);
    }

    proptest::proptest! {
        #[test]
        fn no_note_is_too_strange(note in "(@|@\\{|\\}|Kavita|Raman|Benoît|ana maría|[ '’-]|\\PC){0,14}") {
            let Ok(it) = address(&note, &colleagues()) else { return Ok(()) };
            let names = |id: Uuid| colleagues().iter().find(|one| one.id.0 == id).map(Colleague::name);
            let read = with_names(&it.text, names);
            // nothing but names is written otherwise, and whoever is named is found again
            for one in it.people {
                proptest::prop_assert!(read.contains(&format!("@{}", names(one.0).unwrap())), "{note:?}");
            }
            proptest::prop_assert_eq!(read.matches('@').count(), note.matches('@').count(), "{:?}", note);
        }
    }
}
