//! A candidate states who else pays, or insists: a scholarship, a compulsory internship, a sponsor.

use super::{Answers, Kept, SectionNames};
use crate::domain::eligibility::{Period, Sponsor, SponsorKind};
use crate::domain::profile::{Funding, Section, SponsorDetails};
use crate::explain;
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/funding", get(ask).post(keep))
}

const KINDS: [(&str, SponsorKind); 4] = [
    ("governmental", SponsorKind::Governmental),
    ("non_governmental", SponsorKind::NonGovernmental),
    ("academic", SponsorKind::Academic),
    ("private", SponsorKind::Private),
];

/// The answers as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    /// `yes` or `no`, like the two below.
    scholarship: String,
    #[validate(length(max = 200))]
    scholarship_from: String,
    compulsory: String,
    sponsor: String,
    #[validate(length(max = 200))]
    sponsor_name: String,
    sponsor_kind: String,
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
    fn yes_or_no(&self, chosen: &str) -> Vec<Choice> {
        let words = self.page.words;
        vec![Choice::new("yes", words.yes(), chosen == "yes"), Choice::new("no", words.no(), chosen == "no")]
    }

    fn kinds(&self) -> Vec<Choice> {
        let chosen = &self.form.values.sponsor_kind;
        let name = |kind| explain::profile::sponsor_kind(kind, self.page.lang);
        KINDS.iter().map(|(code, kind)| Choice::new(*code, name(*kind), code == chosen)).collect()
    }
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let draft = super::load::<Form>(&mut tx).await?;
    show(&me, Filled::fresh(Form { seen: draft.revision, ..draft.answers }))
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let tx = me.begin().await?;
    let today = tx.today();
    match super::keep(tx, form, |f| f.read(today).map(drop)).await? {
        Kept::Saved(answers) => super::go_on(&answers),
        Kept::Again(form) => show(&me, form),
    }
}

fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), form })
}

impl Answers for Form {
    const SECTION: Section = Section::Funding;
    type Typed = Funding;

    fn seen(&self) -> i32 {
        self.seen
    }

    fn showing(self, seen: i32) -> Self {
        Form { seen, ..self }
    }

    fn later(&self) -> bool {
        self.later
    }

    fn read(&self, _: NaiveDate) -> Result<Funding, Vec<Problem>> {
        let mut problems = Vec::new();
        for (field, answer) in
            [("scholarship", &self.scholarship), ("compulsory", &self.compulsory), ("sponsor", &self.sponsor)]
        {
            if !["yes", "no"].contains(&answer.as_str()) {
                problems.push(Problem::missing(field, |l| Text(l).yes_or_no()));
            }
        }
        let scholarship = (self.scholarship == "yes").then(|| self.scholarship_from.clone());
        if scholarship.as_deref() == Some("") {
            problems.push(Problem::missing("scholarship_from", |l| Text(l).enter_scholarship_from()));
        }
        let mut sponsor = None;
        if self.sponsor == "yes" {
            if self.sponsor_name.is_empty() {
                problems.push(Problem::missing("sponsor_name", |l| Text(l).enter_sponsor_name()));
            }
            if self.kind().is_none() {
                problems.push(Problem::missing("sponsor_kind", |l| Text(l).choose_kind()));
            }
            let covers = self.covers().map_err(|problem| problems.push(problem)).unwrap_or_default();
            let name = self.sponsor_name.clone();
            sponsor = self.kind().map(|kind| SponsorDetails { name, sponsor: Self::named(kind, covers) });
        }
        match problems.is_empty() {
            true => Ok(Funding { scholarship, compulsory: self.compulsory == "yes", sponsor }),
            false => Err(problems),
        }
    }
}

impl Form {
    /// The sponsor, as soon as there is one. Whether the letter is there is known from the documents.
    pub fn sponsor(&self) -> Option<Sponsor> {
        let kind = self.kind().filter(|_| self.sponsor == "yes")?;
        Some(Self::named(kind, self.covers().ok().flatten()))
    }

    /// What was stated so far, whole or not: enough to know which letters are needed.
    pub fn stated(&self) -> Funding {
        let name = self.sponsor_name.clone();
        Funding {
            scholarship: (self.scholarship == "yes").then(|| self.scholarship_from.clone()),
            compulsory: self.compulsory == "yes",
            sponsor: self.sponsor().map(|sponsor| SponsorDetails { name, sponsor }),
        }
    }

    fn kind(&self) -> Option<SponsorKind> {
        KINDS.iter().find(|(code, _)| *code == self.sponsor_kind).map(|(_, kind)| *kind)
    }

    /// Whether the area is relevant is for Human Resources to judge.
    fn named(kind: SponsorKind, covers: Option<Period>) -> Sponsor {
        Sponsor { kind, letter: false, relevant_area: None, covers }
    }

    fn covers(&self) -> Result<Option<Period>, Problem> {
        let from = TypedDate {
            day: &self.covers_from_day,
            month: &self.covers_from_month,
            year: &self.covers_from_year,
        };
        let to =
            TypedDate { day: &self.covers_to_day, month: &self.covers_to_month, year: &self.covers_to_year };
        let read_from = from.read("covers_from", |l| Text(l).covers_from())?;
        match (read_from, to.read("covers_to", |l| Text(l).covers_to())?) {
            (Some(from), Some(to)) if to < from => {
                Err(Problem::at("covers_to", |l| Text(l).covers_backwards()))
            }
            (Some(from), Some(to)) => Ok(Some(Period { from, to })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(Problem::missing("covers_to", |l| Text(l).enter_covers_to())),
            (None, Some(_)) => Err(Problem::missing("covers_from", |l| Text(l).enter_covers_from())),
        }
    }
}

texts!(pub Text {
    lead: "A scholarship, a sponsor or a compulsory internship must also be named in your cover letter, with your dates. We will ask for the letter that proves it.",
        "Une bourse, un parrainage ou un stage obligatoire doit aussi figurer dans votre lettre de motivation, avec vos dates. Nous demanderons la lettre qui le prouve.",
        "Una beca, un patrocinio o una pasantía obligatoria debe figurar también en su carta de presentación, con sus fechas. Pediremos la carta que lo demuestra.";
    yes_or_no: "Choose yes or no", "Choisissez oui ou non", "Elija sí o no";
    scholarship: "Do you have a scholarship for this internship?", "Avez-vous une bourse pour ce stage ?", "¿Tiene una beca para esta pasantía?";
    scholarship_from: "Who gives the scholarship", "Qui accorde la bourse", "Quién concede la beca";
    if_yes: "Only if you answered yes.", "Seulement si vous avez répondu oui.", "Solo si respondió que sí.";
    enter_scholarship_from: "Enter who gives the scholarship", "Indiquez qui accorde la bourse", "Indique quién concede la beca";
    compulsory: "Does your degree require an internship?", "Votre diplôme exige-t-il un stage ?", "¿Su título exige una pasantía?";
    compulsory_hint: "If it does, we will ask for a letter from your university.", "Si oui, nous demanderons une lettre de votre université.",
        "En ese caso, pediremos una carta de su universidad.";
    sponsor: "Does an institution sponsor your work here?", "Une institution parraine-t-elle votre travail ici ?", "¿Patrocina una institución su trabajo aquí?";
    sponsor_hint: "A government, a non-governmental body or a university that sends you, in an area relevant to its work and ours.",
        "Un gouvernement, un organisme non gouvernemental ou une université qui vous envoie, dans un domaine lié à son travail et au nôtre.",
        "Un gobierno, un organismo no gubernamental o una universidad que le envía, en un área relacionada con su trabajo y el nuestro.";
    sponsor_name: "Name of the sponsor", "Nom du parrain", "Nombre del patrocinador";
    enter_sponsor_name: "Enter the name of the sponsor", "Indiquez le nom du parrain", "Indique el nombre del patrocinador";
    sponsor_kind: "What kind of institution it is", "De quel type d’institution il s’agit", "Qué tipo de institución es";
    choose_kind: "Choose what kind of institution the sponsor is", "Choisissez le type d’institution du parrain", "Elija qué tipo de institución es el patrocinador";
    covers_from: "First day the letter covers", "Premier jour couvert par la lettre", "Primer día que cubre la carta";
    covers_to: "Last day the letter covers", "Dernier jour couvert par la lettre", "Último día que cubre la carta";
    covers_hint: "Leave it empty if the letter states no dates.", "Laissez vide si la lettre n’indique pas de dates.",
        "Déjelo vacío si la carta no indica fechas.";
    enter_covers_from: "Enter the first day the letter covers", "Indiquez le premier jour couvert par la lettre", "Indique el primer día que cubre la carta";
    enter_covers_to: "Enter the last day the letter covers", "Indiquez le dernier jour couvert par la lettre", "Indique el último día que cubre la carta";
    covers_backwards: "The last day the letter covers must come after the first", "Le dernier jour couvert doit venir après le premier",
        "El último día cubierto debe ser posterior al primero";
});
