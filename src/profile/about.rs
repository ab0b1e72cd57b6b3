//! A candidate says who they are: names in any script, birth, nationalities, residence.

use super::{Answers, SectionNames};
use crate::domain::profile::{About, Section};
use crate::reference::countries;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};

pub fn routes() -> Router<App> {
    Router::new().route("/profile/about", get(ask).post(keep))
}

/// The answers as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    #[serde(skip_serializing)]
    seen: i32,
    #[serde(skip_serializing)]
    later: bool,
    #[validate(length(max = 120))]
    given_names: String,
    #[validate(length(max = 120))]
    family_names: String,
    born_day: String,
    born_month: String,
    born_year: String,
    /// ISO 3166-1 alpha-2, several; empty choices are left out.
    #[validate(length(max = 4))]
    nationality: Vec<String>,
    stateless: bool,
    residence: String,
    #[validate(length(max = 40))]
    phone: String,
}

#[derive(askama::Template)]
#[template(path = "profile/about.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    form: Filled<Form>,
}

impl View {
    /// The lists of countries: one per nationality given, and one more to add another.
    fn nationality(&self, nth: impl std::borrow::Borrow<usize>) -> Vec<Choice> {
        let given = self.form.values.nationality.get(*nth.borrow()).map_or("", String::as_str);
        countries_with(self.page.lang, given)
    }

    fn residence(&self) -> Vec<Choice> {
        countries_with(self.page.lang, &self.form.values.residence)
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
    const SECTION: Section = Section::About;
    type Typed = About;

    super::common_answers!();

    fn read(&self, today: NaiveDate) -> Result<About, Vec<Problem>> {
        let mut problems = Vec::new();
        if self.family_names.is_empty() {
            problems.push(Problem::missing("family_names", |l| Text(l).enter_family_names()));
        }
        let born = self.born().read("born", |l| Text(l).born());
        let born = match born {
            Ok(Some(day)) if day >= today || today.year() - day.year() > 120 => {
                problems.push(Problem::at("born", |l| Text(l).born_impossible()));
                None
            }
            Ok(Some(day)) => Some(day),
            Ok(None) => {
                problems.push(Problem::missing("born", |l| Text(l).enter_born()));
                None
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let mut nationalities: Vec<String> =
            self.nationality.iter().filter(|c| !c.is_empty()).cloned().collect();
        nationalities.sort();
        nationalities.dedup();
        if nationalities.iter().any(|code| countries::country(code).is_none()) {
            problems.push(Problem::at("nationality", |l| Text(l).choose_nationality()));
        } else if nationalities.is_empty() && !self.stateless {
            problems.push(Problem::missing("nationality", |l| Text(l).choose_nationality()));
        } else if !nationalities.is_empty() && self.stateless {
            problems.push(Problem::at("stateless", |l| Text(l).not_both()));
        }
        if countries::country(&self.residence).is_none() {
            problems.push(Problem::missing("residence", |l| Text(l).choose_residence()));
        }
        if !self.phone.is_empty() && !is_phone(&self.phone) {
            problems.push(Problem::at("phone", |l| Text(l).phone_shape()));
        }
        match (born, problems.is_empty()) {
            (Some(date_of_birth), true) => Ok(About {
                given_names: self.given_names.clone(),
                family_names: self.family_names.clone(),
                date_of_birth,
                nationalities,
                residence: self.residence.clone(),
                phone: self.phone.clone(),
            }),
            _ => Err(problems),
        }
    }
}

impl Form {
    fn born(&self) -> TypedDate<'_> {
        TypedDate { day: &self.born_day, month: &self.born_month, year: &self.born_year }
    }

    /// The date of birth, as soon as it is one: the eligibility panel does not wait for the rest.
    pub fn date_of_birth(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.born().real().filter(|day| *day < today && today.year() - day.year() <= 120)
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (6..=20).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || "+ ()./-".contains(c))
}

fn countries_with(lang: Lang, chosen: &str) -> Vec<Choice> {
    countries::sorted(lang).into_iter().map(|c| Choice::new(c.code, c.name(lang), c.code == chosen)).collect()
}

texts!(pub Text {
    given_names: "Given names", "Prénoms", "Nombres";
    family_names: "Family names", "Noms de famille", "Apellidos";
    one_name: "If you have only one name, enter it here and leave the box above empty.",
        "Si vous n’avez qu’un seul nom, inscrivez-le ici et laissez la case ci-dessus vide.",
        "Si solo tiene un nombre, escríbalo aquí y deje vacía la casilla anterior.";
    names_hint: "As in your passport or identity card, in any script.",
        "Comme sur votre passeport ou carte d’identité, dans toute écriture.",
        "Como en su pasaporte o documento de identidad, en cualquier alfabeto.";
    enter_family_names: "Enter your family names", "Indiquez vos noms de famille", "Indique sus apellidos";
    born: "Date of birth", "Date de naissance", "Fecha de nacimiento";
    born_hint: "For example, 14 3 2002.", "Par exemple, 14 3 2002.", "Por ejemplo, 14 3 2002.";
    enter_born: "Enter your date of birth", "Indiquez votre date de naissance", "Indique su fecha de nacimiento";
    born_impossible: "Date of birth must be in the past", "La date de naissance doit être antérieure à aujourd’hui", "La fecha de nacimiento debe ser anterior a hoy";
    nationality: "Nationality", "Nationalité", "Nacionalidad";
    nationality_hint: "Choose every nationality you hold. It decides which insurance you need.",
        "Choisissez toutes vos nationalités. Elles déterminent l’assurance dont vous avez besoin.",
        "Elija todas sus nacionalidades. De ellas depende el seguro que necesita.";
    another_nationality: "Another nationality", "Autre nationalité", "Otra nacionalidad";
    stateless: "I have no nationality", "Je n’ai pas de nationalité", "No tengo nacionalidad";
    choose_nationality: "Choose your nationality", "Choisissez votre nationalité", "Elija su nacionalidad";
    not_both: "Choose a nationality or tick that you have none, not both",
        "Choisissez une nationalité ou cochez que vous n’en avez pas, mais pas les deux",
        "Elija una nacionalidad o marque que no tiene ninguna, pero no ambas cosas";
    residence: "Country where you live", "Pays où vous vivez", "País donde vive";
    choose_residence: "Choose the country where you live", "Choisissez le pays où vous vivez", "Elija el país donde vive";
    phone: "Phone number", "Numéro de téléphone", "Número de teléfono";
    phone_hint: "With the country code, such as +33 6 00 00 00 00. We use it only if email fails.",
        "Avec l’indicatif du pays, par exemple +33 6 00 00 00 00. Nous ne l’utilisons que si nos courriels ne vous parviennent pas.",
        "Con el prefijo del país, por ejemplo +33 6 00 00 00 00. Solo lo usamos si falla el correo electrónico.";
    phone_shape: "Phone number must have 6 to 20 digits, such as +33 6 00 00 00 00",
        "Le numéro de téléphone doit avoir de 6 à 20 chiffres, par exemple +33 6 00 00 00 00",
        "El número de teléfono debe tener de 6 a 20 cifras, por ejemplo +33 6 00 00 00 00";
});
