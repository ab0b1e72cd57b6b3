//! Reads JSON field by field and collects every fault, each with its place and its reason.
//!
//! The answer to faulty input is `application/problem+json` (RFC 9457) that lists them all by JSON Pointer (RFC 6901).

use crate::text::{Lang, Say, texts};
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};
use std::cell::RefCell;

/// One thing that is wrong with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// RFC 6901, such as `/studies/0/ends_on`.
    pub pointer: String,
    pub kind: FaultKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// Not the kind of value expected there, such as a number for a list.
    WrongType,
    /// Needed and not there.
    Missing,
    NotADate,
    DateOutOfRange,
    UnknownValue,
    NotAmong(&'static [&'static str]),
    /// Birth on or after the day of release.
    BornTooLate,
    /// Over 120 years old.
    BornTooEarly,
    StartBeforeRelease,
    EndBeforeStart,
    /// A number outside its range.
    OutOfRange,
    NotAnAmount,
    NotACountry,
    NotACurrency,
    /// Exactly one of two fields must be given.
    ExactlyOne,
    TooMany,
}

impl FaultKind {
    pub fn code(self) -> &'static str {
        match self {
            FaultKind::WrongType => "wrong_type",
            FaultKind::Missing => "missing",
            FaultKind::NotADate => "not_a_date",
            FaultKind::DateOutOfRange => "date_out_of_range",
            FaultKind::UnknownValue | FaultKind::NotAmong(_) => "unknown_value",
            FaultKind::BornTooLate => "born_too_late",
            FaultKind::BornTooEarly => "born_too_early",
            FaultKind::StartBeforeRelease => "start_before_release",
            FaultKind::EndBeforeStart => "end_before_start",
            FaultKind::OutOfRange => "out_of_range",
            FaultKind::NotAnAmount => "not_an_amount",
            FaultKind::NotACountry => "not_a_country",
            FaultKind::NotACurrency => "not_a_currency",
            FaultKind::ExactlyOne => "exactly_one",
            FaultKind::TooMany => "too_many",
        }
    }
}

/// A request being read; faults gather as it is walked.
#[derive(Default)]
pub struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub fn add(&self, pointer: impl Into<String>, kind: FaultKind) {
        self.0.borrow_mut().push(Fault { pointer: pointer.into(), kind });
    }

    /// The value, if no fault was found on the way.
    pub fn or<T>(self, value: T) -> Result<T, Vec<Fault>> {
        let faults = self.0.into_inner();
        if faults.is_empty() { Ok(value) } else { Err(faults) }
    }

    /// The request itself must be an object.
    pub fn root<'a>(&'a self, body: &'a Value) -> Object<'a> {
        self.object(body, String::new())
    }

    fn object<'a>(&'a self, value: &'a Value, at: String) -> Object<'a> {
        let fields = value.as_object();
        if fields.is_none() {
            self.add(at.clone(), FaultKind::WrongType);
        }
        Object { faults: self, fields, at }
    }
}

/// An object of the request, or nothing where something else stood: then its fields are silent.
pub struct Object<'a> {
    faults: &'a Faults,
    fields: Option<&'a Map<String, Value>>,
    at: String,
}

impl<'a> Object<'a> {
    /// Whether there was an object at all.
    pub fn is_there(&self) -> bool {
        self.fields.is_some()
    }

    /// The pointer of a field.
    pub fn pointer(&self, field: &str) -> String {
        format!("{}/{}", self.at, field.replace('~', "~0").replace('/', "~1"))
    }

    pub fn fault(&self, field: &str, kind: FaultKind) {
        self.faults.add(self.pointer(field), kind);
    }

    /// A field that is there and not null.
    pub fn get(&self, field: &str) -> Option<&'a Value> {
        self.fields?.get(field).filter(|value| !value.is_null())
    }

    /// A fault if the field is not there, unless the object itself was not.
    pub fn needed<T>(&self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && self.is_there() && self.get(field).is_none() {
            self.fault(field, FaultKind::Missing);
        }
        value
    }

    pub fn text(&self, field: &str) -> Option<&'a str> {
        let value = self.get(field)?;
        let text = value.as_str();
        if text.is_none() {
            self.fault(field, FaultKind::WrongType);
        }
        text
    }

    pub fn flag(&self, field: &str) -> Option<bool> {
        let value = self.get(field)?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.fault(field, FaultKind::WrongType);
        }
        flag
    }

    /// A whole number within a range.
    pub fn whole(&self, field: &str, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
        let value = self.get(field)?;
        match value.as_u64() {
            Some(number) if range.contains(&number) => Some(number),
            _ if value.is_number() => {
                self.fault(field, FaultKind::OutOfRange);
                None
            }
            _ => {
                self.fault(field, FaultKind::WrongType);
                None
            }
        }
    }

    /// A plain date, `YYYY-MM-DD`, between 1900-01-01 and 2199-12-31.
    pub fn date(&self, field: &str) -> Option<NaiveDate> {
        let text = self.text(field)?;
        match plain_date(text) {
            Some(day) if (1900..=2199).contains(&day.year()) => Some(day),
            Some(_) => {
                self.fault(field, FaultKind::DateOutOfRange);
                None
            }
            None => {
                self.fault(field, FaultKind::NotADate);
                None
            }
        }
    }

    /// One of the values that `read` knows.
    pub fn one_of<T>(&self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(field)?;
        let known = read(text);
        if known.is_none() {
            self.fault(field, FaultKind::UnknownValue);
        }
        known
    }

    pub fn object(&self, field: &str) -> Option<Object<'a>> {
        let value = self.get(field)?;
        Some(self.faults.object(value, self.pointer(field)))
    }

    /// The objects of a list; `None` if the field is absent or null. So many at the most.
    pub fn list(&self, field: &str, most: usize) -> Option<Vec<Object<'a>>> {
        let items = self.items(field, most)?;
        let at = self.pointer(field);
        Some(
            items.iter().enumerate().map(|(i, item)| self.faults.object(item, format!("{at}/{i}"))).collect(),
        )
    }

    /// The raw values of a list.
    pub fn items(&self, field: &str, most: usize) -> Option<&'a [Value]> {
        let value = self.get(field)?;
        match value.as_array() {
            Some(items) if items.len() <= most => Some(items),
            Some(_) => {
                self.fault(field, FaultKind::TooMany);
                None
            }
            None => {
                self.fault(field, FaultKind::WrongType);
                None
            }
        }
    }
}

/// Exactly `YYYY-MM-DD` (RFC 3339 full-date): no signs, no blanks, no other number of digits.
pub fn plain_date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

impl Say for Fault {
    fn say(&self, lang: Lang) -> String {
        let t = Words(lang);
        match self.kind {
            FaultKind::WrongType => t.wrong_type(),
            FaultKind::Missing => t.missing(),
            FaultKind::NotADate => t.not_a_date(),
            FaultKind::DateOutOfRange => t.date_out_of_range(),
            FaultKind::UnknownValue => t.unknown_value(),
            FaultKind::NotAmong(values) => t.not_among(values.join(", ")),
            FaultKind::BornTooLate => t.born_too_late(),
            FaultKind::BornTooEarly => t.born_too_early(),
            FaultKind::StartBeforeRelease => t.start_before_release(),
            FaultKind::EndBeforeStart => t.end_before_start(),
            FaultKind::OutOfRange => t.out_of_range(),
            FaultKind::NotAnAmount => t.not_an_amount(),
            FaultKind::NotACountry => t.not_a_country(),
            FaultKind::NotACurrency => t.not_a_currency(),
            FaultKind::ExactlyOne => t.exactly_one(),
            FaultKind::TooMany => t.too_many(),
        }
    }
}

texts!(Words {
    wrong_type: "A value of another kind belongs here", "Une valeur d’un autre type est attendue ici", "Aquí va un valor de otro tipo";
    missing: "This field is needed", "Ce champ est nécessaire", "Este campo es necesario";
    not_a_date: "Write a real date as YYYY-MM-DD", "Écrivez une date réelle sous la forme AAAA-MM-JJ", "Escriba una fecha real como AAAA-MM-DD";
    date_out_of_range: "The date must lie between 1900-01-01 and 2199-12-31", "La date doit être comprise entre 1900-01-01 et 2199-12-31",
        "La fecha debe estar entre 1900-01-01 y 2199-12-31";
    unknown_value: "This value is not one of the known ones", "Cette valeur n’est pas l’une des valeurs connues", "Este valor no es ninguno de los conocidos";
    not_among(values): "Choose one of: {values}", "Choisissez parmi : {values}", "Elija entre: {values}";
    born_too_late: "The date of birth must lie before the day of release", "La date de naissance doit précéder le jour de la transmission",
        "La fecha de nacimiento debe ser anterior al día del envío";
    born_too_early: "The date of birth must lie within the last 120 years", "La date de naissance doit dater de moins de 120 ans",
        "La fecha de nacimiento debe ser de hace menos de 120 años";
    start_before_release: "The start must not lie before the day of release", "Le début ne doit pas précéder le jour de la transmission",
        "El inicio no debe ser anterior al día del envío";
    end_before_start: "The end must not lie before the start", "La fin ne doit pas précéder le début", "El fin no debe ser anterior al inicio";
    out_of_range: "The number is out of range", "Le nombre est hors limites", "El número está fuera de los límites";
    not_an_amount: "Write an amount such as “1500.00”: 0 or more, at most two decimals, under 1,000,000,000",
        "Écrivez un montant tel que « 1500.00 » : 0 ou plus, deux décimales au plus, moins de 1 000 000 000",
        "Escriba un importe como «1500.00»: 0 o más, dos decimales como máximo, menos de 1.000.000.000";
    not_a_country: "Write a country as two capital letters (ISO 3166-1)", "Écrivez un pays en deux lettres majuscules (ISO 3166-1)",
        "Escriba un país con dos letras mayúsculas (ISO 3166-1)";
    not_a_currency: "Write a currency as three capital letters (ISO 4217)", "Écrivez une monnaie en trois lettres majuscules (ISO 4217)",
        "Escriba una moneda con tres letras mayúsculas (ISO 4217)";
    exactly_one: "Give exactly one of the two: an end or a number of months", "Donnez exactement l’un des deux : une fin ou un nombre de mois",
        "Indique exactamente uno de los dos: un fin o un número de meses";
    too_many: "The list is too long", "La liste est trop longue", "La lista es demasiado larga";
});
