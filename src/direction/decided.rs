//! Waivers that are decided, the newest first.

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
    Router::new()
        .route("/direction/decided", get(list))
        .route("/direction/decided/export/{format}", get(export))
}

/// Where the page before ended.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "direction/decided.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Line>,
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
    granted: bool,
    decider: String,
    decided_on: NaiveDate,
}

async fn list(me: HrDirector, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut lines = lines(&mut tx, from.after, PER_PAGE + 1, me.lang).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), lines, is_first: from.after.is_none(), next })
}

async fn export(Recent(me): Recent<HrDirector>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads = vec![
        t.candidate(),
        t.place(),
        t.first_day(),
        t.last_day(),
        t.decision(),
        t.decided_by(),
        t.decided_on(),
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
                    if line.granted { t.granted() } else { t.refused() }.into(),
                    line.decider.into(),
                    line.decided_on.into(),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "decided-waivers", heads, pages).await
}

/// The newest first, from where the page before ended.
async fn lines(tx: &mut Tx<HrDirector>, after: Option<Uuid>, limit: usize, lang: Lang) -> Result<Vec<Line>> {
    let me = tx.actor();
    let lines = sqlx::query_as!(
        Line,
        r#"select w.id, w.placement_id as placement, a.name, p.office_id as place, p.starts_on, p.ends_on,
               w.granted as "granted!", w.decided_on as "decided_on!",
               trim(d.given_names || ' ' || d.family_names) as "decider!"
           from waiver w join placement p on p.id = w.placement_id join application a on a.id = p.application_id
           join person d on d.id = w.decided_by
           where w.decided_at is not null and a.state <> 'withdrawn' and a.candidate_id <> $1
               and ($2::uuid is null
                   or (w.decided_at, w.id) < (select q.decided_at, q.id from waiver q where q.id = $2))
           order by w.decided_at desc, w.id desc limit $3"#,
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
    title: "Decided waivers", "Dispenses décidées", "Exenciones decididas";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    dates: "Dates", "Dates", "Fechas";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    decision: "Decision", "Décision", "Decisión";
    granted: "Waived", "Dispense accordée", "Exención concedida";
    refused: "The allowance is paid", "L’allocation est versée", "La asignación se paga";
    decided_by: "Decided by", "Décidée par", "Decidida por";
    decided_on: "Decided on", "Décidée le", "Decidida el";
    none: "No waiver has been decided yet", "Aucune dispense n’a encore été décidée", "Todavía no se ha decidido ninguna exención";
    to_decide: "Waivers to decide", "Dispenses à décider", "Exenciones por decidir";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
