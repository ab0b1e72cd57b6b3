//! The tables of the dashboard as files: what the page shows, and nothing that it keeps back.

use super::dashboard::Period;
use super::figures::{Figures, SPLIT_STAGES, SPLITS, figures, parts};
use super::{Reporter, words};
use crate::domain::report::Stage;
use crate::offices;
use crate::sheets::{self, Cell, Format, Row};
use crate::text::{Lang, texts};
use crate::web::{App, Error, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use rust_decimal::Decimal;
use std::collections::HashMap;

pub fn routes() -> Router<App> {
    Router::new().route("/reports/export/{report}/{format}", get(export))
}

async fn export(
    Recent(Reporter(me)): Recent<Reporter>,
    Path((report, format)): Path<(String, Format)>,
    Query(period): Query<Period>,
) -> Result<Response> {
    let lang = me.lang;
    let mut tx = me.begin().await?;
    let figures = figures(&mut tx, period.months()).await?;
    let offices = offices::names(&mut tx, lang).await?;
    let split = SPLITS.into_iter().find(|split| *split == report);
    let (name, heads, rows) = match (report.as_str(), split) {
        ("stages", _) => ("stages", stage_heads(Text(lang).month(), &Stage::ALL, lang), stages(&figures)),
        ("waits", _) => ("waits", wait_heads(Text(lang)), waits(&figures)),
        ("allowance", _) => ("allowance", allowance_heads(Text(lang)), allowances(&figures, &offices)),
        (_, Some(split)) => {
            let parts = parts(&mut tx, &figures).await?.remove(split).unwrap_or_default();
            let row = |part: super::figures::Part| {
                let name = Cell::from(words::part(split, &part.code, &offices, lang));
                std::iter::once(name).chain(part.numbers.map(Cell::from)).collect()
            };
            let heads = stage_heads(words::split(split, lang).1, &SPLIT_STAGES, lang);
            (split, heads, parts.into_iter().map(row).collect())
        }
        _ => return Err(Error::NotFound),
    };
    sheets::download(tx, format, name, heads, sheets::whole(rows)).await
}

fn stage_heads(first: String, stages: &[Stage], lang: Lang) -> Vec<String> {
    std::iter::once(first).chain(stages.iter().map(|stage| words::stage(*stage, lang))).collect()
}

fn stages(figures: &Figures) -> Vec<Row> {
    let row = |month: &chrono::NaiveDate| {
        let numbers = Stage::ALL.map(|stage| Cell::from(figures.count(*month, stage)));
        std::iter::once(Cell::Day(*month)).chain(numbers).collect()
    };
    figures.months.iter().map(row).collect()
}

fn wait_heads(t: Text) -> Vec<String> {
    vec![t.month(), t.until(), t.people(), t.median(), t.p90()]
}

fn waits(figures: &Figures) -> Vec<Row> {
    let days = |days: f64| Decimal::try_from(days).map_or(Cell::Empty, |days| days.round_dp(1).into());
    let row = |wait: &super::figures::Wait| {
        vec![wait.month.into(), wait.stage.as_str().into(), wait.n.into(), days(wait.median), days(wait.p90)]
    };
    figures.waits.iter().map(row).collect()
}

fn allowance_heads(t: Text) -> Vec<String> {
    vec![t.month(), t.office(), t.people(), t.amount(), t.currency()]
}

fn allowances(figures: &Figures, offices: &HashMap<String, String>) -> Vec<Row> {
    let row = |row: &super::figures::Allowance| {
        let office = offices.get(&row.office_id).unwrap_or(&row.office_id).as_str();
        vec![
            row.month.into(),
            office.into(),
            row.placements.into(),
            row.amount.into(),
            row.currency.as_str().into(),
        ]
    };
    figures.allowances.iter().map(row).collect()
}

texts!(Text {
    month: "Month", "Mois", "Mes";
    until: "Until (claim: opened; decide: decided)", "Jusqu’à (claim : ouvert ; decide : décidé)", "Hasta (claim: abierto; decide: decidido)";
    people: "People", "Personnes", "Personas";
    median: "Days, median", "Jours, médiane", "Días, mediana";
    p90: "Days, 90th percentile", "Jours, 90e centile", "Días, percentil 90";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    amount: "Amount", "Montant", "Importe";
    currency: "Currency", "Monnaie", "Moneda";
});
