//! Fields of more than one box: dates as three, lists of choices.

use super::Problem;
use crate::text::{Lang, texts};
use chrono::NaiveDate;
use lettre::Address;
use lettre::message::Mailbox;
use rust_decimal::Decimal;

/// A choice of a list, a group of radio buttons or of boxes.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: None, chosen }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = Some(hint.into());
        self
    }
}

/// A date as people type it.
#[derive(Clone, Copy, Debug)]
pub struct TypedDate<'a> {
    pub day: &'a str,
    pub month: &'a str,
    pub year: &'a str,
}

/// Years people may mean (`eligibility.md`: 1900 to 2199).
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

impl TypedDate<'_> {
    pub fn is_empty(&self) -> bool {
        self.day.is_empty() && self.month.is_empty() && self.year.is_empty()
    }

    /// The day, `None` if nothing was typed, or a problem pinned to `field` that calls it by `label`:
    /// the whole phrase that begins the sentence, such as "Date of birth".
    pub fn read(
        &self,
        field: impl Into<String>,
        label: impl Fn(Lang) -> String + Send + Sync + 'static,
    ) -> Result<Option<NaiveDate>, Problem> {
        if self.is_empty() {
            return Ok(None);
        }
        let missing_day = self.day.is_empty();
        let missing_month = self.month.is_empty();
        if missing_day || missing_month || self.year.is_empty() {
            return Err(Problem::at(field, move |l| {
                let words = Dates(l);
                match (missing_day, missing_month) {
                    (true, _) => words.needs_day(label(l)),
                    (_, true) => words.needs_month(label(l)),
                    _ => words.needs_year(label(l)),
                }
            }));
        }
        self.real().map(Some).ok_or_else(|| Problem::at(field, move |l| Dates(l).not_real(label(l))))
    }

    /// The same where a day has to be given: what stands against it, `missing` if nothing was typed, joins `problems`.
    pub fn wanted(
        &self,
        field: &'static str,
        label: impl Fn(Lang) -> String + Send + Sync + 'static,
        missing: impl Fn(Lang) -> String + Send + Sync + 'static,
        problems: &mut Vec<Problem>,
    ) -> Option<NaiveDate> {
        match self.read(field, label) {
            Ok(Some(day)) => return Some(day),
            Ok(None) => problems.push(Problem::missing(field, missing)),
            Err(problem) => problems.push(problem),
        }
        None
    }

    /// The day, if what was typed is one.
    pub fn real(&self) -> Option<NaiveDate> {
        let number = |text: &str| western(text).parse::<u32>().ok().filter(|_| text.chars().count() <= 4);
        let year = i32::try_from(number(self.year)?).ok().filter(|y| YEARS.contains(y))?;
        NaiveDate::from_ymd_opt(year, number(self.month)?, number(self.day)?)
    }
}

/// Where the digits of other scripts begin, zero first: Arabic, Persian, Devanagari, Bengali, Thai, wide.
const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];

/// Digits as keyboards of other scripts type them, in those that are kept.
fn western(typed: &str) -> String {
    let digit = |c: char| {
        let within = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|n| *n < 10);
        ZEROS.iter().find_map(within).and_then(|n| char::from_digit(n, 10)).unwrap_or(c)
    };
    typed.chars().map(digit).collect()
}

/// An amount of money as people type it, with a point or a comma: zero or more, under a thousand million, with two
/// decimals at most (`terms.md`).
pub fn amount(typed: &str) -> Option<Decimal> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let amount: Decimal = plain.replace(',', ".").parse().ok()?;
    let fits = amount >= Decimal::ZERO && amount < Decimal::from(1_000_000_000) && amount.scale() <= 2;
    fits.then_some(amount)
}

texts!(Dates {
    needs_day(label): "{label} must include a day", "{label} : indiquez aussi le jour", "{label}: indique también el día";
    needs_month(label): "{label} must include a month", "{label} : indiquez aussi le mois", "{label}: indique también el mes";
    needs_year(label): "{label} must include a year", "{label} : indiquez aussi l’année", "{label}: indique también el año";
    not_real(label): "{label} must be a real date, with a year of four digits", "{label} : indiquez une date réelle, avec une année à quatre chiffres",
        "{label}: indique una fecha real, con el año en cuatro cifras";
});

/// An email address as mail servers understand it, which can stand on a letter: one that cannot be read back from there,
/// such as one with a space in quotes, reaches nobody.
pub fn is_address(text: &str) -> bool {
    let is_read = |address: Address| {
        address.to_string().parse::<Mailbox>().is_ok_and(|mailbox| mailbox.email == address)
    };
    text.len() <= 254 && text.parse().is_ok_and(is_read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::spoilt_text;
    use lettre::Message;

    const ADDRESSES: [&str; 5] = [
        "ana.lima+x@example.org",
        "\"ana lima\"@example.org",
        "ana@[192.0.2.1]",
        "ana@exämple.org",
        "Ana <ana@example.org>, joy@example.org\r\nBcc: eve@example.org",
    ];

    /// The names of what stands in the head of a letter.
    fn head(letter: &Message) -> Vec<String> {
        let written = String::from_utf8_lossy(&letter.formatted()).into_owned();
        let head = written.split("\r\n\r\n").next().unwrap().to_owned();
        let names = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        names.map(|line| line.split(':').next().unwrap().to_owned()).collect()
    }

    fn letter(to: &str) -> Message {
        let to = Mailbox::new(None, to.parse().unwrap());
        Message::builder().from(ADDRESSES[0].parse().unwrap()).to(to).body(String::new()).unwrap()
    }

    fn read(day: &str, month: &str, year: &str) -> Result<Option<NaiveDate>, String> {
        TypedDate { day, month, year }.read("born", |_| "Date of birth".into()).map_err(|p| p.say(Lang::En))
    }

    #[test]
    fn an_amount_has_a_point_or_a_comma() {
        for (typed, said) in [("600", "600"), ("1 600,50", "1600.50"), ("0.5", "0.5"), (" 0 ", "0")] {
            assert_eq!(amount(typed).unwrap().to_string(), said);
        }
        for typed in ["", "-1", "1,600.50", "0.005", "1000000000", "a lot"] {
            assert_eq!(amount(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_date_says_what_it_lacks() {
        assert_eq!(read("", "", "").unwrap(), None);
        assert_eq!(read("29", "2", "2028").unwrap(), NaiveDate::from_ymd_opt(2028, 2, 29));
        for (d, m, y) in
            [("٢٩", "٢", "٢٠٢٨"), ("۲۹", "۲", "۲۰۲۸"), ("२९", "२", "२०२८"), ("２９", "２", "２０２８")]
        {
            assert_eq!(read(d, m, y).unwrap(), NaiveDate::from_ymd_opt(2028, 2, 29), "{d} {m} {y}");
        }
        assert_eq!(read("15", "", "2027").unwrap_err(), "Date of birth must include a month");
        assert_eq!(read("", "", "2027").unwrap_err(), "Date of birth must include a day");
        assert_eq!(read("1", "1", "").unwrap_err(), "Date of birth must include a year");
        for (d, m, y) in [
            ("31", "4", "2027"),
            ("a", "1", "2000"),
            ("1", "1", "99"),
            ("1", "1", "00002027"),
            ("-1", "1", "2000"),
        ] {
            assert!(read(d, m, y).unwrap_err().contains("real date"), "{d} {m} {y}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_typed_is_a_date_a_problem_or_nothing(day in "\\PC{0,5}|[0-9]{0,4}", month in "[0-9]{0,3}|\\PC{0,2}", year in "[0-9]{0,5}|.{0,4}") {
            if let Ok(Some(on)) = read(&day, &month, &year) {
                assert_eq!(read(&on.format("%d").to_string(), &on.format("%m").to_string(), &on.format("%Y").to_string()).unwrap(), Some(on));
            }
            if let Some(amount) = amount(&year) {
                assert_eq!(super::amount(&amount.to_string()), Some(amount));
            }
        }

        #[test]
        fn whatever_is_an_address_stands_alone_on_a_letter(text in spoilt_text(&ADDRESSES)) {
            if is_address(&text) {
                let letter = letter(&text);
                assert_eq!(head(&letter), head(&self::letter(ADDRESSES[0])), "{text:?}");
                assert_eq!(letter.envelope().to().len(), 1, "{text:?}");
            }
        }
    }
}
