//! A rate is announced: from a day on, until the next one begins. What was paid so far stays as it was.

use crate::db::Note;
use crate::text::texts;
use crate::web::{
    Administrator, App, Filled, Page, Path, Posted, Problem, Result, TypedDate, amount, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/offices/{office}/rate", get(ask).post(announce))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    from_day: String,
    from_month: String,
    from_year: String,
    monthly: String,
    /// ISO 4217.
    currency: String,
}

#[derive(askama::Template)]
#[template(path = "administration/rate.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    office: String,
}

struct Rate {
    from: NaiveDate,
    monthly: Decimal,
    currency: String,
}

async fn ask(me: Administrator, Path(office): Path<String>) -> Result<Response> {
    let (_, currency) = held(&mut *me.begin().await?, &office).await?;
    show(&me, office, Filled::fresh(Form { currency, ..Form::default() }))
}

async fn announce(me: Administrator, Path(office): Path<String>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (record_id, _) = held(&mut tx, &office).await?;
    let today = tx.today();
    let rate = match form.judge(|form| form.read(today)) {
        Ok(rate) => rate,
        Err(form) => return show(&me, office, form),
    };
    let changed = sqlx::query!(
        "insert into msa_rate as known (office_id, from_day, monthly, currency) values ($1, $2, $3, $4)
         on conflict (office_id, from_day) do update set monthly = excluded.monthly, currency = excluded.currency
             where (known.monthly, known.currency) is distinct from (excluded.monthly, excluded.currency)",
        office,
        rate.from,
        rate.monthly,
        rate.currency
    );
    if changed.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::RateSet, record_id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/administration/offices/{office}"))
}

impl Form {
    fn read(&self, today: NaiveDate) -> Result<Rate, Vec<Problem>> {
        let mut problems = Vec::new();
        let from = TypedDate { day: &self.from_day, month: &self.from_month, year: &self.from_year };
        let from = from.wanted("from", |l| Text(l).from(), |l| Text(l).enter_from(), &mut problems);
        if from.is_some_and(|day| day <= today) {
            problems.push(Problem::at("from", |l| Text(l).in_the_future()));
        }
        let monthly = amount(&self.monthly);
        if monthly.is_none() {
            problems.push(Problem::missing("monthly", |l| Text(l).enter_amount()));
        }
        let currency = self.currency.to_uppercase();
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
            problems.push(Problem::missing("currency", |l| Text(l).enter_currency()));
        }
        match (from, monthly, problems.is_empty()) {
            (Some(from), Some(monthly), true) => Ok(Rate { from, monthly, currency }),
            _ => Err(problems),
        }
    }
}

/// Holds an office, so that its rates change one after the other; tells what the record calls it, and the currency of
/// its latest rate.
async fn held(connection: &mut sqlx::PgConnection, office: &str) -> Result<(Uuid, String)> {
    let row = sqlx::query!(
        r#"select record_id, coalesce((select currency from msa_rate r where r.office_id = o.id
               order by from_day desc limit 1), '') as "currency!"
           from office o where id = $1 for update"#,
        office
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.record_id, row.currency))
}

fn show(me: &Administrator, office: String, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), office, form })
}

texts!(Text {
    title: "Announce a rate", "Annoncer un taux", "Anunciar una tarifa";
    lead: "It holds from its first day until the next rate begins. A month that has begun is paid as it was announced. A rate announced for the same day is replaced.",
        "Il vaut à partir de son premier jour, jusqu’à ce que le suivant commence. Un mois commencé est payé comme annoncé. Un taux annoncé pour le même jour est remplacé.",
        "Vale desde su primer día hasta que empiece la siguiente. Un mes ya empezado se paga como se anunció. Se sustituye la tarifa anunciada para el mismo día.";
    from: "First day", "Premier jour", "Primer día";
    enter_from: "Enter the first day", "Indiquez le premier jour", "Indique el primer día";
    in_the_future: "Choose a day after today", "Choisissez un jour après aujourd’hui", "Elija un día posterior a hoy";
    monthly: "Amount a month", "Montant par mois", "Importe al mes";
    enter_amount: "Enter an amount, such as 980.50", "Indiquez un montant, par exemple 980,50", "Indique un importe, por ejemplo 980,50";
    currency: "Currency", "Monnaie", "Moneda";
    currency_hint: "Its code of three letters, such as USD.", "Son code de trois lettres, par exemple USD.", "Su código de tres letras, por ejemplo USD.";
    enter_currency: "Enter a code of three letters, such as USD", "Indiquez un code de trois lettres, par exemple USD", "Indique un código de tres letras, por ejemplo USD";
    announce: "Announce", "Annoncer", "Anunciar";
    keep: "Leave it as it is", "Ne rien changer", "Dejarlo como está";
});
