//! Forms: judged before they are read, and given back as typed.

use super::{Error, Result};
use crate::explain::typed::Difference;
use crate::text::{Lang, Say, texts};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::{Validate, ValidationError};

/// Why a field cannot stay as it is, still in no particular language.
pub struct Problem {
    field: String,
    missing: bool,
    why: Box<dyn Fn(Lang) -> String + Send + Sync>,
}

impl Problem {
    /// Pins a reason to a field: `Problem::at("email", |l| Text(l).enter_email())`.
    pub fn at(field: impl Into<String>, why: impl Fn(Lang) -> String + Send + Sync + 'static) -> Problem {
        Problem { field: field.into(), missing: false, why: Box::new(why) }
    }

    /// Nothing was answered yet: the section is unfinished, not wrong.
    pub fn missing(
        field: impl Into<String>,
        why: impl Fn(Lang) -> String + Send + Sync + 'static,
    ) -> Problem {
        Problem { missing: true, ..Problem::at(field, why) }
    }

    pub fn is_missing(&self) -> bool {
        self.missing
    }

    /// What the actor saw is no longer so: the page comes back with 409 and the news.
    pub fn overtaken(why: impl Fn(Lang) -> String + Send + Sync + 'static) -> Problem {
        Problem::at("seen", why)
    }

    pub fn field(&self) -> &str {
        &self.field
    }

    pub fn say(&self, lang: Lang) -> String {
        (self.why)(lang)
    }
}

/// More was written than there is room for.
pub fn too_long(most: usize, lang: Lang) -> String {
    Problems(lang).longer(most)
}

/// For boxes that must be ticked: `#[validate(custom(function = ticked))]`.
pub fn ticked(on: &bool) -> Result<(), ValidationError> {
    if *on { Ok(()) } else { Err(ValidationError::new("ticked")) }
}

/// A form as it arrived: trimmed, without control characters, and closed until it is judged.
pub struct Posted<F> {
    form: F,
    /// Sent by the page itself while somebody types, not by pressing a button.
    autosave: bool,
}

/// A form as it is shown: what was typed, and what is wrong with it.
#[derive(Default)]
pub struct Filled<F> {
    pub values: F,
    problems: Vec<Problem>,
    meanwhile: Vec<Difference>,
}

impl<F: DeserializeOwned> Posted<F> {
    /// The answers of a form that came another way than as text.
    pub(super) fn of(answers: Vec<(String, String)>) -> Result<Self> {
        Ok(Posted { form: read(tidied(answers))?, autosave: false })
    }
}

impl<F: Validate> Posted<F> {
    /// The answers as typed so far, which nobody has called finished; otherwise the form, still to be judged.
    pub fn autosaved(self) -> Result<F, Self> {
        if self.autosave { Ok(self.form) } else { Err(self) }
    }

    /// First the shape, then the meaning; whatever fails, the form comes back with every problem.
    pub fn judge<T>(self, decide: impl FnOnce(&F) -> Result<T, Vec<Problem>>) -> Result<T, Filled<F>> {
        let mut problems = shape_problems(&self.form);
        match decide(&self.form) {
            Ok(decision) if problems.is_empty() => return Ok(decision),
            Ok(_) => {}
            Err(more) => {
                // one reason per field is enough; shape comes first
                problems.extend(more);
            }
        }
        Err(Filled::with(self.form, problems))
    }
}

/// What `validator` has to say about a form, in words.
fn shape_problems(form: &impl Validate) -> Vec<Problem> {
    let Err(errors) = form.validate() else { return Vec::new() };
    let mut problems = Vec::new();
    for (field, reasons) in errors.field_errors() {
        if let Some(reason) = reasons.first() {
            let reason = (*reason).clone();
            problems.push(Problem::at(field.to_string(), move |lang| reason.say(lang)));
        }
    }
    problems.sort_by(|a, b| a.field.cmp(&b.field));
    problems
}

impl<F> Filled<F> {
    /// A form shown for the first time.
    pub fn fresh(values: F) -> Self {
        Filled::with(values, Vec::new())
    }

    pub fn with(values: F, problems: Vec<Problem>) -> Self {
        Filled { values, problems, meanwhile: Vec::new() }
    }

    /// The same form, overtaken by somebody else's step.
    pub fn overtaken(values: F, why: impl Fn(Lang) -> String + Send + Sync + 'static) -> Self {
        Filled::with(values, vec![Problem::overtaken(why)])
    }

    /// With what was saved meanwhile, where it differs from what was typed.
    pub fn beside(self, meanwhile: Vec<Difference>) -> Self {
        Filled { meanwhile, ..self }
    }

    pub fn meanwhile(&self) -> &[Difference] {
        &self.meanwhile
    }

    pub fn is_overtaken(&self) -> bool {
        self.problems.iter().any(|p| p.field == "seen")
    }

    /// Fresh 200, wrong 422, overtaken 409.
    pub fn status(&self) -> StatusCode {
        match self.is_overtaken() {
            true => StatusCode::CONFLICT,
            false if self.problems.is_empty() => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// What is wrong with one field, in the reader's language.
    pub fn why(&self, field: &str, lang: &Lang) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| p.say(*lang))
    }

    /// For the summary on top: field and sentence, one per field.
    pub fn summary(&self, lang: &Lang) -> Vec<(String, String)> {
        let mut seen: Vec<(String, String)> = Vec::new();
        for problem in &self.problems {
            if !seen.iter().any(|(field, _)| *field == problem.field) {
                seen.push((problem.field.clone(), problem.say(*lang)));
            }
        }
        seen
    }
}

/// The largest form that is read: text only, files have their own way.
pub(super) const LARGEST_FORM: usize = 256 * 1024;

impl<F: DeserializeOwned, S: Send + Sync> FromRequest<S> for Posted<F> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let autosave = wants_json(request.headers());
        let bytes =
            Bytes::from_request(request, state).await.map_err(|e| match e.into_response_status() {
                StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
                _ => Error::Unreadable,
            })?;
        if bytes.len() > LARGEST_FORM {
            return Err(Error::TooLarge);
        }
        Ok(Posted { form: cleaned(&bytes)?, autosave })
    }
}

/// Whether the page's script asks, which reads no pages.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json")
}

trait RejectionStatus {
    fn into_response_status(self) -> StatusCode;
}

impl RejectionStatus for axum::extract::rejection::BytesRejection {
    fn into_response_status(self) -> StatusCode {
        self.status()
    }
}

/// What an address says after its question mark, cleaned like a form. Nonsense is ignored, not refused.
#[derive(Default)]
pub struct Query<F>(pub F);

impl<F: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Query<F> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Ok(Query(cleaned(parts.uri.query().unwrap_or_default().as_bytes()).unwrap_or_default()))
    }
}

fn cleaned<F: DeserializeOwned>(bytes: &[u8]) -> Result<F> {
    read(pairs(bytes)?)
}

/// A form from the names and answers that were sent.
fn read<F: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<F> {
    let tidy = serde_html_form::to_string(pairs).map_err(|_| Error::Unreadable)?;
    serde_html_form::from_str(&tidy).map_err(|_| Error::Unreadable)
}

/// The answers of a form, as they would be sent.
pub fn as_sent(form: &impl Serialize) -> Result<Vec<(String, String)>> {
    let sent = serde_html_form::to_string(form).map_err(|_| Error::Unreadable)?;
    pairs(sent.as_bytes())
}

/// Names and answers as they were sent, tidied.
pub(super) fn pairs(bytes: &[u8]) -> Result<Vec<(String, String)>> {
    Ok(tidied(serde_html_form::from_bytes(bytes).map_err(|_| Error::Unreadable)?))
}

/// A password is taken as it comes. No field of ours has a name with control characters, and the database takes none.
fn tidied(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.retain(|(name, _)| !name.contains(char::is_control));
    for (_, value) in pairs.iter_mut().filter(|(name, _)| !name.contains("password")) {
        *value = tidy(value);
    }
    pairs
}

/// Space around an answer is not part of it, even such as takes no room, nor are control characters, nor marks that turn
/// the direction of whatever follows them: phones copy those along with a number.
pub fn tidy(answer: &str) -> String {
    let kept: String = answer
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !turns(*c))
        .collect();
    kept.trim_matches(is_space).to_owned()
}

/// What a hidden field carried as JSON; `None` for anything else. Its escapes bring back what the form that it came with
/// had lost, so every text is tidied once more.
pub fn unpacked<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut carried = serde_json::from_str(text).ok()?;
    tidy_all(&mut carried);
    serde_json::from_value(carried).ok()
}

fn tidy_all(carried: &mut Value) {
    match carried {
        Value::String(text) => *text = tidy(text),
        Value::Array(many) => many.iter_mut().for_each(tidy_all),
        Value::Object(many) => many.values_mut().for_each(tidy_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Turns the direction of what follows it, and with it what the end of a file's name seems to be.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Also what is none to Unicode and yet shows nothing, so that no name is made of it.
fn is_space(c: char) -> bool {
    let shows_nothing = [
        '\u{ad}', '\u{180e}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}',
        '\u{2800}', '\u{3164}', '\u{feff}',
    ];
    c.is_whitespace() || shows_nothing.contains(&c)
}

texts!(Problems {
    longer(max): "Write {max} characters or fewer", "Écrivez {max} caractères au plus", "Escriba {max} caracteres como máximo";
    shorter(min): "Write at least {min} characters", "Écrivez au moins {min} caractères", "Escriba al menos {min} caracteres";
    ticked: "Tick this box to go on", "Cochez cette case pour continuer", "Marque esta casilla para continuar";
    email: "Enter an email address, such as name@example.org", "Indiquez une adresse électronique, par exemple nom@example.org",
        "Indique una dirección de correo, por ejemplo nombre@example.org";
    check: "Check this answer", "Vérifiez cette réponse", "Revise esta respuesta";
});

impl Say for ValidationError {
    fn say(&self, lang: Lang) -> String {
        let words = Problems(lang);
        let number = |key: &str| self.params.get(key).and_then(Value::as_u64);
        let length = self.params.get("value").and_then(Value::as_str).map(|v| v.chars().count() as u64);
        match &*self.code {
            "length" => match (number("min"), number("max")) {
                (_, Some(max)) if length.is_none_or(|n| n > max) => words.longer(max),
                (Some(min), _) => words.shorter(min),
                _ => words.check(),
            },
            "ticked" => words.ticked(),
            "email" => words.email(),
            _ => words.check(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default, serde::Deserialize, Validate)]
    struct Form {
        #[serde(default)]
        #[validate(length(max = 5))]
        name: String,
        #[serde(default)]
        password: String,
        #[serde(default)]
        areas: Vec<String>,
    }

    #[test]
    fn answers_arrive_trimmed_and_passwords_as_typed() {
        let form: Form = cleaned(b"name=+Ana%00%0D%0A+&password=+x+&areas=a&areas=b").unwrap();
        assert_eq!((form.name.as_str(), form.password.as_str()), ("Ana", " x "));
        assert_eq!(form.areas, ["a", "b"]);
        assert_eq!(pairs(b"a%00b=1&%1B=2&c=3").unwrap(), [("c".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn what_shows_nothing_is_nothing_and_nobody_turns_what_stands_beside() {
        let tidy = |text: &str| tidied(vec![("name".to_owned(), text.to_owned())]).remove(0).1;
        assert_eq!(tidy("\u{200b}\u{a0} \u{2060}\u{feff}"), "");
        assert_eq!(tidy("\u{202a}+41 22 555 01 23\u{202c}"), "+41 22 555 01 23");
        assert_eq!(
            tidy("می\u{200c}خواهم\u{200f}"),
            "می\u{200c}خواهم",
            "within a word it joins or parts letters"
        );
    }

    #[test]
    fn a_wrong_form_comes_back_as_typed_with_every_problem() {
        let form: Form = cleaned(b"name=Anastasia").unwrap();
        let Err(back) = Posted { form, autosave: false }
            .judge(|_| Err::<(), _>(vec![Problem::at("areas", |_| "choose".into())]))
        else {
            panic!("judged too kindly")
        };
        assert_eq!(back.values.name, "Anastasia");
        assert_eq!(back.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(back.why("name", &Lang::Fr).unwrap(), "Écrivez 5 caractères au plus");
        assert_eq!(back.summary(&Lang::En).len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn no_form_is_too_strange(bytes in "([a-z%&=+;]|%[0-9a-f]{2}|\\PC){0,80}", raw in proptest::collection::vec(0u8.., 0..80)) {
            for sent in [bytes.as_bytes(), raw.as_slice()] {
                let _ = cleaned::<Form>(sent);
                let Ok(read) = pairs(sent) else { continue };
                let again = serde_html_form::to_string(&read).unwrap();
                assert_eq!(pairs(again.as_bytes()).unwrap(), read, "what was tidied stays as it is");
                assert!(read.iter().all(|(name, answer)| !name.contains('\0') && (name.contains("password") || !answer.contains('\0'))));
            }
        }
    }
}
