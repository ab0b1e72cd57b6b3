//! A candidate says why: one letter, in their own words.

use super::{Answers, SectionNames};
use crate::domain::profile::Section;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Filled, Page, Posted, Problem, Result, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

/// Shorter says too little; in characters, not bytes.
const SHORTEST: usize = 200;
/// Longer is not read.
const LONGEST: usize = 4000;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/letter", get(ask).post(keep))
}

/// The letter as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    letter: String,
}

#[derive(askama::Template)]
#[template(path = "profile/letter.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    hint: String,
    form: Filled<Form>,
}

async fn ask(me: Candidate) -> Result<Response> {
    let form = super::draft(&me).await?;
    show(&me, form)
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    super::answer(me, form, show).await
}

fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    let hint = Text(me.lang).hint(count(me.lang, SHORTEST), count(me.lang, LONGEST));
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), hint, form })
}

impl Answers for Form {
    const SECTION: Section = Section::Letter;
    type Typed = String;

    super::common_answers!();

    fn read(&self, _: NaiveDate) -> Result<String, Vec<Problem>> {
        let written = self.letter.chars().count();
        if written == 0 {
            return Err(vec![Problem::missing("letter", |l| Text(l).write())]);
        }
        if written < SHORTEST {
            let why = move |l| Text(l).shorter(count(l, SHORTEST), count(l, written));
            return Err(vec![Problem::missing("letter", why)]);
        }
        if written > LONGEST {
            let why = move |l| Text(l).longer(count(l, LONGEST), count(l, written));
            return Err(vec![Problem::at("letter", why)]);
        }
        Ok(self.letter.clone())
    }
}

fn count(lang: Lang, n: usize) -> String {
    lang.number(i64::try_from(n).unwrap_or(i64::MAX))
}

texts!(pub Text {
    lead: "Tell Human Resources why you want this internship, what you can bring and what you want to learn.",
        "Dites aux Ressources humaines pourquoi vous souhaitez ce stage, ce que vous pouvez apporter et ce que vous voulez apprendre.",
        "Explique a Recursos Humanos por qué desea esta pasantía, qué puede aportar y qué quiere aprender.";
    mention: "Mention in it, if they apply to you:", "Mentionnez-y, si cela vous concerne :", "Mencione en ella, si procede:";
    mention_scholarship: "your scholarship or sponsor, and who gives it",
        "votre bourse ou votre parrainage, et qui l’accorde",
        "su beca o su patrocinio, y quién lo concede";
    mention_compulsory: "that your degree includes a compulsory internship",
        "que votre diplôme comporte un stage obligatoire",
        "que su título incluye una pasantía obligatoria";
    mention_dates: "the dates you propose", "les dates que vous proposez", "las fechas que propone";
    letter: "Your letter", "Votre lettre", "Su carta";
    hint(min, max): "Between {min} and {max} characters, in English, French or Spanish. Empty lines separate paragraphs.",
        "Entre {min} et {max} caractères, en français, en anglais ou en espagnol. Les lignes vides séparent les paragraphes.",
        "Entre {min} y {max} caracteres, en español, francés o inglés. Las líneas vacías separan los párrafos.";
    write: "Write your letter", "Écrivez votre lettre", "Escriba su carta";
    shorter(min, n): "Your letter must have at least {min} characters; it has {n}",
        "Votre lettre doit compter au moins {min} caractères ; elle en compte {n}",
        "Su carta debe tener al menos {min} caracteres; tiene {n}";
    longer(max, n): "Your letter must have {max} characters or fewer; it has {n}",
        "Votre lettre doit compter {max} caractères au plus ; elle en compte {n}",
        "Su carta debe tener {max} caracteres como máximo; tiene {n}";
});
