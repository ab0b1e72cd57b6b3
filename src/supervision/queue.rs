//! Placements that wait for my decision, the longest wait first.

use crate::db::Tx;
use crate::domain::placement::APPROVE_DAYS;
use crate::explain::terms::Stated;
use crate::offices;
use crate::sheets::{self, Cell, Format};
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{App, Page, Path, Query, Recent, Result, Supervisor, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Days, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::sync::Arc;
use uuid::Uuid;

const PER_PAGE: usize = 25;

pub fn routes() -> Router<App> {
    Router::new().route("/supervision", get(list)).route("/supervision/export/{format}", get(export))
}

/// Where the page before ended.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "supervision/queue.html")]
struct View {
    page: Page<Text>,
    today: NaiveDate,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

struct Line {
    id: Uuid,
    name: String,
    place: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    months: u32,
    /// For all months together, if it is paid, and its currency.
    allowance: Option<Decimal>,
    currency: String,
    since: DateTime<Utc>,
    due_on: NaiveDate,
    /// The supervisor for whom I stand in.
    instead_of: Option<String>,
}

async fn list(me: Supervisor, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let mut lines = lines(&mut tx, from.after, PER_PAGE + 1, me.lang).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), today, lines, is_first: from.after.is_none(), next })
}

async fn export(Recent(me): Recent<Supervisor>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads = vec![
        t.candidate(),
        t.place(),
        t.first_day(),
        t.last_day(),
        t.months(),
        t.allowance(),
        t.currency(),
        t.since(),
        t.due(),
        t.for_whom(),
    ];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let me = me.clone();
        async move {
            let lines = lines(&mut me.begin().await?, after, sheets::PAGE, me.lang).await?;
            let row = |line: Line| {
                vec![
                    line.name.into(),
                    line.place.into(),
                    line.starts_on.into(),
                    line.ends_on.into(),
                    line.months.into(),
                    line.allowance.into(),
                    line.currency.into(),
                    Cell::moment(line.since, me.zone()),
                    line.due_on.into(),
                    line.instead_of.into(),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "placements-to-approve", heads, pages).await
}

/// Mine, and those of whom I stand in for, from where the page before ended.
async fn lines(tx: &mut Tx<Supervisor>, after: Option<Uuid>, limit: usize, lang: Lang) -> Result<Vec<Line>> {
    let (me, today) = (tx.actor(), tx.today());
    let rows = sqlx::query!(
        r#"select p.id, a.name, p.office_id, p.starts_on, p.ends_on, p.terms, p.state_since,
               case when p.supervisor_id <> $1 then trim(v.given_names || ' ' || v.family_names) end as instead_of
           from placement p join application a on a.id = p.application_id
           join person v on v.id = p.supervisor_id
           where p.id in (select placement_id from supervised($1, $4)) and p.state = 'proposed' and p.is_open
               and ($2::uuid is null
                   or (p.state_since, p.id) > (select q.state_since, q.id from placement q where q.id = $2))
           order by p.state_since, p.id limit $3"#,
        me.0,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX),
        today
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let places = offices::names(tx, lang).await?;
    let mut lines = Vec::new();
    for row in rows {
        let stated: Stated = serde_json::from_value(row.terms)?;
        lines.push(Line {
            id: row.id,
            name: row.name,
            place: places.get(&row.office_id).cloned().unwrap_or(row.office_id),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            months: stated.terms.duration.months,
            allowance: stated.terms.allowance.map(|allowance| allowance.total),
            currency: stated.currency.unwrap_or_default(),
            since: row.state_since,
            due_on: tx.day_of(row.state_since) + Days::new(APPROVE_DAYS.unsigned_abs()),
            instead_of: row.instead_of,
        });
    }
    Ok(lines)
}

texts!(Text {
    title: "Placements to approve", "Affectations à approuver", "Plazas por aprobar";
    one: "One placement needs your approval", "Une affectation attend votre approbation", "Una plaza espera su aprobación";
    some: "Placements need your approval", "Des affectations attendent votre approbation", "Hay plazas que esperan su aprobación";
    lead: "Read the terms and the profile, then approve or decline. Nothing is offered to the candidate before you decide.",
        "Lisez les conditions et le dossier, puis approuvez ou refusez. Rien n’est offert à la personne candidate avant votre décision.",
        "Lea las condiciones y el perfil, y apruebe o rechace. No se ofrece nada a la persona candidata antes de su decisión.";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    dates: "Dates", "Dates", "Fechas";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    months: "Months", "Mois", "Meses";
    allowance: "Monthly allowance, in all", "Allocation mensuelle, en tout", "Asignación mensual, en total";
    currency: "Currency", "Monnaie", "Moneda";
    for_whom: "In the place of", "À la place de", "En lugar de";
    since: "With you since", "Chez vous depuis", "Con usted desde";
    due: "Due by", "À décider d’ici le", "Decidir antes del";
    late(day): "{day}, late", "{day}, en retard", "{day}, con retraso";
    instead_of(name): "for {name}, who is away", "à la place de {name}, en absence", "en lugar de {name}, que está ausente";
    none: "Nothing waits for you", "Rien ne vous attend", "Nada espera su decisión";
    none_lead: "Human Resources proposes placements to you. You get a letter for each.",
        "Les Ressources humaines vous proposent des affectations. Vous recevez un courriel pour chacune.",
        "Recursos Humanos le propone plazas. Recibe un mensaje por cada una.";
    decided: "Placements you have decided", "Affectations sur lesquelles vous avez décidé", "Plazas sobre las que ha decidido";
    agree: "What you agree to", "Ce à quoi vous vous engagez", "A qué se compromete";
    agree_time: "You will be the intern’s supervisor for the whole period, with time to teach.",
        "Vous encadrerez la personne en stage pendant toute la période, avec du temps pour enseigner.",
        "Supervisará a la persona en pasantía durante todo el periodo, con tiempo para enseñar.";
    agree_work: "The work matches the intern’s education and experience.", "Le travail correspond aux études et à l’expérience de la personne en stage.",
        "El trabajo corresponde a los estudios y la experiencia de la persona en pasantía.";
    agree_money: "The office pays the monthly allowance where one is due, from its own budget.",
        "Le bureau verse l’allocation mensuelle quand elle est due, sur son propre budget.",
        "La oficina paga la asignación mensual cuando corresponde, con su propio presupuesto.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
