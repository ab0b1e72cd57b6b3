//! Every office, open and closed, with what it pays today.

use crate::db::Tx;
use crate::reference::countries;
use crate::text::{Lang, texts};
use crate::web::{Administrator, App, Page, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use rust_decimal::Decimal;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/offices", get(list))
}

#[derive(askama::Template)]
#[template(path = "administration/offices.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Office>,
    today: NaiveDate,
}

pub(super) struct Office {
    id: String,
    pub name: String,
    pub country: String,
    pub kind: String,
    /// A month, today: how much, and its currency by ISO 4217.
    pub rate: Option<(Decimal, String)>,
    pub closed_on: Option<NaiveDate>,
}

impl Office {
    fn is_closed(&self, today: impl std::borrow::Borrow<NaiveDate>) -> bool {
        self.closed_on.is_some_and(|day| day <= *today.borrow())
    }
}

async fn list(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let view = View { page: me.page(Text), lines: every(&mut tx, me.lang).await?, today: tx.today() };
    html(StatusCode::OK, &view)
}

/// What the three kinds of place are called.
pub fn kind_name(kind: &str, lang: Lang) -> String {
    let t = Text(lang);
    match kind {
        "headquarters" => t.headquarters(),
        "field_mission" => t.field_mission(),
        _ => t.country_office(),
    }
}

/// The table is small and shown whole: some sixty rows.
pub(super) async fn every(tx: &mut Tx<Administrator>, lang: Lang) -> Result<Vec<Office>> {
    let today = tx.today();
    let rows = sqlx::query!(
        r#"select o.id, o.kind, o.country, o.closed_on, r.monthly as "monthly?", r.currency as "currency?",
               case $2::text when 'fr' then name_fr when 'es' then name_es else name_en end as "name!"
           from office o left join msa_rate r on r.office_id = o.id and r.from_day <= $1
               and (r.until_day is null or r.until_day > $1)
           order by o.closed_on is not null and o.closed_on <= $1, 7"#,
        today,
        lang.code()
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| Office {
            name: row.name,
            country: countries::country(&row.country).map_or(row.country, |it| it.name(lang).to_owned()),
            kind: kind_name(&row.kind, lang),
            rate: row.monthly.zip(row.currency),
            closed_on: row.closed_on,
            id: row.id,
        })
        .collect())
}

texts!(pub Text {
    title: "Offices and rates", "Bureaux et taux", "Oficinas y tarifas";
    open_one: "Open an office", "Ouvrir un bureau", "Abrir una oficina";
    office: "Office", "Bureau", "Oficina";
    country: "Country", "Pays", "País";
    kind: "Kind", "Type", "Tipo";
    rate: "A month, today", "Par mois, aujourd’hui", "Al mes, hoy";
    currency: "Currency", "Monnaie", "Moneda";
    first_day_closed: "First day closed", "Premier jour de fermeture", "Primer día de cierre";
    standing: "Standing", "Situation", "Situación";
    none: "No rate", "Aucun taux", "Sin tarifa";
    open: "Open", "Ouvert", "Abierta";
    closes(day): "Closes on {day}", "Ferme le {day}", "Cierra el {day}";
    closed(day): "Closed since {day}", "Fermé depuis le {day}", "Cerrada desde el {day}";
    headquarters: "Headquarters", "Siège", "Sede";
    field_mission: "Field mission", "Mission de terrain", "Misión sobre el terreno";
    country_office: "Country office", "Bureau de pays", "Oficina de país";
});
