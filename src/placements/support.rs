//! What somebody else pays for living costs during a stay, as it is typed for an offer.

use crate::domain::terms::{Funding, Stay};
use crate::text::texts;
use crate::web::{Problem, TypedDate, amount};
use chrono::NaiveDate;

/// One payer's part of the form: an amount a month, and between which days, if not for the whole stay.
pub struct Support<'a> {
    /// The amount's field.
    pub field: &'static str,
    pub payer: &'a str,
    pub monthly: &'a str,
    pub from: TypedDate<'a>,
    pub to: TypedDate<'a>,
}

impl Support<'_> {
    pub fn field_from(&self) -> String {
        format!("{}_from", self.field)
    }

    pub fn field_to(&self) -> String {
        format!("{}_to", self.field)
    }

    /// What is set off; `None` if something is missing or wrong, which is said beside its field.
    pub fn read(&self, stay: Stay, problems: &mut Vec<Problem>) -> Option<Funding> {
        let monthly = amount(self.monthly);
        if self.monthly.is_empty() {
            let payer = self.payer.to_owned();
            problems.push(Problem::missing(self.field, move |l| Text(l).enter_amount(&payer)));
        } else if monthly.is_none() {
            problems.push(Problem::at(self.field, |l| Text(l).not_an_amount()));
        }
        let mut day = |read: Result<Option<NaiveDate>, Problem>, whole| match read {
            Ok(day) => Some(day.unwrap_or(whole)),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let from = day(self.from.read(self.field_from(), |l| Text(l).from()), stay.start)?;
        let to = day(self.to.read(self.field_to(), |l| Text(l).to()), stay.end)?;
        if to < from {
            problems.push(Problem::at(self.field_to(), |l| Text(l).ends_first()));
            return None;
        }
        Some(Funding { monthly: monthly?, from, to })
    }
}

texts!(pub Text {
    monthly(by, currency): "What {by} pays for living costs each month, in {currency}",
        "Ce que {by} verse chaque mois pour les frais de subsistance, en {currency}",
        "Lo que {by} paga cada mes para gastos de manutención, en {currency}";
    monthly_hint: "It is set off against the monthly allowance. Tuition fees do not count; enter 0 if nothing is paid for living costs.",
        "Ce montant est déduit de l’allocation mensuelle. Les frais d’inscription ne comptent pas ; indiquez 0 si rien n’est versé pour la subsistance.",
        "Se descuenta de la asignación mensual. Las tasas académicas no cuentan; indique 0 si no se paga nada para manutención.";
    enter_amount(by): "Enter what {by} pays for living costs each month", "Indiquez ce que {by} verse chaque mois pour la subsistance",
        "Indique lo que {by} paga cada mes para manutención";
    not_an_amount: "The monthly amount must be a number, such as 600 or 600.50", "Le montant mensuel doit être un nombre, par exemple 600 ou 600,50",
        "El importe mensual debe ser un número, por ejemplo 600 o 600,50";
    from: "First day it is paid for", "Premier jour financé", "Primer día financiado";
    to: "Last day it is paid for", "Dernier jour financé", "Último día financiado";
    whole_stay: "Leave it empty if it is paid for the whole stay.", "Laissez ces cases vides si tout le séjour est financé.",
        "Deje vacías estas casillas si se financia toda la estancia.";
    ends_first: "The last day it is paid for must be the first day or later", "Le dernier jour financé ne peut pas précéder le premier",
        "El último día financiado no puede ser anterior al primero";
});
