//! The programme on one page: what it comes to, drawn, with the table behind each drawing.

use super::chart::{Bar, Lines, Series, Table, bars, lines};
use super::figures::{COUNTED, Figures, SPLITS, figures, now, parts};
use super::{Reporter, words};
use crate::domain::report::Stage;
use crate::offices;
use crate::text::{Lang, texts};
use crate::web::{App, Choice, Page, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, HashMap};

/// Parts of a breakdown that are drawn; the table has them all.
const DRAWN: usize = 10;
const PERIODS: [u32; 3] = [6, 12, 24];

pub fn routes() -> Router<App> {
    Router::new().route("/reports", get(show))
}

/// Lives in the address.
#[derive(Clone, Copy, Default, serde::Deserialize)]
#[serde(default)]
pub struct Period {
    months: u32,
}

impl Period {
    /// In months before the current one.
    pub fn months(self) -> u32 {
        if PERIODS.contains(&self.months) { self.months } else { 12 }
    }
}

#[derive(askama::Template)]
#[template(path = "reports/dashboard.html")]
struct View {
    page: Page<Text>,
    title: String,
    measured_at: Option<DateTime<Utc>>,
    /// For links to files.
    query: String,
    periods: Vec<Choice>,
    numbers: [(String, String); 4],
    released: Option<Lines>,
    stages: Table,
    way: Vec<Bar>,
    waits: Option<Lines>,
    waits_table: Table,
    outcomes: Vec<Bar>,
    splits: Vec<Split>,
    money: Vec<Money>,
    money_table: Table,
}

struct Split {
    code: &'static str,
    bars: Vec<Bar>,
    table: Table,
}

/// The allowance of one currency by month.
struct Money {
    currency: String,
    bars: Vec<Bar>,
}

async fn show(Reporter(me): Reporter, Query(period): Query<Period>) -> Result<Response> {
    let lang = me.lang;
    let t = Text(lang);
    let mut tx = me.begin().await?;
    let figures = figures(&mut tx, period.months()).await?;
    let parts = parts(&mut tx, &figures).await?;
    let (waiting, started) = now(&mut tx).await?;
    let offices = offices::names(&mut tx, lang).await?;
    let split = |code: &'static str| {
        let parts = parts.get(code).map_or(&[][..], Vec::as_slice);
        let drawn = parts.iter().take(DRAWN).map(|part| {
            let first = part.numbers[0];
            let name = words::part(code, &part.code, &offices, lang);
            (name, first.and_then(|n| n.to_f64()), words::kept(first, lang))
        });
        Split { code, bars: bars(drawn.collect()), table: words::parts_table(code, parts, &offices, lang) }
    };
    let decided = figures.total(Stage::Pooled) + figures.total(Stage::Declined);
    let view = View {
        page: me.page(Text),
        title: title(&figures, t),
        measured_at: figures.measured_at,
        query: format!("months={}", period.months()),
        periods: PERIODS.map(|n| Choice::new(n.to_string(), t.last_months(n), n == period.months())).into(),
        numbers: [
            (words::stage(Stage::Released, lang), lang.number(figures.total(Stage::Released))),
            (t.decided(), lang.number(decided)),
            (t.waiting_now(), capped(waiting, lang)),
            (t.in_placement(), capped(started, lang)),
        ],
        released: released(&figures, t),
        stages: words::stages_table(&figures, lang),
        way: stage_bars(&figures, &Stage::WAY, lang),
        waits: waits(&figures, t),
        waits_table: waits_table(&figures, t),
        outcomes: stage_bars(&figures, &Stage::OUTCOMES, lang),
        splits: SPLITS.map(split).into(),
        money: money(&figures, lang),
        money_table: money_table(&figures, &offices, t),
    };
    html(StatusCode::OK, &view)
}

/// The finding, if there is one.
fn title(figures: &Figures, t: Text) -> String {
    let last = figures.whole_months().last().and_then(|month| figures.wait(*month, "claim"));
    match last.map(|wait| wait.median.ceil() as i64) {
        Some(1) => t.people_wait_a_day(),
        Some(days) => t.people_wait(t.0.number(days)),
        None => t.title(),
    }
}

fn capped(n: i64, lang: Lang) -> String {
    if n > COUNTED { format!("{}+", lang.number(COUNTED)) } else { lang.number(n) }
}

fn stage_bars(figures: &Figures, stages: &[Stage], lang: Lang) -> Vec<Bar> {
    let number = |stage: &Stage| {
        let n = figures.total(*stage);
        (words::stage(*stage, lang), n.to_f64(), lang.number(n))
    };
    bars(stages.iter().map(number).collect())
}

/// Released and decided; a month that is not over would look like a fall.
fn released(figures: &Figures, t: Text) -> Option<Lines> {
    let months = figures.whole_months();
    let (first, last) = months.first().zip(months.last())?;
    let series = |key: String, stages: &[Stage]| {
        let count = |month| stages.iter().map(|stage| figures.count(month, *stage)).sum::<i64>();
        Series { key, values: months.iter().filter_map(|month| count(*month).to_f64()).collect() }
    };
    let both = vec![
        series(words::stage(Stage::Released, t.0), &[Stage::Released]),
        series(t.decided(), &[Stage::Pooled, Stage::Declined]),
    ];
    let say = |n: f64| t.0.number(n.round() as i64);
    let ends = (t.0.month_year(*first), t.0.month_year(*last));
    let finding = finding(&both, &ends, say, t);
    lines(("released", t.released_and_decided(), finding), ends, both, say)
}

fn waits(figures: &Figures, t: Text) -> Option<Lines> {
    let known: Vec<_> = figures.whole_months().iter().filter_map(|m| figures.wait(*m, "claim")).collect();
    let (first, last) = known.first().zip(known.last())?;
    let both = vec![
        Series { key: t.median(), values: known.iter().map(|wait| wait.median).collect() },
        Series { key: t.p90(), values: known.iter().map(|wait| wait.p90).collect() },
    ];
    let say = |n: f64| t.0.number(n.round() as i64);
    let ends = (t.0.month_year(first.month), t.0.month_year(last.month));
    let finding = finding(&both, &ends, say, t);
    lines(("waits", t.waits(), finding), ends, both, say)
}

/// What a chart shows, for whoever does not see it: where each line begins, ends and is highest.
fn finding(series: &[Series], (from, to): &(String, String), say: impl Fn(f64) -> String, t: Text) -> String {
    let one = |line: &Series| {
        let most = line.values.iter().copied().fold(0.0, f64::max);
        let end = |value: Option<&f64>| say(value.copied().unwrap_or_default());
        t.line(&line.key, from, end(line.values.first()), to, end(line.values.last()), say(most))
    };
    series.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn waits_table(figures: &Figures, t: Text) -> Table {
    let days = |n: f64| t.0.number(n.round() as i64);
    let row = |month: &chrono::NaiveDate| {
        let cells = ["claim", "decide"].into_iter().flat_map(|stage| match figures.wait(*month, stage) {
            Some(wait) => [t.0.number(wait.n), days(wait.median), days(wait.p90)],
            None => ["0", "–", "–"].map(str::to_owned),
        });
        (t.0.month_year(*month), cells.collect())
    };
    Table {
        caption: t.waits(),
        heads: vec![
            t.month(),
            t.opened(),
            t.until_opened_median(),
            t.until_opened_p90(),
            t.decided(),
            t.until_decided_median(),
            t.until_decided_p90(),
        ],
        rows: figures.months.iter().map(row).collect(),
    }
}

fn money(figures: &Figures, lang: Lang) -> Vec<Money> {
    let mut sums: BTreeMap<&str, BTreeMap<chrono::NaiveDate, Decimal>> = BTreeMap::new();
    for row in &figures.allowances {
        *sums.entry(&row.currency).or_default().entry(row.month).or_default() += row.amount;
    }
    let one = |(currency, months): (&str, BTreeMap<chrono::NaiveDate, Decimal>)| {
        let bar = |(month, sum): (chrono::NaiveDate, Decimal)| {
            (lang.month_year(month), sum.to_f64(), lang.number(sum.round().to_i64().unwrap_or_default()))
        };
        Money { currency: currency.to_owned(), bars: bars(months.into_iter().map(bar).collect()) }
    };
    sums.into_iter().map(one).collect()
}

fn money_table(figures: &Figures, offices: &HashMap<String, String>, t: Text) -> Table {
    let row = |row: &super::figures::Allowance| {
        let office = offices.get(&row.office_id).unwrap_or(&row.office_id).clone();
        let cells = vec![office, t.0.number(row.placements), t.0.money(row.amount, &row.currency)];
        (t.0.month_year(row.month), cells)
    };
    Table {
        caption: t.allowance(),
        heads: vec![t.month(), t.office(), t.interns(), t.amount()],
        rows: figures.allowances.iter().map(row).collect(),
    }
}

texts!(Text {
    title: "Dashboard", "Tableau de bord", "Panel";
    people_wait(n): "People wait {n} days for a first answer", "Il faut {n} jours pour une première réponse", "La primera respuesta tarda {n} días";
    people_wait_a_day: "People wait a day for a first answer", "Il faut un jour pour une première réponse", "La primera respuesta tarda un día";
    measured(moment): "Counted from the record on {moment}, and anew every hour.", "D’après le registre, le {moment} ; recompté toutes les heures.",
        "Según el registro, el {moment}; se recuenta cada hora.";
    not_measured: "Nothing has been counted yet. That is done every hour.", "Rien n’a encore été compté. Cela se fait toutes les heures.",
        "Todavía no se ha contado nada. Se hace cada hora.";
    period: "Period", "Période", "Período";
    last_months(n): "This month and {n} before", "Ce mois et {n} avant", "Este mes y {n} antes";
    show: "Show", "Afficher", "Mostrar";
    decided: "Decided", "Décidés", "Decididos";
    waiting_now: "Waiting now", "En attente", "En espera";
    in_placement: "In placement today", "En stage aujourd’hui", "En pasantía hoy";
    released_and_decided: "Released and decided, each month", "Transmis et décidés, par mois", "Enviados y decididos, por mes";
    line(what, from, first, to, last, most): "{what}: {first} in {from}, {last} in {to}, {most} at most.", "{what} : {first} en {from}, {last} en {to}, {most} au plus.",
        "{what}: {first} en {from}, {last} en {to}, {most} como máximo.";
    whole_months: "Drawn once two months are over; the table has what there is.", "Dessiné dès que deux mois sont écoulés ; le tableau contient ce qu’il y a.",
        "Se dibuja cuando hayan pasado dos meses; la tabla contiene lo que hay.";
    table: "Show as a table", "Afficher en tableau", "Mostrar como tabla";
    way: "From the release to the certificate", "De la transmission à l’attestation", "Del envío al certificado";
    waits: "Days until a first answer", "Jours jusqu’à une première réponse", "Días hasta una primera respuesta";
    median: "Median", "Médiane", "Mediana";
    p90: "Nine of ten by then", "Neuf sur dix d’ici là", "Nueve de cada diez hasta entonces";
    month: "Month", "Mois", "Mes";
    opened: "Opened", "Ouverts", "Abiertos";
    until_opened_median: "Days until opened, median", "Jours jusqu’à l’ouverture, médiane", "Días hasta abrirse, mediana";
    until_opened_p90: "Days until opened, 90th percentile", "Jours jusqu’à l’ouverture, 90e centile", "Días hasta abrirse, percentil 90";
    until_decided_median: "Days until decided, median", "Jours jusqu’à la décision, médiane", "Días hasta decidirse, mediana";
    until_decided_p90: "Days until decided, 90th percentile", "Jours jusqu’à la décision, 90e centile", "Días hasta decidirse, percentil 90";
    outcomes: "What became of applications", "Ce que sont devenues les candidatures", "Qué fue de las candidaturas";
    kept_back: "A dash stands for fewer than five people, or for a number that would give such a number away.",
        "Un tiret remplace un nombre inférieur à cinq personnes, ou un nombre qui le révélerait.",
        "Un guion sustituye a menos de cinco personas, o a un número que las revelaría.";
    several: "The bars show released profiles. Whoever states several counts for each of them; a duty station is the first wish or, for placements, the place itself.",
        "Les barres indiquent les dossiers transmis. Qui en indique plusieurs compte pour chacun ; un lieu d’affectation est le premier souhait ou, pour les affectations, le lieu lui-même.",
        "Las barras muestran los perfiles enviados. Quien indica varios cuenta en cada uno; un lugar de destino es el primer deseo o, en las plazas, el lugar mismo.";
    nothing: "Nothing in this period.", "Rien pour cette période.", "Nada en este período.";
    allowance: "Monthly allowance (MSA) agreed", "Allocations mensuelles (MSA) convenues", "Asignación mensual (MSA) acordada";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    interns: "Interns", "Stagiaires", "Personas en pasantía";
    amount: "Amount", "Montant", "Importe";
    insurance: "Insurance that ends before the internship", "Assurances qui se terminent avant le stage", "Seguros que terminan antes que la pasantía";
    to_insurance: "See whose insurance ends soon", "Voir quelles assurances se terminent bientôt", "Ver qué seguros terminan pronto";
});
