//! Waivers that wait for a decision, the longest wait first.

use crate::db::Tx;
use crate::offices;
use crate::sheets::{self, Format};
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{App, HrDirector, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use std::sync::Arc;
use uuid::Uuid;

const PER_PAGE: usize = 25;

pub fn routes() -> Router<App> {
    Router::new().route("/direction", get(list)).route("/direction/export/{format}", get(export))
}

/// Where the page before ended.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "direction/queue.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Line>,
    today: NaiveDate,
    is_first: bool,
    next: Option<Uuid>,
}

struct Line {
    id: Uuid,
    placement: Uuid,
    name: String,
    place: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    requester: String,
    requested_on: NaiveDate,
    due_on: NaiveDate,
}

async fn list(me: HrDirector, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let mut lines = lines(&mut tx, from.after, PER_PAGE + 1, me.lang).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), lines, today, is_first: from.after.is_none(), next })
}

async fn export(Recent(me): Recent<HrDirector>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads =
        vec![t.candidate(), t.place(), t.first_day(), t.last_day(), t.asked_by(), t.asked_on(), t.due()];
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
                    line.requester.into(),
                    line.requested_on.into(),
                    line.due_on.into(),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "waivers", heads, pages).await
}

/// Those in which I have no other part: the others wait for somebody else.
async fn lines(tx: &mut Tx<HrDirector>, after: Option<Uuid>, limit: usize, lang: Lang) -> Result<Vec<Line>> {
    let me = tx.actor();
    let lines = sqlx::query_as!(
        Line,
        r#"select w.id, w.placement_id as placement, a.name, p.office_id as place, p.starts_on, p.ends_on,
               trim(r.given_names || ' ' || r.family_names) as "requester!", w.requested_on, w.due_on
           from waiver w join placement p on p.id = w.placement_id join application a on a.id = p.application_id
           join person r on r.id = w.requested_by
           where w.is_open and a.state <> 'withdrawn' and $1 not in (a.candidate_id, w.requested_by, p.supervisor_id)
               and ($2::uuid is null
                   or (w.requested_at, w.id) > (select q.requested_at, q.id from waiver q where q.id = $2))
           order by w.requested_at, w.id limit $3"#,
        me.0,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    let mut lines = lines.fetch_all(&mut **tx).await?;
    let places = offices::names(tx, lang).await?;
    for line in &mut lines {
        if let Some(name) = places.get(&line.place) {
            line.place.clone_from(name);
        }
    }
    Ok(lines)
}

texts!(Text {
    title: "Waivers to decide", "Dispenses à décider", "Exenciones por decidir";
    one: "One waiver waits for your decision", "Une dispense attend votre décision", "Una exención espera su decisión";
    some: "Waivers wait for your decision", "Des dispenses attendent votre décision", "Hay exenciones que esperan su decisión";
    lead: "The oldest first. No offer is made to the candidate before you decide.",
        "La plus ancienne d’abord. Aucune offre n’est faite à la personne candidate avant votre décision.",
        "La más antigua primero. No se hace ninguna oferta a la persona candidata antes de su decisión.";
    rule: "Most interns receive the allowance. In certain cases, the Director of Human Resources can waive it for local interns.",
        "La plupart des personnes en stage reçoivent l’allocation. Dans certains cas, la direction des ressources humaines peut en dispenser pour un stage local.",
        "La mayoría de las personas en pasantía reciben la asignación. En ciertos casos, la Dirección de Recursos Humanos puede eximirla en pasantías locales.";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    dates: "Dates", "Dates", "Fechas";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    asked_by: "Asked by", "Demandée par", "Pedida por";
    asked_on: "Asked on", "Demandée le", "Pedida el";
    due: "Due by", "À décider d’ici le", "Decidir antes del";
    late(day): "{day}, late", "{day}, en retard", "{day}, con retraso";
    none: "Nothing waits for you", "Rien ne vous attend", "Nada espera su decisión";
    none_lead: "Human Resources asks you for waivers. You get a letter for each.",
        "Les Ressources humaines vous demandent des dispenses. Vous recevez un courriel pour chacune.",
        "Recursos Humanos le pide exenciones. Recibe un mensaje por cada una.";
    decided: "Waivers you and others have decided", "Dispenses déjà décidées", "Exenciones ya decididas";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
