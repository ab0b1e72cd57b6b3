//! The numbers of a policy, as a form that both the programme and an office fill in, and in words.

use crate::domain::eligibility::{self, Level};
use crate::domain::policy::{OwnNumbers, Policy};
use crate::domain::terms;
use crate::explain::opening::language_name;
use crate::explain::profile::capitalised;
use crate::policies;
use crate::reference::languages;
use crate::text::{Lang, texts};
use crate::web::{Choice, Problem, TypedDate};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The organisation's own, which are offered before any other was chosen (ISO 639-1).
const OFFICIAL: [&str; 3] = ["en", "fr", "es"];

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    /// Of the proposal, chosen with the form: sent twice, it is one.
    pub id: String,
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub from_age: String,
    pub below_age: String,
    pub months_after_award: String,
    #[validate(length(max = 12))]
    pub working_language: Vec<String>,
    pub working_level: String,
    pub shortest_months: String,
    pub initial_months: String,
    pub total_months: String,
    pub days_as_month: String,
    pub preferred_months: String,
}

/// A field that is a whole number.
pub struct Number {
    pub field: &'static str,
    pub label: String,
    pub value: String,
}

impl Form {
    /// A policy's numbers, to be changed.
    pub fn of(policy: &Policy) -> Form {
        let (rules, terms) = (&policy.eligibility, &policy.terms);
        Form {
            from_age: rules.from_age.to_string(),
            below_age: rules.below_age.to_string(),
            months_after_award: rules.months_after_award.to_string(),
            working_language: rules.working_languages.clone(),
            working_level: rules.working_level.code().to_owned(),
            shortest_months: terms.shortest_months.to_string(),
            initial_months: terms.initial_months.to_string(),
            total_months: terms.total_months.to_string(),
            days_as_month: terms.days_as_month.to_string(),
            preferred_months: terms.preferred_months.to_string(),
            ..Form::default()
        }
    }

    /// An office's own numbers; empty is as everywhere.
    pub fn of_own(own: &OwnNumbers) -> Form {
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        Form {
            from_age: number(own.from_age),
            below_age: number(own.below_age),
            months_after_award: number(own.months_after_award),
            working_language: own.working_languages.clone().unwrap_or_default(),
            working_level: own.working_level.map_or("", Level::code).to_owned(),
            shortest_months: number(own.shortest_months),
            initial_months: number(own.initial_months),
            preferred_months: number(own.preferred_months),
            ..Form::default()
        }
    }

    /// With what is left empty taken from another.
    pub fn or(&self, other: &Form) -> Form {
        let or =
            |typed: &String, else_: &String| if typed.is_empty() { else_.clone() } else { typed.clone() };
        Form {
            from_age: or(&self.from_age, &other.from_age),
            below_age: or(&self.below_age, &other.below_age),
            months_after_award: or(&self.months_after_award, &other.months_after_award),
            working_language: match self.languages().is_empty() {
                true => other.working_language.clone(),
                false => self.languages(),
            },
            working_level: or(&self.working_level, &other.working_level),
            shortest_months: or(&self.shortest_months, &other.shortest_months),
            initial_months: or(&self.initial_months, &other.initial_months),
            total_months: other.total_months.clone(),
            days_as_month: other.days_as_month.clone(),
            preferred_months: or(&self.preferred_months, &other.preferred_months),
            ..self.clone()
        }
    }

    /// The numbers that an office may have of its own.
    pub fn own_numbers(&self, lang: Lang) -> Vec<Number> {
        let t = Words(lang);
        let number = |field, label, value: &String| Number { field, label, value: value.clone() };
        vec![
            number("from_age", t.from_age(), &self.from_age),
            number("below_age", t.below_age(), &self.below_age),
            number("months_after_award", t.months_after_award(), &self.months_after_award),
            number("shortest_months", t.shortest_months(), &self.shortest_months),
            number("initial_months", t.initial_months(), &self.initial_months),
            number("preferred_months", t.preferred_months(), &self.preferred_months),
        ]
    }

    /// Those, and what the programme alone says.
    pub fn numbers(&self, lang: Lang) -> Vec<Number> {
        let t = Words(lang);
        let number = |field, label, value: &String| Number { field, label, value: value.clone() };
        let mut all = self.own_numbers(lang);
        all.push(number("total_months", t.total_months(), &self.total_months));
        all.push(number("days_as_month", t.days_as_month(), &self.days_as_month));
        all
    }

    /// Languages to choose from: the programme's three, and what is chosen already.
    pub fn language_choices(&self, lang: Lang) -> Vec<Choice> {
        let chosen = self.languages();
        let is_offered = |code: &str| OFFICIAL.contains(&code) || chosen.iter().any(|it| it == code);
        languages::sorted(lang)
            .into_iter()
            .filter(|it| is_offered(it.code))
            .map(|it| {
                Choice::new(it.code, capitalised(it.name(lang)), chosen.iter().any(|code| code == it.code))
            })
            .collect()
    }

    pub fn level_choices(&self) -> Vec<Choice> {
        Level::ALL
            .map(|level| Choice::new(level.code(), level.code(), level.code() == self.working_level))
            .into()
    }

    /// In one order, whatever language the boxes were read in: the same languages are no other policy.
    fn languages(&self) -> Vec<String> {
        let ticked = |code: &str| self.working_language.iter().any(|it| it == code);
        let first = OFFICIAL.into_iter().filter(|code| ticked(code)).map(str::to_owned);
        let others =
            self.working_language.iter().filter(|it| !it.is_empty() && !OFFICIAL.contains(&it.as_str()));
        first.chain(others.cloned().collect::<BTreeSet<_>>()).collect()
    }

    /// What a whole form says of the programme.
    pub fn read(&self, today: NaiveDate) -> Result<Policy, Vec<Problem>> {
        let mut problems = Vec::new();
        let from = TypedDate { day: &self.from_day, month: &self.from_month, year: &self.from_year };
        let from = from.wanted("from", |l| Words(l).from(), |l| Words(l).enter_from(), &mut problems);
        if from.is_some_and(|day| day <= today) {
            problems.push(Problem::at("from", |l| Words(l).in_the_future()));
        }
        let mut number = |field: &'static str, typed: &str, least: u32, most: u32| {
            let read = typed.parse::<u32>().ok().filter(|n| (least..=most).contains(n));
            if read.is_none() {
                problems.push(Problem::at(field, move |l| Words(l).between(least, most)));
            }
            read.unwrap_or_default()
        };
        let from_age = number("from_age", &self.from_age, 15, 99);
        let below_age = number("below_age", &self.below_age, 16, 100);
        let months_after_award = number("months_after_award", &self.months_after_award, 0, 120);
        let shortest_months = number("shortest_months", &self.shortest_months, 1, 24);
        let initial_months = number("initial_months", &self.initial_months, 1, 24);
        let total_months = number("total_months", &self.total_months, 1, 36);
        let days_as_month = number("days_as_month", &self.days_as_month, 28, 31);
        let preferred_months = number("preferred_months", &self.preferred_months, 1, 36);
        if problems.is_empty() && from_age >= below_age {
            problems.push(Problem::at("below_age", |l| Words(l).ages_in_order()));
        }
        if problems.is_empty() && !(shortest_months <= initial_months && initial_months <= total_months) {
            problems.push(Problem::at("shortest_months", |l| Words(l).months_in_order()));
        }
        let working_languages = self.languages();
        let known = languages::sorted(Lang::En);
        if working_languages.is_empty()
            || working_languages.iter().any(|code| known.iter().all(|it| it.code != code.as_str()))
        {
            problems.push(Problem::missing("working_language", |l| Words(l).choose_language()));
        }
        let level = Level::from_code(&self.working_level);
        if level.is_none() {
            problems.push(Problem::missing("working_level", |l| Words(l).choose_level()));
        }
        match (from, level, problems.is_empty()) {
            (Some(effective_from), Some(working_level), true) => Ok(Policy {
                id: policies::PROGRAMME.to_owned(),
                effective_from,
                office: None,
                eligibility: eligibility::Policy {
                    from_age,
                    below_age,
                    months_after_award,
                    working_languages,
                    working_level,
                },
                terms: terms::Policy {
                    shortest_months,
                    initial_months,
                    total_months,
                    days_as_month,
                    preferred_months,
                },
            }),
            _ => Err(problems),
        }
    }
}

/// A policy's numbers, each with what it is.
pub fn numbers(policy: &Policy, lang: Lang) -> Vec<(String, String)> {
    let (t, rules, terms) = (Words(lang), &policy.eligibility, &policy.terms);
    let known: Vec<String> = rules.working_languages.iter().map(|code| language_name(code, lang)).collect();
    let number = |n: u32| lang.number(i64::from(n));
    vec![
        (t.from_age(), number(rules.from_age)),
        (t.below_age(), number(rules.below_age)),
        (t.months_after_award(), number(rules.months_after_award)),
        (t.working_languages(), lang.list(&known)),
        (t.working_level(), rules.working_level.code().to_owned()),
        (t.shortest_months(), number(terms.shortest_months)),
        (t.initial_months(), number(terms.initial_months)),
        (t.total_months(), number(terms.total_months)),
        (t.days_as_month(), number(terms.days_as_month)),
        (t.preferred_months(), number(terms.preferred_months)),
    ]
}

/// What each number was and is, where both differ.
pub fn differences(was: &Policy, is: &Policy, lang: Lang) -> Vec<(String, String, String)> {
    let pairs = numbers(was, lang).into_iter().zip(numbers(is, lang));
    pairs.filter(|(was, is)| was != is).map(|((name, was), (_, is))| (name, was, is)).collect()
}

texts!(pub Words {
    from: "In force from", "En vigueur à partir du", "En vigor desde";
    enter_from: "Enter the day from which it is in force", "Indiquez le jour à partir duquel elle est en vigueur", "Indique el día desde el que está en vigor";
    in_the_future: "Choose a day after today", "Choisissez un jour après aujourd’hui", "Elija un día posterior a hoy";
    day_taken: "Another version is proposed for this day: confirm or drop that one first",
        "Une autre version est proposée pour ce jour : confirmez-la ou abandonnez-la d’abord",
        "Ya hay otra versión propuesta para ese día: confírmela o descártela antes";
    from_age: "Youngest age at the start, in years", "Âge minimal au début, en années", "Edad mínima al comenzar, en años";
    below_age: "First age that is too old, in years", "Premier âge trop élevé, en années", "Primera edad que excede el límite, en años";
    ages_in_order: "The first age that is too old must be above the youngest age", "Le premier âge trop élevé doit dépasser l’âge minimal", "La primera edad que excede el límite debe ser mayor que la mínima";
    months_after_award: "Months after an award in which one may start", "Mois après le diplôme pendant lesquels on peut commencer", "Meses tras el título en los que se puede comenzar";
    working_languages: "Working languages: one is enough", "Langues de travail : une suffit", "Idiomas de trabajo: basta uno";
    choose_language: "Choose at least one language", "Choisissez au moins une langue", "Elija al menos un idioma";
    working_level: "Level needed in it", "Niveau nécessaire", "Nivel necesario";
    choose_level: "Choose a level", "Choisissez un niveau", "Elija un nivel";
    shortest_months: "Shortest stay, in months", "Séjour le plus court, en mois", "Estancia más corta, en meses";
    initial_months: "Longest first agreement, in months", "Premier accord le plus long, en mois", "Primer acuerdo más largo, en meses";
    total_months: "All stays together, in months", "Tous les séjours ensemble, en mois", "Todas las estancias juntas, en meses";
    months_in_order: "The shortest stay, the longest first agreement and all stays together must rise in this order",
        "Le séjour le plus court, le premier accord le plus long et tous les séjours ensemble doivent croître dans cet ordre",
        "La estancia más corta, el primer acuerdo más largo y todas las estancias juntas deben crecer en este orden";
    days_as_month: "Left-over days that count as a month", "Jours restants qui comptent comme un mois", "Días sobrantes que cuentan como un mes";
    preferred_months: "From here on a stay is preferred, in months", "Durée à partir de laquelle un séjour est préféré, en mois", "Duración a partir de la cual se prefiere una estancia, en meses";
    between(least, most): "Enter a whole number from {least} to {most}", "Indiquez un nombre entier de {least} à {most}", "Indique un número entero de {least} a {most}";
});
