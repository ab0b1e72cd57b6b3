//! A candidate says who else pays for the internship, or insists on it.

use super::{Answers, SectionNames};
use crate::domain::eligibility::{Period, Sponsor, SponsorKind};
use crate::domain::profile::{Funding, Section, SponsorDetails};
use crate::explain::profile::sponsor_kind;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

const KINDS: [(&str, SponsorKind); 4] = [
    ("governmental", SponsorKind::Governmental),
    ("non_governmental", SponsorKind::NonGovernmental),
    ("academic", SponsorKind::Academic),
    ("private", SponsorKind::Private),
];

pub fn routes() -> Router<App> {
    Router::new().route("/profile/funding", get(ask).post(keep))
}

/// The answers as typed; questions of yes and no are answered `yes` or `no`.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    scholarship: String,
    #[validate(length(max = 200))]
    scholarship_from: String,
    compulsory: String,
    sponsor: String,
    #[validate(length(max = 200))]
    sponsor_name: String,
    sponsor_kind: String,
    letter: String,
    covers_from_day: String,
    covers_from_month: String,
    covers_from_year: String,
    covers_to_day: String,
    covers_to_month: String,
    covers_to_year: String,
}

#[derive(askama::Template)]
#[template(path = "profile/funding.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    form: Filled<Form>,
}

impl View {
    fn yes_no(&self, given: &str) -> Vec<Choice> {
        let answers = [("yes", self.page.words.yes()), ("no", self.page.words.no())];
        answers.into_iter().map(|(code, name)| Choice::new(code, name, code == given)).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let (lang, given) = (self.page.lang, &self.form.values.sponsor_kind);
        KINDS
            .into_iter()
            .map(|(code, kind)| Choice::new(code, sponsor_kind(kind, lang), code == given))
            .collect()
    }
}

async fn ask(me: Candidate) -> Result<Response> {
    let form = super::draft(&me).await?;
    show(&me, form)
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    super::answer(me, form, show).await
}

fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), form })
}

impl Answers for Form {
    const SECTION: Section = Section::Funding;
    type Typed = Funding;

    super::common_answers!();

    fn read(&self, _: NaiveDate) -> Result<Funding, Vec<Problem>> {
        let mut problems = Vec::new();
        let scholarship =
            yes("scholarship", &self.scholarship, |l| Text(l).choose_scholarship(), &mut problems);
        if scholarship && self.scholarship_from.is_empty() {
            problems.push(Problem::missing("scholarship_from", |l| Text(l).enter_scholarship_from()));
        }
        let compulsory = yes("compulsory", &self.compulsory, |l| Text(l).choose_compulsory(), &mut problems);
        let mut sponsor = None;
        if yes("sponsor", &self.sponsor, |l| Text(l).choose_sponsor(), &mut problems) {
            if self.sponsor_name.is_empty() {
                problems.push(Problem::missing("sponsor_name", |l| Text(l).enter_sponsor_name()));
            }
            if self.kind().is_none() {
                problems.push(Problem::missing("sponsor_kind", |l| Text(l).choose_kind()));
            }
            if yes("letter", &self.letter, |l| Text(l).choose_letter(), &mut problems) {
                self.read_period(&mut problems);
            }
            sponsor = self.sponsor();
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Funding {
            scholarship: scholarship.then(|| self.scholarship_from.clone()),
            compulsory,
            sponsor: sponsor.map(|sponsor| SponsorDetails { name: self.sponsor_name.clone(), sponsor }),
        })
    }
}

impl Form {
    /// The sponsor, as soon as its kind is known: the eligibility panel does not wait for the rest.
    /// Whether the area of its work is relevant is for Human Resources to judge.
    pub fn sponsor(&self) -> Option<Sponsor> {
        let letter = self.letter == "yes";
        let period = self.covers_from().real().zip(self.covers_to().real());
        Some(Sponsor {
            kind: self.kind().filter(|_| self.sponsor == "yes")?,
            letter,
            relevant_area: None,
            covers: period.filter(|(from, to)| letter && from <= to).map(|(from, to)| Period { from, to }),
        })
    }

    /// What was stated so far, whole or not: enough to know which letters are needed.
    pub fn stated(&self) -> Funding {
        let details = |sponsor| SponsorDetails { name: self.sponsor_name.clone(), sponsor };
        Funding {
            scholarship: (self.scholarship == "yes").then(|| self.scholarship_from.clone()),
            compulsory: self.compulsory == "yes",
            sponsor: self.sponsor().map(details),
        }
    }

    fn kind(&self) -> Option<SponsorKind> {
        KINDS.into_iter().find(|(code, _)| *code == self.sponsor_kind).map(|(_, kind)| kind)
    }

    /// The letter need not name a period; if it does, it has two ends.
    fn read_period(&self, problems: &mut Vec<Problem>) {
        let mut known = |read: Result<Option<NaiveDate>, Problem>| {
            read.unwrap_or_else(|problem| {
                problems.push(problem);
                None
            })
        };
        let from = known(self.covers_from().read("covers_from", |l| Text(l).covers_from()));
        let to = known(self.covers_to().read("covers_to", |l| Text(l).covers_to()));
        if self.covers_from().is_empty() && !self.covers_to().is_empty() {
            problems.push(Problem::missing("covers_from", |l| Text(l).enter_covers_from()));
        } else if self.covers_to().is_empty() && !self.covers_from().is_empty() {
            problems.push(Problem::missing("covers_to", |l| Text(l).enter_covers_to()));
        } else if from.zip(to).is_some_and(|(from, to)| to < from) {
            problems.push(Problem::at("covers_to", |l| Text(l).ends_first()));
        }
    }

    fn covers_from(&self) -> TypedDate<'_> {
        TypedDate { day: &self.covers_from_day, month: &self.covers_from_month, year: &self.covers_from_year }
    }

    fn covers_to(&self) -> TypedDate<'_> {
        TypedDate { day: &self.covers_to_day, month: &self.covers_to_month, year: &self.covers_to_year }
    }
}

/// Whether a question was answered yes; one that was not answered is a problem.
fn yes(field: &str, given: &str, ask: fn(Lang) -> String, problems: &mut Vec<Problem>) -> bool {
    if !matches!(given, "yes" | "no") {
        problems.push(Problem::missing(field, ask));
    }
    given == "yes"
}

texts!(pub Text {
    lead: "What you state here decides which letters we ask you for.",
        "Vos réponses déterminent les lettres que nous vous demanderons.",
        "Sus respuestas determinan las cartas que le pediremos.";
    scholarship: "Does a scholarship pay for your internship?", "Une bourse finance-t-elle votre stage ?", "¿Una beca financia su pasantía?";
    scholarship_hint: "If one does, we will ask for a letter from whoever gives it.",
        "Si oui, nous demanderons une lettre de l’organisme qui la verse.",
        "Si es así, pediremos una carta de la entidad que la concede.";
    choose_scholarship: "Choose whether a scholarship pays for your internship", "Choisissez si une bourse finance votre stage",
        "Elija si una beca financia su pasantía";
    scholarship_from: "If yes, who gives the scholarship?", "Si oui, qui verse la bourse ?", "Si es así, ¿quién concede la beca?";
    enter_scholarship_from: "Enter who gives the scholarship", "Indiquez qui verse la bourse", "Indique quién concede la beca";
    compulsory: "Does your degree require an internship?", "Votre diplôme exige-t-il un stage ?", "¿Su carrera exige una pasantía?";
    compulsory_hint: "If it does, we will ask for a letter from your university.", "Si oui, nous demanderons une lettre de votre université.",
        "Si es así, pediremos una carta de su universidad.";
    choose_compulsory: "Choose whether your degree requires an internship", "Choisissez si votre diplôme exige un stage",
        "Elija si su carrera exige una pasantía";
    sponsor: "Does an institution sponsor you?", "Une institution vous parraine-t-elle ?", "¿Le patrocina una institución?";
    sponsor_hint: "A government, a non-governmental organisation or a university that sponsors your work here, in an area relevant to its work and ours. Human Resources decides whether it is relevant.",
        "Un organisme public, une organisation non gouvernementale ou une université qui parraine votre travail chez nous, dans un domaine utile à son action et à la nôtre. Les Ressources humaines décident si c’est le cas.",
        "Un gobierno, una organización no gubernamental o una universidad que patrocina su trabajo aquí, en un ámbito pertinente para su labor y la nuestra. Recursos Humanos decide si es pertinente.";
    choose_sponsor: "Choose whether an institution sponsors you", "Choisissez si une institution vous parraine", "Elija si le patrocina una institución";
    if_sponsored: "If an institution sponsors you", "Si une institution vous parraine", "Si le patrocina una institución";
    sponsor_name: "Name of the institution", "Nom de l’institution", "Nombre de la institución";
    enter_sponsor_name: "Enter the name of the institution that sponsors you", "Indiquez le nom de l’institution qui vous parraine",
        "Indique el nombre de la institución que le patrocina";
    sponsor_kind: "Kind of institution", "Type d’institution", "Tipo de institución";
    choose_kind: "Choose the kind of institution that sponsors you", "Choisissez le type d’institution qui vous parraine",
        "Elija el tipo de institución que le patrocina";
    letter: "Do you have its letter?", "Avez-vous sa lettre ?", "¿Tiene su carta?";
    letter_hint: "You upload it in the last section.", "Vous la déposerez dans la dernière section.", "La subirá en la última sección.";
    choose_letter: "Choose whether you have the letter from the institution", "Choisissez si vous avez la lettre de l’institution",
        "Elija si tiene la carta de la institución";
    covers_from: "First day the letter covers", "Premier jour couvert par la lettre", "Primer día que cubre la carta";
    covers_to: "Last day the letter covers", "Dernier jour couvert par la lettre", "Último día que cubre la carta";
    covers_hint: "For example, 1 3 2027. If the letter names no period, leave it empty.",
        "Par exemple, 1 3 2027. Si la lettre n’indique pas de période, laissez ces cases vides.",
        "Por ejemplo, 1 3 2027. Si la carta no indica ningún periodo, deje vacías estas casillas.";
    enter_covers_from: "Enter the first day the letter covers", "Indiquez le premier jour couvert par la lettre", "Indique el primer día que cubre la carta";
    enter_covers_to: "Enter the last day the letter covers", "Indiquez le dernier jour couvert par la lettre", "Indique el último día que cubre la carta";
    ends_first: "Last day the letter covers must be the first day or later", "Le dernier jour couvert par la lettre ne peut pas précéder le premier",
        "El último día que cubre la carta no puede ser anterior al primero";
});
